"""Cheap measures of a picture at reduced scale: sharpness, texture, exposure."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.files import Measures

_BLACK, _WHITE = 4, 251


def measure(grey: Image.Image) -> Measures:
    """Measure a grey picture of 8 bits; sizes can be compared if each was brought to the size of a thumbnail."""
    levels = np.asarray(grey).astype(np.float32)
    counts = np.asarray(grey.histogram(), dtype=np.float64) / levels.size
    scale = np.arange(256)
    mean = float(counts @ scale)
    return Measures(
        sharpness=_energy(levels[:, 1:] - levels[:, :-1]) + _energy(levels[1:] - levels[:-1]),
        texture=float(np.sqrt(counts @ (scale - mean) ** 2)),
        brightness=mean / 255,
        clipped=float(counts[: _BLACK + 1].sum() + counts[_WHITE:].sum()),
    )


def _energy(steps: NDArray[np.float32]) -> float:
    """Give the mean square of differences."""
    return float(np.einsum("ij,ij->", steps, steps)) / steps.size if steps.size else 0.0
