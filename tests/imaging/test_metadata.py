"""What photographs say of themselves in words is read from XMP, IPTC and EXIF, whatever is broken."""

import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from app.domain.bequests import NOTHING, Metadata
from app.imaging.metadata import read_metadata
from app.imaging.readers import Readers
from app.imaging.readings import Unreadable, Vanished
from tests.imaging.test_xmp import BOMB, LIGHTROOM
from tests.imaging.test_xmp_metadata import DARKTABLE

GPS = {1: "S", 2: (33.0, 51.0, 24.42), 3: "E", 4: (151.0, 12.0, 55.07)}
SYDNEY = (-33.85678, 151.2153)
KEYWORDS, CAPTION, CHARACTERS = (2, 25), (2, 120), (1, 90)


def photograph(
    path: Path, tags: Mapping[int, object], gps: Mapping[int, object] | None = None, xmp: bytes = b""
) -> str:
    exif = Image.Exif()
    for tag, value in tags.items():
        (exif.get_ifd(0x8769) if tag == 0x9286 else exif)[tag] = value
    exif.get_ifd(0x8825).update(gps or {})
    Image.new("RGB", (16, 12), "teal").save(path, exif=exif, xmp=xmp)
    return str(path)


def with_iptc(path: str, *records: tuple[tuple[int, int], bytes]) -> str:
    """Put records of IPTC into a JPEG, as Photoshop does."""
    said = b"".join(struct.pack(">BBBH", 0x1C, *record, len(text)) + text for record, text in records)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(said)) + said + b"\0" * (len(said) % 2)
    segment = b"Photoshop 3.0\0" + resource
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:])
    return path


def test_exif_tells_stars_keywords_caption_and_position(tmp_path: Path) -> None:
    keywords = "sea; ice;Sea;caf\u00e9".encode("utf-16-le") + b"\0\0"
    path = photograph(tmp_path / "a.jpg", {0x4746: 4, 0x9C9E: keywords, 0x010E: "At the sea"}, GPS)
    said = read_metadata(path)
    assert isinstance(said, Metadata)
    assert said == Metadata(4, "", ("sea", "ice", "caf\u00e9"), "At the sea", said.position)
    assert said.position == pytest.approx(SYDNEY, abs=1e-5)


def test_xmp_in_a_file_outranks_its_exif_and_iptc(tmp_path: Path) -> None:
    path = photograph(tmp_path / "a.jpg", {0x4746: 1, 0x010E: "Exif"}, GPS, DARKTABLE)
    said = read_metadata(with_iptc(path, (KEYWORDS, b"other"), (CAPTION, b"other")))
    assert isinstance(said, Metadata)
    assert said == Metadata(4, "", ("places", "Paris & more"), "The tower", said.position)
    assert said.position == pytest.approx((48.85847, -2.2945), abs=1e-5)


def test_what_xmp_leaves_open_is_filled_from_the_others(tmp_path: Path) -> None:
    path = photograph(tmp_path / "a.jpg", {0x4746: 1, 0x010E: "Exif"}, GPS, LIGHTROOM)
    said = read_metadata(path)
    assert isinstance(said, Metadata)
    assert said == Metadata(3, "Red", ("gr\u00fcn & blau",), "Exif", said.position)
    assert said.position == pytest.approx(SYDNEY, abs=1e-5)


@pytest.mark.parametrize(
    ("marked", "text"),
    [((), "caf\u00e9".encode("latin-1")), ((), "caf\u00e9".encode()), ((CHARACTERS,), "caf\u00e9".encode())],
)
def test_iptc_is_read_in_the_characters_in_which_it_was_written(
    tmp_path: Path, marked: tuple[tuple[int, int], ...], text: bytes
) -> None:
    path = photograph(tmp_path / "a.jpg", {0x010E: "Exif"})
    characters = [(record, b"\x1b%G") for record in marked]
    with_iptc(path, *characters, (KEYWORDS, text), (KEYWORDS, b"sea"), (CAPTION, text))
    assert read_metadata(path) == Metadata(None, "", ("caf\u00e9", "sea"), "caf\u00e9")


@pytest.mark.parametrize(
    ("comment", "caption"),
    [
        (b"ASCII\0\0\0At the sea\0\0", "At the sea"),
        (b"UNICODE\0A\0t\0", ""),
        (b"\0" * 8 + b"At the sea", ""),
        (b"ASCII\0\0\0  ", ""),
        (b"", ""),
    ],
)
def test_a_comment_counts_only_where_it_is_plain(tmp_path: Path, comment: bytes, caption: str) -> None:
    assert read_metadata(photograph(tmp_path / "a.jpg", {0x9286: comment})) == Metadata(caption=caption)


@pytest.mark.parametrize(
    "text", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "DCIM\\100MEDIA\\DJI_0042.JPG", "dav", ""]
)
def test_what_cameras_write_into_every_picture_is_no_caption(tmp_path: Path, text: str) -> None:
    assert read_metadata(photograph(tmp_path / "a.jpg", {0x010E: text})) == NOTHING
    assert read_metadata(photograph(tmp_path / "b.jpg", {0x010E: "Davos"})) == Metadata(caption="Davos")


@pytest.mark.parametrize(
    "gps",
    [
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (1.0, 0.0, 0.0)},
        {2: (33.0, 51.0, 24.0)},
        {1: "N", 2: (33.0, 51.0), 3: "E", 4: (1.0, 0.0, 0.0)},
    ],
)
def test_a_position_that_cannot_be_is_none(tmp_path: Path, gps: Mapping[int, object]) -> None:
    assert read_metadata(photograph(tmp_path / "a.jpg", {}, gps)) == NOTHING


def test_broken_and_dangerous_xmp_and_iptc_say_nothing_and_hide_nothing_else(tmp_path: Path) -> None:
    for number, xmp in enumerate((b"<x", BOMB)):
        path = photograph(tmp_path / f"{number}.jpg", {0x010E: "At the sea"}, xmp=xmp)
        with_iptc(path, ((99, 200), b"\xff" * 9), (KEYWORDS, b"ice"))
        assert read_metadata(path) == Metadata(caption="At the sea")


def test_each_file_has_its_answer_from_an_isolated_process_and_stays_as_it_is(tmp_path: Path) -> None:
    good = photograph(tmp_path / "a.jpg", {0x010E: "At the sea"})
    text, broken, raw = tmp_path / "b.jpg", tmp_path / "c.png", tmp_path / "d.nef"
    text.write_bytes(b"no picture")
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\xff" * 50)
    raw.write_bytes(b"II*\0" + b"\0" * 50)
    paths = [good, str(text), str(broken), str(raw), str(tmp_path / "gone.jpg")]
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    with Readers(1) as readers:
        answers = dict(readers.read_metadata(paths))
    assert list(answers) == paths
    assert answers[good] == Metadata(caption="At the sea")
    assert answers[str(text)] == Unreadable("It is no picture")
    assert isinstance(answers[str(broken)], Unreadable)
    assert answers[str(raw)] == NOTHING
    assert answers[paths[-1]] == Vanished()
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before
