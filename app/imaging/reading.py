"""Read one file whole, in an isolated process: what it is, its digest, header, thumbnail, phash and measures."""

import errno
import hashlib
import io
import os
import stat
import struct
import warnings
import zlib
from io import BufferedReader
from pathlib import PurePath

import imagehash
import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from app.domain.files import Content, Stamp
from app.imaging.formats import HEAD_BYTES, JPEG, Format, broken_claim, sniff
from app.imaging.headers import read_header
from app.imaging.measures import measure
from app.imaging.readings import STILL_WRITTEN, Answer, NoPicture, Reading, Unreadable, Vanished

THUMBNAIL_SIDE = 320
_WORK_SIDE = 640
_MAX_PIXELS = 200_000_000
_MAX_SCALED_PIXELS = 800_000_000
_NO_REGULAR_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO}
"""Why a path cannot be opened that was a regular file before: gone, or a link, a socket or a pipe now."""
_DECODE_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise for damaged pictures."""


class _Refused(Exception):
    """A picture that is not decoded, and why."""


def read_file(path: str) -> Answer:
    """Read a file. It never raises for what the file holds: the answer says what is wrong with it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in _NO_REGULAR_FILE:
            return Vanished()
        return Unreadable(f"It cannot be opened ({_reason(error)})", final=False)
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        return Vanished()
    with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor)
        try:
            answer = _read_open(file, path, _stamp(before))
        except OSError as error:
            return Unreadable(f"Its disk cannot read it ({_reason(error)})", final=False)
        after = _stamp(os.fstat(descriptor))
    return answer if after == _stamp(before) else STILL_WRITTEN


def prepare() -> None:
    """Make Pillow ready to read, once in a process."""
    pi_heif.register_heif_opener()
    Image.init()
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")


def _read_open(file: BufferedReader, path: str, stamp: Stamp) -> Answer:
    name = PurePath(path).name
    head = file.read(HEAD_BYTES)
    kind = sniff(head, name)
    if kind is None:
        wrong = broken_claim(head, name)
        return Unreadable(wrong) if wrong else NoPicture(stamp)
    if not kind.decoder:
        return Unreadable(f"{kind.name} cannot be read yet")
    try:
        return _decode(file, kind, stamp)
    except _Refused as refusal:
        reason = str(refusal)
    except MemoryError:
        reason = "It needs too much memory"
    except UnidentifiedImageError:
        reason = "The picture is damaged (its header makes no sense)"
    except _DECODE_ERRORS as error:
        reason = f"The picture is damaged ({_reason(error)})"
    return Unreadable(reason)


def _decode(file: BufferedReader, kind: Format, stamp: Stamp) -> Reading:
    file.seek(0)
    with Image.open(file, formats=[kind.decoder, "MPO"] if kind is JPEG else [kind.decoder]) as image:
        header = read_header(image, kind.name)
        _check_size(image, kind)
        if kind is JPEG:
            image.draft("RGB", (_WORK_SIDE, _WORK_SIDE))
        image.load()
        upright = _upright(image, header.orientation)
    thumbnail = upright.copy()
    thumbnail.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    saved = io.BytesIO()
    thumbnail.save(saved, "JPEG", quality=85)
    file.seek(0)
    content = Content(
        sha256=hashlib.file_digest(file, "sha256").digest(),
        phash=np.packbits(imagehash.phash(upright, hash_size=16).hash.ravel()).tobytes(),
        header=header,
        measures=measure(upright),
    )
    return Reading(stamp, content, saved.getvalue())


def _check_size(image: Image.Image, kind: Format) -> None:
    """Refuse what would not fit into memory; a JPEG is decoded at a fraction of its size."""
    pixels = image.size[0] * image.size[1]
    if pixels > (_MAX_SCALED_PIXELS if kind is JPEG else _MAX_PIXELS):
        raise _Refused(f"It is too large ({pixels / 1e6:.0f} megapixels)")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """Give an RGB picture the right way up, transparent parts on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        flat = Image.new("RGB", seen.size, "white")
        flat.paste(seen, mask=seen.getchannel("A"))
    else:
        flat = _eight_bits(image).convert("RGB")
    if max(flat.size) > 2 * _WORK_SIDE:
        flat.thumbnail((_WORK_SIDE, _WORK_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    if orientation == 1:
        return flat
    flat.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(flat)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring a grey picture of 16 or 32 bits to 8; Pillow's own conversion would cut it off at 255."""
    if not image.mode.startswith(("I", "F")):
        return image
    levels = np.asarray(image).astype(np.float64)
    top = 65535.0 if image.mode.startswith("I;16") or levels.max(initial=0) > 255 else 255.0
    return Image.fromarray(np.clip(levels / top * 255, 0, 255).astype(np.uint8))


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def _reason(error: BaseException) -> str:
    """Give an error's own words on one line, without the path that some put into them."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(words.split())[:200] or type(error).__name__
