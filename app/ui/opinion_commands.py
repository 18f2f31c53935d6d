"""Why this one, as a command of the cluster in the gallery, and what a person chooses there."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.uris import shown
from app.services.choosing import choose, unchoose
from app.store import Store
from app.ui.actions import Actions
from app.ui.clusters_page import ClustersPage
from app.ui.correction_commands import CorrectionCommands
from app.ui.look import Look
from app.ui.opinion_dialog import OpinionDialog
from app.ui.said import Said
from app.workers.desk import Desk


class OpinionCommands(QObject):
    """Offers to tell why the best of a cluster is the best, and carries out what is chosen instead."""

    def __init__(
        self,
        look: Look,
        desk: Desk,
        commands: Actions,
        parts: tuple[ClustersPage, CorrectionCommands],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._look, self._desk, self._commands, self._window = look, desk, commands, window
        self._page, self._corrections = parts
        commands.why_best.triggered.connect(self._on_why)
        self._page.gallery.chose.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer it for the cluster of the current photograph."""
        why_not = "" if self._page.choice() is not None else self.tr("Choose a photo in a cluster first")
        self._commands.offer(self._commands.why_best, why_not)

    def _on_why(self) -> None:
        choice = self._page.choice()
        if choice is None:
            return
        name, object_id = self._page.shown(), choice.current.object_id
        current = self._page.content().photos[self._page.gallery.currentIndex().row()].file.path
        dialog = OpinionDialog(self._look, self._desk, object_id, current, self._window)
        dialog.wanted.connect(partial(self._choose, name, object_id))
        dialog.unwanted.connect(partial(self._unchoose, name, object_id))
        dialog.open()

    def _choose(self, name: str, object_id: str, path: str, before: str) -> None:
        summary = self.tr("{photo} is the best").format(photo=_name(path))
        said = Said(name, object_id, summary, lambda store: _choose_again(store, name, path, before))
        self._desk.ask(lambda store: choose(store, name, path), lambda _: self._corrections.remember(said))

    def _unchoose(self, name: str, object_id: str, path: str) -> None:
        self._corrections.forget(name, object_id)
        summary = self.tr("{photo} is the best").format(photo=_name(path))
        self._corrections.take_back(Said(name, object_id, summary, lambda store: unchoose(store, name, path)))


def _choose_again(store: Store, name: str, path: str, before: str) -> None:
    """Bring back the choice before one; without any the scores or a ladder decide again."""
    if before:
        choose(store, name, before)
    else:
        unchoose(store, name, path)


def _name(path: str) -> str:
    return shown(path.rpartition("/")[2])
