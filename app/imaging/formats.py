"""What a file is: by its name (a claim) and by its first bytes (the truth)."""

from dataclasses import dataclass
from pathlib import PurePath

from app.domain.files import RAW

HEAD_BYTES = 32
"""How much of a file ``sniff`` wants to see."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of picture. ``decoder`` is the name of Pillow's decoder, empty where none is in the program."""

    name: str
    decoder: str


JPEG = Format("JPEG", "JPEG")
_HEIF = Format("HEIF", "HEIF")
_AVIF = Format("AVIF", "AVIF")
_JPEG_XL = Format("JPEG XL", "")
_JPEG_2000 = Format("JPEG 2000", "JPEG2000")
_RAW = Format(RAW, "")

_MAGIC = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", Format("PNG", "PNG")),
    (b"GIF87a", Format("GIF", "GIF")),
    (b"GIF89a", Format("GIF", "GIF")),
    (b"8BPS", Format("PSD", "PSD")),
    (b"\xff\x4f\xff\x51", _JPEG_2000),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", _JPEG_2000),
    (b"\x00\x00\x00\x0cJXL \r\n\x87\n", _JPEG_XL),
    (b"\xff\x0a", _JPEG_XL),
    (b"FUJIFILMCCD-RAW", _RAW),
    (b"FOVb", _RAW),
    (b"\x00MRM", _RAW),
    (b"II\x1a\x00\x00\x00HEAPCCDR", _RAW),
    (b"IIU\x00", _RAW),
    (b"IIRO", _RAW),
    (b"IIRS", _RAW),
    (b"MMOR", _RAW),
)
_TIFF_MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_APPLE_DOUBLE = b"\x00\x05\x16\x07"

# fmt: off
_PICTURE_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib",
    ".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".psd", ".psb", ".heic", ".heif", ".hif", ".avif", ".jxl",
})
_RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})
_UNSUPPORTED_SUFFIXES = frozenset({
    ".tga", ".sgi", ".pcx", ".ppm", ".pgm", ".pbm", ".pnm", ".ico", ".icns", ".dds", ".exr", ".hdr", ".xbm", ".xpm",
})
# fmt: on


def sniff(head: bytes, name: str) -> Format | None:
    """Tell from its first bytes what a file is.

    The name is asked only where the bytes leave it open: most camera RAW files begin like a TIFF.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_TIFF_MAGIC):
        return _RAW if PurePath(name).suffix.lower() in _RAW_SUFFIXES else Format("TIFF", "TIFF")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format("WebP", "WEBP")
    if head[4:8] == b"ftyp":
        return _iso_media(head[8:12])
    return _bitmap(head)


def broken_claim(head: bytes, name: str) -> str:
    """Say what is wrong with a file that is a picture by its name alone; nothing if it does not claim to be one."""
    if head.startswith(_APPLE_DOUBLE) or not claims_picture(name):
        return ""
    if not head:
        return "The file is empty"
    unsupported = PurePath(name).suffix.lower() in _UNSUPPORTED_SUFFIXES
    return "Its format is not supported" if unsupported else "Its content is not a picture"


def claims_picture(name: str) -> bool:
    """Tell whether a file is a picture by its name."""
    return PurePath(name).suffix.lower() in _PICTURE_SUFFIXES | _RAW_SUFFIXES | _UNSUPPORTED_SUFFIXES


def claims_raw(name: str) -> bool:
    """Tell whether a file is camera RAW by its name."""
    return PurePath(name).suffix.lower() in _RAW_SUFFIXES


def _iso_media(brand: bytes) -> Format | None:
    """Tell HEIF, AVIF and Canon's CR3 from films, which have the same container."""
    if brand in _HEIF_BRANDS:
        return _HEIF
    if brand in _AVIF_BRANDS:
        return _AVIF
    return _RAW if brand == b"crx " else None


def _bitmap(head: bytes) -> Format | None:
    """Tell a Windows bitmap: its two letters alone prove little, the size of its header proves more."""
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}:
        return Format("BMP", "BMP")
    return None
