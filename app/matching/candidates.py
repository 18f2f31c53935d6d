"""Pairs worth a look: near hashes in any of eight orientations, near sights, neighbours in time of one camera.

Whether two pictures are a candidate depends on the two, and on how many there are in all (``least_cosine``); never on
which others these are, or when they came.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from app.domain.pairs import MAX_DISTANCE
from app.matching import nearness
from app.matching.nearness import Numbers
from app.matching.phashes import Codes

PROVED_DISTANCE = 40
"""Hamming distance that is proof by itself, between pictures with texture; strangers begin at 62."""
MIN_TEXTURE = 8.0
"""Grey levels: below, the bits of a phash are rounding noise."""
SIGHT_BITS = 512
MIN_COSINE_TIMED = 0.2
"""Cosine of two embeddings, by their sights, from which frames are tried that one camera took within seconds."""
MAX_GAP = 10_000_000
"""Microseconds between two frames that count as neighbours in time."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """n pictures in arrays.

    Their numbers, ``phashes`` (n, 32), ``sights`` (n, 64) and whether they are ``seen``, ``textures`` in grey levels,
    and their clocks: number of the camera (one of its own if time or camera are not known) and microseconds; and the
    number of the burst that the camera itself tells (one of its own if it tells none).
    """

    numbers: Numbers
    phashes: Codes
    sights: Codes
    seen: NDArray[np.bool_]
    textures: NDArray[np.float32]
    cameras: Numbers
    moments: Numbers
    bursts: Numbers


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of pictures in arrays of one length.

    Places ``first < second``, Hamming ``distance`` of the phashes in the best ``orientation`` (of the first),
    ``cosine`` of the embeddings by their sights, whether they are ``timed`` (one camera took them within seconds, or
    in one burst), and whether they are ``proved`` by their hashes alone.
    """

    first: Numbers
    second: Numbers
    distance: Numbers
    orientation: Numbers
    cosine: NDArray[np.float32]
    timed: NDArray[np.bool_]
    proved: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.first)

    def chosen(self, which: NDArray[np.bool_] | slice) -> "Candidates":
        """Give some of them."""
        return Candidates(
            self.first[which],
            self.second[which],
            self.distance[which],
            self.orientation[which],
            self.cosine[which],
            self.timed[which],
            self.proved[which],
        )

    @property
    def by_sight_alone(self) -> NDArray[np.bool_]:
        """Whether nothing but their embeddings says that the two may belong together."""
        return (self.distance > MAX_DISTANCE) & ~self.timed


def find_upright(pictures: Pictures, new: NDArray[np.bool_]) -> Candidates:
    """Find quickly what upright hashes alone prove, of pairs of which at least one is new (n flags)."""
    near = nearness.near_codes(pictures.phashes, new, PROVED_DISTANCE)
    found = _candidates(pictures, near.first, near.second, near.distance, near.orientation)
    return found.chosen(found.proved)


def find(pictures: Pictures, new: NDArray[np.bool_], min_cosine: float) -> Candidates:
    """Find the candidates of which at least one is new (n flags), in the order of their places.

    ``min_cosine``: how alike pictures must be by their embeddings where nothing else speaks for them.
    """
    near = nearness.near_phashes(pictures.phashes, new, MAX_DISTANCE)
    count = len(pictures.numbers)
    keys = near.first * count + near.second
    seen = [keys] + [first * count + second for first, second in _near_to_see(pictures, new, min_cosine)]
    every = np.unique(np.concatenate(seen))
    first, second = every // max(1, count), every % max(1, count)
    distance = nearness.distances(pictures.phashes, first, second)
    orientation = np.zeros(len(every), np.int64)
    place = np.searchsorted(every, keys)
    distance[place], orientation[place] = near.distance, near.orientation
    return _candidates(pictures, first, second, distance, orientation)


def of_two(pictures: Pictures) -> Candidates:
    """Give the first and the second of two pictures as a pair, however unlike they are."""
    near = nearness.near_phashes(pictures.phashes, np.ones(2, np.bool_), 8 * pictures.phashes.shape[1])
    return _candidates(pictures, near.first, near.second, near.distance, near.orientation)


def _near_to_see(pictures: Pictures, new: NDArray[np.bool_], min_cosine: float) -> Iterator[tuple[Numbers, Numbers]]:
    """Give the pairs of pictures that show the like, at least one of them new."""
    places = np.flatnonzero(pictures.seen)
    near = nearness.near_codes(pictures.sights[places], new[places], _bits(min_cosine))
    yield places[near.first], places[near.second]
    for one, other in chain(_neighbours(pictures.cameras, pictures.moments, places), _of_one_burst(pictures, places)):
        wanted = new[one] | new[other]
        first, second = one[wanted], other[wanted]
        alike = nearness.distances(pictures.sights, first, second) <= _bits(MIN_COSINE_TIMED)
        yield first[alike], second[alike]


def _of_one_burst(pictures: Pictures, places: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    return _neighbours(pictures.bursts, np.zeros_like(pictures.moments), places)


def _neighbours(clocks: Numbers, moments: Numbers, places: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Give the pairs of one clock within seconds: neighbours in its order, then those one further on, and so on."""
    row = places[np.lexsort((moments[places], clocks[places]))]
    for step in range(1, len(row)):
        one, other = row[:-step], row[step:]
        near = (clocks[one] == clocks[other]) & (moments[other] - moments[one] <= MAX_GAP)
        if not near.any():
            return
        yield np.minimum(one[near], other[near]), np.maximum(one[near], other[near])


def _are_timed(pictures: Pictures, first: Numbers, second: Numbers) -> NDArray[np.bool_]:
    gap = np.abs(pictures.moments[first] - pictures.moments[second])
    one_clock = (pictures.cameras[first] == pictures.cameras[second]) & (gap <= MAX_GAP)
    timed: NDArray[np.bool_] = one_clock | (pictures.bursts[first] == pictures.bursts[second])
    return timed


def _candidates(
    pictures: Pictures, first: Numbers, second: Numbers, distance: Numbers, orientation: Numbers
) -> Candidates:
    textured = np.minimum(pictures.textures[first], pictures.textures[second]) >= MIN_TEXTURE
    seen = pictures.seen[first] & pictures.seen[second]
    angles = nearness.distances(pictures.sights, first, second) * (np.pi / SIGHT_BITS)
    return Candidates(
        first,
        second,
        distance,
        orientation,
        np.where(seen, np.cos(angles), 0).astype(np.float32),
        _are_timed(pictures, first, second),
        textured & (distance <= PROVED_DISTANCE),
    )


def _bits(cosine: float) -> int:
    """Give how many bits of two sights differ at most where the embeddings have such a cosine."""
    return int(np.arccos(cosine) / np.pi * SIGHT_BITS)
