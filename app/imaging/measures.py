"""Cheap measures of a picture at reduced scale: sharpness, texture, exposure."""

import numpy as np
from PIL import Image

from app.domain.files import Measures

_BLACK, _WHITE = 4, 251
_SIDE = 512


def measure(image: Image.Image) -> Measures:
    """Measure a picture, brought to at most 512 pixels so that sizes can be compared."""
    grey = image.convert("L")
    grey.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    levels = np.asarray(grey, dtype=np.float32)
    across, down = np.diff(levels, axis=1), np.diff(levels, axis=0)
    energy = float((across**2).mean()) if across.size else 0.0
    energy += float((down**2).mean()) if down.size else 0.0
    return Measures(
        sharpness=energy,
        texture=float(levels.std()),
        brightness=float(levels.mean()) / 255,
        clipped=float(((levels <= _BLACK) | (levels >= _WHITE)).mean()),
    )
