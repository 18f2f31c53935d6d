"""Do two pictures show the same? An alignment by keypoints must explain them.

Keypoints (ORB, Rublee et al. 2011) are matched with Lowe's ratio test, a similarity transform is fitted by RANSAC, and
the aligned pictures must agree where they overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import faiss
import numpy as np
from numpy.typing import NDArray

from app.domain.sketches import DESCRIPTOR_BYTES, Grey, Sketch

_RATIO = 0.8
_RANSAC_PIXELS = 5.0
_MIN_MATCHES = 4
"""Fewer keypoints fit some transform whatever they show."""
_TO_PLACE, _AGREES = 8, 0.8
"""Points that one transform has to explain, or how far the greys of whole pictures must agree, to compare measures.
"""
_DOUBT = 0.1
"""By how much the greys of whole pictures must agree better than those that points laid on each other."""
_GRID = 6
_MIN_AREA = 16
"""Pixels of the small grey pictures; below, an overlap says nothing."""

_SHARES = ("coverage", "extent", "angle", "agreement")
ALIGNMENT = np.dtype([*((name, "i4") for name in ("matches", "inliers", "cells")), *((name, "f4") for name in _SHARES)])
"""How well one picture lies on another.

``matches``: keypoints that seem to be the same; ``inliers``: those that one transform explains; ``cells``: of 36 cells
of the second picture, how many hold one; ``coverage``: share of the smaller picture that the overlap covers;
``extent``: share of the larger one; ``angle``: degrees by which the first has to be turned, -180 to 180;
``agreement``: normalised correlation of the blurred greys in the overlap, -1 to 1.
"""
_NOTHING = (0, 0, 0.0, 0.0, 0.0, 0.0)
Alignments = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Bench:
    """Sketches, as bytes, and which of them to lay on which, by their places."""

    sketches: Sequence[bytes]
    pairs: Sequence[tuple[int, int]]


def align_pairs(bench: Bench) -> Alignments:
    """Lay pairs of pictures on each other; give an array of ``ALIGNMENT``."""
    sketches = [Sketch.from_bytes(kept) for kept in bench.sketches]
    indexes = [_index(sketch) for sketch in sketches]
    found = [align(sketches[first], sketches[second], indexes[second]) for first, second in bench.pairs]
    return np.array(found, ALIGNMENT)


def align(first: Sketch, second: Sketch, index: faiss.IndexBinaryFlat | None = None) -> tuple[float, ...]:
    """Lay the first picture on the second, whose keypoints may be indexed; give the fields of ``ALIGNMENT``."""
    source, target = _matches(first, second, index or _index(second))
    if len(source) < _MIN_MATCHES:
        return len(source), *_NOTHING
    cv2.setRNGSeed(1)
    transform, mask = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_RANSAC_PIXELS
    )
    inside = mask.ravel() > 0
    if inside.sum() < _MIN_MATCHES:
        return len(source), *_NOTHING
    places = (target[inside] * _GRID / (second.width, second.height)).astype(np.int64)
    cells = len(np.unique(places[:, 0] * _GRID + places[:, 1]))
    return len(source), int(inside.sum()), cells, *_overlap(first, second, transform)


def place(first: Sketch, second: Sketch) -> NDArray[np.float64] | None:
    """Give where the first lies in the second: a map (2, 3) of shares of the one to shares of the other; None if not.

    It is asked of pictures that are known to show the same, so that few points are enough. One that is mirrored has no
    points in common with the other, or those of something symmetrical; it is told by the small greys.
    """
    source, target = _matches(first, second, _index(second))
    if len(source) < _MIN_MATCHES:
        return _turned(first, second, _AGREES)
    cv2.setRNGSeed(1)
    transform, mask = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_RANSAC_PIXELS
    )
    if mask.sum() < _TO_PLACE:
        return _turned(first, second, _AGREES)
    *_, agreement = _overlap(first, second, transform)
    turned = _turned(first, second, max(_AGREES, agreement + _DOUBT)) if agreement < 1 - _DOUBT else None
    if turned is not None:
        return turned
    shares: NDArray[np.float64] = transform / np.array([[second.width], [second.height]])
    shares[:, :2] *= (first.width, first.height)
    return shares


def _turned(first: Sketch, second: Sketch, least: float) -> NDArray[np.float64] | None:
    """Try the eight ways to turn and mirror a whole picture; the greys have to agree better than ``least``."""
    height, width = second.grey.shape
    found = None
    for swapped, across, down in product((False, True), repeat=3):
        grey = first.grey.T if swapped else first.grey
        grey = grey[:: -1 if down else 1, :: -1 if across else 1]
        laid = cv2.resize(np.ascontiguousarray(grey), (width, height), interpolation=cv2.INTER_AREA)
        agreement = correlation(laid.astype(np.uint8, copy=False), second.grey)
        if agreement > least:
            least, found = agreement, np.array(_turn(swapped, across, down))
    return found


def _turn(swapped: bool, across: bool, down: bool) -> list[list[float]]:  # noqa: FBT001
    """Give the map (2, 3) of shares for a picture whose sides are swapped, then mirrored."""
    rows = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]] if swapped else [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]
    return [
        [-x, -y, 1.0] if mirrored else [x, y, 0.0] for (x, y, _), mirrored in zip(rows, (across, down), strict=True)
    ]


def _index(sketch: Sketch) -> faiss.IndexBinaryFlat:
    index = faiss.IndexBinaryFlat(DESCRIPTOR_BYTES * 8)
    index.add(np.ascontiguousarray(sketch.descriptors))
    return index


def _matches(
    first: Sketch, second: Sketch, index: faiss.IndexBinaryFlat
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pair keypoints whose best match is clearly better than their second best."""
    if len(first.points) < 2 or len(second.points) < 2:
        return np.empty((0, 2), np.float32), np.empty((0, 2), np.float32)
    distance, place = index.search(np.ascontiguousarray(first.descriptors), 2)
    good = distance[:, 0] < _RATIO * distance[:, 1]
    return first.points[good], second.points[place[good, 0]]


def _overlap(first: Sketch, second: Sketch, transform: cv2.typing.MatLike) -> tuple[float, float, float, float]:
    """Give the covered shares of the smaller and the larger picture, the angle, and how the greys agree there."""
    laid, inside = _laid(first, second, transform)
    area = float(inside.sum())
    scale = second.grey.size / (second.width * second.height)
    own = second.width * second.height * scale
    laid_whole = abs(float(np.linalg.det(transform[:, :2]))) * first.width * first.height * scale
    smaller, larger = min(laid_whole, own), max(laid_whole, own)
    if area < _MIN_AREA or smaller < _MIN_AREA:
        return _NOTHING[2:]
    angle = float(np.degrees(np.arctan2(transform[1, 0], transform[0, 0])))
    agreement = correlation(laid[inside], second.grey[inside])
    return min(1.0, area / smaller), min(1.0, area / larger), angle, agreement


def _laid(first: Sketch, second: Sketch, transform: cv2.typing.MatLike) -> tuple[Grey, NDArray[np.bool_]]:
    """Lay the small grey of the first on that of the second; tell where it lies."""
    into = second.grey.shape[1] / second.width
    small = transform.astype(np.float64)
    small[:, :2] *= into / (first.grey.shape[1] / first.width)
    small[:, 2] *= into
    size = (second.grey.shape[1], second.grey.shape[0])
    inside = cv2.warpAffine(np.full_like(first.grey, 255), small, size, flags=cv2.INTER_NEAREST) > 0
    return cv2.warpAffine(first.grey, small, size).astype(np.uint8, copy=False), inside


def correlation(one: Grey, other: Grey) -> float:
    """Give the normalised correlation of two greys of one shape, -1 to 1; 0 if one is flat."""
    a, b = one.astype(np.float64) - one.mean(), other.astype(np.float64) - other.mean()
    spread = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum() / spread) if spread > 1e-6 else 0.0
