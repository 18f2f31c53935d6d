"""The whole program on real photographs: the window, the desk behind it, the catalogue and the readers."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from pathlib import Path
from time import monotonic

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.clusters import Cluster
from app.domain.tasks import Stage, Status, Task
from app.main import SWITCH_SECONDS
from app.services.datasets import all_datasets
from app.services.tasks import all_tasks
from app.settings import Settings
from app.store import Store
from app.ui.main_window import MainWindow
from app.ui.skipped import SkippedDialog
from app.workers.desk import Desk

BURST = {"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"}
PAIR = {"ae_0.JPG", "ae_1.JPG"}
BLOCKED_SECONDS = 0.25
CLOSED_SECONDS = 5
MILLISECONDS = 60_000
RUN_AND_CLOSE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import app.main

class Impatient(QApplication):
    def __init__(self, arguments):
        super().__init__(arguments)
        QTimer.singleShot(int(sys.argv[3]), self.closeAllWindows)

app.main.QApplication = Impatient
sys.exit(app.main.run_window(Path(sys.argv[1]), sys.argv[2]))
"""


class Story:
    """A window on a data folder, and what its desk told of tasks."""

    def __init__(self, qtbot: QtBot, data_dir: Path) -> None:
        self.store = Store(data_dir)
        self.desk = Desk(self.store)
        self.window = MainWindow(self.desk, Settings.load(data_dir))
        self.ended: list[Task] = []
        self.desk.ended.connect(self.ended.append)
        self._told: set[str] = set()
        self.window.overview.ended.connect(lambda task: self._told.add(task.task_id))
        self._qtbot = qtbot
        qtbot.addWidget(self.window)
        self.window.show()

    def look_through(self, folder: Path) -> Task:
        return self._found_by(lambda: self.desk.add_folder(str(folder)))

    def look_again(self) -> Task:
        return self._found_by(self.window.commands.find.trigger)

    def _found_by(self, act: Callable[[], None]) -> Task:
        count = len(self.ended)
        act()
        self.wait(lambda: len(self.ended) > count)
        found = self.ended[count]
        # The window speaks of it a little later, and would speak over what a test does.
        self.wait(lambda: found.task_id in self._told)
        return found

    def wait_for_reading(self, done: int) -> None:
        self.wait(lambda: (live := self.window.overview.live()) is not None and live[0].done >= done)

    def wait(self, fulfilled: Callable[[], bool], milliseconds: int = MILLISECONDS) -> None:
        self._qtbot.waitUntil(fulfilled, timeout=milliseconds)

    def clusters(self) -> tuple[Cluster, ...]:
        return self.window.clusters_page._model.content.clusters

    def shown(self) -> list[set[str]]:
        return [{member.name for member in cluster.members} for cluster in self.clusters()]

    def has_all_thumbnails(self) -> bool:
        digests = [member.content.sha256 for cluster in self.clusters() for member in cluster.members]
        return bool(digests) and all(self.window._thumbnails.whole(digest) is not None for digest in digests)

    def close(self) -> None:
        self.window.close()
        self.store.close()


Open = Callable[[], AbstractContextManager[Story]]


@pytest.fixture
def opened(qtbot: QtBot, data_dir: Path) -> Open:
    @contextmanager
    def open_window() -> Iterator[Story]:
        story = Story(qtbot, data_dir)
        try:
            yield story
        finally:
            story.close()

    return open_window


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(photos, tmp_path / "holiday"))


@pytest.fixture
def many(photos: Path, tmp_path: Path) -> Path:
    """So many photographs of different bytes that reading them takes seconds."""
    many = tmp_path / "many"
    many.mkdir()
    for photo in sorted(photos.rglob("*.[jJ]*")):
        for copy in range(12):
            (many / f"{photo.stem}-{copy}.jpg").write_bytes(photo.read_bytes() + bytes([copy]))
    return many


@contextmanager
def longest_block() -> Iterator[Callable[[], float]]:
    """Give the longest time, in seconds, that a timer of five milliseconds had to wait.

    What a busy machine took from the window's thread is no fault of the program's and is not counted.
    """
    timer, moments = QTimer(), [own_time()]
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: moments.append(own_time()))
    timer.start(5)
    yield lambda: max(later - earlier for earlier, later in pairwise(moments))
    timer.stop()


def own_time() -> float:
    _, waited_for_a_processor, _ = Path("/proc/thread-self/schedstat").read_text("ascii").split()
    return monotonic() - int(waited_for_a_processor) / 1e9


@pytest.fixture
def short_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    yield
    sys.setswitchinterval(before)


def readers() -> set[int]:
    """Give the processes of readers, also those that other tests keep."""
    children = psutil.Process().children(recursive=True)
    return {child.pid for child in children if any("multiprocessing.spawn" in word for word in child.cmdline())}


def test_a_folder_is_looked_through_and_its_clusters_are_shown_with_their_pictures(opened: Open, folder: Path) -> None:
    with opened() as story:
        assert story.look_through(folder).status is Status.SUCCEEDED
        story.wait(lambda: len(story.clusters()) == 2)
        assert BURST in story.shown()
        assert PAIR in story.shown()
        story.wait(story.has_all_thumbnails)
        assert story.window.frame.page() is story.window.clusters_page
        assert story.window.clusters_page.gallery.isVisible()
        assert story.window.clusters_page._title.text() == "holiday"
        story.wait(lambda: story.window.notice.text() == "holiday: 2 clusters found")
        QTest.keyClick(story.window.clusters_page.gallery, Qt.Key.Key_End)
        assert story.window.clusters_page.gallery.currentIndex().row() == 5


def test_a_dropped_folder_is_looked_through_and_show_leads_from_its_end_to_its_clusters(
    opened: Open, folder: Path
) -> None:
    with opened() as story:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(folder))])
        no_keys = Qt.KeyboardModifier.NoModifier
        story.window.dropEvent(
            QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_keys)
        )
        story.wait(story.window.notice.isVisible)
        story.window.show_tasks()
        story.window.notice._show.click()
        assert story.window.frame.page() is story.window.clusters_page
        assert story.window.clusters_page.shown() == "holiday"
        story.wait(lambda: BURST in story.shown())


def test_the_sample_photographs_show_what_the_program_does(opened: Open) -> None:
    with opened() as story:
        story.window.commands.samples.trigger()
        story.wait(lambda: len(story.clusters()) == 4)
        assert BURST in story.shown()


def test_a_copy_put_into_the_folder_joins_its_cluster_by_itself(opened: Open, folder: Path) -> None:
    with opened() as story:
        story.look_through(folder)
        story.wait(lambda: len(story.clusters()) == 2)
        shutil.copy(folder / "spring-cleaning" / "ae_0.JPG", folder / "again.JPG")
        story.wait(lambda: PAIR | {"again.JPG"} in story.shown(), 20_000)
        story.wait(lambda: len(story.ended) == 2)
        (folder / "again.JPG").unlink()
        story.wait(lambda: PAIR in story.shown(), 20_000)


def test_a_new_photograph_does_not_move_the_one_looked_at(opened: Open, folder: Path) -> None:
    late = folder / "spring-cleaning" / "ae_1.JPG"
    kept = late.read_bytes()
    late.unlink()
    with opened() as story:
        story.look_through(folder)
        gallery = story.window.clusters_page.gallery
        story.wait(lambda: gallery.model().rowCount() == 4)
        gallery.setCurrentIndex(gallery.model().index(2, 0))
        chosen, place = gallery.currentIndex().data(), gallery.visualRect(gallery.currentIndex())
        late.write_bytes(kept)
        story.wait(lambda: gallery.model().rowCount() == 6, 20_000)
        assert gallery.currentIndex().data() == chosen
        assert gallery.visualRect(gallery.currentIndex()) == place


def test_a_file_that_cannot_be_read_is_counted_and_told_with_its_reason(opened: Open, folder: Path) -> None:
    (folder / "torn.jpg").write_bytes((folder / "spring-cleaning" / "ae_0.JPG").read_bytes()[:200])
    with opened() as story:
        assert story.look_through(folder).counts.skipped == 1
        button = story.window.clusters_page.skipped_button
        story.wait(lambda: button.isVisible() and button.text() == "1 file could not be read")
        button.click()
        dialog = story.window.findChild(SkippedDialog)
        assert isinstance(dialog, SkippedDialog)
        name, reason, where = (dialog.table.model().index(0, column).data() for column in range(3))
        assert (name, where) == ("torn.jpg", str(folder))
        assert reason
        dialog.close()


def test_stop_ends_a_task_as_cancelled_and_keeps_the_window_usable(opened: Open, many: Path) -> None:
    with opened() as story:
        story.desk.add_folder(str(many))
        story.wait_for_reading(10)
        story.wait(story.window.commands.stop.isEnabled)
        story.window.commands.stop.trigger()
        story.wait(lambda: bool(story.ended), 10_000)
        assert story.ended[0].status is Status.FAILED
        assert story.ended[0].code == "Canceled"
        empty = story.window.clusters_page.empty
        story.wait(lambda: empty.isVisible() and empty.title() == "Not all photos were compared")
        assert story.window.notice.text().endswith("Stopped before the end; what was done is kept.")
        story.wait(story.window.commands.find.isEnabled)
        assert not story.window.commands.stop.isEnabled()


def test_closing_during_a_task_is_quick_and_the_next_start_goes_on(opened: Open, many: Path) -> None:
    others = readers()
    with opened() as story:
        story.desk.add_folder(str(many))
        story.wait(lambda: any(dataset.statistics.files for dataset in story.window.overview.datasets))
        assert readers() > others
        before = monotonic()
        story.window.close()
        assert monotonic() - before < CLOSED_SECONDS
        assert readers() <= others
        (task,) = all_tasks(story.store)
        assert (task.status, task.code) == (Status.FAILED, "Canceled")
    with opened() as story:
        story.wait(lambda: bool(story.ended))
        assert story.ended[0].status is Status.SUCCEEDED
        assert story.ended[0].counts.scanned == len(list(many.iterdir()))
        assert story.ended[0].counts.unchanged > 0


@pytest.mark.usefixtures("short_switches")
def test_closing_before_the_first_answer_of_the_readers_is_quick(opened: Open, many: Path) -> None:
    with opened() as story:
        told: list[Task] = []
        story.desk.progressed.connect(told.append)
        story.desk.add_folder(str(many))
        story.wait(lambda: bool(told))
        assert told[-1].stage is Stage.SCAN
        before = monotonic()
        story.window.close()
        assert monotonic() - before < CLOSED_SECONDS


def test_the_window_answers_at_any_time_during_a_task(opened: Open, many: Path) -> None:
    with opened() as story, longest_block() as longest:
        assert story.look_through(many).status is Status.SUCCEEDED
        story.wait(lambda: bool(story.clusters()))
        assert longest() < BLOCKED_SECONDS


def test_the_program_opens_its_window_on_a_folder_and_ends_well_when_it_is_closed(data_dir: Path, folder: Path) -> None:
    command = [sys.executable, "-c", RUN_AND_CLOSE, str(data_dir), str(folder), "1500"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
    with Store(data_dir) as store:
        assert [dataset.title for dataset in all_datasets(store)] == ["holiday"]
