"""Decisions: what a person wants to become of a photograph. Nothing happens to a file until they are applied."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol


class Decision(StrEnum):
    """What a person wants to become of a photograph."""

    KEEP = "keep"
    REJECT = "reject"
    UNDECIDED = "undecided"


class Scope(StrEnum):
    """Which files of a photograph that consists of several are rejected."""

    WHOLE = "whole"
    RAW = "raw"
    """The RAW file alone; the picture beside it stays."""
    RENDERING = "rendering"
    """All that is no RAW file, such as the JPEG; the RAW file stays."""


@dataclass(frozen=True, slots=True)
class DecidedFile:
    """A decision on a file, kept by its content; ``path`` is where the file lay then.

    ``alone``: rejected although nothing of its cluster is kept, as the person said in so many words. ``moment`` is in
    nanoseconds since the epoch.
    """

    sha256: bytes
    path: str
    decision: Decision
    moment: int
    scope: Scope = Scope.WHOLE
    alone: bool = False

    @property
    def rejected(self) -> bool:
        return self.decision is Decision.REJECT


class Held(Protocol):
    """A file with its content."""

    @property
    def path(self) -> str: ...

    @property
    def sha256(self) -> bytes: ...


def standing(decided: Iterable[DecidedFile], files: Iterable[Held]) -> dict[str, DecidedFile]:
    """Give the decisions that count for files, by path; ``files`` are all of a dataset that hold these contents.

    A decision counts for its file, and if that is not there, for another of the same content that nothing was decided
    of: for the one whose path ends alike, as after a move of its folder. Where two decisions could be meant and differ,
    neither counts.
    """
    made: defaultdict[bytes, dict[str, DecidedFile]] = defaultdict(dict)
    for one in decided:
        made[one.sha256][one.path] = one
    places: defaultdict[bytes, set[str]] = defaultdict(set)
    for file in files:
        places[file.sha256].add(file.path)
    found: dict[str, DecidedFile] = {}
    for sha256, by_path in made.items():
        there = places[sha256]
        found |= {path: one for path, one in by_path.items() if path in there}
        away = [one for path, one in sorted(by_path.items()) if path not in there]
        found |= _followed(away, sorted(there - by_path.keys()))
    return found


def _followed(away: Sequence[DecidedFile], free: Sequence[str]) -> dict[str, DecidedFile]:
    """Find where files went that a decision was made of."""
    found: dict[str, DecidedFile] = {}
    left, ends = list(away), _ends_alike(away, free)
    for _, one, path in ends:
        if one in left and path not in found:
            found[path] = one
            left.remove(one)
    if len({(one.decision, one.scope, one.alone) for one in left}) == 1:
        found |= dict(zip((path for path in free if path not in found), left, strict=False))
    return found


def _ends_alike(away: Sequence[DecidedFile], free: Sequence[str]) -> list[tuple[int, DecidedFile, str]]:
    """Give the pairs of a decision and a path that end with the same names, the longest ends first."""
    pairs = [(_same_end(one.path, path), one, path) for one in away for path in free]
    return sorted(
        (pair for pair in pairs if pair[0]), key=lambda pair: (-pair[0], pair[1].decision, pair[1].path, pair[2])
    )


def _same_end(one: str, other: str) -> int:
    """Count the last names of two paths that are the same."""
    names = zip(reversed(PurePath(one).parts), reversed(PurePath(other).parts), strict=False)
    count = 0
    for first, second in names:
        if first != second:
            break
        count += 1
    return count
