"""Many clusters accepted at once, after a look at some of them."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from app.domain.steps import Step, StepKind
from app.services import deciding
from app.ui import decision_words, words
from app.ui.actions import Actions
from app.ui.bulk_sheet import BulkSheet
from app.ui.clusters_page import ClustersPage
from app.ui.lane import Lane
from app.ui.look import Look
from app.ui.notice import Notice
from app.workers.desk import Desk

_DONE = ("circle-check", "text1")


class BulkCommands(QObject):
    """Offers to accept all clusters of high confidence, or all of exact copies, that nothing was decided in."""

    def __init__(
        self,
        look: Look,
        desk: Desk,
        lane: Lane,
        commands: Actions,
        parts: tuple[ClustersPage, Notice],
    ) -> None:
        super().__init__(lane)
        self._look, self._desk, self._lane, self._commands = look, desk, lane, commands
        self._page, self._notice = parts
        commands.accept_sure.triggered.connect(lambda: self._ask(StepKind.ACCEPT_SURE))
        commands.accept_copies.triggered.connect(lambda: self._ask(StepKind.ACCEPT_COPIES))
        self._page.was_read.connect(self.offer)
        self._page.gallery.chose.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer them with the number of clusters that they are about."""
        waiting, commands = self._page.waiting, self._commands
        sure, copies = len(waiting.sure), len(waiting.copies)
        commands.offer(commands.accept_sure, "" if sure else self.tr("No cluster of high confidence is undecided"))
        commands.offer(commands.accept_copies, "" if copies else self.tr("No cluster of exact copies is undecided"))
        text = self.tr("Accept all of &high confidence…")
        if sure:
            text = self.tr("Accept all of &high confidence ({clusters})…").format(clusters=words.clusters(sure))
        commands.accept_sure.setText(text)
        text = self.tr("Accept all e&xact copies…")
        if copies:
            text = self.tr("Accept all e&xact copies ({clusters})…").format(clusters=words.clusters(copies))
        commands.accept_copies.setText(text)

    def _ask(self, kind: StepKind) -> None:
        waiting = self._page.waiting
        ids = waiting.sure if kind is StepKind.ACCEPT_SURE else waiting.copies
        sheet = BulkSheet(self._look, self._desk, kind, ids, self._page.window())
        sheet.wanted.connect(partial(self._accept, kind))
        sheet.open()

    def _accept(self, kind: StepKind, object_ids: list[str]) -> None:
        self._lane.ask(lambda store: deciding.accept(store, object_ids, kind), self._on_accepted)

    def _on_accepted(self, step: Step) -> None:
        keys = self._commands.undo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = self.tr("Done: {what}. {keys} takes it back.").format(what=decision_words.step(step), keys=keys)
        self._notice.say(text if step.count else self.tr("Nothing changed: all was decided meanwhile."), _DONE)
