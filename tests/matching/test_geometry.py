from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.matching import geometry
from app.matching.relations import proved_by_alignment


def features(image: Image.Image) -> geometry.Features:
    small = image.convert("RGB")
    small.thumbnail((geometry.SIDE, geometry.SIDE))
    saved = BytesIO()
    small.save(saved, "JPEG", quality=85)
    return geometry.describe(geometry.decode(saved.getvalue()))


@pytest.fixture(scope="module")
def pictures(photos: Path) -> dict[str, Image.Image]:
    return {path.stem: Image.open(path).copy() for path in sorted(photos.rglob("*")) if path.suffix.lower() == ".jpg"}


def test_two_hand_held_shots_of_one_scene_are_proved(pictures: dict[str, Image.Image]) -> None:
    assert proved_by_alignment(geometry.align(features(pictures["ae_0"]), features(pictures["ae_1"])))


def test_a_crop_is_proved_by_its_original(pictures: dict[str, Image.Image]) -> None:
    whole = pictures["ae_0"]
    crop = whole.crop((whole.width // 8, whole.height // 8, whole.width * 7 // 8, whole.height * 7 // 8))
    assert proved_by_alignment(geometry.align(features(crop), features(whole)))


def test_strangers_are_never_proved(pictures: dict[str, Image.Image]) -> None:
    known = {name: features(image) for name, image in pictures.items() if not name.startswith(("IMG", "ae_1"))}
    names = sorted(known)
    proved = [(a, b) for a in names for b in names if a < b and proved_by_alignment(geometry.align(known[a], known[b]))]
    assert proved == []


def test_halves_of_a_panorama_are_different_pictures(pictures: dict[str, Image.Image]) -> None:
    whole = pictures["ae_0"]
    left = whole.crop((0, 0, whole.width * 6 // 10, whole.height))
    right = whole.crop((whole.width * 4 // 10, 0, whole.width, whole.height))
    assert not proved_by_alignment(geometry.align(features(left), features(right)))


@pytest.mark.parametrize("orientation", range(8))
def test_a_turned_picture_is_aligned_once_it_is_turned_back(pictures: dict[str, Image.Image], orientation: int) -> None:
    image = pictures["ae_0"].convert("L")
    image.thumbnail((geometry.SIDE, geometry.SIDE))
    grey = np.asarray(image)
    turned = geometry.describe(geometry.turn(grey, orientation))
    assert proved_by_alignment(geometry.align(turned, geometry.describe(geometry.turn(grey, orientation))))


@pytest.mark.parametrize("jpeg", [b"", b"no picture"])
def test_a_lost_thumbnail_proves_nothing(jpeg: bytes) -> None:
    nothing = geometry.describe(geometry.decode(jpeg))
    assert geometry.align(nothing, nothing) == geometry.Alignment()


def test_flat_pictures_prove_nothing() -> None:
    flat = geometry.describe(np.full((200, 300), 128, np.uint8))
    assert not proved_by_alignment(geometry.align(flat, flat))
