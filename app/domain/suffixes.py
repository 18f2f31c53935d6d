"""What a file claims to be by the suffix of its name; its bytes tell the truth (imaging/formats)."""

# fmt: off
JPEG_SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif"})
HEIF_SUFFIXES = frozenset({".heic", ".heif", ".hif"})
_PICTURE_SUFFIXES = JPEG_SUFFIXES | HEIF_SUFFIXES | frozenset({
    ".mpo", ".png", ".apng", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".dib", ".jp2", ".j2k", ".jpf", ".jpx", ".j2c",
    ".psd", ".psb", ".avif", ".jxl",
})
_RAW_SUFFIXES = frozenset({
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef", ".mos",
    ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
})
_UNSUPPORTED_SUFFIXES = frozenset({
    ".tga", ".sgi", ".pcx", ".ppm", ".pgm", ".pbm", ".pnm", ".ico", ".icns", ".dds", ".exr", ".hdr", ".xbm", ".xpm",
})
# fmt: on
_ANY_PICTURE = _PICTURE_SUFFIXES | _RAW_SUFFIXES | _UNSUPPORTED_SUFFIXES


def split(name: str) -> tuple[str, str]:
    """Give stem and suffix of a name, both in small letters; a name that only begins with a dot has no suffix."""
    stem, dot, suffix = name.lower().rpartition(".")
    return (stem, dot + suffix) if stem else (dot + suffix, "")


def claims_picture(name: str) -> bool:
    """Tell whether a file is a picture by its name."""
    return split(name)[1] in _ANY_PICTURE


def claims_raw(name: str) -> bool:
    """Tell whether a file is camera RAW by its name."""
    return split(name)[1] in _RAW_SUFFIXES


def claims_unsupported(name: str) -> bool:
    """Tell whether a file is by its name a picture of a format that the program cannot read."""
    return split(name)[1] in _UNSUPPORTED_SUFFIXES
