"""The page before anything moves: what would go, why, what stays in its place, and where it goes."""

import json
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.contract.plans import plan_answer
from app.domain.deletions import End
from app.domain.plans import Plan
from app.domain.uris import shown
from app.ui import deletion_words, words
from app.ui.look import Look, Text
from app.ui.paths import short
from app.ui.plan_view import PlanView
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, TOOLBAR
from app.ui.widgets import Button, Label, surface
from app.workers.deletions import Act, Moving, Planned, Wish
from app.workers.desk import Desk

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

    def event(self, event: QEvent) -> bool:
        # Esc leads back to the clusters from here, not to the start page.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _make_parts(self, thumbnails: Thumbnails) -> None:
        look = self._look
        self._title, self._numbers = Label(look, Text.TITLE), Label(look, Text.SMALL, "text2")
        self._where = Label(look, Text.BODY)
        self._where.setWordWrap(True)
        self.suggested = QCheckBox(self.tr("&Include what is proposed with high confidence"))
        self.end = QComboBox()
        self.end.setAccessibleName(self.tr("Where the rejected photos go"))
        self.end.addItems([self.tr("To the Trash"), self.tr("Into a folder…"), self.tr("Only mark in XMP sidecars")])
        self.table = PlanView(look, thumbnails)
        self.stays = Table(look, [self.tr("Stays"), self.tr("Why")])
        self.stays.setAccessibleName(self.tr("What is rejected and stays"))
        self.stays.setFixedHeight(_STAYS)
        self._progress = Label(look, Text.BODY, "text2")
        self.save = Button(look, self.tr("&Save plan…"), kind="quiet")
        self.cancel = Button(look, self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Back to the clusters; nothing moves (Esc)"))
        self.stop = Button(look, self.tr("&Stop"), "square")
        self.act = Button(look, self.tr("Move to the Trash"), "trash-2", "primary")
        for part in (self.stop, self.stays):
            part.hide()

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
        layout.addWidget(self.table, 1)
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
        current = self.table.current_path()
        self.table.rows.show_plan(plan.files, plan.warnings, planned.keepers)
        self._show_stays(plan)
        self.act.setText(deletion_words.act(plan))
        self.act.setEnabled(bool(plan.files))
        self.save.setEnabled(bool(plan.files))
        self.table.choose(max(0, self.table.rows.find(current)))
        self._progress.setText("")

    def _show_stays(self, plan: Plan) -> None:
        """List what is rejected and does not go, and why; what to know of the others stands with them."""
        rows = [
            TableRow(one.path, (_photo(one.path, "triangle-alert", "warn"), Cell(deletion_words.refusal(one))))
            for one in plan.refused
        ]
        self.stays.show_rows(rows)
        self.stays.setVisible(bool(rows))

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


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier


def _photo(path: str, icon: str, color: str) -> Cell:
    return Cell(shown(path.rpartition("/")[2]), icon, color, strong=True, help=short(path))
