"""A sketch: what is kept of a picture to lay it on another without opening it again."""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_HEAD = struct.Struct("<5H")
_FINE = 16
"""Keypoints are kept in sixteenths of a pixel."""
DESCRIPTOR_BYTES = 32

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sketch:
    """Keypoints of a picture, and the picture very small.

    ``width`` and ``height`` are those of the thumbnail in which the keypoints lie; ``points`` (n, 2) in its pixels, x
    before y; ``descriptors`` (n, 32); ``grey`` the whole thumbnail at a fraction of its size.
    """

    width: int
    height: int
    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]
    grey: Grey

    def to_bytes(self) -> bytes:
        rows, columns = self.grey.shape
        fine = np.round(np.clip(self.points, 0, 4095) * _FINE).astype("<u2")
        head = _HEAD.pack(len(self.points), self.width, self.height, columns, rows)
        return head + fine.tobytes() + self.descriptors.tobytes() + self.grey.tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Sketch":
        """Turn what ``to_bytes`` gave into a sketch again; nothing (a lost thumbnail) into ``EMPTY``."""
        if not kept:
            return EMPTY
        count, width, height, columns, rows = _HEAD.unpack_from(kept)
        points = np.frombuffer(kept, "<u2", count * 2, _HEAD.size).reshape(count, 2)
        start = _HEAD.size + points.nbytes
        descriptors = np.frombuffer(kept, np.uint8, count * DESCRIPTOR_BYTES, start).reshape(count, DESCRIPTOR_BYTES)
        grey = np.frombuffer(kept, np.uint8, rows * columns, start + descriptors.nbytes).reshape(rows, columns)
        return cls(width, height, points.astype(np.float32) / np.float32(_FINE), descriptors, grey)


EMPTY = Sketch(
    1, 1, np.empty((0, 2), np.float32), np.empty((0, DESCRIPTOR_BYTES), np.uint8), np.zeros((1, 1), np.uint8)
)
"""The sketch of a picture that cannot be seen any more."""
