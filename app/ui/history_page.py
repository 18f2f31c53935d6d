"""The page of deletions: what went when, why, where it is, how much that freed, and the way back."""

import csv
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from app.domain.deletions import DeletedFile, Deletion, FileState
from app.domain.uris import shown
from app.events import Noun
from app.services.deletions import all_deletions, deletion_files
from app.services.journal import in_quarantine
from app.store import Store
from app.ui import deletion_words, words
from app.ui.look import Look, Text
from app.ui.overview import Overview, Refresh
from app.ui.paths import short
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, TOOLBAR
from app.ui.widgets import Button, Label, surface
from app.workers.desk import Desk

_BACK = frozenset({FileState.MOVED, FileState.MARKED, FileState.LINKED})


class HistoryPage(QWidget):
    """Shows all deletions, the last first, and the files of the one that is chosen."""

    def __init__(self, look: Look, desk: Desk, overview: Overview) -> None:
        super().__init__()
        surface(self, "backdrop")
        self._look, self._desk, self._overview = look, desk, overview
        self._deletions: list[Deletion] = []
        self._files: list[DeletedFile] = []
        self._of = -1
        self._summary = Label(look, Text.SMALL, "text2")
        headings = [self.tr("When"), self.tr("Dataset"), self.tr("Photos"), self.tr("Size"), self.tr("Where to")]
        self.deletions = Table(look, [*headings, self.tr("Now")], frozenset({2, 3}))
        self.deletions.setAccessibleName(self.tr("Deletions"))
        names = [self.tr("State"), self.tr("File"), self.tr("Folder"), self.tr("Why"), self.tr("Where it is")]
        self.files = Table(look, names)
        self.files.setAccessibleName(self.tr("Files of the chosen deletion"))
        self._make_buttons()
        self.toolbar = self._make_toolbar()
        self._arrange()
        self.deletions.selectionModel().currentRowChanged.connect(lambda *_: self._read_files())
        self.files.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self._refresh = Refresh(desk, frozenset({Noun.DELETIONS}), self)
        self._refresh.due.connect(lambda: self._desk.ask(all_deletions, self._on_read))
        self._refresh.now()

    def take_keys(self) -> None:
        """Let the keys walk through the deletions."""
        self.deletions.setFocus()

    def _make_buttons(self) -> None:
        look = self._look
        self.restore_all = Button(look, self.tr("&Put all back"), "undo-2", "primary")
        self.restore_one = Button(look, self.tr("Put this photo &back"), "undo-2")
        self.show_place = Button(look, self.tr("&Show in its folder"), "folder-open", "quiet")
        self.export = Button(look, self.tr("&Export list…"), kind="quiet")
        self.empty = Button(look, self.tr("E&mpty…"), "trash-2", "quiet")
        self.empty.setToolTip(self.tr("Delete for good what lies in our own folder, where a drive has no Trash"))
        self.restore_all.clicked.connect(lambda: self._restore(None))
        self.restore_one.clicked.connect(self._on_restore_one)
        self.show_place.clicked.connect(self._on_show)
        self.export.clicked.connect(self._on_export)
        self.empty.clicked.connect(self._on_empty)

    def _make_toolbar(self) -> QWidget:
        bar = QWidget()
        surface(bar, "toolbar")
        bar.setFixedHeight(TOOLBAR)
        title = Label(self._look, Text.TITLE)
        title.setText(self.tr("History"))
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(GAP_XL, 0, GAP_L, 0)
        layout.setSpacing(GAP_L)
        layout.addWidget(title)
        layout.addWidget(self._summary)
        layout.addStretch(1)
        return bar

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        for button in (self.show_place, self.export, self.empty):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.restore_one)
        buttons.addWidget(self.restore_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XL, GAP_L, GAP_XL, GAP_L)
        layout.setSpacing(GAP_L)
        layout.addWidget(self.deletions, 2)
        layout.addWidget(self.files, 3)
        layout.addLayout(buttons)

    def _on_read(self, found: list[Deletion]) -> None:
        self._refresh.answered()
        self._deletions = found
        self.deletions.show_rows([self._row(one) for one in found])
        away = sum(one.size for one in found)
        text = self.tr("Nothing was moved away so far")
        if found:
            text = self.tr("{size} away").format(size=words.size(away))
        self._summary.setText(text)
        if found and not self.deletions.currentIndex().isValid():
            self.deletions.choose(found[0].deletion_id)
        self._read_files()

    def _row(self, one: Deletion) -> TableRow:
        cells = (
            Cell(words.moment(one.moment), strong=True),
            Cell(self._overview.title(one.dataset_name)),
            Cell(words.number(one.photos)),
            Cell(words.size(one.size)),
            Cell(deletion_words.end(one.end), help=short(one.folder) if one.folder else ""),
            Cell(deletion_words.standing(one)),
        )
        return TableRow(one.deletion_id, cells)

    def _read_files(self) -> None:
        number = self.deletions.current_key()
        if not isinstance(number, int):
            self._on_files(-1, ([], []))
            return
        self._desk.ask(partial(_read_rows, number), partial(self._on_files, number))

    def _on_files(self, number: int, answer: tuple[list[DeletedFile], list[TableRow]]) -> None:
        if number != -1 and number != self.deletions.current_key():
            return
        self._of, (self._files, rows) = number, answer
        self.files.show_rows(rows)
        self._offer()

    def _chosen(self) -> DeletedFile | None:
        key = self.files.current_key()
        return next((file for file in self._files if file.number == key), None)

    def _offer(self) -> None:
        chosen = self._chosen()
        self.restore_all.setEnabled(any(file.state in _BACK for file in self._files))
        self.restore_one.setEnabled(chosen is not None and chosen.state in _BACK)
        self.show_place.setEnabled(chosen is not None and bool(_place(chosen)))
        self.export.setEnabled(bool(self._files))
        ours = [file for file in self._files if file.state is FileState.MOVED and in_quarantine(file.place)]
        self.empty.setEnabled(bool(ours))

    def _restore(self, photos: frozenset[int] | None) -> None:
        if self._of >= 0:
            self._desk.deletions.restore(self._of, photos)

    def _on_restore_one(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._restore(frozenset({chosen.photo}))

    def _on_show(self) -> None:
        if (chosen := self._chosen()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(_place(chosen)).parent)))

    def _on_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export the list"), "deletion.csv", "CSV (*.csv)")
        if name:
            files = list(self._files)
            self._desk.ask(lambda _store: _write(name, files), lambda _: None)

    def _on_empty(self) -> None:
        ours = [file for file in self._files if file.state is FileState.MOVED and in_quarantine(file.place)]
        box = QMessageBox(QMessageBox.Icon.Warning, self.tr("Empty"), "", parent=self)
        text = self.tr("Delete {files} ({size}) for good? This cannot be undone.")
        size = words.size(sum(file.evidence.size for file in ours))
        box.setText(text.format(files=deletion_words.files(len(ours)), size=size))
        delete = box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        delete.setAutoDefault(False)
        delete.clicked.connect(partial(self._desk.deletions.purge, self._of))
        box.open()


def _place(file: DeletedFile) -> str:
    """Return where a file is now; nothing where it is gone."""
    if file.state in {FileState.LOST, FileState.PURGED}:
        return ""
    if file.state is FileState.RESTORED:
        return file.target
    return file.place if file.state is FileState.MOVED else file.path


def _read_rows(number: int, store: Store) -> tuple[list[DeletedFile], list[TableRow]]:
    """Read the files of a deletion and put them into words, away from the window's thread: there may be thousands."""
    found = deletion_files(store, number)
    return found, [_file_row(file) for file in found]


def _file_row(file: DeletedFile) -> TableRow:
    icon, color, state = deletion_words.state(file.state)
    folder, _, name = file.path.rpartition("/")
    reason = deletion_words.fault(file.fault) if file.fault else deletion_words.basis(file.basis, file.reason)
    cells = (
        Cell(state, icon, color),
        Cell(shown(name), strong=True, help=short(file.path)),
        Cell(short(folder)),
        Cell(reason),
        Cell(short(_place(file)) if _place(file) else words.NOTHING),
    )
    return TableRow(file.number, cells)


def _write(name: str, files: Sequence[DeletedFile]) -> None:
    """Write the list of a deletion for a spreadsheet."""
    with Path(name).open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["File", "State", "Bytes", "SHA-256", "Rule", "Reason", "Kept", "Place", "Fault"])
        for file in files:
            kept = "" if file.keeper is None else shown(file.keeper)
            evidence = file.evidence
            row = [shown(file.path), file.state, evidence.size, evidence.sha256.hex(), file.basis, file.reason, kept]
            writer.writerow([*row, shown(_place(file)), file.fault])
