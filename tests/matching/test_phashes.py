from pathlib import Path

import imagehash
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from app.matching import phashes
from app.matching.nearness import NearPairs, near_phashes
from app.matching.phashes import Codes

hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=12)


def phash(image: Image.Image) -> Codes:
    return np.packbits(imagehash.phash(image, hash_size=16).hash.ravel()).reshape(1, 32)


def codes_of(raw: list[bytes]) -> Codes:
    return np.frombuffer(b"".join(raw), np.uint8).reshape(len(raw), 32)


def bits_apart(one: Codes, other: Codes) -> int:
    return int(np.bitwise_count(one ^ other).sum())


def pairs_of(found: NearPairs) -> set[tuple[int, int, int]]:
    return set(zip(found.first.tolist(), found.second.tolist(), found.distance.tolist(), strict=True))


def turn(image: Image.Image, orientation: int) -> Image.Image:
    turned = image.transpose(Image.Transpose.TRANSPOSE) if orientation & 4 else image
    turned = ImageOps.mirror(turned) if orientation & 1 else turned
    return ImageOps.flip(turned) if orientation & 2 else turned


@pytest.mark.parametrize("orientation", range(phashes.ORIENTATIONS))
def test_the_hash_of_a_turned_photograph_follows_from_its_hash(photos: Path, orientation: int) -> None:
    for path in sorted((photos / "distractors").glob("*.jpg")):
        with Image.open(path) as image:
            grey = image.convert("L")
        derived = phashes.turned(phash(grey))[orientation]
        assert bits_apart(derived, phash(turn(grey, orientation))) <= 16, path.name


@settings(deadline=None)  # faiss has threads of its own, which wait for others
@given(hashes, st.integers(0, 255))
def test_pairs_are_the_same_whether_files_come_at_once_or_one_by_one(raw: list[bytes], max_distance: int) -> None:
    at_once = near_phashes(codes_of(raw), np.ones(len(raw), np.bool_), max_distance)
    one_by_one = set()
    for last in range(len(raw)):
        new = np.arange(last + 1) == last
        found = near_phashes(codes_of(raw[: last + 1]), new, max_distance)
        one_by_one |= set(zip(found.first.tolist(), found.second.tolist(), found.distance.tolist(), strict=True))
    assert (
        set(zip(at_once.first.tolist(), at_once.second.tolist(), at_once.distance.tolist(), strict=True)) == one_by_one
    )


@settings(deadline=None)
@given(hashes)
def test_every_pair_is_found_once_in_its_nearest_orientation(raw: list[bytes]) -> None:
    codes = codes_of(raw)
    found = near_phashes(codes, np.ones(len(raw), np.bool_), 256)
    assert len(found.first) == len(raw) * (len(raw) - 1) // 2
    for first, second, distance, k in zip(found.first, found.second, found.distance, found.orientation, strict=True):
        assert first < second
        views = phashes.turned(codes[first : first + 1])
        assert bits_apart(views[k], codes[second]) == distance == min(bits_apart(view, codes[second]) for view in views)
