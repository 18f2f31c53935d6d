"""What a file is: by its name (a claim) and by its first bytes (the truth)."""

from dataclasses import dataclass

from app.domain.files import RAW
from app.domain.suffixes import claims_picture, claims_raw, claims_unsupported

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


def sniff(head: bytes, name: str) -> Format | None:
    """Tell from its first bytes what a file is.

    The name is asked only where the bytes leave it open: most camera RAW files begin like a TIFF.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_TIFF_MAGIC):
        return _RAW if claims_raw(name) else Format("TIFF", "TIFF")
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
    return "Its format is not supported" if claims_unsupported(name) else "Its content is not a picture"


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
