"""The list of what a person said of the photographs of a dataset, each to be taken back."""

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.corrections import Correction, Verdict
from app.domain.uris import shown
from app.events import Noun
from app.services import corrections
from app.ui import words
from app.ui.look import Look, Text
from app.ui.overview import Refresh
from app.ui.paths import short
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.tokens import GAP_L, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label
from app.workers.desk import Desk

_SIZE = (920, 480)
_MOST_NAMED = 12


class CorrectionsDialog(QDialog):
    """Shows them as they are, the last first; ``unwanted`` asks to take one back."""

    unwanted = Signal(object)

    def __init__(self, look: Look, desk: Desk, dataset_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Your corrections"))
        self.resize(*_SIZE)
        self._desk, self._name = desk, dataset_name
        self._found: dict[int, Correction] = {}
        self._closed = False
        title = Label(look, Text.TITLE)
        title.setText(self.windowTitle())
        self._sentence = Label(look, Text.BODY, "text2")
        self.table = Table(look, [self.tr("When"), self.tr("What you said"), self.tr("Photos")])
        self.table.setAccessibleName(self.windowTitle())
        self.take_back = Button(look, self.tr("Take back"))
        self.take_back.clicked.connect(self._on_take_back)
        close = Button(look, self.tr("Close"), kind="primary")
        close.clicked.connect(self.close)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self._on_take_back)
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_back)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_L)
        layout.addWidget(title)
        layout.addWidget(self._sentence)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.table.selectionModel().currentChanged.connect(self._offer)
        self.table.setFocus()
        self._offer()
        self._refresh = Refresh(desk, frozenset({Noun.CLUSTERS}), self)
        self._refresh.due.connect(self._on_due)
        self._refresh.now()

    def done(self, result: int) -> None:
        # An answer may still be under way to what Qt deletes now.
        self._closed = True
        super().done(result)

    def _on_due(self) -> None:
        self._desk.ask(lambda store: corrections.all_corrections(store, self._name), self._on_read)

    def _on_read(self, found: list[Correction]) -> None:
        if self._closed:
            return
        self._refresh.answered()
        self._found = {correction.number: correction for correction in reversed(found)}
        place = max(0, self.table.currentIndex().row())
        self.table.show_rows([_row(correction) for correction in self._found.values()])
        if not self.table.currentIndex().isValid() and self._found:
            self.table.choose(list(self._found)[min(place, len(self._found) - 1)])
        self._sentence.setText(
            self.tr("Every look for similar photos obeys them. What is taken back is as if you had never said it.")
            if self._found
            else self.tr("Nothing yet. Not similar, Split out and Merge are in the menu Cluster.")
        )
        self._offer()

    def _offer(self) -> None:
        self.take_back.setEnabled(self.table.current_key() in self._found)

    def _on_take_back(self) -> None:
        correction = next((one for number, one in self._found.items() if number == self.table.current_key()), None)
        if correction is not None:
            self.take_back.setEnabled(False)
            self.unwanted.emit(correction)


def summary(correction: Correction) -> str:
    """Return what was said, such as "4 photos are not similar"."""
    sides = [len(side) for side in correction.sides]
    whole = words.photos(sum(sides))
    if correction.verdict is Verdict.SAME:
        return words.translate("words", "{photos} are the same").format(photos=whole)
    if len(sides) == 2 and max(sides) > 1:
        split = words.translate("words", "{photos} split out of {all}")
        return split.format(photos=words.photos(sides[0]), all=whole)
    return words.translate("words", "{photos} are not similar").format(photos=whole)


def _row(correction: Correction) -> TableRow:
    what = summary(correction)
    if correction.overruled:
        what = words.translate("words", "{what} (overruled later)").format(what=what)
    icon = "images" if correction.verdict is Verdict.SAME else "x"
    sides = [[file.path for file in side] for side in correction.sides]
    named = " | ".join(words.LIST_SEPARATOR.join(shown(PurePath(path).name) for path in side) for side in sides)
    paths = [short(path) for side in sides for path in side]
    more = [words.photos(len(paths) - _MOST_NAMED)] if len(paths) > _MOST_NAMED else []
    cells = (
        Cell(words.moment(correction.moment)),
        Cell(what, icon, strong=not correction.overruled),
        Cell(named, help="\n".join([*paths[:_MOST_NAMED], *more])),
    )
    return TableRow(correction.number, cells)
