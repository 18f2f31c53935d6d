"""The arithmetic of the gallery keeps its promises for any clusters, widths and sizes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.gallery_layout import GalleryLayout, lay_out, wanted

_aspect = st.floats(0.3, 6.0)
_groups = st.lists(st.lists(_aspect, min_size=2, max_size=12), min_size=1, max_size=12)


def make(groups: list[list[float]], width: int, thumbnail: int) -> GalleryLayout:
    starts = np.cumsum([0] + [len(group) for group in groups[:-1]])
    return lay_out(np.array([a for group in groups for a in group]), starts, width, thumbnail)


@settings(deadline=None)
@given(_groups, st.integers(600, 2500), st.integers(96, 320))
def test_the_centre_of_each_cell_leads_back_to_its_photograph(
    groups: list[list[float]], width: int, thumbnail: int
) -> None:
    layout = make(groups, width, thumbnail)
    for i in range(len(layout.x)):
        cell = layout.cell(i)
        assert layout.index_at(cell.x + cell.width // 2, cell.y + cell.height // 2) == i


@settings(deadline=None)
@given(_groups, st.integers(900, 2500), st.integers(96, 320))
def test_no_row_is_wider_than_the_view_and_no_photograph_too_small(
    groups: list[list[float]], width: int, thumbnail: int
) -> None:
    layout = make(groups, width, thumbnail)
    assert (layout.x + layout.width <= width - 16 + 6).all()
    photo_heights = layout.height - 12 - layout.caption
    assert (photo_heights >= np.floor(0.75 * thumbnail)).all()
    assert (photo_heights <= 1.4 * thumbnail).all()


@settings(deadline=None)
@given(_groups, st.integers(600, 2500), st.integers(96, 320))
def test_no_two_cells_overlap_and_reading_order_rises(groups: list[list[float]], width: int, thumbnail: int) -> None:
    layout = make(groups, width, thumbnail)
    same_row = layout.y[1:] == layout.y[:-1]
    assert (layout.x[1:][same_row] >= (layout.x + layout.width)[:-1][same_row]).all()
    assert (layout.y[1:][~same_row] >= (layout.y + layout.height)[:-1][~same_row]).all()


@given(_groups, st.integers(600, 2500))
def test_down_and_up_lead_one_row_on_and_stop_at_the_ends(groups: list[list[float]], width: int) -> None:
    layout = make(groups, width, 176)
    i, rows = 0, 1
    while (below := layout.step(i, 1)) != i:
        assert layout.y[below] > layout.y[i]
        i, rows = below, rows + 1
    assert rows == len(np.unique(layout.y))
    while (above := layout.step(i, -1)) != i:
        i = above
    assert layout.y[i] == layout.y[0]


def test_a_page_down_moves_at_least_one_row() -> None:
    layout = make([[1.5] * 6] * 8, 700, 320)
    assert layout.y[layout.page(0, 100)] > layout.y[0]
    assert layout.page(len(layout.x) - 1, 900) == len(layout.x) - 1


def test_photographs_on_the_screen_are_wanted_first_and_none_twice() -> None:
    layout = make([[1.5] * 6] * 40, 1000, 120)
    order = list(wanted(layout, 2000, 600, 2))
    seen = list(layout.between(2000, 2600))
    assert order[: len(seen)] == seen
    assert len(order) == len(set(order)) > len(seen)


def test_an_empty_gallery_has_no_height() -> None:
    layout = lay_out(np.zeros(0), np.zeros(0, np.int64), 800, 176)
    assert layout.total_height == 0
    assert layout.index_at(10, 10) == -1
    assert list(layout.between(0, 500)) == []


def test_a_hundred_thousand_photographs_are_placed_at_once() -> None:
    counts = np.resize(np.arange(2, 41), 4762)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    rng = np.random.default_rng(1)
    layout = lay_out(rng.choice([0.75, 1.5, 1.33], counts.sum()), starts, 1500, 176)
    assert len(layout.x) > 99_000
