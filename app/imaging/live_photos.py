"""Live photos: whether a film beside a photograph is its own. Both are looked into, neither is decoded."""

import re
from dataclasses import dataclass
from io import BufferedReader

from app.domain.files import Stamp
from app.domain.times import capture_microseconds
from app.imaging.decoding import look_into
from app.imaging.films import Film, read_film
from app.imaging.headers import capture_time
from app.imaging.makernotes import Directory

_HEAD_BYTES = 1 << 18
"""Where cameras write EXIF: at the beginning of a JPEG, and of the data of a HEIC."""
_EXIF_BYTES = 1 << 16
_EXIF = re.compile(rb"Exif\0\0(?=MM\0\*|II\*\0)")
_APPLE = b"Apple iOS\0"
_APPLE_START, _CONTENT_IDENTIFIER = 14, 0x0011
_EXIF_DIRECTORY, _TIME, _FRACTION, _OFFSET = 0x8769, 0x9003, 0x9291, 0x9011
_LONGEST_SECONDS = 5.0
_MAX_APART = 3_000_000


@dataclass(frozen=True, slots=True)
class _Still:
    """What a photograph says: the ``identifier`` of its live photo, and when it was ``taken``, microseconds of UTC."""

    identifier: str
    taken: int | None


def is_film_of(film_path: str, photograph: str) -> bool:
    """Tell whether a film is proven to be that of a photograph, by the identifier that the camera wrote into both.

    Where the photograph tells none, a short film of the same moment will do. What cannot be read proves nothing.
    """
    film = look_into(film_path, _read_film)
    still = look_into(photograph, _read_still)
    if not isinstance(film, Film) or not isinstance(still, _Still):
        return False
    if still.identifier:
        return film.identifier.lower() == still.identifier.lower()
    if film.made is None or still.taken is None:
        return False
    return film.seconds <= _LONGEST_SECONDS and abs(film.made - still.taken) <= _MAX_APART


def _read_film(file: BufferedReader, _: Stamp) -> Film | None:
    return read_film(file)


def _read_still(file: BufferedReader, _: Stamp) -> _Still:
    """Read the first EXIF in the beginning of a photograph, whatever its format is."""
    head = file.read(_HEAD_BYTES)
    found = _EXIF.search(head)
    if found is None:
        return _Still("", None)
    exif = head[found.end() : found.end() + _EXIF_BYTES]
    return _Still(_content_identifier(exif), _taken(exif))


def _content_identifier(exif: bytes) -> str:
    place = exif.find(_APPLE)
    return Directory(exif[place:], _APPLE_START).text(_CONTENT_IDENTIFIER) if place >= 0 else ""


def _taken(exif: bytes) -> int | None:
    """Read when a picture was taken; None unless its camera wrote how far its clock is from UTC."""
    order = "big" if exif.startswith(b"MM") else "little"
    first = Directory(exif, int.from_bytes(exif[4:8], order))  # type: ignore[arg-type]
    tags = Directory(exif, first.number(_EXIF_DIRECTORY))
    moment, offset, _ = capture_time({tag: tags.text(tag) for tag in (_TIME, _FRACTION, _OFFSET)})
    if moment is None or offset is None:
        return None
    return capture_microseconds(moment) - offset * 60_000_000
