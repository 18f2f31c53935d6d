"""Which codes of bits are near each other: exact searches by Hamming distance, block by block."""

from collections.abc import Iterator
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from app.matching.phashes import INVERSE, Codes, turned

_BLOCK = 2048

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class NearPairs:
    """Pairs in arrays of one length.

    Places ``first < second``, Hamming ``distance``, and the orientation into which the *first* has to be turned to look
    like the second (0 where codes are not turned).
    """

    first: Numbers
    second: Numbers
    distance: Numbers
    orientation: Numbers


def near_codes(codes: Codes, new: NDArray[np.bool_], max_distance: int) -> NearPairs:
    """Find all pairs of codes (n, bytes) within a distance, of which at least one is new (n flags)."""
    return _collected(_hits(codes, new, max_distance, turn=False))


def near_phashes(phashes: Codes, new: NDArray[np.bool_], max_distance: int) -> NearPairs:
    """Find all pairs of phashes (n, 32) within a distance in their best orientation, of which at least one is new."""
    return _collected(_hits(phashes, new, max_distance, turn=True))


def distances(codes: Codes, first: Numbers, second: Numbers) -> Numbers:
    """Give the Hamming distances of pairs of codes."""
    words = np.ascontiguousarray(codes).view(np.uint64)
    found = [
        np.bitwise_count(words[first[low : low + _BLOCK * 16]] ^ words[second[low : low + _BLOCK * 16]]).sum(axis=1)
        for low in range(0, len(first), _BLOCK * 16)
    ]
    return np.concatenate([np.empty(0, np.int64), *found]).astype(np.int64)


def _hits(
    codes: Codes, new: NDArray[np.bool_], max_distance: int, *, turn: bool
) -> Iterator[tuple[Numbers, Numbers, Numbers, int]]:
    """Give (one, other, distances, orientation of the one) of the new against all that came before them."""
    order = np.concatenate([np.flatnonzero(~new), np.flatnonzero(new)])
    index = faiss.IndexBinaryFlat(codes.shape[1] * 8)
    index.add(np.ascontiguousarray(codes[order[: int((~new).sum())]]))
    for low in range(index.ntotal, len(order), _BLOCK):
        block = order[low : low + _BLOCK]
        index.add(np.ascontiguousarray(codes[block]))
        asked = turned(codes[block]) if turn else codes[None, block]
        for orientation, view in enumerate(asked):
            limits, distance, place = index.range_search(np.ascontiguousarray(view), max_distance + 1)
            query = np.repeat(np.arange(len(block)), np.diff(limits).astype(np.int64))
            before = place < query + low
            yield block[query[before]], order[place[before]], distance[before].astype(np.int64), orientation


def _collected(hits: Iterator[tuple[Numbers, Numbers, Numbers, int]]) -> NearPairs:
    """Put hits in order; of a pair that is near in several orientations the nearest stays, then the first."""
    nothing = np.empty(0, np.int64)
    rows: list[tuple[Numbers, ...]] = [(nothing,) * 4]
    for one, other, distance, orientation in hits:
        swap = one > other
        turn = np.where(swap, INVERSE[orientation], orientation)
        rows.append((np.where(swap, other, one), np.where(swap, one, other), distance, turn))
    first, second, distance, turns = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.lexsort((turns, distance, second, first))
    first, second, distance, turns = first[order], second[order], distance[order], turns[order]
    once = np.ones(len(first), np.bool_)
    once[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return NearPairs(first[once], second[once], distance[once], turns[once])
