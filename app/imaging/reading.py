"""Read one file whole, in an isolated process: what it is, its digest, header, thumbnail, phash and measures."""

import hashlib
import io
import warnings
from functools import partial
from io import BufferedReader
from pathlib import PurePath

import imagehash
import numpy as np
import pi_heif
from PIL import Image

from app.domain.files import Content, Stamp
from app.imaging.decoding import flat_picture, has_more, look_into, open_picture, try_to_decode, turned
from app.imaging.formats import HEAD_BYTES, JPEG, Format, broken_claim, sniff
from app.imaging.headers import read_header
from app.imaging.measures import measure
from app.imaging.pixels import digest_of_bytes, digest_of_file, digest_of_jpeg, digest_of_picture
from app.imaging.readings import Answer, NoPicture, Reading, Unreadable

THUMBNAIL_SIDE = 320
_MEMORY_BYTES = 64 * 2**20
"""Up to which size a file is taken into memory whole."""


def read_file(path: str) -> Answer:
    """Read a file. It never raises for what the file holds: the answer says what is wrong with it."""
    return look_into(path, partial(_read_open, PurePath(path).name))


def prepare() -> None:
    """Make Pillow ready to read, once in a process."""
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")


def _read_open(name: str, file: BufferedReader, stamp: Stamp) -> Answer:
    head = file.read(HEAD_BYTES)
    kind = sniff(head, name)
    if kind is None:
        wrong = broken_claim(head, name)
        return Unreadable(wrong) if wrong else NoPicture(stamp)
    return try_to_decode(kind, partial(_decode, file, kind, stamp))


def _decode(file: BufferedReader, kind: Format, stamp: Stamp) -> Reading:
    """Read a picture from memory, so that its file is read once; a very large one from its file."""
    file.seek(0)
    data = file.read() if stamp.size <= _MEMORY_BYTES else None
    source = file if data is None else io.BytesIO(data)
    with open_picture(source, kind) as image:
        header = read_header(image, kind.name)
        if kind is JPEG:
            image.draft("RGB", _at_least(image.size))
        image.load()
        flat = flat_picture(image)
        thumbnail = turned(_small(flat), header.orientation)
        pixels = b"" if kind is JPEG or has_more(image) else _pixels(image, flat, header.orientation)
    if not pixels:
        pixels = _coded_pixels(file, data, kind, header.orientation)
    grey = thumbnail.convert("L")
    saved = io.BytesIO()
    thumbnail.save(saved, "JPEG", quality=85)
    content = Content(
        sha256=_sha256(file, data),
        phash=np.packbits(imagehash.phash(grey, hash_size=16).hash.ravel()).tobytes(),
        header=header,
        measures=measure(grey),
        pixels=pixels,
    )
    return Reading(stamp, content, saved.getvalue())


def _at_least(size: tuple[int, int]) -> tuple[int, int]:
    """Give the size of a thumbnail of a picture: what a reduced decoding must not fall under."""
    share = min(1.0, THUMBNAIL_SIDE / max(size))
    return max(1, int(size[0] * share)), max(1, int(size[1] * share))


def _small(flat: Image.Image) -> Image.Image:
    """Bring a picture to the size of a thumbnail, first by what a JPEG's decoder would have left out."""
    side = max(flat.size)
    if side <= THUMBNAIL_SIDE:
        return flat.copy()
    factor = side // THUMBNAIL_SIDE
    if factor > 1:
        flat = flat.reduce(1 << (factor.bit_length() - 1))
    share = THUMBNAIL_SIDE / max(flat.size)
    size = max(1, round(flat.width * share)), max(1, round(flat.height * share))
    return flat.resize(size, Image.Resampling.HAMMING)


def _sha256(file: BufferedReader, data: bytes | None) -> bytes:
    if data is not None:
        return hashlib.sha256(data).digest()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").digest()


def _coded_pixels(file: BufferedReader, data: bytes | None, kind: Format, orientation: int) -> bytes:
    """Give the digest of a picture that is not decoded whole, or of which not all is decoded."""
    if data is None:
        file.seek(0)
        return digest_of_file(file)
    return digest_of_jpeg(data, orientation) if kind is JPEG else digest_of_bytes(data)


def _pixels(image: Image.Image, flat: Image.Image, orientation: int) -> bytes:
    exact = image if image.mode.startswith(("I", "F")) else flat
    return digest_of_picture(turned(exact, orientation), image.info.get("icc_profile") or b"")
