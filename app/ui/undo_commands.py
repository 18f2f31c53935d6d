"""Undo and Redo: what was decided, to any depth and also of the last start, and what was said since this one."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from app.domain.steps import History, Step, StepKind
from app.events import Noun
from app.services import steps
from app.ui import decision_words
from app.ui.actions import Actions
from app.ui.clusters_page import ClustersPage
from app.ui.correction_commands import CorrectionCommands
from app.ui.lane import Lane
from app.ui.notice import Notice
from app.ui.overview import Refresh
from app.ui.said import Said
from app.workers.desk import Desk

_DONE = ("circle-check", "text1")
_NONE = History(None, None)


class UndoCommands(QObject):
    """Takes back the later of two: the last step of the dataset on the page, and what was said of its clusters last.

    ``restore_wanted`` carries the deletion of a last step that moved photographs; it is undone by putting them back.
    """

    restore_wanted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        lane: Lane,
        commands: Actions,
        parts: tuple[ClustersPage, Notice],
        corrections: CorrectionCommands,
    ) -> None:
        super().__init__(corrections)
        self._desk, self._lane, self._commands, self._corrections = desk, lane, commands, corrections
        self._page, self._notice = parts
        self._history, self._of, self._busy = _NONE, "", False
        commands.undo.triggered.connect(self._on_undo)
        commands.redo.triggered.connect(self._on_redo)
        corrections.changed.connect(self.offer)
        self._page.was_read.connect(self._on_page_read)
        desk.failed.connect(self._on_failed)
        self._refresh = Refresh(desk, frozenset({Noun.CLUSTERS, Noun.DELETIONS}), self)
        self._refresh.due.connect(self._on_due)
        self.offer()

    def offer(self) -> None:
        """Offer what can be undone and done again, under its name."""
        commands, undo, said = self._commands, self._step(), self._said()
        nothing = self.tr("There is nothing to undo")
        commands.offer(commands.undo, "" if undo is not None or said is not None else nothing)
        text = self.tr("&Undo")
        if said is not None:
            text = self.tr("&Undo: {what}").format(what=said.summary)
        elif undo is not None:
            text = self.tr("&Undo: {what}").format(what=decision_words.step(undo))
        commands.undo.setText(text)
        redo = self._history.redo if self._of == self._page.shown() else None
        commands.offer(commands.redo, "" if redo is not None else self.tr("There is nothing to do again"))
        commands.redo.setText(
            self.tr("&Redo") if redo is None else self.tr("&Redo: {what}").format(what=decision_words.step(redo))
        )

    def _step(self) -> Step | None:
        return self._history.undo if self._of == self._page.shown() else None

    def _said(self) -> Said | None:
        """Return what was said last, if nothing was decided since."""
        said, step = self._corrections.last(), self._step()
        return said if said is not None and (step is None or said.moment > step.moment) else None

    def _on_page_read(self) -> None:
        if self._page.shown() != self._of:
            self._refresh.now()

    def _on_due(self) -> None:
        name = self._page.shown()
        if not name:
            self._refresh.answered()
            return
        self._desk.ask(lambda store: (name, steps.history(store, name)), self._on_history)

    def _on_history(self, answer: tuple[str, History]) -> None:
        self._refresh.answered()
        self._of, self._history = answer
        if self._of != self._page.shown():
            self._refresh.now()
        self.offer()

    def _on_undo(self) -> None:
        step = self._step()
        if (said := self._said()) is not None:
            self._corrections.take_back(said)
        elif step is not None and step.kind is StepKind.APPLY:
            self.restore_wanted.emit(step.deletion_id)
        elif step is not None and not self._busy:
            self._busy, name = True, self._page.shown()
            self._lane.ask(lambda store: steps.undo(store, name), self._on_undone)

    def _on_redo(self) -> None:
        if not self._busy:
            self._busy, name = True, self._page.shown()
            self._lane.ask(lambda store: steps.redo(store, name), self._on_redone)

    def _on_undone(self, step: Step | None) -> None:
        keys = self._commands.redo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._tell(self.tr("Undone: {what}. {keys} does it again."), step, keys)

    def _on_redone(self, step: Step | None) -> None:
        keys = self._commands.undo.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._tell(self.tr("Done again: {what}. {keys} takes it back."), step, keys)

    def _tell(self, sentence: str, step: Step | None, keys: str) -> None:
        self._busy = False
        if step is not None:
            self._notice.say(sentence.format(what=decision_words.step(step), keys=keys), _DONE)
        self._refresh.now()

    def _on_failed(self) -> None:
        self._busy = False
