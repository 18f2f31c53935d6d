"""What every test of the window needs: a screen that is not there, a look, and photographs that need no file."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.ui import main_window
from app.ui.garbage import Collector
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.thumbnails import Decoded, Thumbnails
from tests.ui.shelf import PaperDesk, Shelf
from tests.ui.test_story import Story


@pytest.fixture(autouse=True)
def collector(qapp: QApplication) -> Iterator[Collector]:
    """As in the program: nothing of Qt is destroyed in a worker."""
    collector = Collector()
    yield collector
    collector.stop()


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look("dark")


def decode_at_once(sha256s: Sequence[bytes], then: Callable[[Decoded], None]) -> None:
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    then(dict.fromkeys(sha256s, image))


@pytest.fixture
def thumbnails(qapp: QApplication) -> Thumbnails:
    return Thumbnails(decode_at_once)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    shelf.answer_services(monkeypatch)
    return shelf


@pytest.fixture
def desk(qapp: QApplication) -> PaperDesk:
    return PaperDesk()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(tmp_path)


@pytest.fixture
def window(
    qtbot: QtBot, shelf: Shelf, desk: PaperDesk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr(main_window, "get_thumbnails", lambda _store, _sha256s: {})
    window = MainWindow(desk.as_desk(), settings)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


@pytest.fixture
def story(qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path) -> Iterator[Story]:
    """A window in front with two clusters; the keys are at its photographs."""
    story = Story(qtbot, data_dir)
    with qtbot.waitActive(story.window):
        story.window.activateWindow()
    story.look_through(Path(shutil.copytree(photos, tmp_path / "holiday")))
    story.wait(lambda: len(story.clusters()) == 2 and story.window.clusters_page.gallery.isVisible())
    story.window.clusters_page.gallery.setFocus()
    yield story
    story.close()
