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
_BLOCK = 512
_SPAN = 32768

Bits = NDArray[np.float32]


def bits_of(phashes: list[bytes]) -> Bits:
    """Turn n phashes of 32 bytes into an (n, 256) array of +1 and -1."""
    raw = np.frombuffer(b"".join(phashes), dtype=np.uint8).reshape(len(phashes), BITS // 8)
    return np.unpackbits(raw, axis=1).astype(np.float32) * 2 - 1


def turned(bits: Bits) -> NDArray[np.float32]:
    """Give the hashes of the eight orientations of n pictures, shape (8, n, 256).

    Orientation k applies, in this order: transpose if k & 4, mirror left-right if k & 1, top-bottom if k & 2. It is the
    same k that ``geometry.turn`` takes.
    """
    signs = np.where(np.arange(SIDE) % 2, -1, 1).astype(np.float32)
    squares = bits.reshape(-1, SIDE, SIDE)
    views = []
    for k in range(ORIENTATIONS):
        view = squares.transpose(0, 2, 1) if k & 4 else squares
        if k & 1:
            view = view * signs[None, None, :]
        if k & 2:
            view = view * signs[None, :, None]
        views.append(view.reshape(-1, BITS))
    return np.stack(views)


def near_pairs(bits: Bits, new: NDArray[np.bool_], max_distance: int) -> tuple[NDArray[np.intp], ...]:
    """Find all pairs with at least one new picture whose distance in the best orientation is small enough.

    Args:
        bits: (n, 256) of +1 and -1.
        new: (n,) which pictures are new.
        max_distance: largest Hamming distance of a pair.

    Returns:
        Four arrays of one length: first and second index (first < second), distance, and the orientation into which
        the *first* has to be turned to look like the second.
    """
    found: list[tuple[NDArray[np.intp], ...]] = [(np.empty(0, np.intp),) * 4]
    rows = np.flatnonzero(new)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        views = turned(bits[block])
        for low in range(0, len(bits), _SPAN):
            found.append(_near_in_span(views, bits[low : low + _SPAN], block, low, max_distance))
    first, second, distance, orientation = (np.concatenate(parts) for parts in zip(*found, strict=True))
    once = ~new[second] | (first < second)
    first, second, distance, orientation = first[once], second[once], distance[once], orientation[once]
    swap = first > second
    orientation = np.where(swap, _INVERSE[orientation], orientation)
    return np.where(swap, second, first), np.where(swap, first, second), distance, orientation


def _near_in_span(
    views: NDArray[np.float32], span: Bits, block: NDArray[np.intp], low: int, max_distance: int
) -> tuple[NDArray[np.intp], ...]:
    """Compare one block of new pictures with one span of all pictures."""
    best = np.full((len(block), len(span)), -BITS, np.float32)
    orientation = np.zeros(best.shape, np.int8)
    for k, view in enumerate(views):
        agreement = view @ span.T
        better = agreement > best
        np.copyto(best, agreement, where=better)
        orientation[better] = k
    distance = ((BITS - best) / 2).astype(np.intp)
    row, column = np.nonzero(distance <= max_distance)
    other = block[row] != column + low
    row, column = row[other], column[other]
    return block[row], column + low, distance[row, column], orientation[row, column].astype(np.intp)


def _inverse_orientations() -> NDArray[np.intp]:
    """Find for each orientation the one that takes it back."""
    probe = np.arange(1, SIDE * SIDE + 1, dtype=np.float32).reshape(1, -1)
    views = turned(probe)
    return np.array([
        next(back for back in range(ORIENTATIONS) if np.array_equal(turned(view)[back], probe)) for view in views
    ])


_INVERSE = _inverse_orientations()
