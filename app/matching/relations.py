"""Decide a candidate by evidence, and name the relation."""

from app.domain.clusters import Relation
from app.domain.files import Content
from app.matching import exposures
from app.matching.candidates import Candidate
from app.matching.geometry import Alignment

NEAR_DISTANCE = 40
"""Hamming distance of 256 bits that is proof by itself, between pictures with texture; strangers begin at 78."""
_MIN_TEXTURE = 8.0
"""Grey levels: below, the bits of a phash are rounding noise."""
_MIN_INLIERS = 8
_MIN_CELLS = 6
_MIN_COVERAGE = 0.85
_MIN_AGREEMENT = 0.6
_MIN_INLIERS_BY_SIGHT = 20
_MIN_AGREEMENT_BY_SIGHT = 0.7
"""Where neither hashes nor time speak for a pair: views of one place from two sides stay below, cut copies above."""
_SAME_DISTANCE = 12


def proved_by_hash(candidate: Candidate, first: Content, second: Content) -> bool:
    """Tell whether the phashes alone prove that two pictures show the same."""
    textured = min(first.measures.texture, second.measures.texture) >= _MIN_TEXTURE
    return textured and candidate.distance <= NEAR_DISTANCE


def proved_by_alignment(alignment: Alignment, *, by_sight_alone: bool = False) -> bool:
    """Tell whether an alignment explains both pictures: enough keypoints, spread, the smaller covered, greys agree."""
    return (
        alignment.inliers >= (_MIN_INLIERS_BY_SIGHT if by_sight_alone else _MIN_INLIERS)
        and alignment.cells >= _MIN_CELLS
        and alignment.coverage >= _MIN_COVERAGE
        and alignment.agreement >= (_MIN_AGREEMENT_BY_SIGHT if by_sight_alone else _MIN_AGREEMENT)
    )


def strength(candidate: Candidate, alignment: Alignment | None) -> float:
    """Say how good the evidence is, 0 to 1: a near hash is the best, an alignment as good as its agreement."""
    near = 1 - candidate.distance / 256
    if alignment is None:
        return near
    return near * (0.5 + 0.4 * min(1.0, alignment.inliers / 100) * alignment.agreement)


def name(candidate: Candidate, first: Content, second: Content) -> Relation:
    """Name the relation of two pictures that were proved to show the same."""
    exposed = exposures.relation(first.header, second.header)
    if exposed is not None:
        return exposed
    if candidate.orientation:
        return Relation.TURNED
    if candidate.distance <= _SAME_DISTANCE and _same_shape(first, second):
        return Relation.RESAVED
    return Relation.EDITED


def _same_shape(first: Content, second: Content) -> bool:
    one, other = first.header.width / first.header.height, second.header.width / second.header.height
    return abs(one / other - 1) < 0.02
