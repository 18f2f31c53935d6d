"""Decide a candidate by evidence, and name the relation.

The evidence of a pair comes down to one number, its strength: 0 is none, 0.5 what is asked for by default, 1 all that
there can be. Each piece of it is laid on that scale by a ramp, and the weakest piece counts.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.files import Content
from app.domain.pairs import Pair, Relation
from app.matching import exposures
from app.matching.candidates import MIN_TEXTURE, PROVED_DISTANCE
from app.matching.geometry import Alignments

_FLAT = 16.0
"""Grey levels of texture below which an alignment needs keypoints all over the picture."""
_SAME_DISTANCE = 12
_WHOLE = 0.93
"""Share of the larger picture that is seen in the smaller, unless that is cut."""
_TURNED = 45.0
"""Degrees; a picture that was only straightened is not turned."""
_SHAPE = 0.02
"""Share by which the proportions of a picture change at most when it is resized."""
UNNAMED = Relation.EDITED
"""What a pair is called before it is named."""

Strengths = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ramp:
    """A scale for one piece of evidence: worthless at ``none``, just enough at ``enough``, beyond doubt at ``full``."""

    none: float
    enough: float
    full: float

    def of(self, values: NDArray[np.integer[Any]] | NDArray[np.floating[Any]]) -> Strengths:
        return np.asarray(np.interp(values, (self.none, self.enough, self.full), (0, 0.5, 1)), np.float32)


NEARNESS = Ramp(256 - 2 * (PROVED_DISTANCE + 2), 256 - (PROVED_DISTANCE + 2), 256)
"""Bits of two phashes that are equal."""
_BY_SIGHT = 0.01
"""How much the embeddings count beside the hashes: they settle which of two equally near ones is nearer."""
INLIERS, INLIERS_BY_SIGHT = Ramp(2, 6, 60), Ramp(2, 10, 60)
COVERAGE = Ramp(0.7, 0.85, 1)
"""Two frames of a panorama share less of each other."""
AGREEMENT, AGREEMENT_BY_SIGHT = Ramp(0.2, 0.55, 1), Ramp(0.5, 0.75, 1)
"""Two views of one place agree to 0.67, what was cut out of a picture mostly to 0.9."""
SPREAD = Ramp(1, 4, 12)
"""Cells of the picture with keypoints; many keypoints make up for cells, as in a picture with one sharp thing."""
SPREAD_IF_FLAT = Ramp(3, 8, 16)
_PER_CELL = 8
_COVERED = Ramp(0.8, 0.9, 1)
"""Share of the matches that one transform explains: nearly all of many is proof even where a banner lies over a part
and the greys do not agree.
"""
_MANY, _WIDE = 40, 10


def strength_by_hash(
    distance: NDArray[np.int64], cosine: NDArray[np.float32], texture: NDArray[np.float32]
) -> Strengths:
    """Say what the phashes of pairs prove, by the texture of the flatter picture of each."""
    strengths = NEARNESS.of(256 - distance) - _BY_SIGHT * (1 - cosine)
    return np.where(texture >= MIN_TEXTURE, strengths, 0).astype(np.float32)


def strength_by_alignment(
    found: Alignments, texture: NDArray[np.float32], by_sight_alone: NDArray[np.bool_]
) -> Strengths:
    """Say what alignments prove: enough keypoints, spread, the smaller picture covered, greys that agree.

    Where neither hashes nor time speak for a pair (``by_sight_alone``) more is asked for.
    """
    inliers, cells = found["inliers"], found["cells"]
    enough = np.where(by_sight_alone, INLIERS_BY_SIGHT.of(inliers), INLIERS.of(inliers))
    explained = inliers / np.maximum(1, found["matches"])
    rigid = np.where((inliers >= _MANY) & (cells >= _WIDE), _COVERED.of(explained), 0)
    greys = found["agreement"]
    agreement = np.where(by_sight_alone, AGREEMENT_BY_SIGHT.of(greys), AGREEMENT.of(greys))
    agreement = np.maximum(agreement, rigid)
    spread = SPREAD.of(cells + inliers / _PER_CELL)
    spread = np.where(texture < _FLAT, np.minimum(spread, SPREAD_IF_FLAT.of(cells)), spread)
    pieces = np.stack([enough, COVERAGE.of(found["coverage"]), agreement, spread])
    weakest: Strengths = pieces.min(axis=0).astype(np.float32)
    return weakest


def are_twins(first: Content, second: Content) -> bool:
    """Tell whether two pictures have the same pixels: no evidence is needed, and none is kept."""
    return first.pixels == second.pixels != b""


def named(pair: Pair, first: Content, second: Content) -> Pair:
    """Name the relation of two pictures that may show the same."""
    if are_twins(first, second):
        return replace(pair, relation=Relation.SAME_PIXELS, strength=1.0)
    return replace(pair, relation=_name(pair, first, second))


def _name(pair: Pair, first: Content, second: Content) -> Relation:
    exposed = exposures.relation(first.header, second.header)
    if exposed is not None:
        return exposed
    if pair.inliers == 0:
        if pair.orientation:
            return Relation.TURNED
        return Relation.RESAVED if pair.distance <= _SAME_DISTANCE and _same_shape(first, second) else Relation.EDITED
    if abs(pair.angle) >= _TURNED:
        return Relation.TURNED
    return Relation.EDITED if pair.extent >= _WHOLE else Relation.CROPPED


def _same_shape(first: Content, second: Content) -> bool:
    one, other = first.header.width / first.header.height, second.header.width / second.header.height
    return abs(one / other - 1) < _SHAPE
