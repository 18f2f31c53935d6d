"""What films say of themselves, from a real one and from bytes made here."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imaging.films import Film, read_film
from tests.films import EPOCH, atom, film, metadata


def read(data: bytes) -> Film | None:
    return read_film(io.BytesIO(data))


@pytest.mark.shared
def test_the_film_of_a_live_photo_says_whose_it_is(shared: Path) -> None:
    with (shared / "photos" / "series" / "iphone-burst" / "IMG_3616.mov").open("rb") as file:
        assert read_film(file) == Film("E701F16E-EDC3-420C-B5B3-3408626DCBA6", 3.01, 1587139478000000)


def test_identifier_length_and_time_are_read() -> None:
    assert read(film("AB-12", seconds=2.5, made=1_600_000_000)) == Film("AB-12", 2.5, 1_600_000_000_000_000)
    assert read(film()) == Film("", 3.0, None)
    assert read(film("AB-12", key="com.apple.quicktime.model")) == Film("", 3.0, None)


def test_the_forms_with_a_version_and_with_long_numbers_are_read_too() -> None:
    header = atom(b"mvhd", b"\1\0\0\0", struct.pack(">QQIQ", EPOCH + 7, 0, 1000, 4000))
    meta = atom(b"meta", bytes(4), metadata("com.apple.quicktime.content.identifier", "AB"))
    content = header + meta
    long = struct.pack(">I4sQ", 1, b"moov", 16 + len(content)) + content
    assert read(atom(b"ftyp", b"isom") + long) == Film("AB", 4.0, 7_000_000)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no film at all, but bytes",
        film()[:1100],
        atom(b"moov"),
        atom(b"moov", atom(b"mvhd", b"\7" + bytes(99))),
        atom(b"moov", atom(b"mvhd", bytes(99))),
        atom(b"moov", film()[-120:], bytes(1 << 20)),
        struct.pack(">I4sQ", 1, b"free", 2**64 - 1),
        struct.pack(">I4s", 8, b"free") * 100_000 + film(),
    ],
)
def test_what_is_no_film_or_is_damaged_or_endless_says_nothing(data: bytes) -> None:
    assert read(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    read(data)
    read(atom(b"moov", data))
    read(atom(b"moov", film()[-116:], atom(b"meta", data)))


@given(st.lists(st.tuples(st.integers(0, 1350), st.integers(0, 255)), max_size=12))
def test_a_film_with_bytes_that_were_changed_is_read_without_an_error(changes: list[tuple[int, int]]) -> None:
    data = bytearray(film("AB-12", made=1_600_000_000))
    for place, value in changes:
        data[place % len(data)] = value
    read(bytes(data))
