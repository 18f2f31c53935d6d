"""Perceptual hashes in eight orientations.

A phash has 256 bits: the signs, against their median, of the 16 x 16 lowest DCT coefficients of a grey picture
(imagehash.phash, Zauner 2010). To mirror a picture changes the sign of every odd column of coefficients, to turn it
over every odd row, to transpose it transposes them: so the hashes of all eight orientations follow from one hash,
but for the few bits whose coefficient lies between the median and its negative.
"""

import numpy as np
from numpy.typing import NDArray

BITS = 256
SIDE = 16
ORIENTATIONS = 8

Codes = NDArray[np.uint8]


def turned(phashes: Codes) -> Codes:
    """Give the phashes of the eight orientations of n pictures, from (n, 32) to (8, n, 32).

    Orientation k applies, in this order: transpose if k & 4, mirror left-right if k & 1, top-bottom if k & 2.
    """
    odd = (np.arange(SIDE) % 2).astype(np.uint8)
    squares = np.unpackbits(phashes, axis=1).reshape(-1, SIDE, SIDE)
    views = []
    for k in range(ORIENTATIONS):
        view = squares.transpose(0, 2, 1) if k & 4 else squares
        if k & 1:
            view = view ^ odd[None, None, :]
        if k & 2:
            view = view ^ odd[None, :, None]
        views.append(np.packbits(view.reshape(-1, BITS), axis=1))
    return np.stack(views)


def _inverse_orientations() -> NDArray[np.int64]:
    """Find for each orientation the one that takes it back."""
    probe = np.random.default_rng(1).integers(0, 256, (1, BITS // 8), np.uint8)
    views = turned(probe)
    return np.array(
        [next(back for back in range(ORIENTATIONS) if np.array_equal(turned(view)[back], probe)) for view in views]
    )


INVERSE = _inverse_orientations()
