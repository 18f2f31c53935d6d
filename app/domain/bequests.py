"""Bequests: what rejected photographs say that their keeper does not, offered to the keeper before they go.

What the keeper says itself is never replaced; where it says something else, a person is told of both.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

Position = tuple[float, float]
"""Degrees of latitude, north positive, and of longitude, east positive."""
Value = int | str | Position | None

_SAME_PLACE_METRES = 100.0
_EARTH_METRES = 6_371_009.0
_NO_TEXT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XMP can hold, and the controls that no text has."""
_Said = TypeVar("_Said", bound=int | str | tuple[float, float])


class Part(StrEnum):
    """What a conflict is about."""

    STARS = "stars"
    LABEL = "label"
    CAPTION = "caption"
    POSITION = "position"
    READING = "reading"
    """A file, or what is beside it, that cannot be read or changed."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What people and programs say of one photograph.

    ``stars`` is 1 to 5, 0 for none, -1 for one that another program rejected; nothing where nobody said. ``label`` and
    ``caption`` are empty for none; ``keywords`` are in the order in which they were written.
    """

    stars: int | None = None
    label: str = ""
    keywords: tuple[str, ...] = ()
    caption: str = ""
    position: Position | None = None


NOTHING = Metadata()


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the keeper does not take: it says ``kept`` itself, and ``path`` says ``offered``.

    ``kept`` is empty where the keeper says nothing and the rejected do not agree. Of ``Part.READING``, ``offered`` is
    the reason, and ``path`` may be the keeper.
    """

    part: Part
    path: str
    kept: Value
    offered: Value


@dataclass(frozen=True, slots=True)
class Bequest:
    """What one keeper would get from the rejected of ``sources``, in its sidecar.

    Of ``gains``, ``keywords`` are all that it would have, its own first, for a sidecar stands for the photograph; they
    are empty if none is new. With ``NOTHING`` there is nothing to write, and only conflicts to be shown.
    """

    keeper: str
    sources: tuple[str, ...]
    gains: Metadata
    conflicts: tuple[Conflict, ...] = ()


def bequeath(keeper: Metadata, rejected: Sequence[tuple[str, Metadata]]) -> tuple[Metadata, tuple[Conflict, ...]]:
    """Give what a keeper gains from the rejected, of which each has another path, and what it does not take."""
    heard = sorted(rejected, key=lambda one: one[0])
    stars, of_stars = _inherited_stars(keeper.stars, [(path, one.stars) for path, one in heard])
    label, of_label = _agreed(Part.LABEL, keeper.label, [(path, one.label) for path, one in heard], _same_text)
    caption, of_caption = _agreed(
        Part.CAPTION, keeper.caption, [(path, one.caption) for path, one in heard], _same_line
    )
    places = [(path, one.position) for path, one in heard]
    position, of_position = _agreed(Part.POSITION, keeper.position, places, _same_place)
    union = united((*keeper.keywords, *(word for _, one in heard for word in one.keywords)))
    keywords = union if len(union) > len(united(keeper.keywords)) else ()
    gains = Metadata(stars, label or "", keywords, caption or "", position)
    return gains, (*of_stars, *of_label, *of_caption, *of_position)


def first_heard(sources: Sequence[Metadata]) -> Metadata:
    """Give of each the value of the first source that says any."""
    return Metadata(
        stars=next((one.stars for one in sources if one.stars is not None), None),
        label=next((one.label for one in sources if one.label), ""),
        keywords=next((one.keywords for one in sources if one.keywords), ()),
        caption=next((one.caption for one in sources if one.caption), ""),
        position=next((one.position for one in sources if one.position is not None), None),
    )


def united(keywords: Iterable[str]) -> tuple[str, ...]:
    """Give each keyword once, in the letters in which it came first."""
    found: dict[str, str] = {}
    for word in keywords:
        found.setdefault(_folded(word), word)
    return tuple(found.values())


def text_of(text: str) -> str:
    """Take a text as programs write it: without what no text can hold, and without blanks around it."""
    return _NO_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def keywords_of(words: Iterable[str]) -> tuple[str, ...]:
    """Take keywords as programs write them: one line each, none twice."""
    return united(filter(None, (" ".join(text_of(word).split()) for word in words)))


def position_of(latitude: float, longitude: float) -> Position | None:
    """Take a position as devices write it; without a fix many write zeros, which is no place for a photograph."""
    sane = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0)
    return (latitude, longitude) if sane else None


def _inherited_stars(
    kept: int | None, said: Sequence[tuple[str, int | None]]
) -> tuple[int | None, tuple[Conflict, ...]]:
    """Give the most stars, if the keeper has none; that a program rejected a photograph is not passed on."""
    given = [(path, stars) for path, stars in said if stars is not None and stars > 0]
    if kept:
        return None, tuple(Conflict(Part.STARS, path, kept, stars) for path, stars in given if stars != kept)
    return max((stars for _, stars in given), default=None), ()


def _agreed(
    part: Part, kept: _Said | None, said: Sequence[tuple[str, _Said | None]], same: Callable[[_Said, _Said], bool]
) -> tuple[_Said | None, tuple[Conflict, ...]]:
    """Give what all that say anything agree on, if the keeper says nothing."""
    given = [(path, value) for path, value in said if value]
    if kept:
        return None, tuple(Conflict(part, path, kept, value) for path, value in given if not same(kept, value))
    values = list(dict.fromkeys(value for _, value in given))
    if all(same(one, other) for one, other in combinations(values, 2)):
        return next(iter(values), None), ()
    return None, tuple(Conflict(part, path, kept, value) for path, value in given)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()


def _same_text(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _same_line(one: str, other: str) -> bool:
    return one.split() == other.split()


def _same_place(one: Position, other: Position) -> bool:
    return metres_between(one, other) <= _SAME_PLACE_METRES


def metres_between(one: Position, other: Position) -> float:
    """Give the distance of two positions over the ground."""
    (south, west), (north, east) = (map(math.radians, place) for place in (one, other))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * _EARTH_METRES * math.asin(math.sqrt(min(1.0, half)))
