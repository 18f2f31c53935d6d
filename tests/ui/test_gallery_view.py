"""The gallery can be walked by keys, found by the mouse and read by a screen reader, and it keeps its place."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QPainter, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.gallery_model import GalleryModel, arrange
from app.ui.gallery_view import GalleryView
from app.ui.look import Look
from app.ui.thumbnails import Thumbnails
from tests.ui.factories import cluster, clusters


@pytest.fixture
def gallery(qtbot: QtBot, look: Look, thumbnails: Thumbnails) -> GalleryView:
    view = GalleryView(look, thumbnails)
    model = GalleryModel(view)
    view.show_model(model)
    qtbot.addWidget(view)
    view.resize(1000, 700)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def fill(view: GalleryView, sizes: list[int]) -> None:
    model = view.model()
    assert isinstance(model, GalleryModel)
    with view.keeping_place():
        model.set_content(arrange(clusters(sizes)))


def test_right_leads_through_all_photographs_across_clusters(gallery: GalleryView) -> None:
    fill(gallery, [2, 3])
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    visited = [gallery.currentIndex().row()]
    for _ in range(5):
        QTest.keyClick(gallery, Qt.Key.Key_Right)
        visited.append(gallery.currentIndex().row())
    assert visited == [0, 1, 2, 3, 4, 4]
    assert [index.row() for index in gallery.selectedIndexes()] == [4]


def test_down_and_up_lead_from_cluster_to_cluster(gallery: GalleryView) -> None:
    fill(gallery, [3, 3, 3])
    gallery.setCurrentIndex(gallery.model().index(1, 0))
    QTest.keyClick(gallery, Qt.Key.Key_Down)
    assert gallery.currentIndex().row() == 4
    QTest.keyClick(gallery, Qt.Key.Key_Up)
    QTest.keyClick(gallery, Qt.Key.Key_Up)
    assert gallery.currentIndex().row() == 1


def test_home_end_and_pages_reach_the_ends(gallery: GalleryView) -> None:
    fill(gallery, [4] * 20)
    QTest.keyClick(gallery, Qt.Key.Key_End)
    assert gallery.currentIndex().row() == 79
    for _ in range(40):
        QTest.keyClick(gallery, Qt.Key.Key_PageUp)
    assert gallery.currentIndex().row() < 4
    QTest.keyClick(gallery, Qt.Key.Key_PageDown)
    assert gallery.currentIndex().row() >= 4
    QTest.keyClick(gallery, Qt.Key.Key_Home)
    assert gallery.currentIndex().row() == 0


def test_a_click_chooses_the_photograph_below_the_pointer(gallery: GalleryView) -> None:
    fill(gallery, [3, 3])
    place = gallery.visualRect(gallery.model().index(2, 0)).center()
    QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert gallery.currentIndex().row() == 2
    assert [index.row() for index in gallery.selectedIndexes()] == [2]


def click(view: GalleryView, row: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view.scrollTo(view.model().index(row, 0))
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_control_and_a_click_choose_one_more_or_one_less(gallery: GalleryView) -> None:
    fill(gallery, [3, 3])
    click(gallery, 1)
    click(gallery, 4, Qt.KeyboardModifier.ControlModifier)
    assert gallery.chosen() == [1, 4]
    click(gallery, 1, Qt.KeyboardModifier.ControlModifier)
    assert gallery.chosen() == [4]
    click(gallery, 0)
    assert gallery.chosen() == [0]


@pytest.mark.parametrize(("first", "last"), [(1, 7), (7, 1), (2, 4), (4, 2)])
def test_shift_and_a_click_choose_all_between_whatever_their_rows(gallery: GalleryView, first: int, last: int) -> None:
    fill(gallery, [3, 3, 3])
    click(gallery, first)
    click(gallery, last, Qt.KeyboardModifier.ShiftModifier)
    assert gallery.chosen() == list(range(min(first, last), max(first, last) + 1))


def test_shift_and_arrows_choose_more_and_less_again(gallery: GalleryView) -> None:
    fill(gallery, [3, 3, 3])
    click(gallery, 4)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(gallery, key, Qt.KeyboardModifier.ShiftModifier)
    assert gallery.chosen() == [4, 5]
    QTest.keyClick(gallery, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert gallery.chosen() == [2, 3, 4]
    QTest.keyClick(gallery, Qt.Key.Key_Right)
    assert gallery.chosen() == [3]


def test_control_walks_and_space_chooses_without_a_mouse(gallery: GalleryView) -> None:
    fill(gallery, [3, 3])
    click(gallery, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(gallery, key, Qt.KeyboardModifier.ControlModifier)
    assert gallery.chosen() == [0, 2]
    assert gallery.currentIndex().row() == 2


def test_chosen_photographs_stay_chosen_when_the_rest_is_read_again(gallery: GalleryView) -> None:
    model = gallery.model()
    assert isinstance(model, GalleryModel)
    model.set_content(arrange([cluster(10, 3, seconds=10), cluster(20, 3, seconds=20)]))
    click(gallery, 1)
    click(gallery, 4, Qt.KeyboardModifier.ControlModifier)
    with gallery.keeping_place():
        model.set_content(arrange([cluster(1, 2), cluster(10, 3, seconds=10), cluster(20, 3, seconds=20)]))
    assert gallery.chosen() == [3, 6]
    assert gallery.currentIndex().row() == 6


def test_the_next_photograph_is_current_where_a_cluster_goes_away_and_at_the_end_the_last(gallery: GalleryView) -> None:
    model = gallery.model()
    assert isinstance(model, GalleryModel)
    kept = [cluster(10, 3, seconds=10), cluster(30, 2, seconds=30)]
    model.set_content(arrange([kept[0], cluster(20, 3, seconds=20), kept[1]]))
    click(gallery, 4)
    with gallery.keeping_place():
        model.set_content(arrange(kept))
    assert (gallery.currentIndex().row(), gallery.chosen()) == (3, [3])
    with gallery.keeping_place():
        model.set_content(arrange(kept[:1]))
    assert (gallery.currentIndex().row(), gallery.chosen()) == (2, [2])


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(2, 9), min_size=1, max_size=8), st.integers(500, 1400), st.integers(96, 320))
def test_the_centre_of_each_rectangle_belongs_to_its_photograph(
    gallery: GalleryView, sizes: list[int], width: int, thumbnail: int
) -> None:
    fill(gallery, sizes)
    gallery.resize(width, 700)
    gallery.set_thumbnail(thumbnail)
    for row in range(sum(sizes)):
        index = gallery.model().index(row, 0)
        gallery.scrollTo(index)
        assert gallery.indexAt(gallery.visualRect(index).center()) == index


def test_a_photograph_scrolled_to_is_not_hidden_by_the_held_header(gallery: GalleryView) -> None:
    fill(gallery, [4] * 20)
    gallery.scrollTo(gallery.model().index(79, 0))
    gallery.scrollTo(gallery.model().index(5, 0))
    rect = gallery.visualRect(gallery.model().index(5, 0))
    assert rect.top() >= 36
    assert gallery.viewport().rect().contains(rect)


def test_the_current_photograph_stays_where_it_is_when_clusters_arrive_above(gallery: GalleryView) -> None:
    model = gallery.model()
    assert isinstance(model, GalleryModel)
    later = [cluster(100 * i, 4, seconds=1000 * i) for i in range(10, 20)]
    model.set_content(arrange(later))
    gallery.setCurrentIndex(model.index(22, 0))
    before, chosen = gallery.visualRect(gallery.currentIndex()), model.content.photos[22].file.file_id
    with gallery.keeping_place():
        model.set_content(arrange([cluster(1, 5), cluster(10, 5, seconds=10), *later]))
    row = gallery.currentIndex().row()
    assert row == 32
    assert model.content.photos[row].file.file_id == chosen
    assert gallery.visualRect(gallery.currentIndex()) == before
    assert gallery.hasFocus()


def test_a_screen_reader_finds_a_list_of_photographs(gallery: GalleryView) -> None:
    fill(gallery, [2, 2])
    interface = QAccessible.queryAccessibleInterface(gallery)
    assert interface.role() == QAccessible.Role.List
    assert interface.childCount() == 4
    assert interface.child(1).text(QAccessible.Text.Name) == "IMG_00002.jpg, 2 of 2, Burst, best"


def test_painting_steals_no_reference_to_none(gallery: GalleryView) -> None:
    pixmap = QPixmap(20, 20)
    painter = QPainter(pixmap)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.save()
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100


def test_a_frame_paints_only_what_is_in_sight(gallery: GalleryView) -> None:
    fill(gallery, [5] * 1000)
    assert len(gallery._rows_on(gallery.viewport().rect())) < 60
    assert gallery._rows_on(QRect(0, 0, 10, 10)).start == 0
    assert not gallery.grab().isNull()
