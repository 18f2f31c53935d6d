"""The page before anything moves: what would go, why, what stays in its place, and where it goes."""

import json
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.contract.plans import plan_answer
from app.domain.deletions import End
from app.domain.plans import Plan, PlannedFile
from app.domain.uris import shown
from app.ui import deletion_words, words
from app.ui.look import Look, Text
from app.ui.pair_preview import PairPreview
from app.ui.paths import folder_name, short
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, TOOLBAR
from app.ui.widgets import Button, Label, surface
from app.workers.deletions import Act, Moving, Planned, Wish
from app.workers.desk import Desk

_RIGHT = frozenset({3})
_STAYS = 150
_ENDS = (End.TRASH, End.FOLDER, End.LABELS)


class ApplyPage(QWidget):
    """Plans for one dataset. ``left`` asks to go back to its clusters."""

    left = Signal()

    def __init__(self, look: Look, desk: Desk, thumbnails: Thumbnails) -> None:
        super().__init__()
        surface(self, "backdrop")
        self._look, self._desk = look, desk
        self._name, self._folder = "", ""
        self._planned: Planned | None = None
        self._moving = False
        self._make_parts(thumbnails)
        self.toolbar = self._make_toolbar()
        self._arrange()
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_pair())
        self.suggested.toggled.connect(lambda _: self.refresh())
        self.end.activated.connect(self._on_end)
        self.act.clicked.connect(self._on_act)
        self.stop.clicked.connect(desk.deletions.stop)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.left)

    def show_dataset(self, name: str, title: str) -> None:
        """Plan for a dataset, from its present decisions."""
        if name != self._name:
            self._name = name
            self.suggested.setChecked(False)
            self.end.setCurrentIndex(0)
        self._title.setText(self.tr("Apply: {dataset}").format(dataset=title))
        self.refresh()

    def refresh(self) -> None:
        """Make the plan again."""
        if not self._name or self._moving:
            return
        wish = Wish(self._name, self.suggested.isChecked(), _ENDS[self.end.currentIndex()], self._folder)
        self._numbers.setText(self.tr("Looking at what is rejected…"))
        self.act.setEnabled(False)
        self._desk.plan(wish, self._on_planned)

    def show_moving(self, moving: Moving | None) -> None:
        """Show how far it is; None when it ended."""
        self._moving = moving is not None
        for part in (self.suggested, self.end, self.save, self.cancel):
            part.setEnabled(moving is None)
        self.act.setVisible(moving is None)
        self.stop.setVisible(moving is not None and moving.act is Act.APPLY)
        if moving is None:
            self.refresh()
            return
        text = self.tr("{done} of {total} photos") if moving.total else self.tr("Beginning…")
        self._progress.setText(text.format(done=words.number(moving.done), total=words.number(moving.total)))

    def take_keys(self) -> None:
        """Let the keys walk through the plan."""
        self.table.setFocus()

    def _make_parts(self, thumbnails: Thumbnails) -> None:
        look = self._look
        self._title, self._numbers = Label(look, Text.TITLE), Label(look, Text.SMALL, "text2")
        self._where = Label(look, Text.BODY)
        self._where.setWordWrap(True)
        self.suggested = QCheckBox(self.tr("&Include what is proposed with high confidence"))
        self.end = QComboBox()
        self.end.setAccessibleName(self.tr("Where the rejected photos go"))
        self.end.addItems([self.tr("To the Trash"), self.tr("Into a folder…"), self.tr("Only mark in XMP sidecars")])
        headings = (self.tr("Goes"), self.tr("Folder"), self.tr("With it"), self.tr("Size"), self.tr("Stays"))
        self.table = Table(look, [*headings, self.tr("Why")], _RIGHT)
        self.table.setAccessibleName(self.tr("What would go"))
        self.stays = Table(look, [self.tr("Photo"), self.tr("What to know")])
        self.stays.setAccessibleName(self.tr("What stays, and what to know before"))
        self.stays.setFixedHeight(_STAYS)
        self._preview = PairPreview(look, thumbnails)
        self._progress = Label(look, Text.BODY, "text2")
        self.save = Button(look, self.tr("&Save plan…"), kind="quiet")
        self.cancel = Button(look, self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Back to the clusters; nothing moves (Esc)"))
        self.stop = Button(look, self.tr("&Stop"), "square")
        self.act = Button(look, "", "trash-2", "primary")
        self.stop.hide()

    def _make_toolbar(self) -> QWidget:
        bar = QWidget()
        surface(bar, "toolbar")
        bar.setFixedHeight(TOOLBAR)
        back = Button(self._look, self.tr("Clusters"), "arrow-left", "quiet")
        back.clicked.connect(self.left)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(GAP_L, 0, GAP_L, 0)
        layout.addWidget(back)
        layout.addStretch(1)
        return bar

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_L)
        head.addWidget(self._title)
        head.addWidget(self._numbers)
        head.addStretch(1)
        head.addWidget(self.suggested)
        head.addWidget(self.end)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 1)
        middle.addWidget(self._preview)
        foot = QHBoxLayout()
        foot.setSpacing(GAP_M)
        foot.addWidget(self.save)
        foot.addWidget(self._progress, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.stop)
        foot.addWidget(self.act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XL, GAP_L, GAP_XL, GAP_L)
        layout.setSpacing(GAP_M)
        layout.addLayout(head)
        layout.addWidget(self._where)
        layout.addLayout(middle, 1)
        layout.addWidget(self.stays)
        layout.addLayout(foot)

    def _on_end(self, index: int) -> None:
        if _ENDS[index] is End.FOLDER:
            self._folder = QFileDialog.getExistingDirectory(self, self.tr("Move the rejected photos into a folder"))
            if not self._folder:
                self.end.setCurrentIndex(0)
        self.refresh()

    def _on_planned(self, planned: Planned) -> None:
        if planned.wish.dataset_name != self._name:
            return
        self._planned, plan = planned, planned.plan
        self._numbers.setText(
            deletion_words.totals(plan) if plan.files else self.tr("Nothing is rejected that could go")
        )
        self._where.setText(deletion_words.where(plan))
        self._where.setVisible(bool(plan.files))
        self.table.show_rows([_row(one) for one in plan.files])
        self._show_stays(plan)
        self.act.setText(deletion_words.act(plan))
        self.act.setEnabled(bool(plan.files))
        self.save.setEnabled(bool(plan.files))
        if plan.files and not self.table.currentIndex().isValid():
            self.table.choose(plan.files[0].path)
        self._progress.setText("")
        self._show_pair()

    def _show_stays(self, plan: Plan) -> None:
        """List what does not go and why, then what should be known of what goes."""
        rows = [
            TableRow(
                ("stays", one.path), (_photo(one.path, "triangle-alert", "warn"), Cell(deletion_words.refusal(one)))
            )
            for one in plan.refused
        ]
        rows += [
            TableRow((one.concern, one.path), (_photo(one.path, "info", "text2"), Cell(deletion_words.concern(one))))
            for one in plan.warnings
        ]
        self.stays.show_rows(rows)
        self.stays.setVisible(bool(rows))

    def _show_pair(self) -> None:
        key = self.table.current_key()
        planned = self._planned
        one = next((one for one in planned.plan.files if one.path == key), None) if planned is not None else None
        if one is None or planned is None:
            self._preview.show_pair(None, None)
            return
        digest = None if one.keeper is None else planned.keepers.get(one.keeper)
        stays = None if one.keeper is None or digest is None else (digest, folder_name(one.keeper))
        self._preview.show_pair((one.sha256, folder_name(one.path)), stays)

    def _on_act(self) -> None:
        if self._planned is not None and self._planned.plan.files:
            self.act.setEnabled(False)
            self._desk.deletions.apply(self._planned.plan)

    def _on_save(self) -> None:
        if self._planned is None:
            return
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the plan"), "plan.json", "JSON (*.json)")
        if path:
            text, plan = path, self._planned.plan
            self._desk.ask(
                lambda _store: Path(text).write_text(json.dumps(plan_answer([plan]), indent=1), encoding="utf-8"),
                lambda _: self._progress.setText(self.tr("Saved as {file}").format(file=short(text))),
            )


def _row(one: PlannedFile) -> TableRow:
    along = words.LIST_SEPARATOR.join(sorted(Path(path).suffix.lstrip(".").upper() for path in one.companions))
    keeper = words.NOTHING if one.keeper is None else folder_name(one.keeper)
    cells = (
        _photo(one.path, "", "text2"),
        Cell(short(one.path.rpartition("/")[0])),
        Cell(along),
        Cell(words.size(one.size + one.companions_size)),
        Cell(keeper, help="" if one.keeper is None else short(one.keeper)),
        Cell(deletion_words.basis(one.basis, one.reason)),
    )
    return TableRow(one.path, cells)


def _photo(path: str, icon: str, color: str) -> Cell:
    return Cell(shown(path.rpartition("/")[2]), icon, color, strong=True, help=short(path))
