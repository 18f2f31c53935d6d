"""Where each photograph and each header of the gallery lies: arithmetic over all clusters at once, without Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from app.ui.tokens import CLUSTER_HEADER, GAP_L, GAP_XL, MAT, THUMBNAIL_BIGGER_CAPTION

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WIDEST = 2.4
"""Frames wider than this are fitted whole into a cell of this proportion."""
_GAP = GAP_XL
_MARGIN = GAP_XL
_LOWEST, _HIGHEST, _HIGHEST_PORTRAIT = 0.75, 1.25, 1.4


class Box(NamedTuple):
    """A rectangle in the gallery, from its top left corner."""

    x: int
    y: int
    width: int
    height: int


def caption_height(thumbnail: int) -> int:
    """Return the space below a photograph: two lines, or one where photographs are small."""
    return 38 if thumbnail >= THUMBNAIL_BIGGER_CAPTION else 22


@dataclass(frozen=True, slots=True, eq=False)
class GalleryLayout:
    """The places of ``len(x)`` photographs in ``len(tops) - 1`` clusters.

    ``x``, ``y``, ``width`` and ``height`` are those of the cells (mat, photograph and caption); they rise in reading
    order. ``tops`` are the upper edges of the clusters and, last, the lower edge of all.
    """

    x: Ints
    y: Ints
    width: Ints
    height: Ints
    tops: Ints
    caption: int
    view_width: int

    @property
    def total_height(self) -> int:
        return int(self.tops[-1])

    def cell(self, i: int) -> Box:
        return Box(int(self.x[i]), int(self.y[i]), int(self.width[i]), int(self.height[i]))

    def photo(self, i: int) -> Box:
        """Return the place of the photograph itself in its cell."""
        x, y, width, height = self.cell(i)
        return Box(x + MAT, y + MAT, width - 2 * MAT, height - 2 * MAT - self.caption)

    def header(self, group: int) -> Box:
        return Box(0, int(self.tops[group]), self.view_width, CLUSTER_HEADER)

    def group_at(self, y: int) -> int:
        """Return the cluster at a height, the nearest one outside."""
        return int(np.clip(np.searchsorted(self.tops, y, side="right") - 1, 0, len(self.tops) - 2))

    def index_at(self, x: int, y: int) -> int:
        """Return the photograph whose cell covers a point, or -1."""
        first, end = self._row_at(y)
        i = first + int(np.searchsorted(self.x[first:end], x, side="right")) - 1
        if i < first:
            return -1
        cell = self.cell(i)
        inside = x < cell.x + cell.width and cell.y <= y < cell.y + cell.height
        return i if inside else -1

    def between(self, top: int, bottom: int) -> range:
        """Return the photographs whose cells touch a band of heights."""
        first, _ = self._row_at(top)
        return range(first, int(np.searchsorted(self.y, bottom, side="left")))

    def step(self, i: int, rows: int) -> int:
        """Return the photograph nearest to being straight above (``rows`` -1) or below (1) of ``i``."""
        first, end = self._row_of(i)
        target = first - 1 if rows < 0 else end
        return i if not 0 <= target < len(self.x) else self._nearest(target, i)

    def page(self, i: int, distance: int) -> int:
        """Return the photograph about ``distance`` below ``i``, at least one row away where there is one."""
        y = int(np.clip(self.y[i] + distance, 0, self.total_height))
        first, end = self._row_at(y)
        near = self._nearest(first if end > first else max(0, first - 1), i)
        return self.step(i, -1 if distance < 0 else 1) if self.y[near] == self.y[i] else near

    def _nearest(self, target: int, i: int) -> int:
        first, end = self._row_of(target)
        centre = self.x[i] + self.width[i] / 2
        return first + int(np.argmin(np.abs(self.x[first:end] + self.width[first:end] / 2 - centre)))

    def _row_of(self, i: int) -> tuple[int, int]:
        y = self.y[i]
        return int(np.searchsorted(self.y, y, side="left")), int(np.searchsorted(self.y, y, side="right"))

    def _row_at(self, y: int) -> tuple[int, int]:
        """Return the photographs of the row at or above a height, as a half-open range."""
        last = int(np.searchsorted(self.y, y, side="right")) - 1
        return (0, 0) if last < 0 else self._row_of(last)


def lay_out(aspects: Floats, starts: Ints, view_width: int, thumbnail: int) -> GalleryLayout:
    """Place all photographs.

    Args:
        aspects: width divided by height of each photograph as shown.
        starts: the first photograph of each cluster; no cluster is empty.
        view_width: width of the gallery.
        thumbnail: wished height of a photograph.
    """
    if not len(aspects):
        none = np.zeros(0, np.int64)
        return GalleryLayout(none, none, none, none, np.zeros(2, np.int64), caption_height(thumbnail), view_width)
    space = max(view_width - 2 * _MARGIN, 2 * thumbnail)
    flow = _Flow(np.minimum(aspects, WIDEST), np.asarray(starts, np.int64), space, thumbnail)
    rows, heights = flow.solve()
    return _place(flow, rows, heights, view_width)


class _Flow:
    """How many rows each cluster takes, and how high its photographs become."""

    def __init__(self, aspects: Floats, starts: Ints, space: int, thumbnail: int) -> None:
        self.aspects, self.starts, self.space, self.thumbnail = aspects, starts, space, thumbnail
        self.counts = np.diff(np.append(starts, len(aspects)))
        self.group = np.repeat(np.arange(len(starts)), self.counts)
        self.sums = np.add.reduceat(aspects, starts)
        running = np.cumsum(aspects)
        self.middles = running - aspects / 2 - (running[starts] - aspects[starts])[self.group]

    def solve(self) -> tuple[Ints, Floats]:
        """Return the row of each photograph in its cluster, and the height of each cluster's photographs."""
        wished = (self.sums * self.thumbnail + (self.counts - 1) * _GAP) / (self.space + _GAP)
        rows = np.clip(np.round(wished), 1, self.counts).astype(np.int64)
        row_of, heights = self._fit(rows)
        # It ends: the space takes the widest frame at this height, and at last each frame has a row of its own.
        while (low := heights < _LOWEST * self.thumbnail).any():
            rows = rows + low
            row_of, heights = self._fit(rows)
        portrait = self.sums / self.counts < 1
        highest = np.where(portrait, _HIGHEST_PORTRAIT, _HIGHEST) * self.thumbnail
        return row_of, np.minimum(heights, highest)

    def _fit(self, rows: Ints) -> tuple[Ints, Floats]:
        share = np.floor(rows[self.group] * self.middles / self.sums[self.group]).astype(np.int64)
        share = np.minimum(share, rows[self.group] - 1)
        begins = row_begins(self.group, share)
        row_starts = np.flatnonzero(begins)
        counts = np.diff(np.append(row_starts, len(share)))
        fits = (self.space - _GAP * (counts - 1)) / np.add.reduceat(self.aspects, row_starts)
        heights = np.minimum.reduceat(fits, np.searchsorted(row_starts, self.starts))
        # A very wide frame can leave the row after it empty: count the rows that have photographs.
        dense = np.cumsum(begins) - 1
        return dense - dense[self.starts][self.group], heights


def row_begins(group: Ints, row: Ints) -> npt.NDArray[np.bool_]:
    """Tell for each photograph whether it is the first one of its row."""
    first = np.ones(len(row), np.bool_)
    first[1:] = (np.diff(group) != 0) | (np.diff(row) != 0)
    return first


def _place(flow: _Flow, rows: Ints, heights: Floats, view_width: int) -> GalleryLayout:
    caption = caption_height(flow.thumbnail)
    group, starts = flow.group, flow.starts
    photo_heights = np.maximum(np.floor(heights), 1).astype(np.int64)
    pitch = photo_heights + 2 * MAT + caption
    row_counts = np.maximum.reduceat(rows, starts) + 1
    tops = np.concatenate(([0], np.cumsum(CLUSTER_HEADER + row_counts * pitch + GAP_L)))
    widths = np.maximum(np.floor(flow.aspects * photo_heights[group]), 1).astype(np.int64)
    row_starts = np.flatnonzero(row_begins(group, rows))
    offsets = np.cumsum(widths + _GAP) - (widths + _GAP)
    row_of = np.repeat(np.arange(len(row_starts)), np.diff(np.append(row_starts, len(rows))))
    return GalleryLayout(
        x=_MARGIN - MAT + offsets - offsets[row_starts][row_of],
        y=tops[:-1][group] + CLUSTER_HEADER + rows * pitch[group],
        width=widths + 2 * MAT,
        height=pitch[group],
        tops=tops,
        caption=caption,
        view_width=view_width,
    )


def wanted(layout: GalleryLayout, top: int, height: int, pages: int) -> Iterator[int]:
    """Yield the photographs on the screen, then those of some pages below and above, nearest first."""
    seen = layout.between(top, top + height)
    yield from seen
    below = layout.between(top + height, top + height * (pages + 1))
    yield from (i for i in below if i >= seen.stop)
    above = layout.between(max(0, top - height * pages), top)
    yield from (i for i in reversed(above) if i < seen.start)
