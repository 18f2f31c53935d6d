"""What XMP says of a photograph, and what a sidecar gains: added beside what is there, which stays byte by byte."""

import math
import re
from collections.abc import Mapping

from app.domain.bequests import Metadata, Position, keywords_of, position_of, text_of, united
from app.domain.ratings import label_of
from app.imaging.xmp import changed, fresh, xmp_stars
from app.imaging.xmp_surveys import (
    CAPTION,
    DC,
    DEFAULT_LANGUAGE,
    LABEL,
    LATITUDE,
    LONGITUDE,
    RATING,
    SUBJECT,
    NoXmp,
    Survey,
    quoted,
    survey,
)

_DEGREES = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d{1,15})?)(?:,(\d{1,2}(?:\.\d{1,15})?))?([NSEW])", re.ASCII)
_MILLIONTHS = 60_000_000
"""Millionths of a minute in a degree; one is less than 2 mm."""


def xmp_metadata(data: bytes) -> Metadata:
    """Read what a packet of XMP says.

    Raises:
        NoXmp: it cannot be read (``read_packet``).
    """
    found = survey(data)
    words = [item.text for item in found.lists[SUBJECT]] if SUBJECT in found.lists else [found.values.get(SUBJECT, "")]
    return Metadata(
        stars=xmp_stars(found.values.get(RATING, "")),
        label=label_of(found.values.get(LABEL, "")),
        keywords=keywords_of(words),
        caption=_caption(found),
        position=_position(found.values),
    )


def merged(before: bytes | None, gains: Metadata) -> bytes:
    """Give a sidecar that says what it gains besides what it says already; a new one where there was none.

    Raises:
        NoXmp: it cannot be read, is not written in UTF-8, or is in a form that cannot be changed.
    """
    data = fresh({}) if before is None else before
    said = xmp_metadata(data)
    wanted = Metadata(
        stars=said.stars or gains.stars or said.stars,
        label=said.label or gains.label,
        keywords=united((*said.keywords, *gains.keywords)),
        caption=said.caption or gains.caption,
        position=said.position or _rounded(gains.position),
    )
    data = changed(data, _plain_values(said, wanted, survey(data)))
    if wanted.caption != said.caption:
        data = _with_caption(data, wanted.caption)
    new = wanted.keywords[len(said.keywords) :]
    if new:
        data = _with_keywords(data, new)
    if xmp_metadata(data) != wanted:
        raise NoXmp("its form is not one that can be changed")
    return data


def _plain_values(said: Metadata, wanted: Metadata, found: Survey) -> dict[str, str]:
    """Give the values that are written as one text each."""
    values: dict[str, str] = {}
    if wanted.stars != said.stars:
        values[RATING] = str(wanted.stars)
    if wanted.label != said.label:
        values[LABEL] = wanted.label
    if wanted.position is not None and wanted.position != said.position:
        if found.values.get(LATITUDE) or found.values.get(LONGITUDE):
            raise NoXmp("its position is in a form that is not known")
        latitude, longitude = wanted.position
        values |= {LATITUDE: _degrees(latitude, "NS"), LONGITUDE: _degrees(longitude, "EW")}
    return values


def _caption(found: Survey) -> str:
    """Give the text in the default language, or else the first."""
    items = found.lists.get(CAPTION)
    if items is None:
        return text_of(found.values.get(CAPTION, ""))
    by_default = [text_of(item.text) for item in items if item.language == DEFAULT_LANGUAGE]
    return next(filter(None, (*by_default, *(text_of(item.text) for item in items))), "")


def _with_caption(data: bytes, caption: str) -> bytes:
    found = survey(data)
    gap = found.gaps.get(CAPTION)
    if gap is None:
        return _with_list(data, found, CAPTION, "Alt", [caption])
    item = _item(gap.element, caption, language=True)
    empty = [one for one in found.lists.get(CAPTION, ()) if one.language == DEFAULT_LANGUAGE]
    if empty:
        return data[: empty[0].start] + item + data[empty[0].end :]
    return gap.filled(data, item)


def _with_keywords(data: bytes, keywords: tuple[str, ...]) -> bytes:
    found = survey(data)
    gap = found.gaps.get(SUBJECT)
    if gap is None:
        return _with_list(data, found, SUBJECT, "Bag", keywords)
    return gap.filled(data, b"".join(_item(gap.element, word) for word in keywords))


def _with_list(data: bytes, found: Survey, name: str, kind: str, texts: list[str] | tuple[str, ...]) -> bytes:
    """Put a new list into the first description. Its namespace is declared on it, for dc may mean something else."""
    if name in found.values or found.body is None:
        raise NoXmp("its keywords or its caption are in a form that cannot be changed")
    rdf = found.body.element.rpartition(b":")[0].decode()
    items = b"".join(_item(found.body.element, text, language=kind == "Alt") for text in texts).decode()
    prefix = found.prefixes.get(DC, "dc")
    declared = "" if DC in found.prefixes else f' xmlns:dc="{DC}"'
    element = f"{prefix}:{name.split()[1]}"
    listed = f"<{element}{declared}><{rdf}:{kind}>{items}</{rdf}:{kind}></{element}>"
    return found.body.filled(data, f"\n   {listed}".encode())


def _item(around: bytes, text: str, *, language: bool = False) -> bytes:
    """Write one of a list, with the prefix of the element around it."""
    element = f"{around.rpartition(b':')[0].decode()}:li"
    attribute = f' xml:lang="{DEFAULT_LANGUAGE}"' if language else ""
    return f"<{element}{attribute}>{quoted(text)}</{element}>".encode()


def _position(values: Mapping[str, str]) -> Position | None:
    latitude, longitude = _angle(values.get(LATITUDE, ""), "NS"), _angle(values.get(LONGITUDE, ""), "EW")
    return None if latitude is None or longitude is None else position_of(latitude, longitude)


def _angle(text: str, directions: str) -> float | None:
    """Take an angle as XMP writes it, ``48,51.508N`` or ``48,51,30N``; south and west are negative."""
    found = _DEGREES.fullmatch(text.strip())
    if found is None or found[4] not in directions:
        return None
    degrees = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    return -degrees if found[4] == directions[1] else degrees


def _degrees(angle: float, directions: str) -> str:
    degrees, rest = divmod(round(abs(angle) * _MILLIONTHS), _MILLIONTHS)
    return f"{degrees},{rest // 10**6}.{rest % 10**6:06d}{directions[math.copysign(1, angle) < 0]}"


def _rounded(position: Position | None) -> Position | None:
    """Give a position as it will be read when it has been written."""
    if position is None:
        return None
    latitude, longitude = position
    return _position({LATITUDE: _degrees(latitude, "NS"), LONGITUDE: _degrees(longitude, "EW")})
