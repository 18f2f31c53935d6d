import hashlib
import os
import socket
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.domain.times import capture_moment
from app.imaging import reading
from app.imaging.readings import NoPicture, Reading, Unreadable, Vanished


@pytest.fixture(autouse=True, scope="module")
def pillow() -> None:
    reading.prepare()


@pytest.fixture
def photo(photos: Path) -> Path:
    return photos / "spring-cleaning" / "ae_0.JPG"


LATIN = os.fsdecode(b"latin1_\xe9\xff.jpg")
ARABIC = "2024:06:01 10:00:00".translate({48 + digit: 0x660 + digit for digit in range(10)})


def read(path: Path | str) -> Reading:
    answer = reading.read_file(str(path))
    assert isinstance(answer, Reading), answer
    return answer


def distance(first: Reading, second: Reading) -> int:
    one, other = (int.from_bytes(answer.content.phash) for answer in (first, second))
    return (one ^ other).bit_count()


def exif_with(**tags: object) -> Image.Exif:
    exif = Image.Exif()
    for name, value in tags.items():
        if name == "orientation":
            exif[0x0112] = value
        else:
            exif.get_ifd(0x8769)[{"time": 0x9003, "fraction": 0x9291, "offset": 0x9011}[name]] = value
    return exif


def test_a_photograph_of_a_camera_is_read_whole(photos: Path) -> None:
    path = photos / "iphone-burst" / "IMG_3606.JPG"
    answer = read(path)
    with Image.open(path) as image:
        size = image.size
    header = answer.content.header
    assert answer.content.sha256 == hashlib.sha256(path.read_bytes()).digest()
    assert answer.stamp.size == path.stat().st_size
    assert size in {(header.width, header.height), (header.height, header.width)}
    assert header.capture_time is not None
    assert capture_moment(header.capture_time).year == 2020
    assert capture_moment(header.capture_time).microsecond > 0
    assert "iPhone" in header.camera
    with Image.open(BytesIO(answer.thumbnail)) as thumbnail:
        assert max(thumbnail.size) == reading.THUMBNAIL_SIDE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_shown_the_right_way_up(photo: Path, tmp_path: Path, orientation: int) -> None:
    stored = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    with Image.open(photo) as image:
        upright = image.convert("RGB")
    turned = upright if orientation == 1 else upright.transpose(Image.Transpose(stored[orientation]))
    path = tmp_path / "turned.jpg"
    turned.save(path, exif=exif_with(orientation=orientation), quality=95)
    answer = read(path)
    assert (answer.content.header.width, answer.content.header.height) == upright.size
    assert distance(answer, read(photo)) <= 8


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("progressive.jpg", {"format": "JPEG", "progressive": True}),
        ("wrong.png", {"format": "JPEG"}),
        ("no extension", {"format": "JPEG"}),
        ("photo.txt", {"format": "JPEG"}),
        ("photo.webp", {"format": "WEBP"}),
        ("photo.tif", {"format": "TIFF"}),
        ("photo.bmp", {"format": "BMP"}),
        ("photo.avif", {"format": "AVIF"}),
        ("photo.jp2", {"format": "JPEG2000"}),
    ],
)
def test_the_same_picture_in_another_coding_has_a_near_hash(
    photo: Path, tmp_path: Path, name: str, options: dict[str, object]
) -> None:
    path = tmp_path / name
    with Image.open(photo) as image:
        image.save(path, **options)  # type: ignore[arg-type]
    assert distance(read(path), read(photo)) <= 20


@pytest.mark.parametrize("width", [320, 500, 640, 1000, 1632])
def test_a_jpeg_decoded_at_reduced_scale_is_as_sharp_as_its_pixels(photo: Path, tmp_path: Path, width: int) -> None:
    with Image.open(photo) as image:
        image.convert("RGB").resize((width, width * 3 // 4), Image.Resampling.LANCZOS).save(tmp_path / "photo.jpg")
    with Image.open(tmp_path / "photo.jpg") as image:
        image.save(tmp_path / "photo.png")
    scaled, whole = (read(tmp_path / name).content for name in ("photo.jpg", "photo.png"))
    assert scaled.measures.sharpness == pytest.approx(whole.measures.sharpness, rel=0.03)
    assert scaled.measures.texture == pytest.approx(whole.measures.texture, rel=0.02)
    assert distance(read(tmp_path / "photo.jpg"), read(tmp_path / "photo.png")) <= 4


def test_a_picture_for_print_is_read(photo: Path, tmp_path: Path) -> None:
    with Image.open(photo) as image:
        image.convert("CMYK").save(tmp_path / "cmyk.jpg")
    assert distance(read(tmp_path / "cmyk.jpg"), read(photo)) <= 20


def test_sixteen_bits_of_grey_keep_their_shades(tmp_path: Path) -> None:
    shades = np.linspace(0, 65535, 256 * 256).reshape(256, 256).astype(np.uint16)
    Image.fromarray(shades).save(tmp_path / "deep.png")
    measures = read(tmp_path / "deep.png").content.measures
    assert measures.brightness == pytest.approx(0.5, abs=0.02)
    assert measures.texture == pytest.approx(255 / 12**0.5, rel=0.05)


@pytest.mark.parametrize("name", ["new\nline.jpg", "-rf.jpg", "写真 📷.jpg", "a" * 240 + ".jpg", LATIN])
def test_any_name_is_read(photo: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(photo.read_bytes())
    read(f"{tmp_path}/{name}")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_a_file_that_ends_early_is_unreadable_with_a_reason(photo: Path, tmp_path: Path, share: float) -> None:
    data = photo.read_bytes()
    path = tmp_path / "short.jpg"
    path.write_bytes(data[: int(len(data) * share)])
    answer = reading.read_file(str(path))
    assert isinstance(answer, Unreadable)
    assert answer.final
    assert "\n" not in answer.reason
    assert "object at" not in answer.reason


def test_a_bomb_is_refused_by_its_size(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    assert reading.read_file(str(tmp_path / "bomb.png")) == Unreadable("It is too large (400 megapixels)")


def test_what_is_no_picture_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text("{}")
    assert isinstance(reading.read_file(str(tmp_path / "truth.json")), NoPicture)


def test_pipes_sockets_folders_and_links_are_not_opened(
    photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "link.jpg").symlink_to(photo)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.jpg")
        for name in ("pipe.jpg", "folder.jpg", "link.jpg", "socket.jpg", "nothing.jpg"):
            assert reading.read_file(str(tmp_path / name)) == Vanished(), name


@pytest.mark.parametrize(
    "time",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2024:02:30 10:00:00",
        "1826:01:01 00:00:00",
        "not a date",
        ARABIC,
    ],
)
def test_a_broken_date_is_no_date(photo: Path, tmp_path: Path, time: str) -> None:
    with Image.open(photo) as image:
        image.save(tmp_path / "dated.jpg", exif=exif_with(time=time))
    assert read(tmp_path / "dated.jpg").content.header.capture_time is None


@pytest.mark.parametrize(
    ("fraction", "microseconds"),
    [("5", 500_000), ("042", 42_000), ("", 0), ("abc", 0), ("-5", 0), ("123456789", 123_456)],
)
def test_sub_seconds_are_digits_after_the_point(photo: Path, tmp_path: Path, fraction: str, microseconds: int) -> None:
    with Image.open(photo) as image:
        image.save(
            tmp_path / "dated.jpg", exif=exif_with(time="2024:06:01 10:00:00", fraction=fraction, offset="-03:30")
        )
    header = read(tmp_path / "dated.jpg").content.header
    assert header.capture_time is not None
    assert capture_moment(header.capture_time).microsecond == microseconds
    assert header.offset_minutes == -210


def xmp(attributes: str) -> bytes:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" {attributes}/></rdf:RDF></x:xmpmeta>'
    ).encode()


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif"])
def test_stars_and_label_are_read_from_every_format_that_holds_xmp(photo: Path, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"rated{suffix}"
    packet = xmp('xmp:Rating="4" xmp:Label="Red"')
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet.decode())
    save: dict[str, Any] = {".png": {"pnginfo": info}, ".tif": {"tiffinfo": {700: packet}}}
    with Image.open(photo) as image:
        image.resize((64, 48)).save(path, **save.get(suffix, {"xmp": packet}))
    header = read(path).content.header
    assert (header.stars, header.label, header.edited) == (4, "Red", False)


@pytest.mark.parametrize(
    ("tags", "packet", "stars", "edited"),
    [
        ({0x4746: 3}, b"", 3, False),
        ({0x4749: 75}, b"", 4, False),
        ({0x4749: 0}, b"", 0, False),
        ({0x4746: 3, 0x4749: 99}, b"", 3, False),
        ({0x4746: 3}, xmp('xmp:Rating="-1"'), -1, False),
        ({0x4746: 99}, b"", None, False),
        ({0x4746: 2}, b"<broken", 2, False),
        ({0x0131: "GIMP 2.10.34"}, b"", None, True),
        (
            {0x0131: "Ver.1.00"},
            xmp('xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:AlreadyApplied="True"'),
            None,
            True,
        ),
        ({0x0131: "14.2"}, b"", None, False),
    ],
)
def test_exif_tells_stars_where_xmp_does_not_and_an_editor_names_itself(
    photo: Path, tmp_path: Path, tags: dict[int, object], packet: bytes, stars: int | None, edited: bool
) -> None:
    exif = Image.Exif()
    for tag, value in tags.items():
        exif[tag] = value
    path = tmp_path / "rated.jpg"
    with Image.open(photo) as image:
        image.resize((64, 48)).save(path, exif=exif, xmp=packet)
    header = read(path).content.header
    assert (header.stars, header.edited) == (stars, edited)
