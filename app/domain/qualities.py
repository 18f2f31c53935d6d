"""The quality of a file: what a closer look at one frame measures, to be judged among the frames of its cluster."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CELLS = 16
"""The picture is measured in 16 by 16 cells."""
DIRECTIONS = 4
_FINE = ("finest 0", "finest 45", "finest 90", "finest 135", "fine 0", "fine 45", "fine 90", "fine 135")
_CHANNELS = (*_FINE, "middle", "coarse", "light")
_STEPS = 16.0
"""Kept in sixteenths of an octave."""

Cells = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Detail:
    """What a picture holds in each of its cells; arrays of (16, 16), rows before columns.

    ``finest`` and ``fine`` (4, 16, 16): mean squared gradients across 0, 45, 90 and 135 degrees, where the long side
    has 1,600 and 800 pixels, without those that noise makes; ``middle`` and ``coarse``: of all directions, at 400 and
    200 pixels; grey levels squared. ``light``: mean linear light, 0 to 1.
    """

    finest: Cells
    fine: Cells
    middle: Cells
    coarse: Cells
    light: Cells

    def to_bytes(self) -> bytes:
        """Give a byte a value, by its logarithm."""
        energies = np.concatenate([self.finest, self.fine, self.middle[None], self.coarse[None]])
        light = np.sqrt(np.clip(self.light, 0, 1)) * 255
        logs = np.log2(1 + energies) * _STEPS
        return np.concatenate([logs, light[None]]).round().clip(0, 255).astype(np.uint8).tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Detail":
        """Turn what ``to_bytes`` gave into values again."""
        planes = np.frombuffer(kept, np.uint8).reshape(len(_CHANNELS), CELLS, CELLS).astype(np.float32)
        energies = np.exp2(planes / np.float32(_STEPS)) - 1
        return cls(
            energies[:DIRECTIONS],
            energies[DIRECTIONS : 2 * DIRECTIONS],
            energies[8],
            energies[9],
            (planes[10] / np.float32(255)) ** 2,
        )


@dataclass(frozen=True, slots=True)
class Quality:
    """The measures of one frame.

    ``detail``: of ``Detail.to_bytes``. ``burnt`` and ``black``: shares of the pixels without any drawing in the lights
    and in the shadows, 0 to 1. ``contrast``: standard deviation of the grey levels, 0 to 1. ``noise``: its standard
    deviation in grey levels where the picture is plain. ``border``: share of the picture that is one flat colour along
    its edges, as frames and banners are. ``coding``: JPEG quality 1 to 100 by its tables, 100 for what loses nothing,
    None for what does not say.
    """

    detail: bytes
    burnt: float
    black: float
    contrast: float
    noise: float
    border: float
    coding: int | None


UNMEASURED = Quality(b"", 0.0, 0.0, 0.0, 0.0, 0.0, None)
"""In place of the measures of a file that cannot be measured."""
