"""The networks that find faces and read them, run by OpenCV on one picture at a time.

BlazeFace full range (Bazarevsky et al. 2019) finds faces; a mesh of 478 landmarks (Kartynnik et al. 2019) is laid on
each, and 52 blendshapes are told from the landmarks: how far eyes are shut, how much a mouth smiles. All are Google's,
from MediaPipe; how they are fed is told there.
"""

from dataclasses import dataclass
from functools import cache
from zipfile import ZipFile

import cv2
import numpy as np
from numpy.typing import NDArray

from app import resources
from app.imaging.sketches import Picture

_DETECTOR, _LANDMARKER = "face_detection_full_range.tflite", "face_landmarker.task"
_SIDE, _CELLS = 192, 48
"""Pixels of the detector's picture, and the cells along it, one possible face in each."""
_SAMPLES = 4
"""Samples along a pixel of that picture."""
_SURE = 0.5
_LOGITS = 80.0
"""Beyond, a sigmoid is 0 or 1 and its exponential overflows."""
MESH_SIDE = 256
"""Pixels of the square in which the landmarks are found."""
_LANDMARKS = 478
_BLINK_LEFT, _BLINK_RIGHT, _SMILE_LEFT, _SMILE_RIGHT = 9, 10, 44, 45
# fmt: off
_CHOSEN = np.array([
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80,
    81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153, 154,
    155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251, 263,
    267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318, 321,
    323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386, 387,
    388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
])
# fmt: on
"""The landmarks from which the blendshapes are told, in the order the network wants."""

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Expression:
    """What a face does, each 0 to 1; left and right are the person's own."""

    blink_left: float
    blink_right: float
    smile: float


def detect(picture: Picture) -> Numbers:
    """Give what may be faces, (n, 17) in pixels of the picture: score, left, top, right, bottom, six points (x, y).

    The points: the eye that is left in the picture, the other, nose, mouth, and the two ears.
    """
    height, width = picture.shape[:2]
    scale = _SIDE / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = _shrink(picture, size)
    left, top = (_SIDE - size[0]) // 2, (_SIDE - size[1]) // 2
    canvas = np.zeros((_SIDE, _SIDE, 3), np.uint8)
    canvas[top : top + size[1], left : left + size[0]] = small
    outputs = _run(_net(_DETECTOR, ""), cv2.dnn.blobFromImage(canvas, 1 / 127.5, mean=(127.5,) * 3, swapRB=True))
    boxes = next(output for output in outputs if output.shape[-1] == 16).reshape(-1, 16)
    scores = _sigmoid(next(output for output in outputs if output.shape[-1] == 1).reshape(-1))
    sure = np.flatnonzero((scores > _SURE) & np.isfinite(boxes).all(axis=1))
    points = boxes[sure].reshape(-1, 8, 2)
    cells = np.stack([sure % _CELLS, sure // _CELLS], axis=1)[:, None]
    points[:, [0, 2, 3, 4, 5, 6, 7]] += (cells + 0.5) * (_SIDE / _CELLS)
    half = points[:, 1] / 2
    points = np.concatenate([points[:, 0:1] - half[:, None], points[:, 0:1] + half[:, None], points[:, 2:]], axis=1)
    points = (points - (left, top)) / (size[0] / width, size[1] / height)
    found = np.concatenate([scores[sure, None], points.reshape(-1, 16)], axis=1)
    return found[(half > 0).all(axis=1)].astype(np.float32)


def lay_mesh(square: Picture) -> tuple[Numbers, float]:
    """Give the landmarks (478, 3) of an upright face in a square of ``MESH_SIDE``, in its pixels, and their presence.

    Presence is 0 to 1: how sure it is that there is a face. The third number of a landmark is its depth, growing away
    from the camera, in pixels too. The face fills the middle two thirds of the square.
    """
    net = _net(_LANDMARKER, "face_landmarks_detector.tflite")
    outputs = _run(net, cv2.dnn.blobFromImage(square, 1 / 255, swapRB=True))
    mesh = next(output for output in outputs if output.size == _LANDMARKS * 3).reshape(_LANDMARKS, 3)
    # The last one, a second output of one number, tells whether the tongue is out.
    presence = next(output for output in outputs if output.shape == (1, 1, 1, 1))
    return mesh, float(_sigmoid(presence).item())


def tell_expression(points: Numbers) -> Expression:
    """Tell what a face does from its landmarks (478, 2) in pixels of the picture."""
    (found,) = _run(_net(_LANDMARKER, "face_blendshapes.tflite"), points[None, _CHOSEN].astype(np.float32))
    shapes = [float(value) for value in found.reshape(-1)]
    smile = (shapes[_SMILE_LEFT] + shapes[_SMILE_RIGHT]) / 2
    return Expression(shapes[_BLINK_LEFT], shapes[_BLINK_RIGHT], smile)


def _shrink(picture: Picture, size: tuple[int, int]) -> cv2.typing.MatLike:
    """Bring a picture to a size by the mean of samples: as good as the mean of all pixels, in a tenth of the time."""
    samples = size[0] * _SAMPLES, size[1] * _SAMPLES
    if samples[0] < picture.shape[1]:
        picture = cv2.resize(picture, samples, interpolation=cv2.INTER_LINEAR).astype(np.uint8, copy=False)
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


@cache
def _net(file: str, member: str) -> cv2.dnn.Net:
    """Load a network of this process, from a file or from a member of one that is a zip."""
    # Each core has a process of its own.
    cv2.setNumThreads(1)
    path = resources.path("models", file)
    if member:
        with ZipFile(path) as archive:
            data = archive.read(member)
    else:
        data = path.read_bytes()
    return cv2.dnn.readNetFromTFLite(np.frombuffer(data, np.uint8))


def _run(net: cv2.dnn.Net, blob: NDArray[np.float32] | cv2.typing.MatLike) -> list[Numbers]:
    net.setInput(blob)
    return [np.array(output, np.float32) for output in net.forward(net.getUnconnectedOutLayersNames())]


def _sigmoid(logits: Numbers) -> Numbers:
    """Give chances for logits; what is no number is no chance."""
    found = 1 / (1 + np.exp(-np.clip(np.nan_to_num(logits, nan=-_LOGITS), -_LOGITS, _LOGITS)))
    return np.asarray(found, np.float32)
