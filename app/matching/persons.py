"""Which faces in the frames of one cluster are one person's: by their place and size, in one common frame."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from app.domain.faces import Face

_FARTHEST = 1.5
"""Faces by which a person may move from frame to frame, from middle to middle."""
_LARGER = 1.6
"""Times that a face may be larger than in another frame."""
_NEVER = 1000.0

Person = list[int | None]
"""For each frame the place of the person's face in it; ``None`` where it was not found."""


def match_persons(frames: Sequence[Sequence[Face]]) -> list[Person]:
    """Give the persons that are in at least half of the frames and in two, by their faces in each.

    The frames were brought to lie on one another. The one with the most faces is matched with all others, then what is
    left in the same way; of two with as many, the one whose faces come later when sorted. So the order of the frames
    does not matter. The persons go from left to right.
    """
    left = [dict(enumerate(faces)) for faces in frames]
    needed = max(2, math.ceil(len(frames) / 2))
    found: list[tuple[Face, Person]] = []
    while any(left):
        reference = max(left, key=lambda faces: (len(faces), sorted(map(_order, faces.values()))))
        matches = [dict(_match(reference, faces)) for faces in left]
        for place, face in list(reference.items()):
            person = [match.get(place) for match in matches]
            if len(person) - person.count(None) >= needed:
                found.append((face, person))
                for faces, other in zip(left, person, strict=True):
                    faces.pop(-1 if other is None else other, None)
        reference.clear()
    return [person for _, person in sorted(found, key=lambda one: (_order(one[0]), one[1].count(None)))]


def _order(face: Face) -> tuple[float, ...]:
    return face.x, face.y, face.width, face.height, face.score


def _match(reference: dict[int, Face], faces: dict[int, Face]) -> Iterator[tuple[int, int]]:
    """Give which face of a frame is which of the reference, each once, so that all together are moved the least."""
    if not reference or not faces:
        return
    costs = _costs(list(reference.values()), list(faces.values()))
    own, others = list(reference), list(faces)
    for row, column in zip(*linear_sum_assignment(costs), strict=True):
        if costs[row, column] < _NEVER:
            yield own[row], others[column]


def _costs(firsts: Sequence[Face], seconds: Sequence[Face]) -> NDArray[np.float64]:
    """Give how far faces lie apart, in faces, and how much they differ in size; ``_NEVER`` where it is too much."""
    one, other = _boxes(firsts)[:, None], _boxes(seconds)[None]
    sides = (one[..., 2:] + other[..., 2:]) / 2
    apart = np.hypot(*np.moveaxis((one[..., :2] - other[..., :2]) / sides, -1, 0))
    larger = np.abs(np.log2(one[..., 3] / other[..., 3]))
    return np.where((apart <= _FARTHEST) & (larger <= math.log2(_LARGER)), apart + larger, _NEVER)


def _boxes(faces: Sequence[Face]) -> NDArray[np.float64]:
    """Give middle and size of faces, (n, 4)."""
    return np.array([(face.x + face.width / 2, face.y + face.height / 2, face.width, face.height) for face in faces])
