"""Do two pictures show the same? An alignment by keypoints must explain them.

Keypoints (ORB, Rublee et al. 2011) are matched with Lowe's ratio test, a similarity transform is fitted by RANSAC, and
the aligned pictures must agree where they overlap.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 320
"""Longest side, in pixels, at which pictures are compared."""
_MIN_SIDE = 40
_KEYPOINTS = 500
_RATIO = 0.8
_RANSAC_PIXELS = 5.0
_GRID = 6

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Features:
    """Keypoints of one grey picture: positions (n, 2) in pixels and ORB descriptors (n, 32)."""

    grey: Grey
    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How well one picture lies on another.

    ``inliers``: keypoints that the transform explains; ``cells``: of 36 cells of the second picture, how many hold
    one; ``coverage``: share of the smaller picture that the overlap covers; ``agreement``: normalised correlation of
    the blurred greys in the overlap, -1 to 1.
    """

    inliers: int = 0
    cells: int = 0
    coverage: float = 0.0
    agreement: float = 0.0


def decode(jpeg: bytes) -> Grey:
    """Decode one of our own thumbnails into a grey picture of at most ``SIDE`` pixels; one pixel if it is lost."""
    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE) if jpeg else None
    if grey is None:
        return np.zeros((1, 1), np.uint8)
    scale = SIDE / max(grey.shape)
    if scale < 1:
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    return grey.astype(np.uint8, copy=False)


def turn(grey: Grey, orientation: int) -> Grey:
    """Turn a picture into one of the eight orientations of ``phashes.turned``."""
    view = grey.T if orientation & 4 else grey
    if orientation & 1:
        view = view[:, ::-1]
    if orientation & 2:
        view = view[::-1, :]
    return np.ascontiguousarray(view)


def describe(grey: Grey) -> Features:
    """Find the keypoints of a picture; one that is too small has none."""
    nothing = Features(grey, np.empty((0, 2), np.float32), np.empty((0, 32), np.uint8))
    if min(grey.shape) < _MIN_SIDE:
        return nothing
    lifted = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(4, 4)).apply(grey)
    detector = cv2.ORB.create(nfeatures=_KEYPOINTS, fastThreshold=7)
    keypoints, descriptors = detector.detectAndCompute(lifted, None)
    if not keypoints:
        return nothing
    points = np.array([point.pt for point in keypoints], np.float32).reshape(-1, 2)
    return Features(grey, points, descriptors.astype(np.uint8, copy=False))


def align(first: Features, second: Features) -> Alignment:
    """Lay the first picture on the second."""
    source, target = _matches(first, second)
    if len(source) < 4:
        return Alignment()
    cv2.setRNGSeed(1)
    transform, mask = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_RANSAC_PIXELS
    )
    if mask.sum() == 0:
        return Alignment()
    kept = target[mask.ravel() > 0]
    height, width = second.grey.shape
    cells = {(int(y * _GRID / height), int(x * _GRID / width)) for x, y in kept}
    coverage, agreement = _overlap(first.grey, second.grey, transform)
    return Alignment(len(kept), len(cells), coverage, agreement)


def _matches(first: Features, second: Features) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pair keypoints whose best match is clearly better than their second best."""
    if len(first.points) < 2 or len(second.points) < 2:
        return np.empty((0, 2), np.float32), np.empty((0, 2), np.float32)
    rows = cv2.BFMatcher(cv2.NORM_HAMMING).knnMatch(first.descriptors, second.descriptors, k=2)
    good = [row[0] for row in rows if len(row) == 2 and row[0].distance < _RATIO * row[1].distance]
    return (
        first.points[[match.queryIdx for match in good]].reshape(-1, 2),
        second.points[[match.trainIdx for match in good]].reshape(-1, 2),
    )


def _overlap(first: Grey, second: Grey, transform: cv2.typing.MatLike) -> tuple[float, float]:
    """Give the covered share of the smaller picture, and how the greys agree there."""
    size = (second.shape[1], second.shape[0])
    inside = cv2.warpAffine(np.full_like(first, 255), transform, size, flags=cv2.INTER_NEAREST) > 0
    area = float(inside.sum())
    scale = float(abs(np.linalg.det(transform[:, :2])))
    smaller = min(first.size * scale, float(second.size))
    if area < 100 or smaller < 100:
        return 0.0, 0.0
    laid = cv2.GaussianBlur(cv2.warpAffine(first, transform, size), (0, 0), 3)[inside].astype(np.float64)
    below = cv2.GaussianBlur(second, (0, 0), 3)[inside].astype(np.float64)
    laid -= laid.mean()
    below -= below.mean()
    spread = float(np.sqrt((laid**2).sum() * (below**2).sum()))
    return min(1.0, area / smaller), float((laid * below).sum() / spread) if spread > 1e-6 else 0.0
