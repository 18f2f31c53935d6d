"""Apply and History, joined to the window: their pages, the way there, and what is told of what was moved."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.domain.deletions import FileState
from app.events import Change, Noun
from app.services.deciding import count_rejected
from app.ui import deletion_words, words
from app.ui.actions import Actions
from app.ui.apply_page import ApplyPage
from app.ui.cluster_commands import ClusterCommands
from app.ui.clusters_page import ClustersPage
from app.ui.frame import Frame
from app.ui.history_page import HistoryPage
from app.ui.look import Look
from app.ui.notice import Notice
from app.ui.overview import Overview
from app.ui.sidebar import HISTORY, Sidebar
from app.ui.thumbnails import Thumbnails
from app.workers.deletions import Act, Moved, Moving, News, Settled
from app.workers.desk import Desk

_DONE, _WARNING = ("circle-check", "text1"), ("triangle-alert", "warn")


class DeletionCommands(QObject):
    """Leads to the pages of deletions and tells in the notice what became of files."""

    def __init__(
        self,
        look: Look,
        desk: Desk,
        commands: Actions,
        overview: Overview,
        parts: tuple[Frame, ClusterCommands, Sidebar, ClustersPage, Notice, Thumbnails],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._desk, self._commands, self._overview = desk, commands, overview
        self._frame, of_clusters, self._sidebar, self._clusters, self._notice, thumbnails = parts
        self.apply_page = ApplyPage(look, desk, thumbnails)
        self.history_page = HistoryPage(look, desk, overview)
        for page in (self.apply_page, self.history_page):
            self._frame.add_page(page, page.toolbar)
        self._rejected = 0
        commands.apply.triggered.connect(self.show_apply)
        commands.history.triggered.connect(self.show_history)
        self.apply_page.left.connect(commands.clusters.trigger)
        of_clusters.decisions.restore_wanted.connect(self._on_undo)
        desk.moved.connect(self._on_news)
        desk.changed.connect(self._on_changed)
        self._clusters.gallery.chose.connect(self._count)
        self._of = ""
        self._offer()

    def show_apply(self) -> None:
        """Lead to what would go of the dataset on the page of clusters."""
        name = self._clusters.shown()
        if name:
            self.apply_page.show_dataset(name, self._overview.title(name))
            self._frame.show_page(self.apply_page)
            self.apply_page.take_keys()

    def show_history(self) -> None:
        """Lead to what went so far."""
        self._frame.show_page(self.history_page)
        self._sidebar.mark(HISTORY)
        if not self._sidebar.has_keys():
            self.history_page.take_keys()

    def _on_undo(self, deletion_id: int) -> None:
        """Put the files of a deletion back, decided as before they went."""
        self._desk.deletions.restore(deletion_id, undo=True)

    def _offer(self) -> None:
        self._commands.offer(self._commands.apply, "" if self._clusters.shown() else self.tr("Open a dataset first"))
        text = self.tr("&Apply…")
        if self._rejected:
            text = self.tr("&Apply ({count})…").format(count=words.number(self._rejected))
        self._commands.apply.setText(text)
        self._commands.apply.setIconText(text.replace("&", ""))

    def _count(self) -> None:
        name = self._clusters.shown()
        if name and name != self._of:
            self._of = name
            self._ask_count(name)

    def _on_changed(self, changes: frozenset[Change]) -> None:
        name = self._clusters.shown()
        if name and any(one.dataset_name == name and one.noun is Noun.CLUSTERS for one in changes):
            self._ask_count(name)
            if self._frame.page() is self.apply_page:
                self.apply_page.refresh()

    def _ask_count(self, name: str) -> None:
        self._desk.ask(lambda store: count_rejected(store, name), partial(self._on_counted, name))

    def _on_counted(self, name: str, count: int) -> None:
        if name == self._clusters.shown():
            self._rejected = count
            self._offer()

    def _on_news(self, news: News) -> None:
        if isinstance(news, Settled):
            self._on_settled(news)
            return
        self.apply_page.show_moving(news if isinstance(news, Moving) else None)
        if isinstance(news, Moved) and not news.failed:
            self._on_moved(news)

    def _on_moved(self, moved: Moved) -> None:
        if moved.act is Act.RESTORE:
            self._tell_restored(moved)
        elif moved.act is Act.PURGE:
            freed = words.size(moved.freed)
            self._notice.say(self.tr("{size} deleted for good").format(size=freed), _DONE, self.show_history)
        elif moved.deletion is not None:
            self._tell_applied(moved)

    def _tell_applied(self, moved: Moved) -> None:
        assert moved.deletion is not None
        parts = [deletion_words.done(moved.deletion)]
        if moved.stopped:
            parts.append(self.tr("stopped, the rest is decided as before"))
        if moved.refused:
            text = self.tr("{count} stayed, History says why")
            parts.append(text.format(count=words.number(len(moved.refused))))
        if moved.deletion.files:
            keys = self._commands.undo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            parts.append(self.tr("{keys} puts them back").format(keys=keys))
        icon = _WARNING if moved.refused else _DONE
        self._notice.say(words.SEPARATOR.join(parts), icon, self.show_history)

    def _tell_restored(self, moved: Moved) -> None:
        done = moved.restored
        parts = [self.tr("{files} put back").format(files=deletion_words.files(len(done.back) + len(done.beside)))]
        if done.beside:
            text = self.tr("{count} beside another file that has their name now")
            parts.append(text.format(count=words.number(len(done.beside))))
        if done.lost:
            text = self.tr("{count} gone for good: they are no longer in the Trash")
            parts.append(text.format(count=words.number(len(done.lost))))
        if done.refused:
            parts.append(self.tr("{count} could not be put back").format(count=words.number(len(done.refused))))
        trouble = bool(done.beside or done.lost or done.refused)
        self._notice.say(words.SEPARATOR.join(parts), _WARNING if trouble else _DONE, self.show_history)

    def _on_settled(self, settled: Settled) -> None:
        away = sum(file.state is FileState.MOVED for file in settled.files)
        lost = sum(file.state is FileState.LOST for file in settled.files)
        deleted = sum(file.state is FileState.PURGED for file in settled.files)
        parts = [self.tr("ShotSift ended while it moved files")]
        for count, text in (
            (away, self.tr("{files} are away")),
            (len(settled.files) - away - lost - deleted, self.tr("{files} are in their places")),
            (deleted, self.tr("{files} were deleted for good, as you wished")),
            (lost, self.tr("{files} cannot be found")),
        ):
            if count:
                parts.append(text.format(files=deletion_words.files(count)))
        self._notice.say(words.SEPARATOR.join(parts), _WARNING, self.show_history)
