"""The window: it joins the pages to the desk, and the commands to what they do."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow

from app import resources
from app.domain.tasks import Status, Task
from app.errors import ShotSiftError
from app.services.thumbnails import get_thumbnails
from app.settings import Settings
from app.ui import words
from app.ui.about import AboutDialog
from app.ui.actions import Actions
from app.ui.cluster_commands import ClusterCommands
from app.ui.clusters_page import ClustersPage
from app.ui.deletion_commands import DeletionCommands
from app.ui.dropping import folders_of, local_paths
from app.ui.folder_commands import FolderCommands
from app.ui.frame import Frame
from app.ui.look import Look
from app.ui.notice import Notice
from app.ui.overview import Overview
from app.ui.preferences import Preferences
from app.ui.preferences_dialog import PreferencesDialog
from app.ui.sidebar import HISTORY, TASKS, Sidebar
from app.ui.start_page import StartPage
from app.ui.strip import Strip
from app.ui.tasks_page import TasksPage
from app.ui.thumbnails import Decoded, Thumbnails, decode
from app.workers.desk import Desk

_SIZE, _SMALLEST = (1440, 900), (960, 600)


class MainWindow(QMainWindow):
    """Shows the catalogue behind the desk."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk = desk
        self.setWindowTitle("ShotSift")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_SIZE)
        self.look = Look(settings.theme)
        self.commands = Actions(self.look, self)
        self._preferences = Preferences(settings, self.look, desk, self.commands.themes)
        self.overview = Overview(desk, self)
        self._thumbnails, self.start_page = Thumbnails(self._ask_thumbnails, self), StartPage(self.look, self.commands)
        self.clusters_page = ClustersPage(self.look, desk, self.overview, self.commands, self._thumbnails)
        self.tasks_page = TasksPage(self.look, self.overview, self.commands)
        self.sidebar, self.notice, self.strip = Sidebar(self.look), Notice(self.look), Strip(self.look)
        self.frame = Frame(self.sidebar, self.notice, self.strip)
        self.frame.add_page(self.start_page)
        for page in (self.clusters_page, self.tasks_page):
            self.frame.add_page(page, page.toolbar)
        self.setCentralWidget(self.frame)
        parts = (self.sidebar, self.clusters_page, self.notice)
        self._folder_commands = FolderCommands(self.look, desk, self.overview, self.commands, parts, self)
        self.cluster_commands = ClusterCommands(self.look, desk, self.commands, parts[1:], self)
        around = (self.frame, self.cluster_commands, *parts, self._thumbnails)
        self.deletions = DeletionCommands(self.look, desk, self.commands, self.overview, around, self)
        self.commands.fill(self.menuBar())
        # Before it is joined to the preferences, which would write down again what they know already.
        self.clusters_page.set_thumbnail(settings.thumbnail_height)
        self._connect_commands()
        self._connect_parts()
        self.show_start()
        self._offer()
        self.overview.refresh()

    def show_start(self) -> None:
        self.frame.show_page(self.start_page)
        self.start_page.setFocus()

    def show_dataset(self, name: str) -> None:
        """Lead to the clusters of a dataset, and the keys to its photographs unless they walk through the sidebar."""
        self.clusters_page.show_dataset(name)
        self.frame.show_page(self.clusters_page)
        self.sidebar.mark(name)
        if not self.sidebar.has_keys():
            self.clusters_page.take_keys()
        self._offer()

    def show_tasks(self, task_id: str = "") -> None:
        """Lead to the tasks, and there to one of them."""
        self.frame.show_page(self.tasks_page)
        self.sidebar.mark(TASKS)
        self.tasks_page.choose(task_id)
        if not self.sidebar.has_keys():
            self.tasks_page.take_keys()

    def add_paths(self, paths: Sequence[str]) -> None:
        """Look for similar photos in folders, and in the folders of files; then lead there."""
        self._desk.ask(lambda _store: folders_of(paths), self._on_folders)

    def closeEvent(self, event: QCloseEvent) -> None:
        # Gone from the screen at once, whatever still has to come to its end.
        self.hide()
        self._desk.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self.start_page.set_drop_active(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.start_page.set_drop_active(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.start_page.set_drop_active(False)
        event.acceptProposedAction()
        self.add_paths(local_paths(event.mimeData()))

    def _connect_commands(self) -> None:
        commands = self.commands
        led: dict[QAction, Callable[[], object]] = {
            commands.add_folder: self._on_add_folder,
            commands.samples: lambda: self.add_paths([str(resources.path("demo"))]),
            commands.find: lambda: self._desk.find_similar(self.clusters_page.shown()),
            commands.stop: self._on_stop,
            commands.preferences: lambda: PreferencesDialog(self.look, self._preferences, self._desk, self).open(),
            commands.quit: self.close,
            commands.start_page: self.show_start,
            commands.clusters: lambda: self.show_dataset(self.clusters_page.shown()),
            commands.tasks: self.show_tasks,
            commands.about: lambda: AboutDialog(self.look, self).open(),
        }
        for action, then in led.items():
            action.triggered.connect(lambda *_, then=then: then())
        commands.sidebar.toggled.connect(self.frame.show_sidebar)
        commands.full_screen.toggled.connect(lambda on: self.showFullScreen() if on else self.showNormal())

    def _connect_parts(self) -> None:
        self.start_page.chosen.connect(self.show_dataset)
        led = {TASKS: self.show_tasks, HISTORY: self.deletions.show_history}
        self.sidebar.chosen.connect(lambda target: led.get(target, partial(self.show_dataset, target))())
        self.clusters_page.resized.connect(self._preferences.remember_height)
        self.tasks_page.stop.connect(self._desk.cancel)
        self.strip.stop.connect(self._desk.cancel)
        self.overview.datasets_read.connect(self._on_datasets_read)
        self.overview.running.connect(self.strip.show_task)
        self.overview.running.connect(self._offer)
        self.overview.rested.connect(self.strip.rest)
        self.overview.rested.connect(self._offer)
        self._desk.added.connect(self.show_dataset)
        self.overview.ended.connect(self._on_ended)
        self._desk.failed.connect(self._on_failed)

    def _offer(self) -> None:
        """Offer the commands that can do something now."""
        shown = self.clusters_page.shown()
        why = "" if shown else self.tr("Open a dataset first")
        busy = self.tr("A task of this dataset runs already")
        self.commands.offer(self.commands.find, why or (busy if self.overview.is_busy(shown) else ""))
        self.commands.offer(self.commands.clusters, why)
        self.commands.offer(self.commands.stop, "" if self.overview.live() else self.tr("No task runs"))
        self._folder_commands.offer()

    def _on_datasets_read(self) -> None:
        datasets = self.overview.datasets
        self.start_page.show_datasets(datasets)
        self.sidebar.show_datasets(datasets, sum(task.status is Status.RUNNING for task in self.overview.tasks))
        self._offer()

    def _on_add_folder(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, self.tr("Find similar photos in a folder")):
            self.add_paths([folder])

    def _on_folders(self, folders: Sequence[str]) -> None:
        for folder in folders:
            self._desk.add_folder(folder)

    def _on_stop(self) -> None:
        if (live := self.overview.live()) is not None:
            self._desk.cancel(live[0].task_id)

    def _on_ended(self, task: Task) -> None:
        title, dataset = self.overview.title(task.dataset_name), self.overview.dataset(task.dataset_name)
        text, icon = words.ended(title, task), words.status_icon(task)
        if self._preferences.wants_desktop(in_front=self.isActiveWindow()):
            self._desk.tell_desktop(text)
            QApplication.alert(self)
        if task.status is not Status.SUCCEEDED:
            self.notice.say(text, icon, partial(self.show_tasks, task.task_id))
            return
        if dataset is not None and dataset.offline:
            text, icon = f"{title}: {words.offline()}", ("unplug", "warn")
        self.notice.say(text, icon, partial(self.show_dataset, task.dataset_name))

    def _on_failed(self, error: ShotSiftError) -> None:
        self._thumbnails.recover()
        self.notice.say(error.message, ("triangle-alert", "warn"))

    def _ask_thumbnails(self, sha256s: Sequence[bytes], then: Callable[[Decoded], None]) -> None:
        self._desk.ask(lambda store: decode(sha256s, get_thumbnails(store, sha256s)), then)
