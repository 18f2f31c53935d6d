"""The real window on real photographs: a folder becomes clusters, and what is added leaves a person where they are."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.tasks import Status, Task
from app.settings import Settings
from app.store import Store
from app.ui.main_window import MainWindow
from app.workers.desk import Desk

_PATIENCE_MS = 60_000


@pytest.fixture
def desk(qtbot: QtBot, data_dir: Path) -> Iterator[Desk]:
    with Store(data_dir) as store:
        desk = Desk(store)
        yield desk
        desk.close()


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, data_dir: Path) -> MainWindow:
    window = MainWindow(desk, Settings.load(data_dir))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def folder(tmp_path: Path, photos: Path) -> Path:
    folder = tmp_path / "Garden"
    folder.mkdir()
    for picture in sorted(photos.rglob("*")):
        if picture.suffix.lower() == ".jpg":
            shutil.copy(picture, folder / picture.name)
    (folder / "torn.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    return folder


def end_of_task(qtbot: QtBot, desk: Desk) -> Task:
    with qtbot.waitSignal(desk.ended, timeout=_PATIENCE_MS) as ended:
        pass
    assert ended.args is not None
    task = ended.args[0]
    assert isinstance(task, Task)
    return task


def test_a_folder_becomes_clusters_with_thumbnails_that_the_keys_walk_through(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    window.add_paths([str(folder)])
    assert end_of_task(qtbot, desk).status is Status.SUCCEEDED
    page = window.clusters_page
    qtbot.waitUntil(lambda: page.gallery.model().rowCount() >= 6, timeout=_PATIENCE_MS)
    assert window.frame.page() is page
    told = "Garden: 2 clusters found, 1 file could not be read"
    qtbot.waitUntil(lambda: window.notice.text() == told)
    qtbot.waitUntil(lambda: page.skipped_button.text() == "1 file could not be read")
    content = page._model.content
    qtbot.waitUntil(lambda: all(window._thumbnails.whole(photo.file.sha256) for photo in content.photos))
    QTest.keyClick(page.gallery, Qt.Key.Key_End)
    assert page.gallery.currentIndex().row() == page.gallery.model().rowCount() - 1


def test_a_new_photograph_appears_without_moving_the_one_looked_at(
    qtbot: QtBot, window: MainWindow, desk: Desk, folder: Path
) -> None:
    late = folder / "ae_1.JPG"
    kept = late.read_bytes()
    late.unlink()
    window.add_paths([str(folder)])
    end_of_task(qtbot, desk)
    gallery = window.clusters_page.gallery
    qtbot.waitUntil(lambda: gallery.model().rowCount() == 4, timeout=_PATIENCE_MS)
    gallery.setCurrentIndex(gallery.model().index(2, 0))
    chosen, place = gallery.currentIndex().data(), gallery.visualRect(gallery.currentIndex())
    late.write_bytes(kept)
    window.commands.find.trigger()
    qtbot.waitUntil(lambda: gallery.model().rowCount() == 6, timeout=_PATIENCE_MS)
    assert gallery.currentIndex().data() == chosen
    assert gallery.visualRect(gallery.currentIndex()) == place
