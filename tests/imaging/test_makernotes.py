"""What makers write of bursts and brackets, from real files and from notes made here."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.files import Header
from app.imaging.headers import read_header
from app.imaging.makernotes import MakerNote, read_makernote

SHORT, LONG = 3, 4


def directory(*entries: tuple[int, int, int], order: str = "<") -> bytes:
    """One directory of (tag, type, number), all of it inline."""
    packed = b"".join(
        struct.pack(
            f"{order}HHI{'HH' if kind == SHORT else 'I'}", tag, kind, 1, *((value, 0) if kind == SHORT else (value,))
        )
        for tag, kind, value in entries
    )
    return struct.pack(f"{order}H", len(entries)) + packed


def header_of(path: Path) -> Header:
    with Image.open(path) as image:
        return read_header(image, "JPEG")


def saved(tags: dict[int, object], **save: object) -> Header:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "T-1"
    exif.get_ifd(0x8769).update(tags)
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=exif, **save)
    with Image.open(file) as image:
        return read_header(image, "JPEG")


def test_the_frames_of_a_telephones_burst_have_one_name_and_sub_seconds(photos: Path) -> None:
    headers = [header_of(path) for path in sorted((photos / "iphone-burst").glob("*.JPG"))]
    assert {header.burst_id for header in headers} == {"02B8EEB4-846C-4B8E-A02F-A150470B4AD8"}
    assert all(header.subsecond for header in headers)


def test_a_canon_tells_the_number_of_its_file(photos: Path) -> None:
    header = header_of(photos / "distractors" / "canon-powershot-s30.jpg")
    assert (header.sequence, header.focus_distance, header.subsecond) == (1292991, 3.114, False)


def test_the_exposure_is_read_as_numbers() -> None:
    header = saved({0x829A: 0.004, 0x829D: 2.8, 0x8827: 400, 0x9204: -0.667, 0xA402: 2, 0x9206: 1.5, 0xA431: "42"})
    assert header.exposure_seconds == pytest.approx(0.004)
    assert (header.f_number, header.iso, header.bracketed) == (2.8, 400, True)
    assert header.exposure_bias == pytest.approx(-0.667, abs=0.001)
    assert (header.focus_distance, header.serial, header.camera) == (1.5, "42", "Canon T-1 42")


def test_without_exif_nothing_is_known() -> None:
    assert saved({}) == Header("JPEG", 8, 8, camera="Canon T-1")


def test_numbers_that_make_no_sense_are_left_out() -> None:
    header = saved({0x829A: float("nan"), 0x9204: 99.0, 0x8827: 65535})
    assert (header.exposure_seconds, header.exposure_bias, header.iso) == (None, None, None)


def test_an_android_names_its_burst_in_xmp() -> None:
    xmp = b'<x:xmpmeta><rdf:Description GCamera:BurstID="6d5f-11" GCamera:BurstPrimary="1"/></x:xmpmeta>'
    assert saved({}, xmp=xmp).burst_id == "6d5f-11"


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            b"Panasonic\0\0\0" + directory((0x2A, SHORT, 2), (0x2B, LONG, 3)),
            MakerNote(sequence=3, bracketed=True),
        ),
        (
            b"Panasonic\0\0\0" + directory((0x2A, SHORT, 3), (0x2B, LONG, 1), order=">"),
            MakerNote(sequence=1, focus_bracketed=True),
        ),
        (
            b"SONY DSC \0\0\0" + directory((0xB049, SHORT, 5), (0xB04A, SHORT, 2)),
            MakerNote(sequence=2, bracketed=True),
        ),
        (b"SONY DSC \0\0\0" + directory((0xB049, SHORT, 65535), (0xB04A, SHORT, 65535)), MakerNote()),
        (
            b"FUJIFILM\x0c\0\0\0" + directory((0x1100, SHORT, 1), (0x1101, SHORT, 4)),
            MakerNote(sequence=4, bracketed=True),
        ),
        (
            b"Nikon\0\x02\x10\0\0II*\0\x08\0\0\0" + directory((0x89, SHORT, 0x11), (0xA7, LONG, 10517)),
            MakerNote(sequence=10517, bracketed=True),
        ),
        (b"Somebody else\0" + directory((0x2B, LONG, 3)), MakerNote()),
        (b"", MakerNote()),
    ],
)
def test_makers_tell_numbers_and_brackets(note: bytes, said: MakerNote) -> None:
    assert read_makernote(note, b"", "") == said


def test_an_olympus_tells_what_it_brackets() -> None:
    begin = b"OLYMPUS\0II\x03\0"
    first = directory((0x2020, 13, 12 + 2 + 12))
    drive = struct.pack("<HHHII", 1, 0x0600, SHORT, 3, len(begin) + len(first) + 14) + struct.pack("<3H", 5, 4, 0x40)
    assert read_makernote(begin + first + drive, b"", "") == MakerNote(sequence=4, focus_bracketed=True)


def test_a_canon_tells_its_bracket_in_numbers_that_lie_elsewhere_in_the_exif() -> None:
    shot = [2 * 24, *([0] * 23)]
    shot[16], shot[19] = 1, 250
    note = struct.pack("<HHHII", 1, 0x0004, SHORT, 24, 8) + bytes(8)
    exif = b"II*\0\0\0\0\0" + struct.pack("<24H", *shot) + note
    assert read_makernote(note, exif, "Canon") == MakerNote(bracketed=True, focus_distance=2.5)
    assert read_makernote(note, exif[:8] + bytes(48) + note, "Canon") == MakerNote()
    assert read_makernote(note, b"", "Canon") == MakerNote()


@settings(deadline=None)
@given(
    st.sampled_from(
        (b"Apple iOS\0\0\1MM", b"OLYMPUS\0II\3\0", b"Panasonic\0\0\0", b"Nikon\0\2\x10\0\0II*\0\x08\0\0\0", b"")
    ),
    st.binary(max_size=300),
    st.binary(max_size=60),
)
def test_no_bytes_are_too_broken(begin: bytes, rest: bytes, around: bytes) -> None:
    for note in (begin + rest, begin + b"\0\x05" + rest, begin + b"\x05\0" + rest):
        assert isinstance(read_makernote(note, around + note, "Canon"), MakerNote)
        assert isinstance(read_makernote(note, around, "Canon"), MakerNote)
