"""Read what a photograph says of itself in words, in an isolated process: from XMP, IPTC and EXIF, in this order.

Nothing is decoded. What is broken says nothing, and texts that cameras write into every picture are no captions.
"""

import re
import struct
from collections.abc import Mapping
from functools import partial
from io import BufferedReader
from pathlib import PurePath

from PIL import Image, IptcImagePlugin

from app.domain.bequests import NOTHING, Metadata, Position, keywords_of, position_of, text_of
from app.domain.files import RAW, Stamp
from app.imaging.decoding import look_into, open_picture, try_to_decode
from app.imaging.formats import HEAD_BYTES, Format, sniff
from app.imaging.headers import Tags, exif_stars, tag_text, tags_of, xmp_of
from app.imaging.readings import Unreadable, Vanished
from app.imaging.xmp_metadata import xmp_metadata
from app.imaging.xmp_surveys import NoXmp

_GPS_IFD = 0x8825
_IMAGE_DESCRIPTION, _USER_COMMENT, _XP_KEYWORDS = 0x010E, 0x9286, 0x9C9E
_PLAIN_COMMENT = b"ASCII\0\0\0"
_IPTC_CHARACTERS, _IPTC_KEYWORDS, _IPTC_CAPTION = (1, 90), (2, 25), (2, 120)
_IPTC_UTF_8 = b"\x1b%G"
_BY_CAMERAS = re.compile(
    r".*\bdigital camera|sony dsc|exif_jpeg_picture|dcim\\.*|default|r?hdr|hdrpl|dav|cof|edf|sdr|mde|ptr|oznor(?:cps)?",
    re.IGNORECASE,
)
"""What makers write in the place of a caption: their name, the name of the file, how the camera was set."""
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises where a directory or a record is damaged."""


def read_metadata(path: str) -> Metadata | Unreadable | Vanished:
    """Read what a file says of itself; of a camera RAW file, whose sidecar speaks for it, nothing is read."""
    return look_into(path, partial(_read_open, PurePath(path).name))


def _read_open(name: str, file: BufferedReader, stamp: Stamp) -> Metadata | Unreadable:
    kind = sniff(file.read(HEAD_BYTES), name)
    if kind is None:
        return Unreadable("It is no picture")
    if kind.name == RAW:
        return NOTHING
    return try_to_decode(kind, partial(_read, file, kind))


def _read(file: BufferedReader, kind: Format) -> Metadata:
    file.seek(0)
    with open_picture(file, kind) as image:
        tags, xmp, records = tags_of(image), _xmp(image), _iptc(image)
        stars = exif_stars(tags) if xmp.stars is None else xmp.stars
        captions = (xmp.caption, _iptc_caption(records), *_exif_captions(tags))
        return Metadata(
            stars=stars,
            label=xmp.label,
            keywords=xmp.keywords or _iptc_keywords(records) or _exif_keywords(tags),
            caption=next(filter(None, captions), ""),
            position=xmp.position or _exif_position(image),
        )


def _xmp(image: Image.Image) -> Metadata:
    try:
        return xmp_metadata(xmp_of(image))
    except NoXmp:
        return NOTHING


def _exif_captions(tags: Tags) -> tuple[str, ...]:
    description, comment = _utf_8(tag_text(tags.get(_IMAGE_DESCRIPTION))), tags.get(_USER_COMMENT)
    said = ""
    if isinstance(comment, bytes) and comment.startswith(_PLAIN_COMMENT):
        said = tag_text(comment.removeprefix(_PLAIN_COMMENT))
    return tuple(text for text in (text_of(description), text_of(said)) if not _BY_CAMERAS.fullmatch(text))


def _exif_keywords(tags: Tags) -> tuple[str, ...]:
    """Give the keywords that Windows writes."""
    words = tags.get(_XP_KEYWORDS)
    if not isinstance(words, bytes):
        return ()
    return keywords_of(words.decode("utf-16-le", "ignore").split("\0")[0].split(";"))


def _exif_position(image: Image.Image) -> Position | None:
    try:
        gps = image.getexif().get_ifd(_GPS_IFD)
        latitude, longitude = _angle(gps[2], gps[1], "S"), _angle(gps[4], gps[3], "W")
    except _BROKEN:
        return None
    return position_of(latitude, longitude)


def _angle(parts: tuple[float, float, float], direction: object, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    angle = degrees + minutes / 60 + seconds / 3600
    return -angle if tag_text(direction).upper() == negative else angle


def _iptc(image: Image.Image) -> Mapping[tuple[int, int], bytes | list[bytes]]:
    try:
        return IptcImagePlugin.getiptcinfo(image) or {}  # type: ignore[arg-type]
    except _BROKEN:
        return {}


def _iptc_texts(records: Mapping[tuple[int, int], bytes | list[bytes]], record: tuple[int, int]) -> list[str]:
    found = records.get(record, [])
    texts = [found] if isinstance(found, bytes) else found
    if records.get(_IPTC_CHARACTERS) == _IPTC_UTF_8:
        return [text.decode("utf-8", "replace") for text in texts]
    return [_utf_8(text.decode("latin-1")) for text in texts]


def _iptc_keywords(records: Mapping[tuple[int, int], bytes | list[bytes]]) -> tuple[str, ...]:
    return keywords_of(_iptc_texts(records, _IPTC_KEYWORDS))


def _iptc_caption(records: Mapping[tuple[int, int], bytes | list[bytes]]) -> str:
    return text_of(next(iter(_iptc_texts(records, _IPTC_CAPTION)), ""))


def _utf_8(text: str) -> str:
    """Read a text again that was taken for Latin-1; what was none of UTF-8 stays."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
