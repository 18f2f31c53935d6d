"""Ladders: ordered rules by which the best of several copies is chosen, with what decided.

A rung gives each file a rank from the file's own facts, never from those beside it. So files are in one order: a file
more that loses changes nothing among the others. Tolerances are steps for that reason: what falls into one step is
equal.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import PurePath
from typing import TypeAlias

from app.domain.files import RAW, Header
from app.domain.ratings import UNRATED, Rating
from app.domain.uris import shown


class Rule(StrEnum):
    """What a rung looks at."""

    PROTECTED = "protect"
    """In one of these folders: such files never lose to others, and all of them are kept."""
    FOLDER = "folder"
    RATED = "stars"
    """More stars; of equal ones that with a label."""
    EDITED = "edited"
    RAW = "raw"
    ORIGINAL = "original"
    """As its camera wrote it, and not made smaller or cut out of another."""
    RESOLUTION = "resolution"
    FORMAT = "format"
    OLDEST = "oldest"
    """Taken first; of those taken at once the oldest file."""
    OLDEST_FILE = "oldest file"
    """The second half of ``OLDEST``, which no ladder names by itself."""
    NAME = "name"
    PATH = "path"
    """What is left to decide between files that are equal in all else."""


FOLDER_RULES = frozenset({Rule.PROTECTED, Rule.FOLDER})
LISTED_RULES = FOLDER_RULES | {Rule.FORMAT}
"""Rules that need a list."""
STEPPED_RULES = frozenset({Rule.RESOLUTION, Rule.OLDEST})
"""Rules with a tolerance."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rule with its argument.

    ``listed``: folders (paths, or patterns with ``*``) or formats, the best first. ``tolerance``: the step within which
    files are equal, a share of the pixels for ``RESOLUTION``, seconds for ``OLDEST``.
    """

    rule: Rule
    listed: tuple[str, ...] = ()
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs in their order. A path decides last, whether a rung says so or not."""

    name: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file of a cluster as a ladder needs it.

    ``derived``: it was made of another file of the cluster. ``file_time`` is in nanoseconds since the epoch.
    """

    path: str
    header: Header
    file_time: int
    rating: Rating = UNRATED
    edited: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rung saw of a file; only what its rule looks at is filled, text as it can be shown.

    ``capture_time`` is in microseconds of the camera's clock, ``file_time`` in nanoseconds since the epoch.
    """

    folder: str = ""
    stars: int | None = None
    label: str = ""
    width: int = 0
    height: int = 0
    format: str = ""
    capture_time: int | None = None
    file_time: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Because:
    """Which rule decided, and what it saw of the chosen file and of the next best."""

    rule: Rule
    chosen: Facts
    other: Facts


@dataclass(frozen=True, slots=True)
class Ranking:
    """Files in the order of a ladder, the chosen one first; ``protected`` are those that are kept in any case.

    ``because`` is empty where there is but one file.
    """

    candidates: tuple[Candidate, ...]
    because: Because | None
    protected: tuple[Candidate, ...]


_Rank: TypeAlias = tuple[float | int | str | tuple[tuple[int, int, str], ...], ...]
_NUMBERS = re.compile(r"(\d+)", re.ASCII)
_SMALLEST_STEP = 0.001
_SECOND = 10**6


def climb(ladder: Ladder, candidates: Iterable[Candidate]) -> Ranking:
    """Put files, at least one, into the order of a ladder, and say what decided between the first two.

    Protected folders come first wherever their rung stands, for what lies there never loses to others.
    """
    protecting = [rung for rung in ladder.rungs if rung.rule is Rule.PROTECTED]
    others = (part for rung in ladder.rungs if rung.rule is not Rule.PROTECTED for part in _parts(rung))
    rungs = [*protecting, *others, _LAST]
    in_order = tuple(sorted(candidates, key=lambda one: [_rank(rung, one) for rung in rungs]))
    return Ranking(
        candidates=in_order,
        because=_because(rungs, *in_order[:2]) if len(in_order) > 1 else None,
        protected=tuple(
            one for one in in_order if any(_place(rung.listed, one) < len(rung.listed) for rung in protecting)
        ),
    )


def _parts(rung: Rung) -> tuple[Rung, ...]:
    """Give a rung with its second half, if it has one, so that each looks at one fact."""
    return (rung, Rung(Rule.OLDEST_FILE, tolerance=rung.tolerance)) if rung.rule is Rule.OLDEST else (rung,)


def _because(rungs: Sequence[Rung], chosen: Candidate, other: Candidate) -> Because:
    decided = next(rung for rung in rungs if _rank(rung, chosen) != _rank(rung, other))
    return Because(decided.rule, _facts(decided, chosen), _facts(decided, other))


def _rank(rung: Rung, one: Candidate) -> _Rank:
    """Give the place of a file on one rung, the smaller the better."""
    return _RANKS[rung.rule](rung, one)


def _place(folders: Sequence[str], one: Candidate) -> int:
    """Give the place in a list of the first folder that a file lies in, at any depth; the length of it if in none."""
    above = [str(folder) for folder in PurePath(one.path).parents]
    return next((place for place, folder in enumerate(folders) if _names(folder, above)), len(folders))


def _names(folder: str, above: Sequence[str]) -> bool:
    if any(sign in folder for sign in "*?["):
        return any(fnmatchcase(one, folder) for one in above)
    return str(PurePath(folder)) in above


def _resolution(rung: Rung, one: Candidate) -> _Rank:
    pixels = max(1, one.header.width * one.header.height)
    if rung.tolerance < _SMALLEST_STEP:
        return (-pixels,)
    return (-math.floor(math.log(pixels) / math.log1p(rung.tolerance)),)


def _format(rung: Rung, one: Candidate) -> _Rank:
    wanted = [name.casefold() for name in rung.listed]
    own = one.header.format.casefold()
    return (wanted.index(own) if own in wanted else len(wanted),)


def _oldest(rung: Rung, one: Candidate) -> _Rank:
    taken = one.header.capture_time
    return taken is None, 0 if taken is None else taken // _microseconds(rung)


def _microseconds(rung: Rung) -> int:
    return max(1, round(rung.tolerance * _SECOND))


def _rated(rung: Rung, one: Candidate) -> _Rank:
    return -(one.rating.stars or 0), one.rating.label == ""


def _name(rung: Rung, one: Candidate) -> _Rank:
    name = PurePath(one.path)
    return _natural(name.stem), name.suffix.casefold()


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Order numbers in a text by what they count, and before letters, so that IMG_9 comes before IMG_10."""
    parts = _NUMBERS.split(text.casefold())
    return tuple((0, int(part), "") if place % 2 else (1, 0, part) for place, part in enumerate(parts) if part)


_RANKS: Mapping[Rule, Callable[[Rung, Candidate], _Rank]] = {
    Rule.PROTECTED: lambda rung, one: (_place(rung.listed, one) == len(rung.listed),),
    Rule.FOLDER: lambda rung, one: (_place(rung.listed, one),),
    Rule.RATED: _rated,
    Rule.EDITED: lambda _, one: (not one.edited,),
    Rule.RAW: lambda _, one: (one.header.format != RAW,),
    Rule.ORIGINAL: lambda _, one: (not one.header.camera or one.derived,),
    Rule.RESOLUTION: _resolution,
    Rule.FORMAT: _format,
    Rule.OLDEST: _oldest,
    Rule.OLDEST_FILE: lambda rung, one: (one.file_time // (1000 * _microseconds(rung)),),
    Rule.NAME: _name,
    Rule.PATH: lambda _, one: (one.path,),
}
_LAST = Rung(Rule.PATH)


def _facts(rung: Rung, one: Candidate) -> Facts:
    """Give what a rung saw of a file."""
    seen = _SEEN.get(rung.rule)
    return Facts() if seen is None else seen(rung, one)


def _folder(rung: Rung, one: Candidate) -> Facts:
    return Facts(folder=next(iter(rung.listed[_place(rung.listed, one) :]), ""))


_SEEN: Mapping[Rule, Callable[[Rung, Candidate], Facts]] = {
    Rule.PROTECTED: _folder,
    Rule.FOLDER: _folder,
    Rule.RATED: lambda _, one: Facts(stars=one.rating.stars, label=one.rating.label),
    Rule.RAW: lambda _, one: Facts(format=one.header.format),
    Rule.RESOLUTION: lambda _, one: Facts(width=one.header.width, height=one.header.height),
    Rule.FORMAT: lambda _, one: Facts(format=one.header.format),
    Rule.OLDEST: lambda _, one: Facts(capture_time=one.header.capture_time),
    Rule.OLDEST_FILE: lambda _, one: Facts(file_time=one.file_time),
    Rule.NAME: lambda _, one: Facts(name=shown(PurePath(one.path).name)),
    Rule.PATH: lambda _, one: Facts(name=shown(one.path)),
}

_FORMATS = ("HEIF", "AVIF", "JPEG XL", "TIFF", "PSD", "PNG", "JPEG 2000", "JPEG", "WebP", "BMP", "GIF")
"""What a copy is made from before what it is made to: phones take HEIF and hand out JPEG."""
_RATED, _EDITED, _RAW, _ORIGINAL = Rung(Rule.RATED), Rung(Rule.EDITED), Rung(Rule.RAW), Rung(Rule.ORIGINAL)
_LARGE, _SMALL_RUNGS = (
    Rung(Rule.RESOLUTION, tolerance=0.05),
    (Rung(Rule.FORMAT, _FORMATS), Rung(Rule.OLDEST, tolerance=2.0), Rung(Rule.NAME)),
)
USUAL = Ladder("usual", (_RATED, _EDITED, _RAW, _ORIGINAL, _LARGE, *_SMALL_RUNGS))
BUILT_IN = (
    USUAL,
    Ladder("keep originals", (_RAW, _ORIGINAL, _RATED, _LARGE, *_SMALL_RUNGS)),
    Ladder("keep edited", (_EDITED, _RATED, _LARGE, _RAW, _ORIGINAL, *_SMALL_RUNGS)),
    Ladder("keep largest", (_LARGE, _RAW, _ORIGINAL, _RATED, _EDITED, *_SMALL_RUNGS)),
)
"""Ladders that come with the program; they know no folders, which only a person can name."""
