"""Embeddings of pictures that show the like point the same way, however they are cut; the network is the known one."""

import hashlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from app import resources
from app.domain.pairs import least_cosine
from app.imaging.embeddings import SIGHT_BITS, SIZE, Embedder, sight_of
from app.imaging.sketches import Picture, decode

PROBE = "6626692edbcb2b70c01b1768970345b68d9f01b160d954413e2afdabc91a4523"
"""The digest of the sight of a known vector."""


def thumbnail(image: Image.Image) -> Picture | None:
    small = image.convert("RGB")
    small.thumbnail((320, 320))
    saved = BytesIO()
    small.save(saved, "JPEG", quality=85)
    return decode(saved.getvalue())


def _cut(picture: Image.Image) -> Image.Image:
    """The middle two thirds."""
    return ImageOps.crop(picture, min(picture.size) // 6)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder()


@pytest.fixture(scope="module")
def pictures(photos: Path) -> list[Image.Image]:
    return [Image.open(path).convert("RGB") for path in sorted((photos / "distractors").glob("*.jpg"))]


def test_a_crop_and_a_mirrored_copy_are_nearer_than_any_stranger(
    embedder: Embedder, pictures: list[Image.Image]
) -> None:
    originals = embedder.embed([thumbnail(picture) for picture in pictures])
    strangers = originals @ originals.T - np.eye(len(pictures)) * 2
    for change in (_cut, ImageOps.mirror):
        changed = embedder.embed([thumbnail(change(picture)) for picture in pictures])
        own = (changed * originals).sum(axis=1)
        assert own.min() > max(least_cosine(1_000), strangers.max())


def test_sights_tell_the_angle_between_embeddings(embedder: Embedder, pictures: list[Image.Image]) -> None:
    thumbnails = [thumbnail(picture) for picture in (*pictures, *map(_cut, pictures))]
    embeddings = embedder.embed(thumbnails)
    bits = np.unpackbits(
        np.frombuffer(b"".join(embedder.sights(thumbnails)), np.uint8).reshape(len(thumbnails), -1), axis=1
    )
    apart = (bits[:, None] != bits[None]).mean(axis=2)
    assert bits.shape[1] == SIGHT_BITS
    assert np.abs(np.cos(apart * np.pi) - embeddings @ embeddings.T).max() < 0.2


def test_the_directions_of_sights_never_change() -> None:
    probe = np.cos(np.arange(SIZE, dtype=np.float32))
    assert hashlib.sha256(sight_of(probe)).hexdigest() == PROBE


def test_an_embedding_has_length_one_and_a_lost_thumbnail_none(embedder: Embedder, pictures: list[Image.Image]) -> None:
    found = embedder.embed([thumbnail(pictures[0]), decode(b""), decode(b"no picture")])
    assert found.shape == (3, SIZE)
    assert np.linalg.norm(found, axis=1).round(4).tolist() == [1, 0, 0]


def test_pictures_that_are_embedded_together_are_embedded_as_each_alone(
    embedder: Embedder, pictures: list[Image.Image]
) -> None:
    seen = [thumbnail(pictures[place % len(pictures)].rotate(place)) for place in range(19)]
    together = embedder.sights([*seen[:5], None, *seen[5:]])
    assert together[5] == b""
    assert together[:5] + together[6:] == [embedder.sights([picture])[0] for picture in seen]


def test_the_network_is_the_one_whose_origin_is_told() -> None:
    network = resources.path("models", "efficientnet_lite0_features_fp16.onnx").read_bytes()
    assert hashlib.sha256(network).hexdigest() in resources.path("models", "ORIGIN.txt").read_text("utf-8")
    assert resources.path("models", "LICENSE").is_file()
