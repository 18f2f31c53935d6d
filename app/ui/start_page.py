"""The first page: a place to drop folders on, and the datasets that are there already."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.datasets import Dataset
from app.ui import words
from app.ui.actions import Actions
from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.paths import short
from app.ui.rows import ROW, Cell, RowsModel, TableRow
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL, GAP_XXL, RADIUS_DROP
from app.ui.widgets import Button, IconLabel, Label, rule, surface

_RECENT_ROW = 84
_WIDTH, _NARROW, _HEIGHT = 1200, 640, 380
_SIGN = 40
_RIGHT = Qt.AlignmentFlag.AlignRight


class StartPage(QWidget):
    """Asks by ``chosen`` for a dataset. What is dropped reaches the window, which takes it on every page."""

    chosen = Signal(str)

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__()
        surface(self, "backdrop")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look = look
        self._drop = _DropTarget(look, actions)
        self.recent = _Recent(look)
        self.recent.setAccessibleName(self.tr("Recent datasets"))
        self.recent.chosen.connect(self.chosen)
        self._recent_side = self._make_recent_side()
        self._recent_side.hide()
        self._board = QWidget()
        self._board.setMaximumWidth(_NARROW)
        grid = QGridLayout(self._board)
        grid.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XXL)
        grid.setVerticalSpacing(GAP_XL)
        grid.addLayout(self._make_head(), 0, 0, 1, 2)
        grid.addWidget(self._drop, 1, 0)
        grid.addWidget(self._recent_side, 1, 1)
        grid.addLayout(self._make_safety(), 2, 0, 1, 2)
        grid.setRowMinimumHeight(1, _HEIGHT)
        grid.setColumnStretch(0, 1)
        self._grid = grid
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._board, 100)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(1)

    def show_datasets(self, datasets: Sequence[Dataset]) -> None:
        """Show the datasets, the last changed first."""
        newest = sorted(datasets, key=_last_change, reverse=True)
        self.recent.show_datasets(newest)
        self._recent_side.setVisible(bool(newest))
        self._board.setMaximumWidth(_WIDTH if newest else _NARROW)
        self._grid.setColumnStretch(1, 1 if newest else 0)
        # Space beside an empty column would move the field off the middle.
        self._grid.setHorizontalSpacing(GAP_XXL + GAP_XL if newest else 0)
        if newest and self.hasFocus():
            self.recent.setFocus()

    def set_drop_active(self, active: bool) -> None:  # noqa: FBT001 (a state, as Qt's own setters take it)
        """Show that what hangs on the pointer can be dropped."""
        self._drop.set_active(active)

    def _make_head(self) -> QHBoxLayout:
        title, sentence = Label(self._look, Text.START), Label(self._look, Text.BODY, "text2")
        title.setText(self.tr("Keep the best of every burst"))
        sentence.setText(
            self.tr("ShotSift finds photos that show the same picture and marks the best of each cluster.")
        )
        words_column = QVBoxLayout()
        words_column.setSpacing(GAP_S)
        words_column.addWidget(title)
        words_column.addWidget(sentence)
        head = QHBoxLayout()
        head.setSpacing(GAP_XL)
        head.addWidget(IconLabel(self._look, "images", _SIGN, "text1"), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words_column, 1)
        return head

    def _make_recent_side(self) -> QWidget:
        side = QWidget()
        title, note = Label(self._look, Text.STRONG), Label(self._look, Text.SMALL, "text2")
        title.setText(self.tr("Recent datasets"))
        note.setText(self.tr("clusters, last changed"))
        head = QHBoxLayout()
        head.setContentsMargins(GAP_M, 0, GAP_M, 0)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(note)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_M)
        layout.addLayout(head)
        layout.addWidget(rule())
        layout.addWidget(self.recent, 1)
        return side

    def _make_safety(self) -> QHBoxLayout:
        sentence = Label(self._look, Text.BODY, "text2")
        sentence.setText(self.tr("Nothing is deleted: ShotSift only looks at your photographs."))
        line = QHBoxLayout()
        line.setSpacing(GAP_L)
        line.addWidget(IconLabel(self._look, "shield-check", 18))
        line.addWidget(sentence, 1)
        return line


class _DropTarget(QFrame):
    """A dashed field that says what can be dropped, with the same way by button."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__()
        self._look = look
        self._active = False
        title, between = Label(look, Text.TITLE), Label(look, Text.SMALL, "text2")
        title.setText(self.tr("Drop folders or photos here"))
        between.setText(self.tr("or"))
        add = Button.of(look, actions.add_folder, "folder-plus", "primary")
        samples = Button.of(look, actions.samples, "images", "quiet")
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP_L)
        layout.addStretch(1)
        for part in (IconLabel(look, "folder-open", _SIGN, "text2"), title, between, add, samples):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        look.changed.connect(self.update)

    def set_active(self, active: bool) -> None:  # noqa: FBT001 (a state, as Qt's own setters take it)
        self._active = active
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._look.color("accent" if self._active else "ctl"), 2 if self._active else 1)
        if not self._active:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(self._look.color("mathover"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_DROP, RADIUS_DROP)
        painter.end()


class _Recent(QListView):
    """The datasets with their numbers; a click or Enter opens one."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows = RowsModel([""], parent=self)
        self._delegate = _RecentDelegate(look, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._on_chosen)

    def show_datasets(self, datasets: Sequence[Dataset]) -> None:
        self._rows.show_rows([_recent_row(dataset) for dataset in datasets], self)

    def hovered(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        return self.viewport().underMouse() and self.visualRect(index).contains(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(self._rows.key_at(index)))


class _RecentDelegate(QStyledItemDelegate):
    """Paints a dataset: name, folders and numbers, and at the right its clusters and the last change."""

    def __init__(self, look: Look, view: _Recent) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _RECENT_ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        brush = Brush(painter, self._look)
        title, folders, numbers, count, changed = index.data(ROW).cells
        if self._view.hovered(index):
            brush.mat(rect.adjusted(0, 1, 0, -2), "mathover")
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.color("line"))
        middle = rect.center().y()
        brush.icon(rect.left() + GAP_M, middle, title.icon, title.icon_color, 24)
        brush.icon(rect.right() - GAP_M - 16, middle, "chevron-right", "text2")
        inner = rect.adjusted(GAP_M + 24 + GAP_XL, 0, -(GAP_M + 16 + GAP_L), 0)
        third = (_RECENT_ROW - 2 * GAP_L) // 3
        line = QRect(inner.left(), rect.top() + GAP_L, inner.width(), third)
        upper = line.translated(0, third // 2)
        taken = max(
            brush.words(upper, count.text, Text.SMALL_STRONG, "text1", _RIGHT),
            brush.words(upper.translated(0, third), changed.text, Text.SMALL, "text2", _RIGHT),
        )
        line.setRight(line.right() - taken - GAP_L)
        brush.words(line, title.text, Text.STRONG, "text1")
        brush.words(line.translated(0, third), folders.text, Text.SMALL, "text2")
        brush.words(line.translated(0, 2 * third), numbers.text, Text.SMALL, numbers.icon_color)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            brush.ring(rect.adjusted(0, 1, 0, -2))


def _last_change(dataset: Dataset) -> int:
    return max((dataset.update_time, *(binding.update_time for binding in dataset.bindings)))


def _recent_row(dataset: Dataset) -> TableRow:
    numbers = words.photos(dataset.statistics.files)
    if dataset.statistics.skipped:
        numbers += words.SEPARATOR + words.unreadable(dataset.statistics.skipped)
    if dataset.offline:
        numbers = words.offline()
    title = Cell(dataset.title, *(("unplug", "warn") if dataset.offline else ("folder", "text2")))
    folders = words.LIST_SEPARATOR.join(short(binding.path) for binding in dataset.bindings)
    count, changed = words.clusters(dataset.statistics.clusters), words.moment(_last_change(dataset))
    cells = (title, Cell(folders), Cell(numbers, icon_color=title.icon_color), Cell(count), Cell(changed))
    return TableRow(dataset.name, cells)
