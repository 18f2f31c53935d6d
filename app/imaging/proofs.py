"""Prove that a file can be kept in the place of others, in an isolated process: it is read whole and decodes."""

import hashlib
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from pathlib import PurePath

from app.domain.files import RAW, Stamp
from app.imaging.decoding import look_into, open_picture, try_to_decode
from app.imaging.formats import HEAD_BYTES, JPEG, Format, sniff
from app.imaging.readings import Unreadable, Vanished

_SMALL = (256, 256)
"""To how many pixels a JPEG is decoded at least: all of its data is read at any scale."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file as it is at this moment; ``sha256`` has 32 bytes."""

    stamp: Stamp
    sha256: bytes


def prove_file(path: str) -> Proof | Unreadable | Vanished:
    """Read a file and decode it; of a camera RAW file only the head is understood."""
    return look_into(path, partial(_prove_open, PurePath(path).name))


def hash_file(path: str) -> Proof | Unreadable | Vanished:
    """Read a file that is only to be moved, and decode nothing; this is safe in any process."""
    return look_into(path, lambda file, stamp: Proof(stamp, _sha256(file)))


def _prove_open(name: str, file: BufferedReader, stamp: Stamp) -> Proof | Unreadable:
    kind = sniff(file.read(HEAD_BYTES), name)
    if kind is None:
        return Unreadable("It is no picture")
    if kind.name != RAW:
        fault = try_to_decode(kind, partial(_decode, file, kind))
        if fault is not None:
            return fault
    return Proof(stamp, _sha256(file))


def _decode(file: BufferedReader, kind: Format) -> None:
    file.seek(0)
    with open_picture(file, kind) as image:
        if kind is JPEG:
            image.draft("RGB", _SMALL)
        image.load()


def _sha256(file: BufferedReader) -> bytes:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").digest()
