import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.imaging import reading
from app.imaging.pixels import DIGEST_BYTES, digest_of_bytes, digest_of_jpeg, digest_of_picture
from app.imaging.readings import Reading


@pytest.fixture(autouse=True, scope="module")
def pillow() -> None:
    reading.prepare()


@pytest.fixture
def photo(photos: Path) -> bytes:
    """Give a photograph as a plain JPEG: start, picture, end."""
    with Image.open(photos / "spring-cleaning" / "ae_0.JPG") as image:
        return coded(image.convert("RGB").resize((320, 240)))


@pytest.fixture
def picture(photo: bytes) -> Image.Image:
    with Image.open(io.BytesIO(photo)) as image:
        return image.convert("RGB")


def coded(image: Image.Image, **options: object) -> bytes:
    saved = io.BytesIO()
    image.save(saved, "JPEG", **{"quality": 90, **options})
    return saved.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def with_segment(photo: bytes, marker: int, body: bytes) -> bytes:
    return photo[:2] + segment(marker, body) + photo[2:]


def pixels_of(path: Path) -> bytes:
    answer = reading.read_file(str(path))
    assert isinstance(answer, Reading), answer
    assert len(answer.content.pixels) == DIGEST_BYTES
    return answer.content.pixels


@pytest.mark.parametrize(
    ("marker", "body"),
    [
        (0xE1, b"Exif\0\0 another camera"),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>\xff\xd9\xff\xda"),
        (0xE2, b"MPF\0 where the second picture lies"),
        (0xED, b"Photoshop 3.0\08BIM a caption"),
        (0xFE, b"a comment"),
    ],
)
def test_what_a_jpeg_says_of_itself_does_not_count(photo: bytes, marker: int, body: bytes) -> None:
    assert digest_of_jpeg(with_segment(photo, marker, body), 1) == digest_of_jpeg(photo, 1)


@pytest.mark.parametrize(("marker", "body"), [(0xE2, b"ICC_PROFILE\0\1\1 wide"), (0xEE, b"Adobe\0\x64\0\0\0\0\0")])
def test_what_changes_the_colours_counts(photo: bytes, marker: int, body: bytes) -> None:
    assert digest_of_jpeg(with_segment(photo, marker, body), 1) != digest_of_jpeg(photo, 1)


@pytest.mark.parametrize("tail", [b"\0" * 100, b"\xff\xd8\xff\xe0 a second picture \xff\xd9", b"ftypmp42 a film"])
def test_what_follows_the_picture_does_not_count(photo: bytes, tail: bytes) -> None:
    assert digest_of_jpeg(photo + tail, 1) == digest_of_jpeg(photo, 1)


def test_a_jpeg_saved_again_has_other_pixels(photo: bytes, picture: Image.Image) -> None:
    assert digest_of_jpeg(coded(picture, quality=80), 1) != digest_of_jpeg(photo, 1)


def test_every_scan_of_a_progressive_jpeg_counts(picture: Image.Image) -> None:
    data = coded(picture, progressive=True)
    last = data.rindex(b"\xff\xda") + 30
    other = data[:last] + bytes([data[last] ^ 1]) + data[last + 1 :]
    assert digest_of_jpeg(other, 1) != digest_of_jpeg(data, 1)
    assert digest_of_jpeg(with_segment(data, 0xFE, b"a comment"), 1) == digest_of_jpeg(data, 1)


def test_an_orientation_counts(photo: bytes) -> None:
    assert len({digest_of_jpeg(photo, orientation) for orientation in range(1, 9)}) == 8


def test_a_file_with_another_orientation_shows_other_pixels(picture: Image.Image, tmp_path: Path) -> None:
    for name, orientation in (("one.jpg", 1), ("other.jpg", 6), ("again.jpg", 6)):
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010F] = name
        picture.save(tmp_path / name, exif=exif, quality=90)
    assert pixels_of(tmp_path / "one.jpg") != pixels_of(tmp_path / "other.jpg")
    assert pixels_of(tmp_path / "again.jpg") == pixels_of(tmp_path / "other.jpg")


def test_one_picture_in_formats_without_loss_is_one(picture: Image.Image, tmp_path: Path) -> None:
    names = ("a.png", "a.bmp", "a.tif", "b.webp")
    for name in names:
        picture.save(tmp_path / name, lossless=True)
    turned = Image.Exif()
    turned[0x0112] = 6
    picture.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.png", exif=turned)
    assert len({pixels_of(tmp_path / name) for name in (*names, "turned.png")}) == 1


def test_one_pixel_counts(picture: Image.Image) -> None:
    other = picture.copy()
    other.putpixel((300, 200), tuple(value ^ 1 for value in picture.getpixel((300, 200))))  # type: ignore[union-attr]
    assert digest_of_picture(other) != digest_of_picture(picture)


def test_the_same_pixels_in_rows_of_another_length_are_another_picture() -> None:
    assert digest_of_picture(Image.new("RGB", (60, 40))) != digest_of_picture(Image.new("RGB", (40, 60)))


def test_a_colour_profile_counts(picture: Image.Image) -> None:
    assert digest_of_picture(picture, b"wide") != digest_of_picture(picture)


def test_grey_of_sixteen_bits_is_told_apart_by_its_low_bits(tmp_path: Path) -> None:
    shades = np.full((64, 64), 4000, np.uint16)
    for name, values in (("a.png", shades), ("a.tif", shades), ("b.png", shades + 1)):
        Image.fromarray(values).save(tmp_path / name)
    assert pixels_of(tmp_path / "a.png") == pixels_of(tmp_path / "a.tif")
    assert pixels_of(tmp_path / "a.png") != pixels_of(tmp_path / "b.png")


def test_films_that_begin_alike_have_not_the_same_pixels(tmp_path: Path) -> None:
    frames = [Image.new("L", (40, 40), shade) for shade in (10, 100, 200)]
    for name, rest in (("a.gif", frames[1:2]), ("b.gif", frames[2:])):
        frames[0].save(tmp_path / name, save_all=True, append_images=rest)
    assert pixels_of(tmp_path / "a.gif") != pixels_of(tmp_path / "b.gif")


def test_a_jpeg_that_ends_early_is_digested_byte_by_byte(photo: bytes) -> None:
    for end in range(0, len(photo) - 1, 97):
        assert digest_of_jpeg(photo[:end], 1) == digest_of_bytes(photo[:end])


def test_a_file_too_large_for_memory_is_read_all_the_same(
    photo: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo)
    small = reading.read_file(str(tmp_path / "photo.jpg"))
    monkeypatch.setattr(reading, "_MEMORY_BYTES", 0)
    large = reading.read_file(str(tmp_path / "photo.jpg"))
    assert isinstance(small, Reading)
    assert isinstance(large, Reading)
    assert large.content.sha256 == small.content.sha256
    assert large.content.phash == small.content.phash
    assert large.content.pixels == digest_of_bytes(photo)


PIECES = st.sampled_from(
    [
        b"\xff",
        b"\xff\xff\xff",
        b"\xff\xda\x00\x02",
        b"\xff\xda",
        b"\xff\xd9",
        b"\xff\xd0",
        b"\xff\x01",
        b"\xff\xe2\x00\x00",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=20) | PIECES, max_size=20).map(b"".join), st.integers(1, 8))
def test_any_bytes_have_a_digest(data: bytes, orientation: int) -> None:
    assert len(digest_of_jpeg(data, orientation)) == DIGEST_BYTES
    assert len(digest_of_jpeg(b"\xff\xd8" + data, orientation)) == DIGEST_BYTES
