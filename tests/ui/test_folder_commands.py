"""What a person does with a watched folder, on real photographs: pause, resume, locate and remove it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.datasets import Binding, BindingPhase, BindingState, Statistics
from app.services.bindings import all_bindings
from app.ui.folder_commands import RemoveDialog
from app.ui.main_window import MainWindow
from tests.ui.factories import dataset
from tests.ui.shelf import PaperDesk, Shelf
from tests.ui.test_story import BURST, PAIR, Story

NEW = "again.JPG"
Key = Qt.Key


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(photos, tmp_path / "holiday"))


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, folder: Path) -> Iterator[Story]:
    """A window in front that looked through the folder; the keys are at its row."""
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(folder)
    story.wait(lambda: len(story.clusters()) == 2 and said(story.window) == ["holiday, watching"])
    go_to_folder(story.window, folder)
    yield story
    story.close()


def said(window: MainWindow) -> list[str]:
    """Give the rows of folders as a screen reader says them."""
    rows = window.sidebar._list.model()
    indexes = [rows.index(row, 0) for row in range(rows.rowCount())]
    return [
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        for index in indexes
        if getattr(index.data(Qt.ItemDataRole.UserRole), "folder", "")
    ]


def go_to_folder(window: MainWindow, folder: Path) -> None:
    """Walk to the row of a folder by keys."""
    places = window.sidebar._list
    places.setFocus()
    for _ in range(places.model().rowCount()):
        if (window.sidebar.folder() or ("", ""))[1] == str(folder):
            return
        QTest.keyClick(places, Key.Key_Down)
    raise AssertionError("no row of this folder")


def popup() -> QWidget:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def press(window: MainWindow, letter: Qt.Key) -> None:
    """Do a command of the current row by keys alone."""
    QTest.keyClick(window.sidebar._list, Key.Key_Menu)
    QTest.keyClick(popup(), letter)


def dialog_of(story: Story, kind: type[QWidget]) -> QWidget:
    story.wait(lambda: isinstance(QApplication.activeModalWidget(), kind))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog


def choose_folder(story: Story, folder: Path) -> None:
    dialog = dialog_of(story, QFileDialog)
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(str(folder))
    QTest.keyClick(field, Key.Key_Return)
    story.wait(lambda: QApplication.activeModalWidget() is None)


def bindings_of(story: Story) -> list[Binding]:
    return all_bindings(story.store)


def test_a_paused_folder_says_so_and_nothing_is_found_until_it_is_resumed(story: Story, folder: Path) -> None:
    press(story.window, Key.Key_P)
    story.wait(lambda: said(story.window) == ["holiday, paused"])
    shutil.copy(folder / "spring-cleaning" / "ae_0.JPG", folder / NEW)
    story.window.commands.find.trigger()
    story.wait(lambda: len(story.ended) == 2)
    assert story.ended[-1].counts.read == 0
    assert PAIR in story.shown()
    press(story.window, Key.Key_R)
    story.wait(lambda: PAIR | {NEW} in story.shown())
    story.wait(lambda: said(story.window) == ["holiday, watching"])


def test_a_resumed_folder_that_missed_nothing_is_watched_and_needs_no_task(story: Story) -> None:
    press(story.window, Key.Key_P)
    story.wait(lambda: said(story.window) == ["holiday, paused"])
    press(story.window, Key.Key_R)
    story.wait(lambda: said(story.window) == ["holiday, watching"])
    assert len(story.ended) == 1


def test_a_folder_without_photos_was_read_too(story: Story, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    story.desk.add_folder(str(tmp_path / "empty"))
    story.wait(lambda: "empty, watching" in said(story.window))
    story.wait(lambda: story.window.clusters_page.empty.title() == "No photos in this folder")


def test_a_renamed_folder_that_is_located_keeps_its_clusters_and_is_watched_again(story: Story, folder: Path) -> None:
    before = story.clusters()
    moved = folder.rename(folder.with_name("summer"))
    story.wait(lambda: said(story.window) == ["holiday, offline"], 20_000)
    help_text = story.window.sidebar._list.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert help_text.endswith("is its drive connected? · If the folder was moved, use Locate folder…")
    assert all(part.isVisible() for part in story.window.clusters_page.offline)
    press(story.window, Key.Key_L)
    choose_folder(story, moved)
    story.wait(lambda: said(story.window) == ["summer, watching"])
    assert story.window.notice.text() == f"holiday was found in {moved}"
    assert [one.object_id for one in story.clusters()] == [one.object_id for one in before]
    shutil.copy(moved / "spring-cleaning" / "ae_0.JPG", moved / NEW)
    story.wait(lambda: PAIR | {NEW} in story.shown(), 20_000)


def test_a_folder_that_holds_none_of_the_photos_is_not_taken_and_the_reason_told(
    story: Story, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    press(story.window, Key.Key_L)
    assert dialog_of(story, QFileDialog).windowTitle() == "Where is “holiday” now?"
    choose_folder(story, tmp_path / "other")
    story.wait(lambda: "holds none of the photographs" in story.window.notice.text())
    assert [binding.path for binding in bindings_of(story)] == [str(folder)]


def test_the_page_of_a_folder_that_cannot_be_opened_offers_to_locate_it(story: Story, folder: Path) -> None:
    moved = folder.rename(folder.with_name("summer"))
    button = story.window.clusters_page.offline[-1]
    story.wait(button.isVisible, 20_000)
    story.window.clusters_page.take_keys()
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    choose_folder(story, moved)
    story.wait(lambda: said(story.window) == ["summer, watching"])


def test_a_removed_folder_whose_photos_are_kept_keeps_its_clusters(story: Story, folder: Path) -> None:
    press(story.window, Key.Key_M)
    dialog = dialog_of(story, RemoveDialog)
    QTest.keyClick(button_of(dialog, "Keep in ShotSift"), Key.Key_Return)
    story.wait(lambda: story.window.notice.text() == "holiday is no longer watched")
    story.wait(lambda: said(story.window) == [])
    assert bindings_of(story) == []
    assert {frozenset(names) for names in story.shown()} == {frozenset(BURST), frozenset(PAIR)}
    assert (folder / "spring-cleaning" / "ae_0.JPG").exists()


def test_the_photos_of_a_removed_folder_are_forgotten_and_stay_on_the_disk(story: Story, folder: Path) -> None:
    count = story.window.overview.datasets[0].statistics.files
    on_disk = sorted(folder.rglob("*"))
    press(story.window, Key.Key_M)
    dialog = dialog_of(story, RemoveDialog)
    texts = [label.text() for label in dialog.findChildren(type(story.window.strip._rest))]
    assert texts[:2] == [
        "Stop watching “holiday”?",
        f"Its {count} photos stay on your disk, whatever you choose.",
    ]
    QTest.keyClick(button_of(dialog, "Forget photos"), Key.Key_Return)
    story.wait(lambda: story.window.notice.text() == f"holiday is no longer watched; {count} photos forgotten")
    story.wait(lambda: story.window.clusters_page.empty.title() == "No folder is watched here")
    assert story.clusters() == ()
    assert [one.title for one in story.window.overview.datasets] == ["holiday"]
    assert sorted(folder.rglob("*")) == on_disk


def test_photos_forgotten_while_a_task_reads_them_do_not_come_back(story: Story, folder: Path) -> None:
    for photo in sorted(folder.rglob("*.[jJ]*")):
        for copy in range(10):
            (folder / f"{photo.stem}-{copy}.jpg").write_bytes(photo.read_bytes() + bytes([copy]))
    story.window.commands.find.trigger()
    story.wait_for_reading(5)
    press(story.window, Key.Key_M)
    QTest.keyClick(button_of(dialog_of(story, RemoveDialog), "Forget photos"), Key.Key_Return)
    story.wait(lambda: story.window.overview.datasets[0].statistics == Statistics())
    assert [task.code for task in story.ended[1:]] == ["Canceled"]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return])
def test_escape_and_return_in_the_question_change_nothing(story: Story, folder: Path, key: Qt.Key) -> None:
    press(story.window, Key.Key_M)
    dialog = dialog_of(story, RemoveDialog)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    assert (focused.text(), focused.isDefault()) == ("Cancel", True)
    QTest.keyClick(focused, key)
    story.wait(lambda: QApplication.activeModalWidget() is None)
    assert not dialog.isVisible()
    assert [binding.path for binding in bindings_of(story)] == [str(folder)]
    assert len(story.clusters()) == 2


def test_a_folder_without_photos_of_its_own_is_removed_without_a_choice(story: Story, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    story.desk.add_folder(str(empty))
    story.wait(lambda: "empty, watching" in said(story.window))
    go_to_folder(story.window, empty)
    press(story.window, Key.Key_M)
    dialog = dialog_of(story, RemoveDialog)
    (box,) = dialog.findChildren(QDialogButtonBox)
    assert {button.text() for button in box.buttons()} == {"Remove", "Cancel"}
    QTest.keyClick(button_of(dialog, "Remove"), Key.Key_Space)
    story.wait(lambda: story.window.notice.text() == "empty is no longer watched")
    story.wait(lambda: said(story.window) == ["holiday, watching"])


def test_the_menu_bar_has_the_same_commands_for_the_only_folder_of_the_dataset_shown(story: Story) -> None:
    story.window.clusters_page.take_keys()
    story.window.sidebar._list.setCurrentIndex(story.window.sidebar._list.model().index(1, 0))
    QTest.keyClick(story.window, Key.Key_L, Qt.KeyboardModifier.AltModifier)
    menu = popup()
    assert menu is story.window.commands.folder_menu
    assert story.window.commands.folder.text() == "holiday"
    QTest.keyClick(menu, Key.Key_P)
    story.wait(lambda: said(story.window) == ["holiday, paused"])


def button_of(dialog: QWidget, text: str) -> QPushButton:
    (button,) = (button for button in dialog.findChildren(QPushButton) if button.text() == text)
    button.setFocus()
    return button


def with_two_folders(shelf: Shelf, window: MainWindow) -> list[Binding]:
    one = dataset()
    two = replace(one.bindings[0], path="/photos/pond & lake", state=BindingState.RETRYING, reason="Gone")
    shelf.datasets = [replace(one, bindings=(*one.bindings, two))]
    window.overview.refresh()
    window.show_dataset("garden")
    return list(shelf.datasets[0].bindings)


def test_of_several_folders_one_has_to_be_chosen_first(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    with_two_folders(shelf, window)
    commands = window.commands
    assert not any(action.isEnabled() for action in commands.of_folder())
    assert commands.pause_folder.toolTip() == commands.folder.text() == "Choose a folder in the sidebar"
    go_to_folder(window, Path("/photos/pond & lake"))
    assert [action.isEnabled() for action in commands.of_folder()] == [True, False, True, True]
    assert commands.folder.text() == "pond && lake"
    commands.pause_folder.trigger()
    assert desk.done == [("pause", "garden /photos/pond & lake")]


def test_of_the_start_page_no_folder_is_meant(window: MainWindow, shelf: Shelf) -> None:
    shelf.datasets = [dataset()]
    window.overview.refresh()
    window.show_dataset("garden")
    window.show_start()
    window.commands.folder_menu.aboutToShow.emit()
    assert not any(action.isEnabled() for action in window.commands.of_folder())


def test_a_paused_folder_can_be_resumed_and_a_watched_one_paused(window: MainWindow, shelf: Shelf) -> None:
    commands = window.commands
    for state, offered in ((BindingState.STOPPED, "resume"), (BindingState.RUNNING, "pause")):
        shelf.datasets = [dataset(state=state)]
        window.overview.refresh()
        window.show_dataset("garden")
        visible = [commands.pause_folder.isVisible(), commands.resume_folder.isVisible()]
        assert visible == [offered == "pause", offered == "resume"]


@pytest.mark.parametrize("row", [0, 1, 2])
def test_only_a_row_of_a_folder_has_a_menu_by_any_way(window: MainWindow, shelf: Shelf, row: int) -> None:
    shelf.datasets = [dataset()]
    window.overview.refresh()
    window.show_dataset("garden")
    places = window.sidebar._list
    index = places.model().index(row, 0)
    place = places.visualRect(index).center()
    reason = QContextMenuEvent.Reason
    QApplication.sendEvent(
        places.viewport(), QContextMenuEvent(reason.Mouse, place, places.viewport().mapToGlobal(place))
    )
    assert (QApplication.activePopupWidget() is not None) == (row == 2)
    places.setCurrentIndex(index)
    for ask in (
        lambda: QTest.keyClick(places, Key.Key_F10, Qt.KeyboardModifier.ShiftModifier),
        lambda: QTest.keyClick(places, Key.Key_Menu),
        lambda: QApplication.sendEvent(places.viewport(), QContextMenuEvent(reason.Keyboard, QPoint(), QPoint())),
    ):
        if row == 2:
            popup().close()
        ask()
        assert (QApplication.activePopupWidget() is not None) == (row == 2)


def test_keys_that_ask_for_the_menu_twice_open_it_once(window: MainWindow, shelf: Shelf) -> None:
    shelf.datasets = [dataset()]
    window.overview.refresh()
    window.show_dataset("garden")
    go_to_folder(window, Path("/photos/garden"))
    QTest.keyClick(window.sidebar._list, Key.Key_Menu)
    menu = popup()
    QTest.keyClick(window.sidebar._list, Key.Key_Menu)
    assert popup() is menu
    assert len([child for child in window.findChildren(QMenu) if child.title() == "garden"]) == 1


def test_a_folder_that_is_still_read_claims_no_result(window: MainWindow, shelf: Shelf) -> None:
    one = dataset()
    reading = replace(one.bindings[0], phase=BindingPhase.FULL)
    shelf.datasets = [replace(one, bindings=(reading,))]
    window.overview.refresh()
    window.show_dataset("garden")
    assert said(window) == ["garden, scanning"]
    assert window.clusters_page.empty.title() == "Looking for similar photos…"


def test_a_folder_paused_before_it_was_read_is_not_said_to_hold_no_photos(window: MainWindow, shelf: Shelf) -> None:
    shelf.datasets = [replace(dataset(state=BindingState.STOPPED), statistics=Statistics())]
    window.overview.refresh()
    window.show_dataset("garden")
    assert window.clusters_page.empty.title() == "Watching is paused"
