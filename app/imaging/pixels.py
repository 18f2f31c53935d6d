"""The digest of a picture's pixels: the same for two files that differ in what they say of the picture alone."""

import hashlib
import re
import struct
from collections.abc import Iterator
from io import BufferedIOBase

import numpy as np
from PIL import Image

DIGEST_BYTES = 16
_STRIP_PIXELS = 4_000_000
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
"""A marker among coded data, where FF 00 is a byte of 255 and FF D0 to FF D7 begin the data anew (ITU T.81, B.1.1)."""
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_LOOK = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""The application segments that change how a picture looks: its colours, and how they are coded."""
_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers without a segment."""


class _NotParsed(Exception):
    """Bytes that are no whole JPEG."""


def digest_of_jpeg(data: bytes, orientation: int) -> bytes:
    """Give the digest (16 bytes) of a JPEG's coded picture and its orientation, without decoding it.

    What follows the picture does not count: a second one, or a film. What is no whole JPEG is digested byte by byte.
    """
    hashed = hashlib.blake2b(b"JPEG %d" % orientation, digest_size=DIGEST_BYTES)
    view = memoryview(data)
    try:
        for start, end in _parts(data):
            hashed.update(view[start:end])
    except _NotParsed:
        return digest_of_bytes(data)
    return hashed.digest()


def digest_of_bytes(data: bytes) -> bytes:
    """Give the digest (16 bytes) of a file that is like no other."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).digest()


def digest_of_file(file: BufferedIOBase) -> bytes:
    """Give the same of a file that is too large to be taken into memory."""
    return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=DIGEST_BYTES)).digest()


def digest_of_picture(image: Image.Image, profile: bytes = b"") -> bytes:
    """Give the digest (16 bytes) of a decoded upright picture at full size, and of its colour profile.

    RGB pixels are digested as they are; grey ones of more than 8 bits as numbers, which 8 bits would not tell apart.
    """
    width, height = image.size
    deep = image.mode.startswith(("I", "F"))
    hashed = hashlib.blake2b(b"%d x %d %d " % (width, height, deep), digest_size=DIGEST_BYTES)
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        strip = image.crop((0, top, width, min(height, top + rows)))
        hashed.update(np.asarray(strip).astype("<f4").tobytes() if deep else strip.tobytes())
    hashed.update(profile)
    return hashed.digest()


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Give the places of the segments and coded data that make the first picture of a JPEG, from start to end."""
    if data[:2] != b"\xff\xd8":
        raise _NotParsed
    place = 2
    while True:
        place, marker = _marker_at(data, place)
        if marker == _END:
            return
        if marker in _ALONE:
            place += 2
            continue
        end = _segment_end(data, place, marker)
        if _is_picture(data, place, marker):
            yield place, end
        place = end


def _marker_at(data: bytes, place: int) -> tuple[int, int]:
    """Give the place and the value of the marker that begins here, after as many bytes of 255 as there may be."""
    while data[place : place + 2] == b"\xff\xff":
        place += 1
    if place + 2 > len(data) or data[place] != 0xFF or data[place + 1] in {0, _START}:
        raise _NotParsed
    return place, data[place + 1]


def _segment_end(data: bytes, place: int, marker: int) -> int:
    """Give the place behind a segment; behind its coded data too if it begins some."""
    try:
        (length,) = struct.unpack_from(">H", data, place + 2)
    except struct.error as error:
        raise _NotParsed from error
    end = place + 2 + int(length)
    if length < 2 or end > len(data):
        raise _NotParsed
    if marker == _SCAN:
        found = _MARKER.search(data, end)
        if not found:
            raise _NotParsed
        return found.start()
    return end


def _is_picture(data: bytes, place: int, marker: int) -> bool:
    """Tell whether a segment changes the picture, or only says something of it."""
    if marker in _LOOK:
        return data.startswith(_LOOK[marker], place + 4)
    return marker not in _APPLICATION and marker != _COMMENT
