"""The rules of a ladder in their order, and what a person may change: the order, the folders, and what stands there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ladders import Rule, Rung
from app.ui import ladder_words
from app.ui.look import Look
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.tokens import GAP_M
from app.ui.widgets import Button


class LadderRules(QWidget):
    """Shows rules; ``changed`` says that a person changed them."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.rungs: tuple[Rung, ...] = ()
        self.table = Table(look, [self.tr("Rules; the first on which two files differ decides")])
        self.table.setAccessibleName(self.tr("Rules of the ladder, in their order"))
        self.up, self.down = Button(look, self.tr("Move &up")), Button(look, self.tr("Move &down"))
        self.remove = Button(look, self.tr("&Remove"))
        self.protect = Button(look, self.tr("&Protect a folder…"), "shield-check")
        self.prefer = Button(look, self.tr("Prefer a &folder…"), "folder")
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._on_remove)
        self.protect.clicked.connect(lambda: self._add_folder(Rule.PROTECTED))
        self.prefer.clicked.connect(lambda: self._add_folder(Rule.FOLDER))
        self._add_key("Alt+Up", lambda: self._move(-1))
        self._add_key("Alt+Down", lambda: self._move(1))
        self._add_key(QKeySequence.StandardKey.Delete, self._on_remove)
        self.up.setToolTip(self.tr("Let this rule decide earlier (Alt+Up)"))
        self.down.setToolTip(self.tr("Let this rule decide later (Alt+Down)"))
        self.table.selectionModel().currentChanged.connect(self._offer)
        self._lay_out()
        self._offer()

    def show_rungs(self, rungs: Sequence[Rung]) -> None:
        """Show other rules; the current one stays current if it is still there."""
        self.rungs = tuple(rungs)
        self.table.show_rows(
            [TableRow(one.rule, (_cell(place, one),)) for place, one in enumerate(self.rungs, start=1)]
        )
        if not self.table.currentIndex().isValid() and self.rungs:
            self.table.choose(self.rungs[0].rule)
        self._offer()

    def _add_key(self, keys: QKeySequence.StandardKey | str, act: Callable[[], None]) -> None:
        # Of the rules alone: elsewhere in the dialog the same key means something else.
        shortcut = QShortcut(QKeySequence(keys), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    def _place(self) -> int:
        key = self.table.current_key()
        return next((place for place, one in enumerate(self.rungs) if one.rule == key), -1)

    def _offer(self) -> None:
        place = self._place()
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(self.rungs) - 1)
        self.remove.setEnabled(place >= 0 and len(self.rungs) > 1)

    def _move(self, step: int) -> None:
        place = self._place()
        if place >= 0 and 0 <= place + step < len(self.rungs):
            rungs = list(self.rungs)
            rungs.insert(place + step, rungs.pop(place))
            self._change(rungs)

    def _on_remove(self) -> None:
        if self.remove.isEnabled():
            place = self._place()
            self._change([*self.rungs[:place], *self.rungs[place + 1 :]])

    def _add_folder(self, rule: Rule) -> None:
        """Add a folder behind those of its rule; without one the rule comes first."""
        folder = QFileDialog.getExistingDirectory(self, ladder_words.folder_question(rule))
        if not folder:
            return
        known = next((one for one in self.rungs if one.rule is rule), None)
        if known is None:
            self._change([Rung(rule, (folder,)), *self.rungs])
        elif folder not in known.listed:
            longer = replace(known, listed=(*known.listed, folder))
            self._change([longer if one is known else one for one in self.rungs])
        self.table.choose(rule)

    def _change(self, rungs: Sequence[Rung]) -> None:
        self.show_rungs(rungs)
        self.changed.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        for button in (self.up, self.down, self.remove, self.protect, self.prefer):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_M)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)


def _cell(place: int, rung: Rung) -> Cell:
    sentence = ladder_words.rung(rung)
    return Cell(f"{place}.  {sentence}", help=sentence, strong=True)
