"""What a person says of photographs in the window, on real photographs, by keys and by the mouse."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.services.corrections import all_corrections
from app.ui.corrections_dialog import CorrectionsDialog
from app.ui.gallery_view import GalleryView
from tests.ui.test_story import BURST, PAIR, Story

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path) -> Iterator[Story]:
    """A window in front with two clusters; the keys are at its photographs."""
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(Path(shutil.copytree(photos, tmp_path / "holiday")))
    story.wait(lambda: len(story.clusters()) == 2 and gallery_of(story).isVisible())
    gallery_of(story).setFocus()
    yield story
    story.close()


def gallery_of(story: Story) -> GalleryView:
    return story.window.clusters_page.gallery


def go_to(story: Story, name: str) -> None:
    rows = story.window.clusters_page.content().photos
    row = next(row for row, photo in enumerate(rows) if photo.name == name)
    gallery_of(story).setCurrentIndex(gallery_of(story).model().index(row, 0))


def name_of_current(story: Story) -> object:
    return gallery_of(story).currentIndex().data()


def is_shown(story: Story, *clusters: set[str]) -> Callable[[], bool]:
    return lambda: {frozenset(names) for names in story.shown()} == {frozenset(names) for names in clusters}


def test_n_lets_a_cluster_go_and_control_z_brings_it_back(story: Story) -> None:
    go_to(story, "IMG_3607.JPG")
    QTest.keyClick(gallery_of(story), Key.Key_N)
    story.wait(is_shown(story, PAIR))
    assert name_of_current(story) in PAIR
    assert story.window.notice.text() == "4 photos are not similar. Ctrl+Z takes it back."
    assert story.window.commands.undo.text() == "&Undo: 4 photos are not similar"
    QTest.keyClick(gallery_of(story), Key.Key_Z, Modifier.ControlModifier)
    story.wait(is_shown(story, BURST, PAIR))
    assert not story.window.commands.undo.isEnabled()


def test_a_key_that_is_pressed_twice_counts_once(story: Story) -> None:
    go_to(story, "IMG_3607.JPG")
    QTest.keyClick(gallery_of(story), Key.Key_N)
    QTest.keyClick(gallery_of(story), Key.Key_N)
    story.wait(is_shown(story, PAIR))
    assert len(all_corrections(story.store, "holiday")) == 1


def test_keys_in_the_sidebar_do_nothing_to_the_photographs(story: Story) -> None:
    go_to(story, "IMG_3607.JPG")
    story.window.sidebar._list.setFocus()
    for key in (Key.Key_N, Key.Key_G):
        QTest.keyClick(story.window.sidebar._list, key)
    gallery_of(story).setFocus()
    assert all_corrections(story.store, "holiday") == []
    assert story.window.commands.not_similar.isEnabled()


def test_the_chosen_photographs_are_split_out_of_their_cluster(story: Story) -> None:
    go_to(story, "IMG_3606.JPG")
    QTest.keyClick(gallery_of(story), Key.Key_Right, Modifier.ShiftModifier)
    QTest.keyClick(gallery_of(story), Key.Key_G, Modifier.ControlModifier | Modifier.ShiftModifier)
    two = {"IMG_3606.JPG", "IMG_3607.JPG"}
    story.wait(is_shown(story, two, BURST - two, PAIR))
    story.wait(lambda: story.window.notice.text().startswith("2 photos split out of 4 photos"))


def test_g_makes_one_cluster_of_those_with_chosen_photographs_or_of_one_and_the_one_above(story: Story) -> None:
    gallery, merge = gallery_of(story), story.window.commands.merge
    gallery.setCurrentIndex(gallery.model().index(0, 0))
    assert (merge.isEnabled(), merge.toolTip()) == (False, "There is no cluster above this one")
    QTest.keyClick(gallery, Key.Key_End)
    assert merge.text() == "&Merge with the cluster above"
    QTest.keyClick(gallery, Key.Key_Home, Modifier.ShiftModifier)
    assert merge.text() == "&Merge 2 clusters into one"
    assert not story.window.commands.split_out.isEnabled()
    QTest.keyClick(gallery, Key.Key_G)
    story.wait(is_shown(story, BURST | PAIR))
    story.wait(lambda: story.window.notice.text().startswith("6 photos are the same"))


def test_copies_that_are_byte_for_byte_equal_are_not_called_different(story: Story, tmp_path: Path) -> None:
    folder = next((tmp_path / "holiday").rglob("olympus-e-10.jpg")).parent
    shutil.copy(folder / "olympus-e-10.jpg", folder / "copy.jpg")
    story.look_again()
    story.wait(lambda: len(story.clusters()) == 3)
    go_to(story, "copy.jpg")
    action = story.window.commands.not_similar
    assert (action.isEnabled(), action.toolTip()) == (False, "These photos are byte for byte equal")
    QTest.keyClick(gallery_of(story), Key.Key_G, Modifier.ControlModifier | Modifier.ShiftModifier)
    story.wait(lambda: "are byte for byte equal, so they cannot be different" in story.window.notice.text())
    assert len(story.clusters()) == 3


def test_the_commands_are_in_the_menu_of_a_photograph_by_key_and_by_mouse(story: Story) -> None:
    gallery = gallery_of(story)
    go_to(story, "ae_0.JPG")
    QTest.keyClick(gallery, Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    commands = story.window.commands
    named = [action for action in menu.actions() if not action.isSeparator()]
    assert named == [*commands.of_photo(), *commands.of_decided_cluster(), *commands.of_cluster()]
    menu.close()
    place = gallery.visualRect(gallery.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, gallery.viewport().mapToGlobal(QPoint(place)))
    QApplication.sendEvent(gallery.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Key.Key_N)
    story.wait(is_shown(story, BURST))


def test_nothing_can_be_said_where_no_photograph_is_in_sight(story: Story) -> None:
    go_to(story, "ae_0.JPG")
    assert story.window.commands.not_similar.isEnabled()
    story.window.show_tasks()
    assert not any(action.isEnabled() for action in story.window.commands.of_cluster())


def test_what_was_said_is_listed_and_taken_back_by_keys(story: Story) -> None:
    for name in ("ae_0.JPG", "IMG_3606.JPG"):
        go_to(story, name)
        QTest.keyClick(gallery_of(story), Key.Key_N)
        story.wait(lambda name=name: all(name not in names for names in story.shown()))  # type: ignore[misc]
    story.window.commands.corrections.trigger()
    story.wait(lambda: isinstance(QApplication.activeModalWidget(), CorrectionsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CorrectionsDialog)
    story.wait(lambda: dialog.table.model().rowCount() == 2)

    def said() -> list[object]:
        return [dialog.table.model().index(row, 1).data() for row in range(dialog.table.model().rowCount())]

    assert said() == ["4 photos are not similar", "2 photos are not similar"]
    QTest.keyClick(dialog.table, Key.Key_Delete)
    story.wait(lambda: said() == ["2 photos are not similar"])
    story.wait(is_shown(story, BURST))
    assert story.window.commands.undo.text() == "&Undo: 2 photos are not similar"
    QTest.keyClick(dialog, Key.Key_Escape)
    story.wait(lambda: QApplication.activeModalWidget() is None)
