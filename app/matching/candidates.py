"""Pairs worth a look: near hashes in any of eight orientations, and neighbours in time from one camera."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from app.domain.files import Content
from app.matching import phashes

MAX_DISTANCE = 96
"""Hamming distance of 256 bits up to which an alignment is tried; most strangers lie at 100 to 150."""
_NEIGHBOURS = 4
_MAX_GAP = 10_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two contents, by their places in the list, ``first < second``.

    ``orientation``: the one into which the first has to be turned to look like the second (``phashes.turned``).
    """

    first: int
    second: int
    distance: int
    orientation: int


def find(contents: Sequence[Content], new: NDArray[np.bool_]) -> list[Candidate]:
    """Find the candidates among n contents of which at least one is new (n flags)."""
    if not contents:
        return []
    bits = phashes.bits_of([content.phash for content in contents])
    near = phashes.near_pairs(bits, new, MAX_DISTANCE)
    found = {
        (int(first), int(second)): Candidate(int(first), int(second), int(distance), int(orientation))
        for first, second, distance, orientation in zip(*near, strict=True)
    }
    for first, second in _neighbours_in_time(contents):
        if (new[first] or new[second]) and (first, second) not in found:
            distance = int((bits[first] != bits[second]).sum())
            found[first, second] = Candidate(first, second, distance, 0)
    return [found[key] for key in sorted(found)]


def _neighbours_in_time(contents: Sequence[Content]) -> set[tuple[int, int]]:
    """Give the pairs that one camera took within seconds, few frames apart."""
    timed = sorted(
        (content.header.camera, content.header.capture_time, place)
        for place, content in enumerate(contents)
        if content.header.capture_time is not None and content.header.camera
    )
    pairs: set[tuple[int, int]] = set()
    for _, frames in groupby(timed, key=lambda row: row[0]):
        row = [(moment, place) for _, moment, place in frames]
        for step in range(1, _NEIGHBOURS + 1):
            for (before, one), (after, other) in zip(row, row[step:], strict=False):
                if after - before <= _MAX_GAP:
                    pairs.add((min(one, other), max(one, other)))
    return pairs
