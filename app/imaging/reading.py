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
from PIL import Image, UnidentifiedImageError

from app.domain.files import Content, Stamp
from app.imaging.formats import HEAD_BYTES, JPEG, Format, broken_claim, sniff
from app.imaging.headers import read_header
from app.imaging.measures import measure
from app.imaging.pixels import digest_of_bytes, digest_of_file, digest_of_jpeg, digest_of_picture
from app.imaging.readings import STILL_WRITTEN, Answer, NoPicture, Reading, Unreadable, Vanished

THUMBNAIL_SIDE = 320
_MAX_PIXELS = 200_000_000
_MAX_SCALED_PIXELS = 800_000_000
_MEMORY_BYTES = 64 * 2**20
"""Up to which size a file is taken into memory whole."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
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
    """Read a picture from memory, so that its file is read once; a very large one from its file."""
    file.seek(0)
    data = file.read() if stamp.size <= _MEMORY_BYTES else None
    source = file if data is None else io.BytesIO(data)
    with Image.open(source, formats=[kind.decoder, "MPO"] if kind is JPEG else [kind.decoder]) as image:
        header = read_header(image, kind.name)
        _check_size(image, kind)
        if kind is JPEG:
            image.draft("RGB", _at_least(image.size))
        image.load()
        flat = _flat(image)
        thumbnail = _turned(_small(flat), header.orientation)
        pixels = b"" if kind is JPEG or _has_more(image) else _pixels(image, flat, header.orientation)
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


def _check_size(image: Image.Image, kind: Format) -> None:
    """Refuse what would not fit into memory; a JPEG is decoded at a fraction of its size."""
    pixels = image.size[0] * image.size[1]
    if pixels > (_MAX_SCALED_PIXELS if kind is JPEG else _MAX_PIXELS):
        raise _Refused(f"It is too large ({pixels / 1e6:.0f} megapixels)")


def _at_least(size: tuple[int, int]) -> tuple[int, int]:
    """Give the size of a thumbnail of a picture: what a reduced decoding must not fall under."""
    share = min(1.0, THUMBNAIL_SIDE / max(size))
    return max(1, int(size[0] * share)), max(1, int(size[1] * share))


def _flat(image: Image.Image) -> Image.Image:
    """Give an RGB picture, transparent parts on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        flat = Image.new("RGB", seen.size, "white")
        flat.paste(seen, mask=seen.getchannel("A"))
        return flat
    levels = _eight_bits(image)
    return levels if levels.mode == "RGB" else levels.convert("RGB")


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


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """Give a picture the right way up."""
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def _has_more(image: Image.Image) -> bool:
    """Tell whether a file holds more than the picture that is shown: frames, pages or layers."""
    try:
        return bool(getattr(image, "is_animated", False))
    except _DECODE_ERRORS:
        return True


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
    return digest_of_picture(_turned(exact, orientation), image.info.get("icc_profile") or b"")


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
