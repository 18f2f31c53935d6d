"""What a person says of the photographs chosen in the gallery: not similar, split out, merged; and takes back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.domain.clusters import Cluster
from app.domain.corrections import Correction
from app.services import corrections
from app.store import Store
from app.ui.actions import Actions
from app.ui.choice import Choice
from app.ui.clusters_page import ClustersPage
from app.ui.corrections_dialog import CorrectionsDialog, summary
from app.ui.look import Look
from app.ui.notice import Notice
from app.ui.said import Said
from app.workers.desk import Desk

_DONE = ("circle-check", "text1")


class CorrectionCommands(QObject):
    """Does the commands of the menu Cluster, and takes back what was said since the window was opened.

    ``changed``: other things can be taken back now.
    """

    changed = Signal()

    def __init__(
        self, look: Look, desk: Desk, commands: Actions, parts: tuple[ClustersPage, Notice], window: QWidget
    ) -> None:
        super().__init__(window)
        self._look, self._desk, self._commands, self._window = look, desk, commands, window
        self._page, self._notice = parts
        self._gallery = self._page.gallery
        self._said: list[Said] = []
        # Until the gallery was read again it shows them as they were; a second press of the key must not count.
        self._acted: set[tuple[str, int]] = set()
        commands.not_similar.triggered.connect(self._on_not_similar)
        commands.split_out.triggered.connect(self._on_split_out)
        commands.merge.triggered.connect(self._on_merge)
        commands.corrections.triggered.connect(self._on_list)
        self._gallery.chose.connect(self.offer)
        self._gallery.menu_wanted.connect(self._on_menu_wanted)
        desk.failed.connect(self._on_failed)
        self.offer()

    def offer(self) -> None:
        """Offer what can be done with the choice, and say what it would do."""
        choice, commands = self._choice(), self._commands
        nothing = "" if choice is not None else self.tr("Choose a photo in a cluster first")
        commands.offer(commands.not_similar, nothing or self._why_no_dissent(choice))
        commands.offer(commands.split_out, nothing or self._why_no_split(choice))
        alone = choice is not None and len(choice.to_merge) < 2
        commands.offer(commands.merge, nothing or (self.tr("There is no cluster above this one") if alone else ""))
        commands.merge.setText(self._merge_text(choice))
        commands.offer(commands.corrections, "" if self._page.shown() else self.tr("Open a dataset first"))

    def _choice(self) -> Choice | None:
        """Return what is chosen on the page in sight, as long as nothing was done with it."""
        choice = self._page.choice()
        if choice is None or any(_as_it_is(cluster) in self._acted for cluster in (choice.current, *choice.clusters)):
            return None
        return choice

    def _why_no_dissent(self, choice: Choice | None) -> str:
        if choice is not None and len(choice.contents) < 2:
            return self.tr("These photos are byte for byte equal")
        return ""

    def _why_no_split(self, choice: Choice | None) -> str:
        if choice is not None and len(choice.clusters) > 1:
            return self.tr("Select photos of one cluster only")
        if choice is not None and not all(choice.split):
            return self.tr("Select some photos of a cluster, not all")
        return ""

    def _merge_text(self, choice: Choice | None) -> str:
        if choice is None:
            return self.tr("&Merge clusters")
        if len(choice.clusters) > 1:
            return self.tr("&Merge {count} clusters into one").format(count=len(choice.clusters))
        return self.tr("&Merge with the cluster above")

    def _on_menu_wanted(self, place: QPoint) -> None:
        if QApplication.activePopupWidget() is not None:
            return
        self.offer()
        menu = QMenu(self.tr("Cluster"), self._window)
        menu.setAccessibleName(menu.title())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for actions in (self._commands.of_photo(), self._commands.of_decided_cluster(), self._commands.of_cluster()):
            menu.addActions(actions)
            menu.addSeparator()
        menu.installEventFilter(self._commands.letters)
        menu.popup(place)

    def _on_not_similar(self) -> None:
        if (choice := self._choice()) is not None:
            sides = choice.contents
            self._say((choice.current,), lambda store, name: corrections.say_different(store, name, sides))

    def _on_split_out(self) -> None:
        if (choice := self._choice()) is not None:
            sides = choice.split
            self._say((choice.current,), lambda store, name: corrections.say_different(store, name, sides))

    def _on_merge(self) -> None:
        if (choice := self._choice()) is not None:
            paths = [file.path for cluster in choice.to_merge for file in cluster.members]
            self._say(choice.to_merge, lambda store, name: corrections.say_same(store, name, paths))

    def _say(self, clusters: tuple[Cluster, ...], act: Callable[[Store, str], Correction]) -> None:
        name = self._page.shown()
        self._acted |= {_as_it_is(cluster) for cluster in clusters}
        self.offer()
        self._desk.ask(lambda store: act(store, name), partial(self._on_said, name))

    def _on_said(self, dataset_name: str, correction: Correction) -> None:
        self.remember(_said(dataset_name, correction))

    def remember(self, said: Said) -> None:
        """Tell what was said, and let it be taken back."""
        self._said.append(said)
        self.changed.emit()
        keys = self._commands.undo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._notice.say(self.tr("{what}. {keys} takes it back.").format(what=said.summary, keys=keys), _DONE)
        self.offer()

    def last(self) -> Said | None:
        """Return what was said last, if it can be taken back."""
        return self._said[-1] if self._said else None

    def take_back(self, said: Said) -> None:
        """Take back what was said, now or before the window was opened."""
        self._said = [one for one in self._said if one != said]
        self.changed.emit()
        self._desk.ask(
            said.take_back, lambda _: self._notice.say(self.tr("Taken back: {what}").format(what=said.summary), _DONE)
        )

    def forget(self, dataset_name: str, about: int | str) -> None:
        """Offer no longer to take back what was said about something: it does not hold any more."""
        self._said = [one for one in self._said if (one.dataset_name, one.about) != (dataset_name, about)]
        self.changed.emit()

    def _on_list(self) -> None:
        name = self._page.shown()
        dialog = CorrectionsDialog(self._look, self._desk, name, self._window)
        dialog.unwanted.connect(lambda correction: self.take_back(_said(name, correction)))
        dialog.open()

    def _on_failed(self) -> None:
        self._acted.clear()
        self.offer()


def _said(name: str, correction: Correction) -> Said:
    number = correction.number
    return Said(name, number, summary(correction), lambda store: corrections.forget_correction(store, name, number))


def _as_it_is(cluster: Cluster) -> tuple[str, int]:
    return cluster.object_id, cluster.update_time
