"""A quiet table: rows of 30 pixels under a hairline, an icon before a word, whole rows chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.rows import ROW, Cell, Row, RowsModel
from app.ui.tokens import GAP_M, TABLE_ROW

_WIDEST = 420
_MEASURED = 60
"""Rows by which a column's width is told: among thousands, measuring all would take longer than a frame."""
_ICON = 14


class Table(QTableView):
    """Shows rows and keeps its place when they change; a ``whole`` one is as high as its rows and does not scroll."""

    def __init__(
        self, look: Look, headings: Sequence[str], right: frozenset[int] = frozenset(), *, whole: bool = False
    ) -> None:
        super().__init__()
        self._whole = whole
        self._look = look
        self._hovered = -1
        self._rows = RowsModel(headings, right, look.font(Text.HEADING), self)
        self._delegate = _CellDelegate(look, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(TABLE_ROW)
        self.verticalHeader().setMinimumSectionSize(TABLE_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMaximumSectionSize(_WIDEST)
        if not whole:
            header.setResizeContentsPrecision(_MEASURED)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(headings) - 1, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._rows.show_rows(rows, self)
        if self._whole:
            self.setFixedHeight(self.horizontalHeader().sizeHint().height() + TABLE_ROW * len(rows) + 1)

    def current_key(self) -> object:
        return self._rows.key_at(self.currentIndex())

    def choose(self, key: object) -> None:
        """Make the row of a key current, if it is there."""
        if (place := self._rows.find(key)) >= 0:
            self.setCurrentIndex(self._rows.index(place, 0))

    def hovered(self) -> int:
        return self._hovered

    def row_rect(self, index: QModelIndex) -> QRect:
        """Return where a row lies in the table."""
        top = self.viewport().y() + self.rowViewportPosition(index.row())
        return QRect(0, top, self.width(), TABLE_ROW)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, a line each, their cells divided by tabs."""
        places = sorted({index.row() for index in self.selectedIndexes()})
        lines = ["\t".join(cell.text for cell in self._rows.rows[place].cells) for place in places]
        QApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            painter = QPainter(self.viewport())
            left, top = 0, self.rowViewportPosition(current.row())
            Brush(painter, self._look).ring(QRect(left, top, self.viewport().width(), TABLE_ROW))
            painter.end()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()


class _CellDelegate(QStyledItemDelegate):
    """Paints one cell; the mat runs on from cell to cell."""

    def __init__(self, look: Look, table: Table) -> None:
        super().__init__(table)
        self._look = look
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        cell: Cell = index.data(ROW).cells[index.column()]
        metrics = self._table.fontMetrics()
        width = metrics.horizontalAdvance(cell.text) + (_ICON + GAP_M if cell.icon else 0) + 3 * GAP_M
        return QSize(width, TABLE_ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell: Cell = index.data(ROW).cells[index.column()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        brush = Brush(painter, self._look)
        selected = self._table.selectionModel().isSelected(index)
        if selected or index.row() == self._table.hovered():
            painter.fillRect(rect, self._look.color("mat" if selected else "mathover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.color("line"))
        inner = rect.adjusted(GAP_M, 0, -GAP_M, 0)
        if cell.icon:
            brush.icon(inner.left(), inner.center().y(), cell.icon, cell.icon_color, _ICON)
            inner.setLeft(inner.left() + _ICON + GAP_M)
        right = index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        brush.words(inner, cell.text, Text.SMALL, "text1" if cell.strong or selected else "text2", align)
