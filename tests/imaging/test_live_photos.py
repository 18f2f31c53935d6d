"""A film of the same name has to prove that it is that of a photograph."""

import io
import os
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from app.imaging.live_photos import is_film_of
from tests.films import film

TAKEN = int(datetime(2020, 4, 17, 10, 0, 0, tzinfo=UTC).timestamp())


def note(identifier: str) -> bytes:
    """The MakerNote of an iPhone that holds nothing but the identifier."""
    text = identifier.encode() + b"\0"
    return b"Apple iOS\0\0\1MM" + struct.pack(">HHHII", 1, 0x0011, 2, len(text), 32) + bytes(4) + text


def still(path: Path, identifier: str = "", offset: str = "+02:00") -> Path:
    exif = Image.Exif()
    tags: dict[int, object] = {0x9003: "2020:04:17 12:00:00", 0x9291: "5"}
    if offset:
        tags[0x9011] = offset
    if identifier:
        tags[0x927C] = note(identifier)
    exif.get_ifd(0x8769).update(tags)
    saved = io.BytesIO()
    Image.new("RGB", (8, 8)).save(saved, "JPEG", exif=exif)
    path.write_bytes(saved.getvalue())
    return path


def belongs(tmp_path: Path, photograph: Path, data: bytes) -> bool:
    path = tmp_path / "a.mov"
    path.write_bytes(data)
    return is_film_of(str(path), str(photograph))


@pytest.mark.shared
def test_a_real_live_photo_has_its_film_and_no_other_photograph_of_the_series_has_it(shared: Path) -> None:
    series = shared / "photos" / "series" / "iphone-burst"
    mine = [path.name for path in sorted(series.iterdir()) if is_film_of(str(series / "IMG_3616.mov"), str(path))]
    assert mine == ["IMG_3616.HEIC"]


def test_one_identifier_in_both_proves_it_whatever_the_times_are(tmp_path: Path) -> None:
    photograph = still(tmp_path / "a.jpg", "AB-12")
    assert belongs(tmp_path, photograph, film("AB-12", seconds=60))
    assert belongs(tmp_path, photograph, film("ab-12"))


def test_another_identifier_or_none_in_the_film_proves_that_it_is_not(tmp_path: Path) -> None:
    photograph = still(tmp_path / "a.jpg", "AB-12")
    assert not belongs(tmp_path, photograph, film("AB-13", made=TAKEN))
    assert not belongs(tmp_path, photograph, film(made=TAKEN))


def test_without_an_identifier_in_the_photograph_a_short_film_of_the_moment_will_do(tmp_path: Path) -> None:
    photograph = still(tmp_path / "a.jpg")
    assert belongs(tmp_path, photograph, film(made=TAKEN))
    assert belongs(tmp_path, photograph, film("AB-12", made=TAKEN + 3, seconds=5))
    assert not belongs(tmp_path, photograph, film(made=TAKEN + 4))
    assert not belongs(tmp_path, photograph, film(made=TAKEN - 3))
    assert not belongs(tmp_path, photograph, film(made=TAKEN, seconds=5.1))
    assert not belongs(tmp_path, photograph, film())


def test_a_clock_whose_distance_from_utc_is_not_known_proves_nothing(tmp_path: Path) -> None:
    photograph = still(tmp_path / "a.jpg", offset="")
    assert not belongs(tmp_path, photograph, film(made=TAKEN))
    assert not belongs(tmp_path, photograph, film(made=TAKEN + 7200))


def test_what_cannot_be_read_proves_nothing(tmp_path: Path) -> None:
    photograph = still(tmp_path / "a.jpg", "AB-12")
    assert not belongs(tmp_path, photograph, b"no film")
    assert not belongs(tmp_path, tmp_path / "gone.jpg", film("AB-12"))
    empty = tmp_path / "empty.jpg"
    empty.write_bytes(b"")
    assert not belongs(tmp_path, empty, film())
    os.mkfifo(tmp_path / "pipe.mov")
    assert not is_film_of(str(tmp_path / "pipe.mov"), str(photograph))


@pytest.mark.parametrize(
    "head", [b"Exif\0\0MM\0*", b"Exif\0\0II*\0\xff\xff\xff\x7f", b"Exif\0\0MM\0*\0\0\0\x08\0\1\x87\x69"]
)
def test_exif_that_leads_nowhere_says_nothing(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"Exif\0\0" + head + b"Apple iOS\0\0\1MM\0\1")
    assert not belongs(tmp_path, path, film("AB-12", made=TAKEN))
