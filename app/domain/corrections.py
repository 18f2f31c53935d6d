"""What a person says of photographs: these are the same, those are not. It outranks what the machine finds."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

_K = TypeVar("_K", bound=Hashable)
_L = TypeVar("_L", bound=Hashable)


class Verdict(StrEnum):
    """What is said."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class CorrectedFile:
    """A content that was spoken of, and where it lies now or, if it is away, where it lay then."""

    sha256: bytes
    path: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One act of a person. ``number`` is never used twice, ``moment`` is in nanoseconds since the epoch.

    ``SAME`` has one side, whose files belong together. ``DIFFERENT`` has two or more: files of different sides never
    share a cluster, of those of one side nothing is said. ``overruled``: later ones left nothing of it.
    """

    number: int
    verdict: Verdict
    sides: tuple[tuple[CorrectedFile, ...], ...]
    moment: int
    overruled: bool = False

    @property
    def files(self) -> tuple[CorrectedFile, ...]:
        return tuple(file for side in self.sides for file in side)


@dataclass(frozen=True, slots=True)
class Said(Generic[_K]):
    """A verdict over pictures by whatever names them."""

    verdict: Verdict
    sides: Sequence[Collection[_K]]


class Standing(Generic[_K]):
    """What stands after all that was said in turn: of each two pictures the last word counts.

    ``SAME`` reaches as far as pictures are bound: who binds b to c has bound a to c if a was bound to b, and told-apart
    ones among them are no longer. ``DIFFERENT`` unties a bound set by its sides; what it does not name stays with the
    last side that it does, so that what is split out leaves alone. Kept by turns and not by pairs, for "these 500 are
    all different" speaks of 124,750 pairs.
    """

    def __init__(self, said: Iterable[Said[_K]] = ()) -> None:
        self._bound: dict[_K, frozenset[_K]] = {}
        self._joined: dict[_K, set[int]] = defaultdict(set)
        self._parted: dict[_K, dict[int, int]] = defaultdict(dict)
        for turn, one in enumerate(said):
            if one.verdict is Verdict.SAME:
                self._join(turn, one.sides)
            else:
                self._part(turn, one.sides)

    def are_apart(self, one: _K, other: _K) -> bool:
        """Tell whether two pictures must not share a cluster."""
        if one not in self._parted or other not in self._parted:
            return False
        theirs = self._parted[other]
        parted = max((turn for turn, side in self._parted[one].items() if theirs.get(turn, side) != side), default=-1)
        joined = self._joined.get(one, set()) & self._joined.get(other, set())
        return parted > max(joined, default=-1)

    def may_be_apart(self, one: _K) -> bool:
        """Tell whether a picture was ever told apart from any other."""
        return one in self._parted

    def speaks_of(self, one: _K) -> bool:
        """Tell whether anything was ever said of a picture that may still stand."""
        return one in self._bound or one in self._parted

    def bound_to(self, one: _K) -> frozenset[_K]:
        """Give the pictures that are bound to one, and itself."""
        return self._bound.get(one, frozenset({one}))

    def has(self, said: Said[_K]) -> bool:
        """Tell whether anything of what was said still stands."""
        if said.verdict is Verdict.SAME:
            spoken_of = {one for side in said.sides for one in side}
            return any(len(self.bound_to(one) & spoken_of) > 1 for one in spoken_of)
        sides = list(said.sides)
        return any(
            self.are_apart(one, other)
            for place, side in enumerate(sides)
            for one in side
            for later in sides[place + 1 :]
            for other in later
        )

    def renamed(self, names: Mapping[_K, _L]) -> "Standing[_L]":
        """Give the same under other names; pictures without one are left out, though what they bind stays bound."""
        other: Standing[_L] = Standing()
        for whole in set(self._bound.values()):
            there = frozenset(names[one] for one in whole if one in names)
            other._bound.update(dict.fromkeys(there, there))
        for one, name in names.items():
            if one in self._joined:
                other._joined[name] = self._joined[one]
            if one in self._parted:
                other._parted[name] = self._parted[one]
        return other

    def _join(self, turn: int, sides: Sequence[Collection[_K]]) -> None:
        whole = frozenset(member for side in sides for one in side for member in self.bound_to(one))
        for one in whole:
            self._bound[one] = whole
            self._joined[one].add(turn)

    def _part(self, turn: int, sides: Sequence[Collection[_K]]) -> None:
        place = {one: number for number, side in enumerate(sides) for one in side}
        for one, number in place.items():
            self._parted[one][turn] = number
        for torn in {self.bound_to(one) for one in place}:
            last = max(place[one] for one in torn if one in place)
            pieces: dict[int, set[_K]] = defaultdict(set)
            for one in torn:
                pieces[place.get(one, last)].add(one)
            for piece in pieces.values():
                self._bound.update(dict.fromkeys(piece, frozenset(piece)))


def said_in(correction: Correction) -> Said[bytes]:
    """Give what a correction says of contents by their digests."""
    return Said(correction.verdict, [[file.sha256 for file in side] for side in correction.sides])


def marked(corrections: Sequence[Correction]) -> list[Correction]:
    """Mark those corrections, given in the order in which they were said, of which later ones left nothing."""
    standing = Standing(said_in(correction) for correction in corrections)
    return [replace(correction, overruled=not standing.has(said_in(correction))) for correction in corrections]
