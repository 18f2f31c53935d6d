"""What a picture says of itself: EXIF read leniently, since thirty years of cameras wrote it."""

import re
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from PIL import Image

from app.domain.files import Header
from app.domain.ratings import Rating, stars_of
from app.domain.times import capture_microseconds
from app.imaging.makernotes import MakerNote, read_makernote
from app.imaging.xmp import Packet, names_editor, read_packet
from app.imaging.xmp_surveys import LONGEST, NoXmp

_EXIF_IFD = 0x8769
_MAKE, _MODEL, _ORIENTATION = 0x010F, 0x0110, 0x0112
_TIMES = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012))
"""(time, sub-seconds, offset) of the original and of the digitised picture."""
_EXPOSURE_TIME, _F_NUMBER, _ISO, _FOCAL_LENGTH, _SERIAL = 0x829A, 0x829D, 0x8827, 0x920A, 0xA431
_EXPOSURE_BIAS, _SUBJECT_DISTANCE, _MAKER_NOTE, _EXPOSURE_MODE = 0x9204, 0x9206, 0x927C, 0xA402
_AUTO_BRACKET = 2
_MAX_ISO = 65535
"""Also what cameras write whose ISO does not fit into 16 bits."""
_MAX_BIAS = 15.0
_SOFTWARE, _RATING, _RATING_PERCENT = 0x0131, 0x4746, 0x4749
_LEAST_PERCENT = (1, 13, 38, 63, 87)
"""From which percent on there are one to five stars; Windows writes 1, 25, 50, 75 and 99."""
_BURST_ID = re.compile(rb"GCamera:BurstID\s*(?:=\s*[\"']|>)\s*([\x21-\x7e]{1,64}?)\s*[\"'<]")
_TIME = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2200

Tags = dict[int, Any]


def read_header(image: Image.Image, format_name: str) -> Header:
    """Read the header of an opened picture. Broken EXIF is no EXIF, a broken date no date."""
    tags = tags_of(image)
    orientation = tags.get(_ORIENTATION)
    orientation = orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1
    width, height = image.size
    if orientation >= 5:
        width, height = height, width
    moment, offset, subsecond = capture_time(tags)
    note, xmp = _makernote(image, tags), xmp_of(image)
    packet = _packet(xmp)
    return Header(
        format=format_name,
        width=width,
        height=height,
        orientation=orientation,
        capture_time=None if moment is None else capture_microseconds(moment),
        offset_minutes=offset,
        camera=" ".join(dict.fromkeys(filter(None, (tag_text(tags.get(tag)) for tag in (_MAKE, _MODEL, _SERIAL))))),
        exposure=_exposure(tags),
        burst_id=note.burst_id or _xmp_burst_id(xmp),
        sequence=note.sequence,
        subsecond=subsecond,
        exposure_seconds=_number(tags.get(_EXPOSURE_TIME)),
        f_number=_number(tags.get(_F_NUMBER)),
        iso=_iso(tags),
        exposure_bias=_bias(tags.get(_EXPOSURE_BIAS)),
        bracketed=note.bracketed or tags.get(_EXPOSURE_MODE) == _AUTO_BRACKET,
        focus_bracketed=note.focus_bracketed,
        focus_distance=_number(tags.get(_SUBJECT_DISTANCE)) or note.focus_distance,
        serial=tag_text(tags.get(_SERIAL)) or note.serial,
        stars=exif_stars(tags) if packet.rating.stars is None else packet.rating.stars,
        label=packet.rating.label,
        edited=packet.edited or names_editor(tag_text(tags.get(_SOFTWARE))),
    )


def _makernote(image: Image.Image, tags: Tags) -> MakerNote:
    note, exif = tags.get(_MAKER_NOTE), image.info.get("exif")
    if not isinstance(note, bytes):
        return MakerNote()
    around = exif.removeprefix(b"Exif\0\0") if isinstance(exif, bytes) else b""
    return read_makernote(note, around, tag_text(tags.get(_MAKE)))


def xmp_of(image: Image.Image) -> bytes:
    """Give the XMP in a picture, as far as it is of a sane length; empty if there is none."""
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if isinstance(xmp, str):
        xmp = xmp.encode("utf-8", "replace")
    return xmp[:LONGEST] if isinstance(xmp, bytes) else b""


def _packet(xmp: bytes) -> Packet:
    """Read the XMP in a picture; what is broken says nothing."""
    try:
        return read_packet(xmp)
    except NoXmp:
        return Packet(Rating(), edited=False)


def exif_stars(tags: Tags) -> int | None:
    """Give the stars that EXIF tells; Windows writes them, some cameras write 0."""
    stars, percent = _first(tags.get(_RATING)), _first(tags.get(_RATING_PERCENT))
    if isinstance(stars, int):
        return stars_of(stars)
    if isinstance(percent, int) and 0 <= percent <= 100:
        return sum(percent >= least for least in _LEAST_PERCENT)
    return None


def _xmp_burst_id(xmp: bytes) -> str:
    """Give the name that Android cameras write into XMP for one burst."""
    found = _BURST_ID.search(xmp)
    return found[1].decode("ascii") if found else ""


def tags_of(image: Image.Image) -> Tags:
    """Give the tags of the first and of the EXIF directory, as far as they can be read."""
    try:
        exif = image.getexif()
        return dict(exif) | dict(exif.get_ifd(_EXIF_IFD))
    except (ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError):
        return {}


def capture_time(tags: Tags) -> tuple[datetime | None, int | None, bool]:
    """Give the camera's clock, its distance from UTC in minutes, and whether it tells more than whole seconds."""
    for time_tag, fraction_tag, offset_tag in _TIMES:
        found = _TIME.match(tag_text(tags.get(time_tag)))
        if not found:
            continue
        try:
            moment = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 (it has no zone)
        except ValueError:
            continue
        if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            fraction = _fraction(tags.get(fraction_tag))
            return moment + (fraction or timedelta()), _offset(tags.get(offset_tag)), fraction is not None
    return None, None, False


def _fraction(value: object) -> timedelta | None:
    """Turn sub-seconds, digits after the decimal point, into a time; nothing where there are none."""
    digits = tag_text(value)
    if not (digits.isascii() and digits.isdigit()):
        return None
    return timedelta(microseconds=int(digits[:6].ljust(6, "0")))


def _offset(value: object) -> int | None:
    found = _OFFSET.fullmatch(tag_text(value))
    if not found:
        return None
    sign, hours, minutes = found.groups()
    total = int(hours) * 60 + int(minutes)
    return None if total > 14 * 60 else -total if sign == "-" else total


def _exposure(tags: Tags) -> str:
    """Write the exposure as photographers do: ``1/250 s · f/2.8 · ISO 800 · 85 mm``; what is missing is left out."""
    seconds, f_number, focal = (_number(tags.get(tag)) for tag in (_EXPOSURE_TIME, _F_NUMBER, _FOCAL_LENGTH))
    iso = _first(tags.get(_ISO))
    parts = []
    if seconds:
        parts.append(f"1/{1 / seconds:.0f} s" if seconds < 0.4 else f"{seconds:g} s")
    if f_number:
        parts.append(f"f/{f_number:g}")
    if isinstance(iso, int) and iso > 0:
        parts.append(f"ISO {iso}")
    if focal:
        parts.append(f"{focal:.0f} mm")
    return " · ".join(parts)


def _iso(tags: Tags) -> int | None:
    iso = _first(tags.get(_ISO))
    return iso if isinstance(iso, int) and 0 < iso < _MAX_ISO else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, tuple) and value else value


def _bias(value: object) -> float | None:
    number = _float(value)
    return round(number, 3) if number is not None and abs(number) <= _MAX_BIAS else None


def _number(value: object) -> float | None:
    """Give a positive, sane number or nothing."""
    number = _float(value)
    return round(number, 6) if number is not None and 1e-6 < number < 1e6 else None


def _float(value: object) -> float | None:
    try:
        return float(value) if isinstance(value, int | float | Fraction) or hasattr(value, "numerator") else None  # type: ignore[arg-type]
    except (ArithmeticError, TypeError, ValueError):
        return None


def tag_text(value: object) -> str:
    """Give a tag's text, without the padding that cameras write."""
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if not isinstance(value, str):
        return ""
    return value.split("\0")[0].strip()
