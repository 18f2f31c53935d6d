"""The frames of one cluster, laid on each other cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.files import Header, Measures
from app.domain.judgements import Region
from app.domain.qualities import CELLS, Detail, Quality

_SUBJECT = 0.75
"""Cells below this quantile of texture are no subject."""
_MIDDLE = 0.5
"""What texture at the edge of a picture counts, of that in its middle."""
_UNPLACED = 0.7
"""How much of the scene a frame is said to show that cannot be laid on the others."""
_NO_BORDER = 0.6
"""So much of one colour is a dark picture and no frame around one."""

Layers = NDArray[np.float32]
Marks = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """A member of a cluster as it is judged.

    ``place`` maps shares of the cluster's reference frame to shares of this one, (2, 3); None if it cannot be laid on
    it. ``copies`` is one number for all that are copies of one picture.
    """

    header: Header
    measures: Measures
    quality: Quality | None
    place: Values | None
    copies: int


@dataclass(frozen=True, slots=True)
class Laid:
    """The details of n frames on the grid of the reference: (n, 4, 16, 16) and (n, 16, 16), and where all have any."""

    finest: Layers
    fine: Layers
    middle: Layers
    coarse: Layers
    light: Layers
    shared: Marks


def lay(frames: Sequence[Frame], qualities: Sequence[Quality]) -> Laid:
    """Bring the details of all frames to the grid of the reference."""
    details = [Detail.from_bytes(one.detail) for one in qualities]
    sampled = [_sampled(detail, frame.place) for detail, frame in zip(details, frames, strict=True)]
    planes = np.stack([planes for planes, _ in sampled])
    shared = np.logical_and.reduce([inside for _, inside in sampled])
    if shared.mean() < 0.1:
        shared = np.ones_like(shared)
    return Laid(planes[:, :4], planes[:, 4:8], planes[:, 8], planes[:, 9], planes[:, 10], shared)


def _sampled(detail: Detail, place: Values | None) -> tuple[Layers, Marks]:
    """Take the values of a frame where the cells of the reference lie in it; tell which lie in it."""
    planes = np.concatenate([detail.finest, detail.fine, np.stack([detail.middle, detail.coarse, detail.light])])
    if place is None:
        return planes, np.ones((CELLS, CELLS), np.bool_)
    centres = (np.arange(CELLS) + 0.5) / CELLS
    x, y = np.meshgrid(centres, centres)
    there = np.stack([x, y, np.ones_like(x)], axis=-1) @ place.T
    column, row = there[..., 0] * CELLS - 0.5, there[..., 1] * CELLS - 0.5
    inside = np.logical_and.reduce([there[..., 0] >= 0, there[..., 0] <= 1, there[..., 1] >= 0, there[..., 1] <= 1])
    left, top = np.clip(np.floor(column), 0, CELLS - 2).astype(int), np.clip(np.floor(row), 0, CELLS - 2).astype(int)
    across, down = np.clip(column - left, 0, 1), np.clip(row - top, 0, 1)
    upper = planes[:, top, left] * (1 - across) + planes[:, top, left + 1] * across
    lower = planes[:, top + 1, left] * (1 - across) + planes[:, top + 1, left + 1] * across
    return (upper * (1 - down) + lower * down).astype(np.float32), inside


def choose_subject(laid: Laid) -> Marks:
    """Choose the cells by which sharpness is compared: the most textured that all frames share, the middle first."""
    centres = (np.arange(CELLS) + 0.5) / CELLS * 2 - 1
    distance = np.sqrt(centres[:, None] ** 2 + centres[None, :] ** 2) / np.sqrt(2)
    texture = np.where(laid.shared, laid.coarse.max(axis=0) * (1 - _MIDDLE * distance), -1)
    least = np.quantile(texture[laid.shared], _SUBJECT)
    chosen: Marks = np.logical_and(laid.shared, texture >= least)
    return chosen


def tell_scopes(frames: Sequence[Frame]) -> list[float]:
    """Give how much of the scene each frame shows, drawn pictures without their borders, of that of the reference."""
    found = []
    for frame in frames:
        border = frame.quality.border if frame.quality else 0.0
        drawn = 1.0 if border > _NO_BORDER else 1 - border
        size = 1 / _UNPLACED if frame.place is None else abs(float(np.linalg.det(frame.place[:, :2])))
        found.append(drawn / max(size, 1e-3))
    return found


def bound(subject: Marks) -> Region:
    """Give the square of a quarter of the grid that holds most of the subject."""
    side = CELLS // 4
    sums = np.lib.stride_tricks.sliding_window_view(subject, (side, side)).sum(axis=(2, 3))
    row, column = np.unravel_index(int(np.argmax(sums)), sums.shape)
    return float(column) / CELLS, float(row) / CELLS, side / CELLS, side / CELLS


def mapped(region: Region, place: Values | None) -> Region:
    """Give a region of the reference in a frame."""
    if place is None:
        return region
    left, top, width, height = region
    corners = np.array([(x, y, 1) for x in (left, left + width) for y in (top, top + height)])
    there = np.clip(corners @ place.T, 0, 1)
    (x, y), (right, bottom) = there.min(axis=0), there.max(axis=0)
    return round(float(x), 3), round(float(y), 3), round(float(right - x), 3), round(float(bottom - y), 3)
