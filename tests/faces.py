"""Faces for tests: values with a sensible rest, the portrait, and eyes that are shut by moving their lids."""

from pathlib import Path

import cv2
import numpy as np

from app.domain.faces import Face
from app.imaging.face_nets import MESH_SIDE, Numbers, detect, lay_mesh
from app.imaging.face_readings import _upright
from app.imaging.sketches import Picture

RIGHT_EYE = (33, 246, 161, 160, 159, 158, 157, 173, 133), (33, 7, 163, 144, 145, 153, 154, 155, 133)
LEFT_EYE = (362, 398, 384, 385, 386, 387, 388, 466, 263), (362, 382, 381, 380, 374, 373, 390, 249, 263)
"""Landmarks along the upper and the lower lid, from left to right in the picture."""
NO_FACES = "distractors"
"""The folder of photographs without faces."""


def face(
    x: float = 0.4,
    y: float = 0.3,
    *,
    size: float = 0.1,
    pixels: float = 200,
    blink: float | None = 0.05,
    **rest: object,
) -> Face:
    """Give a face whose middle is at x and y, with both eyes alike."""
    values = {"blink_left": blink, "blink_right": blink, "smile": 0.2, "sharpness": 0.05, **rest}
    return Face(x - size / 2, y - size / 2, size, size, pixels, pixels, 0.9, **values)  # type: ignore[arg-type]


def load(path: Path) -> Picture:
    """Decode a photograph at full size."""
    found = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert found is not None
    return found.astype(np.uint8, copy=False)


def resize(picture: Picture, scale: float) -> Picture:
    """Bring a picture to another size."""
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=interpolation).astype(np.uint8, copy=False)


def landmarks(picture: Picture) -> Numbers:
    """Give the landmarks (478, 2) of the surest face, in pixels of the picture."""
    found = detect(picture)
    surest = found[found[:, 0].argmax()]
    transform = _upright(surest[1:5], surest[5:9].reshape(2, 2))
    assert transform is not None
    mesh, _ = lay_mesh(cv2.warpAffine(picture, transform, (MESH_SIDE, MESH_SIDE)).astype(np.uint8, copy=False))
    points = cv2.transform(mesh[None, :, :2], cv2.invertAffineTransform(transform))[0]
    return np.asarray(points, np.float32)


def shut_eyes(
    picture: Picture, eyes: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = (LEFT_EYE, RIGHT_EYE)
) -> Picture:
    """Shut the eyes of a face: the skin above them is drawn down to the lower lids, where the lashes are."""
    points = landmarks(picture)
    columns, rows = np.meshgrid(
        np.arange(picture.shape[1], dtype=np.float32), np.arange(picture.shape[0], dtype=np.float32)
    )
    lashes = []
    for upper, lower in ((points[list(above)], points[list(below)]) for above, below in eyes):
        line = upper + 0.9 * (lower - upper)
        lashes.append(line)
        for column in range(int(np.ceil(upper[0, 0])), int(upper[-1, 0]) + 1):
            lid, low, shut = (float(np.interp(column, edge[:, 0], edge[:, 1])) for edge in (upper, lower, line))
            top, bottom = lid - (low - lid), low + 0.3 * (low - lid)
            there = np.arange(int(np.ceil(top)), int(bottom) + 1)
            rows[there, column] = np.interp(there, (top, shut, shut + 0.01, bottom), (top, lid, low, bottom))
    moved = cv2.remap(picture, columns, rows, cv2.INTER_LINEAR)
    for line in lashes:
        cv2.polylines(
            moved,
            [np.round(line * 8).astype(np.int32)],
            isClosed=False,
            color=(30, 35, 45),
            lineType=cv2.LINE_AA,
            shift=3,
        )
    return moved.astype(np.uint8, copy=False)
