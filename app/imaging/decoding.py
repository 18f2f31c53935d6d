"""Opening and decoding pictures, whoever asks for them: what may be decoded, and how it is brought to eight bits."""

import errno
import os
import stat
import struct
import zlib
from collections.abc import Callable
from io import BufferedReader
from typing import BinaryIO, TypeVar

import numpy as np
from PIL import Image, UnidentifiedImageError

from app.domain.files import Stamp
from app.imaging.formats import JPEG, Format
from app.imaging.readings import STILL_WRITTEN, Unreadable, Vanished

_MAX_PIXELS = 200_000_000
_MAX_SCALED_PIXELS = 800_000_000
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
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
_NO_REGULAR_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO}
"""Why a path cannot be opened that was a regular file before: gone, or a link, a socket or a pipe now."""
_T = TypeVar("_T")


class _Refused(Exception):
    """A picture that is not decoded, and why."""


def look_into(path: str, look: Callable[[BufferedReader, Stamp], _T]) -> _T | Unreadable | Vanished:
    """Open a regular file and look at it; say so if it could not be read, or changed meanwhile."""
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
            answer = look(file, _stamp(before))
        except OSError as error:
            return Unreadable(f"Its disk cannot read it ({_reason(error)})", final=False)
        after = _stamp(os.fstat(descriptor))
    return answer if after == _stamp(before) else STILL_WRITTEN


def try_to_decode(kind: Format, decode: Callable[[], _T]) -> _T | Unreadable:
    """Decode a picture, or say what is wrong with it."""
    if not kind.decoder:
        return Unreadable(f"{kind.name} cannot be read yet")
    try:
        return decode()
    except _Refused as refusal:
        reason = str(refusal)
    except MemoryError:
        reason = "It needs too much memory"
    except UnidentifiedImageError:
        reason = "The picture is damaged (its header makes no sense)"
    except _DECODE_ERRORS as error:
        reason = f"The picture is damaged ({_reason(error)})"
    return Unreadable(reason)


def open_picture(source: BinaryIO, kind: Format) -> Image.Image:
    """Open a picture whose pixels fit into memory; a JPEG is decoded at a fraction of its size."""
    image = Image.open(source, formats=[kind.decoder, "MPO"] if kind is JPEG else [kind.decoder])
    pixels = image.size[0] * image.size[1]
    if pixels > (_MAX_SCALED_PIXELS if kind is JPEG else _MAX_PIXELS):
        raise _Refused(f"It is too large ({pixels / 1e6:.0f} megapixels)")
    return image


def has_more(image: Image.Image) -> bool:
    """Tell whether a file holds more than the picture that is shown: frames, pages or layers."""
    try:
        return bool(getattr(image, "is_animated", False))
    except _DECODE_ERRORS:
        return True


def flat_picture(image: Image.Image) -> Image.Image:
    """Give an RGB picture, transparent parts on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        flat = Image.new("RGB", seen.size, "white")
        flat.paste(seen, mask=seen.getchannel("A"))
        return flat
    levels = _eight_bits(image)
    return levels if levels.mode == "RGB" else levels.convert("RGB")


def turned(image: Image.Image, orientation: int) -> Image.Image:
    """Give a picture the right way up."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


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
