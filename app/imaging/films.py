"""What a QuickTime or MP4 film says of itself: whose it is, how long it is and when it was made.

Only the atoms that are needed are read, each within bounds; nothing that a film says of its own sizes is trusted.
Atoms after the QuickTime File Format (https://developer.apple.com/documentation/quicktime-file-format).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_IDENTIFIER = b"com.apple.quicktime.content.identifier"
_MAX_ATOMS = 512
_MAX_MOVIE = 1 << 20
"""The atom "movie" of a film of seconds has some kilobytes, that of an hour has more than this."""
_MAX_TEXT = 64
_EPOCH = 2_082_844_800
"""Seconds from 1904, when QuickTime's time begins, to 1970."""


@dataclass(frozen=True, slots=True)
class Film:
    """What a film says: ``identifier`` of the live photo that it belongs to, or empty; its length in seconds.

    ``made``: microseconds since 1970, UTC; None where nobody wrote it.
    """

    identifier: str
    seconds: float
    made: int | None


def read_film(file: BinaryIO) -> Film | None:
    """Read a film from its beginning; None if it is none, is damaged or has a description as long as that of a movie.

    Raises:
        OSError: the disk cannot read it.
    """
    movie = _movie(file)
    header = next(_atoms(movie, b"mvhd"), b"")
    timing = _timing(header)
    if timing is None:
        return None
    made, seconds = timing
    return Film(_identifier(next(_atoms(movie, b"meta"), b"")), seconds, made)


def _movie(file: BinaryIO) -> bytes:
    """Find the atom "moov" among those of the file; empty if there is none, or it is too long."""
    place = 0
    for _ in range(_MAX_ATOMS):
        file.seek(place)
        head = file.read(16)
        size, start = _extent(head)
        if size < start:
            return b""
        if head[4:8] == b"moov":
            file.seek(place + start)
            return file.read(size - start) if size <= _MAX_MOVIE else b""
        place += size
        if place >= 1 << 62:
            return b""
    return b""


def _extent(head: bytes) -> tuple[int, int]:
    """Give the length of an atom from its first bytes, and where its content starts; (0, 8) where there is none."""
    if len(head) < 8:
        return 0, 8
    size = int.from_bytes(head[:4], "big")
    return (int.from_bytes(head[8:16], "big"), 16) if size == 1 and len(head) == 16 else (size, 8)


def _atoms(data: bytes, kind: bytes = b"") -> Iterator[bytes]:
    """Give the contents of the atoms in some bytes that are of a kind, or each with its kind before it."""
    place = 0
    for _ in range(_MAX_ATOMS):
        head = data[place : place + 8]
        size, start = _extent(head)
        if size < start or place + size > len(data):
            return
        if not kind or head[4:] == kind:
            yield data[place + (start if kind else 4) : place + size]
        place += size


def _timing(header: bytes) -> tuple[int | None, float] | None:
    """Read when a film was made and its seconds; None if its header is damaged."""
    form = {0: ">IIII", 1: ">QQIQ"}.get(header[0] if header else -1, "")
    if not form or len(header) < 4 + struct.calcsize(form):
        return None
    made, _, scale, length = struct.unpack_from(form, header, 4)
    if not scale:
        return None
    return ((made - _EPOCH) * 10**6 if made > _EPOCH else None), length / scale


def _identifier(meta: bytes) -> str:
    """Read the identifier from the metadata, whose values are numbered as their keys are; MP4 has a version before."""
    parts = meta if meta[4:8] == b"hdlr" else meta[4:]
    keys = next(_atoms(parts, b"keys"), b"")[8:]
    for number, key in enumerate(_atoms(keys), start=1):
        if key[4:] == _IDENTIFIER:
            values = next(_atoms(parts, b"ilst"), b"")
            value = next(_atoms(values, struct.pack(">I", number)), b"")
            return _text(next(_atoms(value, b"data"), b"")[8:])
    return ""


def _text(value: bytes) -> str:
    return value.decode("ascii") if len(value) <= _MAX_TEXT and value.isascii() else ""
