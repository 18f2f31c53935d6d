"""The window shows what the catalogue holds, follows its changes, and can be used by keys and by a screen reader."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.datasets import BindingState, Statistics
from app.domain.files import SkippedFile
from app.domain.tasks import Stage, Status
from app.errors import StoreUnavailable
from app.events import Noun
from app.settings import Settings
from app.ui.main_window import MainWindow
from app.ui.rows import ROW
from app.ui.skipped import SkippedDialog
from app.ui.tokens import DARK, LIGHT
from tests.ui.factories import cluster, clusters, dataset, task
from tests.ui.shelf import PaperDesk, Shelf


def fill(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    shelf.datasets = [dataset("barcelona", found=0), dataset("garden")]
    shelf.clusters = {"garden": clusters([3, 2])}
    shelf.tasks = [task("t2", Status.FAILED, code="Interrupted"), task("t1", Status.SUCCEEDED)]
    window.overview.refresh()


def sidebar_texts(window: MainWindow) -> list[str]:
    model = window.sidebar._list.model()
    return [model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_it_begins_with_the_start_page_and_promises_that_nothing_is_deleted(window: MainWindow) -> None:
    assert window.frame.page() is window.start_page
    assert window.sidebar.isHidden()
    labels = [label.text() for label in window.start_page.findChildren(type(window.strip._rest))]
    assert "Nothing is deleted: ShotSift only looks at your photographs." in labels


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    window.resize(1280, 800)
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 800


def test_enter_on_a_recent_dataset_opens_it_and_leads_the_keys_to_its_photographs(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    fill(window, shelf, desk)
    window.start_page.recent.setFocus()
    model = window.start_page.recent.model()
    window.start_page.recent.setCurrentIndex(model.index(1, 0))
    name = str(window.start_page.recent._rows.rows[1].key)
    QTest.keyClick(window.start_page.recent, Qt.Key.Key_Return)
    assert window.clusters_page.shown() == name
    assert window.frame.page() is window.clusters_page


def test_the_sidebar_tells_datasets_folders_with_their_state_and_the_tasks(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    shelf.datasets = [dataset(), dataset("card", state=BindingState.RETRYING, found=18)]
    shelf.tasks = [task()]
    window.overview.refresh()
    assert sidebar_texts(window) == [
        "Datasets",
        "Garden, 2",
        "garden, watching",
        "Card, 18",
        "card, offline",
        "Activity",
        "Tasks, 1",
        "History",
    ]


def test_a_watched_folder_leaves_the_room_of_its_state_to_its_name(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    shelf.datasets = [dataset(), dataset("card", state=BindingState.RETRYING)]
    window.overview.refresh()
    model = window.sidebar._list.model()
    ends = [model.data(model.index(row, 0), ROW).cells[1].text for row in (2, 4)]
    assert ends == ["", "offline"]
    assert model.data(model.index(2, 0), Qt.ItemDataRole.ToolTipRole).endswith("garden · watching")


def test_clusters_of_a_dataset_are_shown_and_read_again_when_they_change(
    qtbot: QtBot, window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    fill(window, shelf, desk)
    window.show_dataset("garden")
    gallery = window.clusters_page.gallery
    assert gallery.model().rowCount() == 5
    assert gallery.hasFocus()
    gallery.setCurrentIndex(gallery.model().index(4, 0))
    shelf.clusters["garden"] = [cluster(50, 2, seconds=-500), *clusters([3, 2])]
    desk.announce(Noun.CLUSTERS)
    qtbot.waitUntil(lambda: gallery.model().rowCount() == 7)
    assert gallery.currentIndex().row() == 6
    assert gallery.hasFocus()


def test_many_changes_at_once_are_read_once(qtbot: QtBot, window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    fill(window, shelf, desk)
    asked = desk.asked
    for _ in range(50):
        desk.announce(Noun.TASKS)
    qtbot.waitUntil(lambda: desk.asked > asked)
    qtbot.wait(150)
    assert desk.asked == asked + 1


@pytest.mark.parametrize(
    ("files", "state", "busy", "title"),
    [
        (40, BindingState.RUNNING, False, "No similar photos found"),
        (0, BindingState.RUNNING, False, "No photos in this folder"),
        (0, BindingState.RUNNING, True, "Looking for similar photos…"),
        (0, BindingState.RETRYING, False, "Drive not connected"),
    ],
)
def test_an_empty_page_says_why(
    window: MainWindow, shelf: Shelf, files: int, state: BindingState, busy: bool, title: str
) -> None:
    shelf.datasets = [replace(dataset(state=state), statistics=Statistics(files=files))]
    shelf.tasks = [task()] if busy else []
    window.overview.refresh()
    window.show_dataset("garden")
    assert window.clusters_page.empty.isVisible()
    assert window.clusters_page.empty.title() == title


def test_files_that_could_not_be_read_are_told_and_listed_with_their_reasons(
    qtbot: QtBot, window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    fill(window, shelf, desk)
    shelf.skipped = [
        SkippedFile("/photos/scan.tif", "The file ends early."),
        SkippedFile("/photos/b.jpg", "No picture."),
    ]
    window.show_dataset("garden")
    assert window.clusters_page.skipped_button.text() == "2 files could not be read"
    window.clusters_page.skipped_button.click()
    dialog = window.findChild(SkippedDialog)
    assert isinstance(dialog, SkippedDialog)
    dialog.table.selectAll()
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "scan.tif\tThe file ends early.\t/photos\nb.jpg\tNo picture.\t/photos"
    dialog.close()


def test_a_running_task_shows_in_the_strip_and_can_be_stopped(window: MainWindow, desk: PaperDesk) -> None:
    assert window.strip._rest.isVisible()
    desk.progressed.emit(task())
    assert window.strip._stage.text() == "Reading files"
    assert window.strip._count.text() == "40 of 100"
    window.strip._stop.click()
    assert desk.done == [("cancel", "t1")]
    desk.ended.emit(task(status=Status.SUCCEEDED))
    assert window.strip._rest.isVisible()


def test_an_unknown_total_is_counted_without_a_bar(window: MainWindow, desk: PaperDesk) -> None:
    desk.progressed.emit(replace(task(stage=Stage.SCAN), done=1200, total=0))
    assert window.strip._count.text() in ("1200", "1,200")
    assert window.strip._bar.isHidden()


def test_the_end_of_a_task_is_told_in_the_window_and_leads_to_its_clusters(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    fill(window, shelf, desk)
    window.show_tasks()
    desk.ended.emit(task(status=Status.SUCCEEDED))
    assert window.notice.text() == "Garden: 84 clusters found, 2 files could not be read"
    window.notice._show.click()
    assert window.clusters_page.shown() == "garden"
    assert window.notice.text() == ""


def test_a_failed_task_leads_to_its_code_and_message(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    fill(window, shelf, desk)
    desk.ended.emit(task("t2", Status.FAILED, code="Interrupted"))
    assert window.notice.text() == "Garden: The drive was removed."
    window.notice._show.click()
    assert window.frame.page() is window.tasks_page
    assert "Code: Interrupted\nMessage: The drive was removed." in window.tasks_page.details()


def test_the_end_of_a_task_is_told_under_the_title_of_a_dataset_that_is_new(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    shelf.datasets = [dataset()]
    assert window.overview.dataset("garden") is None
    desk.ended.emit(task(status=Status.SUCCEEDED))
    assert window.notice.text().startswith("Garden: ")


def test_a_folder_that_cannot_be_opened_is_told_above_its_clusters_and_at_the_end_of_its_task(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    fill(window, shelf, desk)
    window.show_dataset("garden")
    assert not any(part.isVisible() for part in window.clusters_page.offline)
    shelf.datasets = [dataset(state=BindingState.RETRYING)]
    desk.ended.emit(task(status=Status.SUCCEEDED))
    assert all(part.isVisible() for part in window.clusters_page.offline)
    assert window.notice.text() == "Garden: Drive not connected, clusters kept"


def test_a_task_that_did_not_end_is_told_where_its_clusters_would_be(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    shelf.datasets, shelf.tasks = [dataset()], [task(status=Status.FAILED, code="Canceled")]
    window.overview.refresh()
    window.show_dataset("garden")
    assert window.clusters_page.empty.title() == "Not all photos were compared"


def test_the_tasks_take_the_keys_so_that_none_of_them_stops_a_task(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    fill(window, shelf, desk)
    desk.progressed.emit(task("t2"))
    window.show_tasks()
    assert window.tasks_page.tasks.hasFocus()
    QTest.keyClick(window.tasks_page.tasks, Qt.Key.Key_Space)
    assert desk.done == []


def test_what_could_not_be_done_is_said_in_the_window(window: MainWindow, desk: PaperDesk) -> None:
    desk.failed.emit(StoreUnavailable("/data/catalogue", "disk full"))
    assert "disk full" in window.notice.text()


def test_the_tasks_page_follows_the_running_task(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    fill(window, shelf, desk)
    shelf.tasks.insert(0, task("t3"))
    window.overview.refresh()
    window.show_tasks()
    desk.progressed.emit(task("t3"))
    assert window.tasks_page.card.isVisible()
    window.tasks_page.card._stop.click()
    assert desk.done == [("cancel", "t3")]
    desk.ended.emit(task("t3", Status.SUCCEEDED))
    assert window.tasks_page.card.isHidden()


def test_a_dropped_folder_is_added_and_a_dropped_file_stands_for_its_folder(
    window: MainWindow, desk: PaperDesk, tmp_path: Path
) -> None:
    folder, other = tmp_path / "one", tmp_path / "two"
    folder.mkdir()
    other.mkdir()
    photo = other / "a.jpg"
    photo.touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder)), QUrl.fromLocalFile(str(photo))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(drop)
    assert desk.done == [("add", str(folder)), ("add", str(other))]
    desk.added.emit("one")
    assert window.clusters_page.shown() == "one"


def test_ctrl_o_asks_for_a_folder(
    window: MainWindow, desk: PaperDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert desk.done == [("add", str(tmp_path.resolve()))]


def test_the_sample_photographs_are_there(window: MainWindow, desk: PaperDesk) -> None:
    window.commands.samples.trigger()
    [(done, folder)] = desk.done
    assert done == "add"
    assert len(list(Path(folder).rglob("*.[jJ][pP][gG]"))) >= 10


def test_f5_looks_again_in_the_dataset_shown_and_not_twice_at_once(
    window: MainWindow, shelf: Shelf, desk: PaperDesk
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert desk.done == []
    fill(window, shelf, desk)
    window.show_dataset("garden")
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert desk.done == [("find", "garden")]
    desk.progressed.emit(task())
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert desk.done == [("find", "garden")]


def test_plus_and_minus_change_the_size_and_it_is_kept(
    qtbot: QtBot, window: MainWindow, shelf: Shelf, desk: PaperDesk, settings: Settings, tmp_path: Path
) -> None:
    fill(window, shelf, desk)
    window.show_dataset("garden")
    before = settings.thumbnail_height
    QTest.keyClick(window.clusters_page.gallery, Qt.Key.Key_Plus)
    assert settings.thumbnail_height == before + 16
    qtbot.waitUntil(lambda: Settings.load(tmp_path).thumbnail_height == before + 16)


def test_a_theme_is_put_on_at_once_and_kept(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    assert window.look.theme == DARK
    light = next(action for action in window.commands.themes.actions() if action.data() == "light")
    light.trigger()
    assert window.look.theme == LIGHT
    assert window.palette().window().color() == QColor(LIGHT.panel)
    qtbot.waitUntil(lambda: Settings.load(tmp_path).theme == "light")


def test_escape_leads_back_to_the_start_page(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    fill(window, shelf, desk)
    window.show_dataset("garden")
    QTest.keyClick(window.clusters_page.gallery, Qt.Key.Key_Escape)
    assert window.frame.page() is window.start_page


def test_closing_during_a_task_tells_the_desk(window: MainWindow, desk: PaperDesk) -> None:
    desk.progressed.emit(task())
    window.close()
    assert ("close", "") in desk.done


def test_no_two_commands_share_a_key(window: MainWindow) -> None:
    keys = Counter(key.toString() for action in window.commands.all() for key in action.shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_command_is_in_a_menu(window: MainWindow) -> None:
    def within(actions: list[QAction]) -> set[QAction]:
        found = set(actions)
        for action in actions:
            menu = action.menu()
            if menu is not None:
                found |= within(menu.actions())  # type: ignore[attr-defined]
        return found

    assert set(window.commands.all()) <= within(window.menuBar().actions())


def test_every_button_has_a_name(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    fill(window, shelf, desk)
    nameless = [
        button
        for button in window.findChildren(QAbstractButton)
        if not (button.text() or button.accessibleName() or button.objectName().startswith("qt_"))
        and type(button).__module__.startswith("app.")
    ]
    assert nameless == []


def test_tab_reaches_the_buttons_and_leaves_the_gallery(window: MainWindow, shelf: Shelf, desk: PaperDesk) -> None:
    fill(window, shelf, desk)
    window.show_dataset("garden")
    seen = set()
    for _ in range(20):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert window.clusters_page.gallery in seen
    assert window.sidebar._list in seen
    assert any(isinstance(widget, QAbstractButton) for widget in seen)
