"""What a picture says of itself: EXIF read leniently, since thirty years of cameras wrote it."""

import re
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from PIL import Image

from app.domain.files import Header
from app.domain.times import capture_microseconds

_EXIF_IFD = 0x8769
_MAKE, _MODEL, _ORIENTATION = 0x010F, 0x0110, 0x0112
_TIMES = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012))
"""(time, sub-seconds, offset) of the original and of the digitised picture."""
_EXPOSURE_TIME, _F_NUMBER, _ISO, _FOCAL_LENGTH, _SERIAL = 0x829A, 0x829D, 0x8827, 0x920A, 0xA431
_TIME = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2200

Tags = dict[int, Any]


def read_header(image: Image.Image, format_name: str) -> Header:
    """Read the header of an opened picture. Broken EXIF is no EXIF, a broken date no date."""
    tags = _tags(image)
    orientation = tags.get(_ORIENTATION)
    orientation = orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1
    width, height = image.size
    if orientation >= 5:
        width, height = height, width
    moment, offset = _capture_time(tags)
    return Header(
        format=format_name,
        width=width,
        height=height,
        orientation=orientation,
        capture_time=None if moment is None else capture_microseconds(moment),
        offset_minutes=offset,
        camera=" ".join(dict.fromkeys(filter(None, (_text(tags.get(tag)) for tag in (_MAKE, _MODEL, _SERIAL))))),
        exposure=_exposure(tags),
    )


def _tags(image: Image.Image) -> Tags:
    """Give the tags of the first and of the EXIF directory, as far as they can be read."""
    try:
        exif = image.getexif()
        return dict(exif) | dict(exif.get_ifd(_EXIF_IFD))
    except (ArithmeticError, AttributeError, EOFError, LookupError, OSError, SyntaxError, TypeError, ValueError):
        return {}


def _capture_time(tags: Tags) -> tuple[datetime | None, int | None]:
    """Give the camera's clock and its distance from UTC in minutes."""
    for time_tag, fraction_tag, offset_tag in _TIMES:
        found = _TIME.match(_text(tags.get(time_tag)))
        if not found:
            continue
        try:
            moment = datetime(*(int(part) for part in found.groups()))  # type: ignore[misc,arg-type]  # noqa: DTZ001 (a camera's clock has no zone)
        except ValueError:
            continue
        if _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment + _fraction(tags.get(fraction_tag)), _offset(tags.get(offset_tag))
    return None, None


def _fraction(value: object) -> timedelta:
    """Turn sub-seconds, digits after the decimal point, into a time."""
    digits = _text(value)
    if not (digits.isascii() and digits.isdigit()):
        return timedelta()
    return timedelta(microseconds=int(digits[:6].ljust(6, "0")))


def _offset(value: object) -> int | None:
    found = _OFFSET.fullmatch(_text(value))
    if not found:
        return None
    sign, hours, minutes = found.groups()
    total = int(hours) * 60 + int(minutes)
    return None if total > 14 * 60 else -total if sign == "-" else total


def _exposure(tags: Tags) -> str:
    """Write the exposure as photographers do: ``1/250 s · f/2.8 · ISO 800 · 85 mm``; what is missing is left out."""
    seconds, f_number, focal = (_number(tags.get(tag)) for tag in (_EXPOSURE_TIME, _F_NUMBER, _FOCAL_LENGTH))
    iso = tags.get(_ISO)
    iso = iso[0] if isinstance(iso, tuple) and iso else iso
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


def _number(value: object) -> float | None:
    """Give a positive, sane number or nothing."""
    try:
        number = float(value) if isinstance(value, int | float | Fraction) or hasattr(value, "numerator") else None  # type: ignore[arg-type]
    except (ArithmeticError, TypeError, ValueError):
        return None
    return round(number, 6) if number is not None and 1e-6 < number < 1e6 else None


def _text(value: object) -> str:
    """Give a tag's text, without the padding that cameras write."""
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if not isinstance(value, str):
        return ""
    return value.split("\0")[0].strip()
