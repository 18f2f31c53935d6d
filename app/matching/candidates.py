"""Pairs worth a look: near hashes in any of eight orientations, near embeddings, neighbours in time of one camera."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.files import Content
from app.matching import phashes

MAX_DISTANCE = 96
"""Hamming distance of 256 bits up to which an alignment is tried; most strangers lie at 100 to 150."""
MIN_COSINE = 0.35
"""Cosine of two embeddings from which an alignment is tried; of all strangers one in a hundred lies above."""
MIN_COSINE_TIMED = 0.2
"""The same for two pictures that one camera took within seconds."""
_BLOCK, _SPAN = 512, 8192
_MAX_GAP = 10_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two contents, by their places in the list, ``first < second``.

    ``orientation``: the one into which the first has to be turned to look like the second (``phashes.turned``).
    ``timed``: one camera took them within seconds.
    """

    first: int
    second: int
    distance: int
    orientation: int
    timed: bool = False

    @property
    def by_sight_alone(self) -> bool:
        """Whether nothing but their embeddings says that the two may belong together."""
        return self.distance > MAX_DISTANCE and not self.timed


def find(contents: Sequence[Content], embeddings: NDArray[np.float32], new: NDArray[np.bool_]) -> list[Candidate]:
    """Find the candidates among n contents, with embeddings (n, any), of which at least one is new (n flags).

    Whether two are a candidate depends on the two alone, never on what else is there.
    """
    if not contents:
        return []
    bits = phashes.bits_of([content.phash for content in contents])
    cameras, moments = _clocks(contents)
    found: dict[tuple[int, int], Candidate] = {}

    def add(first: int, second: int, distance: int, orientation: int) -> None:
        timed = bool(cameras[first] == cameras[second] and abs(moments[first] - moments[second]) <= _MAX_GAP)
        found.setdefault((first, second), Candidate(first, second, distance, orientation, timed))

    near = phashes.near_pairs(bits, new, MAX_DISTANCE)
    for first, second, distance, orientation in zip(*near, strict=True):
        add(int(first), int(second), int(distance), int(orientation))
    for first, second in _near_embeddings(embeddings, cameras, moments, new):
        add(first, second, int((bits[first] != bits[second]).sum()), 0)
    return [found[key] for key in sorted(found)]


def _near_embeddings(
    embeddings: NDArray[np.float32], cameras: NDArray[np.intp], moments: NDArray[np.int64], new: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Give the pairs of pictures that show the like, at least one of them new."""
    rows = np.flatnonzero(new)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        for low in range(0, len(embeddings), _SPAN):
            span = slice(low, low + _SPAN)
            cosine = embeddings[block] @ embeddings[span].T
            timed = (cameras[block, None] == cameras[None, span]) & (
                np.abs(moments[block, None] - moments[None, span]) <= _MAX_GAP
            )
            near = (cosine >= MIN_COSINE) | (timed & (cosine >= MIN_COSINE_TIMED))
            for row, column in zip(*np.nonzero(near), strict=True):
                one, other = int(block[row]), int(column) + low
                if one != other:
                    yield min(one, other), max(one, other)


def _clocks(contents: Sequence[Content]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Give the camera of each content as a number, and its time in microseconds.

    One whose camera or time is not known has a camera of its own, so that no time speaks for it.
    """
    headers = [content.header for content in contents]
    numbers = {camera: number for number, camera in enumerate(sorted({header.camera for header in headers}))}
    known = np.array([bool(header.camera) and header.capture_time is not None for header in headers])
    own = -1 - np.arange(len(headers))
    cameras = np.where(known, np.array([numbers[header.camera] for header in headers]), own)
    moments = np.array([header.capture_time or 0 for header in headers], np.int64)
    return cameras.astype(np.intp), moments
