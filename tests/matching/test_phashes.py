from pathlib import Path

import imagehash
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.matching import geometry, phashes

hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=12)


def phash(image: Image.Image) -> bytes:
    return np.packbits(imagehash.phash(image, hash_size=16).hash.ravel()).tobytes()


@pytest.mark.parametrize("orientation", range(phashes.ORIENTATIONS))
def test_the_hash_of_a_turned_photograph_follows_from_its_hash(photos: Path, orientation: int) -> None:
    for path in sorted((photos / "distractors").glob("*.jpg")):
        with Image.open(path) as image:
            grey = np.asarray(image.convert("L"))
        derived = phashes.turned(phashes.bits_of([phash(Image.fromarray(grey))]))[orientation]
        real = phashes.bits_of([phash(Image.fromarray(geometry.turn(grey, orientation)))])
        assert (derived != real).sum() <= 16, path.name


@given(hashes, st.integers(0, 256))
def test_pairs_are_the_same_whether_files_come_at_once_or_one_by_one(raw: list[bytes], max_distance: int) -> None:
    bits = phashes.bits_of(raw)
    at_once = phashes.near_pairs(bits, np.ones(len(raw), np.bool_), max_distance)
    one_by_one = set()
    for last in range(len(raw)):
        new = np.zeros(last + 1, np.bool_)
        new[last] = True
        one_by_one |= set(zip(*phashes.near_pairs(bits[: last + 1], new, max_distance)[:3], strict=True))
    assert set(zip(*at_once[:3], strict=True)) == one_by_one


@given(hashes)
def test_the_orientation_of_a_pair_turns_the_first_into_the_second(raw: list[bytes]) -> None:
    bits = phashes.bits_of(raw)
    for first, second, distance, k in zip(*phashes.near_pairs(bits, np.ones(len(raw), np.bool_), 256), strict=True):
        assert first < second
        assert (phashes.turned(bits[first : first + 1])[k] != bits[second]).sum() == distance
