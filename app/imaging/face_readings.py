"""Read a face: are its eyes open, does it smile. Nothing is said of an eye that is turned away or at the edge."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.imaging.face_nets import MESH_SIDE, Numbers, lay_mesh, tell_expression
from app.imaging.sketches import Picture

_MARGIN = 1.5
"""Side of the square of the mesh, in sides of the face."""
PRESENT = 0.5
"""Presence from which landmarks are those of a face."""
_LEAST_APART = 20.0
"""Pixels of that square between the outer corners of the eyes; less is no face, or one in profile."""
_LIP = 13
_TURNED, _PROFILE = 30.0, 50.0
"""Degrees a head is turned to the side: from there on the eye that is away is not trusted, and then nothing is."""
_LEFT_EYE, _RIGHT_EYE = (263, 362, 386, 374), (33, 133, 159, 145)
"""Landmarks around the person's own left and right eye: outer corner, inner corner, upper lid, lower lid."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a face shows: ``presence``, 0 to 1, tells whether it is one; the others are as in ``Face``."""

    presence: float
    blink_left: float | None = None
    blink_right: float | None = None
    smile: float | None = None


def read_face(picture: Picture, box: Numbers, eyes: Numbers) -> Reading:
    """Read the face in a box (left, top, right, bottom), level with its ``eyes`` (2, 2), all in pixels."""
    transform = _upright(box, eyes)
    if transform is None:
        return Reading(0.0)
    square = cv2.warpAffine(picture, transform, (MESH_SIDE, MESH_SIDE), flags=cv2.INTER_LINEAR)
    mesh, presence = lay_mesh(square.astype(np.uint8, copy=False))
    if presence < PRESENT or not _is_face(mesh):
        return Reading(presence)
    points = cv2.transform(mesh[None, :, :2], cv2.invertAffineTransform(transform))[0].astype(np.float32)
    yaw = _yaw(mesh)
    if abs(yaw) > _PROFILE:
        return Reading(presence)
    expression = tell_expression(points)
    height, width = picture.shape[:2]
    return Reading(
        presence,
        expression.blink_left if yaw > -_TURNED and _within(points, _LEFT_EYE, width, height) else None,
        expression.blink_right if yaw < _TURNED and _within(points, _RIGHT_EYE, width, height) else None,
        expression.smile,
    )


def _upright(box: Numbers, eyes: Numbers) -> NDArray[np.float64] | None:
    """Give the transform from the picture to the square of the mesh, (2, 3); nothing for a box that is none."""
    left, top, right, bottom = (float(value) for value in box)
    side = _MARGIN * max(right - left, bottom - top)
    across = (eyes[1] - eyes[0]).astype(np.float64)
    length = float(np.hypot(*across))
    if not (math.isfinite(side) and side > 0 and math.isfinite(length) and length > 0):
        return None
    cosine, sine = across / length * (MESH_SIDE / side)
    turn = np.array([[cosine, sine], [-sine, cosine]])
    shift = MESH_SIDE / 2 - turn @ ((left + right) / 2, (top + bottom) / 2)
    return np.hstack([turn, shift[:, None]])


def _is_face(mesh: Numbers) -> bool:
    """Tell whether landmarks lie as those of a face do: numbers, the eyes apart and above the mouth."""
    if not np.isfinite(mesh).all():
        return False
    apart = float(np.hypot(*(mesh[_LEFT_EYE[0]] - mesh[_RIGHT_EYE[0]])[:2]))
    eyes = (mesh[_LEFT_EYE[0], 1] + mesh[_RIGHT_EYE[0], 1]) / 2
    return apart >= _LEAST_APART and bool(mesh[_LIP, 1] > eyes)


def _yaw(mesh: Numbers) -> float:
    """Give the degrees by which a head is turned to its own right, so that more of its left is seen."""
    across = mesh[_LEFT_EYE[0]] - mesh[_RIGHT_EYE[0]]
    return math.degrees(math.atan2(-float(across[2]), float(np.hypot(*across[:2]))))


def _within(points: Numbers, eye: tuple[int, ...], width: int, height: int) -> bool:
    """Tell whether an eye lies in the picture, as far from its edge as the eye is wide."""
    around = points[list(eye)]
    room = float(np.hypot(*(around[0] - around[1])))
    return bool((around.min(axis=0) >= room).all() and (around.max(axis=0) <= (width - room, height - room)).all())
