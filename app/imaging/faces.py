"""Find the faces of a picture and read those that are large enough. Runs in the isolated processes."""

import math
from collections.abc import Iterator

import cv2
import numpy as np

from app.domain.faces import LEAST_PIXELS, Face
from app.imaging.face_nets import Numbers, detect
from app.imaging.face_readings import PRESENT, Reading, read_face
from app.imaging.sketches import Picture

_TILE, _FEWEST, _MOST = 500, 2, 4
"""Pixels of a tile without its overlap, and how many may lie along the longer side; a tile then shows faces of 60."""
_OVERLAP = 1.25
"""Side of a tile, in shares of what it would be without an overlap."""
_ROUNDING = 0.02
_SAME, _INSIDE = 0.3, 0.7
"""Two boxes are of one face if so much of both, or so much of the smaller one, is common."""
_SURE_UNREAD = 0.7
"""Score from which a face counts that cannot be read, too small or without landmarks: most below it are none."""
_FOREHEAD, _CHIN = 0.3, 0.1
"""What the head has above and below the box, in shares of its height."""
_CUT = 0.1
"""Share of a head outside the picture from which on the edge cuts it."""
_SHARP_SIDE = 192
"""Pixels to which a face is brought before its sharpness is measured."""


def find_faces(picture: Picture, full_height_scale: float = 1.0, *, thorough: bool = False) -> list[Face]:
    """Find the faces of an upright picture, the largest first.

    ``full_height_scale``: height of the picture at full size by that of this one; ``thorough``: look through parts of
    it too, for small faces, at five to ten times the cost.
    """
    found = [detect(picture)]
    if thorough:
        found += _look_closer(picture)
    height, width = picture.shape[:2]
    faces = (_face(picture, row, full_height_scale) for row in _merged(np.concatenate(found)))
    return sorted((face for face in faces if face), key=lambda face: -face.width * width * face.height * height)


def _look_closer(picture: Picture) -> Iterator[Numbers]:
    """Detect in overlapping square tiles; what an inner edge of a tile cuts is whole in another."""
    height, width = picture.shape[:2]
    count = min(_MOST, max(_FEWEST, math.ceil(max(height, width) / _TILE)))
    side = math.ceil(max(height, width) / count * _OVERLAP)
    for top in _starts(height, side):
        for left in _starts(width, side):
            start = np.array([left, top])
            end = np.minimum(start + side, (width, height))
            found = detect(picture[top : end[1], left : end[0]])
            found[:, 1:] += np.tile(start, 8)
            whole = (found[:, 1:3] > start) | (start == 0)
            whole &= (found[:, 3:5] < end) | (end == (width, height))
            yield found[whole.all(axis=1)]


def _starts(length: int, side: int) -> list[int]:
    """Place as few tiles of a side along a length as overlap enough."""
    count = 1 if length <= side else math.ceil((length - side) / (side / _OVERLAP) - _ROUNDING) + 1
    return [round(start) for start in np.linspace(0, max(0, length - side), count)]


def _merged(found: Numbers) -> Iterator[Numbers]:
    """Make one of all detections of a face: their mean, weighted by their scores; the surest face first."""
    left = found[np.argsort(-found[:, 0], kind="stable")]
    while len(left):
        same = _are_one(left[0, 1:5], left[:, 1:5])
        same[0] = True
        one = np.average(left[same], axis=0, weights=left[same, 0])
        one[0] = left[0, 0]
        yield one.astype(np.float32)
        left = left[~same]


def _are_one(box: Numbers, boxes: Numbers) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    common = np.clip(sides, 0, None).prod(axis=1)
    own, others = (box[2:] - box[:2]).prod(), (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    return np.asarray((common > _SAME * (own + others - common)) | (common > _INSIDE * np.minimum(own, others)))


def _face(picture: Picture, row: Numbers, full_height_scale: float) -> Face | None:
    height, width = picture.shape[:2]
    left, top, right, bottom = (float(value) for value in row[1:5])
    if _seen((left, top, right, bottom), width, height) < 0.5:
        return None
    large = bottom - top >= LEAST_PIXELS
    reading = read_face(picture, row[1:5], row[5:9].reshape(2, 2)) if large else Reading(0.0)
    if reading.presence < PRESENT and row[0] < _SURE_UNREAD:
        return None
    head = left, top - _FOREHEAD * (bottom - top), right, bottom + _CHIN * (bottom - top)
    return Face(
        left / width,
        top / height,
        (right - left) / width,
        (bottom - top) / height,
        (bottom - top) * full_height_scale,
        bottom - top,
        float(row[0]),
        reading.blink_left,
        reading.blink_right,
        reading.smile,
        _sharpness(picture, row[1:5]) if large else None,
        cut=_seen(head, width, height) < 1 - _CUT,
    )


def _seen(box: tuple[float, float, float, float], width: int, height: int) -> float:
    """Give the share of a box (left, top, right, bottom) that lies in the picture."""
    left, top, right, bottom = box
    inside = max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(bottom, height) - max(top, 0.0))
    return inside / ((right - left) * (bottom - top))


def _sharpness(picture: Picture, box: Numbers) -> float | None:
    """Give the gradients of a face relative to its contrast, above 0; nothing for one without any."""
    height, width = picture.shape[:2]
    (left, top), (right, bottom) = np.clip(np.round(box.reshape(2, 2)).astype(int), 0, (width, height))
    part = cv2.cvtColor(picture[top:bottom, left:right], cv2.COLOR_BGR2GRAY)
    interpolation = cv2.INTER_AREA if min(part.shape) > _SHARP_SIDE else cv2.INTER_LINEAR
    grey = cv2.resize(part, (_SHARP_SIDE, _SHARP_SIDE), interpolation=interpolation).astype(np.float32)
    contrast = float(grey.var())
    energy = float(np.square(np.diff(grey, axis=0)).mean() + np.square(np.diff(grey, axis=1)).mean())
    return energy / contrast if contrast >= 1 else None
