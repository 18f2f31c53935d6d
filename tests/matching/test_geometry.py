from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from app.domain.pairs import DEFAULT, STRICT
from app.domain.sketches import EMPTY, Sketch
from app.imaging.sketches import decode, draw_sketch
from app.matching.geometry import ALIGNMENT, Alignments, Bench, align_pairs, place
from app.matching.relations import strength_by_alignment


def sketch(image: Image.Image) -> bytes:
    small = image.convert("RGB")
    small.thumbnail((320, 320))
    saved = BytesIO()
    small.save(saved, "JPEG", quality=85)
    return draw_sketch(decode(saved.getvalue())).to_bytes()


def laid(first: Image.Image, second: Image.Image) -> Alignments:
    return align_pairs(Bench([sketch(first), sketch(second)], [(0, 1)]))


def strength(found: Alignments, texture: float = 50) -> float:
    """What it proves where nothing else speaks for the two."""
    flags = np.ones(len(found), np.bool_)
    return float(strength_by_alignment(found, np.full(len(found), texture, np.float32), flags).max())


@pytest.fixture(scope="module")
def pictures(photos: Path) -> dict[str, Image.Image]:
    return {path.stem: Image.open(path).copy() for path in sorted(photos.rglob("*")) if path.suffix.lower() == ".jpg"}


def cut(image: Image.Image, part: float) -> Image.Image:
    width, height = image.size
    return image.crop((int(width * part), int(height * part), int(width * (1 - part)), int(height * (1 - part))))


def test_two_hand_held_shots_of_one_scene_are_proved(pictures: dict[str, Image.Image]) -> None:
    assert strength(laid(pictures["ae_0"], pictures["ae_1"])) >= DEFAULT


def test_a_crop_is_proved_by_its_original_and_known_for_one(pictures: dict[str, Image.Image]) -> None:
    found = laid(cut(pictures["ae_0"], 0.12), pictures["ae_0"])
    assert strength(found) >= STRICT
    assert found["coverage"][0] > 0.97
    assert found["extent"][0] == pytest.approx(0.76**2, abs=0.04)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_picture_is_proved_and_the_angle_known(pictures: dict[str, Image.Image], degrees: int) -> None:
    found = laid(pictures["ae_0"], pictures["ae_0"].rotate(degrees, expand=True))
    assert strength(found) >= STRICT
    assert abs(found["angle"][0]) == pytest.approx(min(degrees, 360 - degrees), abs=2)


def test_strangers_are_never_proved(pictures: dict[str, Image.Image]) -> None:
    sketches = [sketch(image) for name, image in sorted(pictures.items()) if not name.startswith(("IMG", "ae_1"))]
    pairs = [(a, b) for b in range(len(sketches)) for a in range(b)]
    assert strength(align_pairs(Bench(sketches, pairs))) < 0.1


def test_halves_of_a_panorama_are_different_pictures(pictures: dict[str, Image.Image]) -> None:
    whole = pictures["ae_0"]
    left = whole.crop((0, 0, whole.width * 3 // 4, whole.height))
    right = whole.crop((whole.width // 4, 0, whole.width, whole.height))
    found = laid(left, right)
    assert found["inliers"][0] >= 10  # they do share a part
    assert strength(found) < 0.1


def test_a_banner_over_a_part_does_not_hide_a_copy(pictures: dict[str, Image.Image]) -> None:
    banner = pictures["ae_0"].copy()
    banner.paste("white", (0, 0, banner.width, banner.height // 4))
    assert strength(laid(banner, pictures["ae_0"])) >= DEFAULT


@pytest.mark.parametrize("jpeg", [b"", b"no picture"])
def test_a_lost_thumbnail_proves_nothing(jpeg: bytes) -> None:
    nothing = draw_sketch(decode(jpeg))
    assert nothing is EMPTY
    assert align_pairs(Bench([b"", nothing.to_bytes()], [(0, 1)])).tolist() == [(0,) * len(ALIGNMENT.names or ())]


def test_flat_pictures_prove_nothing() -> None:
    flat = Image.new("RGB", (300, 200), "grey")
    assert strength(laid(flat, flat)) == 0


def test_nearly_empty_pictures_need_keypoints_all_over(pictures: dict[str, Image.Image]) -> None:
    words = Image.new("RGB", (320, 240), "white")
    words.paste(pictures["ae_0"].resize((40, 30)), (140, 105))
    found = laid(words, words)
    assert strength(found, texture=50) > strength(found, texture=10)
    assert strength(found, texture=10) < DEFAULT


def test_a_sketch_is_the_same_after_it_was_kept(pictures: dict[str, Image.Image]) -> None:
    drawn = Sketch.from_bytes(sketch(pictures["ae_0"]))
    again = Sketch.from_bytes(drawn.to_bytes())
    assert (again.width, again.height) == (drawn.width, drawn.height)
    for name in ("points", "descriptors", "grey"):
        np.testing.assert_array_equal(getattr(again, name), getattr(drawn, name))
    assert len(drawn.points) > 100


@pytest.mark.parametrize(
    ("way", "rows"),
    [
        (Image.Transpose.FLIP_LEFT_RIGHT, [[-1, 0, 1], [0, 1, 0]]),
        (Image.Transpose.FLIP_TOP_BOTTOM, [[1, 0, 0], [0, -1, 1]]),
        (Image.Transpose.ROTATE_180, [[-1, 0, 1], [0, -1, 1]]),
        (Image.Transpose.ROTATE_90, [[0, 1, 0], [-1, 0, 1]]),
        (Image.Transpose.ROTATE_270, [[0, -1, 1], [1, 0, 0]]),
        (Image.Transpose.TRANSPOSE, [[0, 1, 0], [1, 0, 0]]),
        (Image.Transpose.TRANSVERSE, [[0, -1, 1], [-1, 0, 1]]),
    ],
)
def test_a_whole_picture_that_is_turned_or_mirrored_is_placed(
    pictures: dict[str, Image.Image], way: Image.Transpose, rows: list[list[float]]
) -> None:
    for name, picture in pictures.items():
        found = place(*(Sketch.from_bytes(sketch(one)) for one in (picture, picture.transpose(way))))
        assert found is not None, name
        np.testing.assert_allclose(found, rows, atol=0.03, err_msg=name)


def test_a_mirrored_flat_picture_cannot_be_placed() -> None:
    flat = Image.new("RGB", (300, 200), "grey")
    assert place(*(Sketch.from_bytes(sketch(one)) for one in (flat, ImageOps.mirror(flat)))) is None


def test_a_crop_is_placed_where_it_was_cut(pictures: dict[str, Image.Image]) -> None:
    for picture in pictures.values():
        found = place(*(Sketch.from_bytes(sketch(one)) for one in (picture, cut(picture, 0.1))))
        np.testing.assert_allclose(found, [[1.25, 0, -0.125], [0, 1.25, -0.125]], atol=0.03)  # type: ignore[arg-type]


def test_a_hand_held_frame_is_placed_by_its_points_and_not_as_a_whole(pictures: dict[str, Image.Image]) -> None:
    found = place(*(Sketch.from_bytes(sketch(pictures[name])) for name in ("ae_0", "ae_1")))
    assert found is not None
    assert abs(found[0, 2]) > 0.008
    np.testing.assert_allclose(found[:, :2], np.eye(2), atol=0.05)


def test_what_another_photograph_shows_cannot_be_placed(pictures: dict[str, Image.Image]) -> None:
    strangers = ("ae_0", "olympus-e-10", "canon-powershot-s30", "IMG_3606", "pentax-optio-330")
    drawn = [Sketch.from_bytes(sketch(pictures[name])) for name in strangers]
    assert all(place(one, other) is None for one in drawn for other in drawn if one is not other)
