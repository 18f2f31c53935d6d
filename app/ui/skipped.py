"""The list of files that could not be read, each with its reason, to look at and to copy."""

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.files import SkippedFile
from app.domain.uris import shown
from app.ui import words
from app.ui.look import Look, Text
from app.ui.paths import short
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.tokens import GAP_L, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label

_SIZE = (920, 480)


class SkippedDialog(QDialog):
    """Shows the files as they were when it was opened."""

    def __init__(self, look: Look, skipped: Sequence[SkippedFile], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.unreadable(len(skipped)))
        self.resize(*_SIZE)
        title = Label(look, Text.TITLE)
        title.setText(words.unreadable(len(skipped)))
        sentence = Label(look, Text.BODY, "text2")
        sentence.setText(self.tr("They are left out of the clusters. A file that changes is tried again."))
        self.table = Table(look, [self.tr("File"), self.tr("Reason"), self.tr("Folder")])
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setAccessibleName(self.windowTitle())
        self.table.show_rows([_row(file) for file in skipped])
        copy = Button(look, self.tr("Copy list"), "copy")
        copy.clicked.connect(self._on_copy)
        close = Button(look, self.tr("Close"), kind="primary")
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_L)
        layout.addWidget(title)
        layout.addWidget(sentence)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.table.setFocus()

    def _on_copy(self) -> None:
        if not self.table.selectedIndexes():
            self.table.selectAll()
        self.table.copy()


def _row(file: SkippedFile) -> TableRow:
    path = PurePath(file.path)
    name = Cell(shown(path.name), "file-warning", strong=True)
    return TableRow(file.path, (name, Cell(file.reason), Cell(short(str(path.parent)))))
