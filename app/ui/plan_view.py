"""The table of a plan: what goes with its picture, why, and what stays in its place with its picture."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui import deletion_words
from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.plan_model import ROW, Column, PlanModel, PlanRow
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_M, GAP_S, GAP_XL

_PICTURE = QSize(60, 44)
_ROW = 54
_LINE = 16
_WIDTHS = {Column.PHOTO: 240, Column.ALONG: 84, Column.KEEPER: 190, Column.SIZE: 76}
_RIGHT = Qt.AlignmentFlag.AlignRight


class PlanView(QTableView):
    """Shows the rows of a plan; only pictures in sight are asked for."""

    def __init__(self, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._look, self._thumbnails = look, thumbnails
        self.rows = PlanModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_PlanDelegate(look, thumbnails, self))
        self.setAccessibleName(self.tr("Photos to go"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(_ROW)
        rows.setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setFont(look.font(Text.HEADING))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(Column.REASON, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        thumbnails.arrived.connect(self._on_arrived)

    def current_path(self) -> str:
        """Return the photograph that the keys are at, or nothing."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()).planned.path if index.isValid() else ""

    def choose(self, place: int) -> None:
        """Make a row current, if there is such a row."""
        if 0 <= place < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(place, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        if first >= 0:
            seen = [self.rows.row_at(place) for place in range(first, (last if last >= 0 else self._last()) + 1)]
            self._thumbnails.want([digest for row in seen for digest in (row.planned.sha256, row.keeper) if digest])
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            painter = QPainter(self.viewport())
            top = self.rowViewportPosition(current.row())
            Brush(painter, self._look).ring(QRect(0, top, self.viewport().width(), _ROW))
            painter.end()

    def _last(self) -> int:
        return self.rows.rowCount() - 1

    def _on_arrived(self) -> None:
        self.viewport().update()


class _PlanDelegate(QStyledItemDelegate):
    """Paints one cell; the mat runs on from cell to cell."""

    def __init__(self, look: Look, thumbnails: Thumbnails, view: PlanView) -> None:
        super().__init__(view)
        self._look, self._thumbnails, self._view = look, thumbnails, view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: PlanRow = index.data(ROW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        brush = Brush(painter, self._look)
        if self._view.selectionModel().isSelected(index):
            painter.fillRect(rect, self._look.color("mat"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._look.color("line"))
        inner = rect.adjusted(GAP_M, 0, -GAP_M, 0)
        match Column(index.column()):
            case Column.PHOTO:
                self._paint_picture(painter, inner, row.planned.sha256)
                _two_lines(brush, _beside(inner), (row.name, "text1"), (row.folder, "text3"))
            case Column.REASON:
                self._paint_reason(brush, inner, row)
            case Column.KEEPER if row.stays:
                self._paint_picture(painter, inner, row.keeper)
                brush.words(_beside(inner), row.stays, Text.SMALL, "text2")
            case Column.SIZE:
                brush.words(inner, row.size, Text.SMALL, "text2", _RIGHT)
            case _:
                brush.words(inner, str(index.data()), Text.SMALL, "text2")

    def _paint_reason(self, brush: Brush, inner: QRect, row: PlanRow) -> None:
        reason = deletion_words.basis(row.planned.basis, row.planned.reason)
        if not row.concerns:
            brush.words(inner, reason, Text.SMALL, "text2")
            return
        _two_lines(brush, inner, (reason, "text2"), ("", "warn"))
        below = QRect(inner.left(), inner.center().y() + 1, inner.width(), _LINE)
        brush.icon(below.left(), below.center().y(), "triangle-alert", "warn", 12)
        brush.words(below.adjusted(GAP_XL, 0, 0, 0), row.warning, Text.NOTE, "warn")

    def _paint_picture(self, painter: QPainter, inner: QRect, digest: bytes) -> None:
        frame = QRect(inner.left(), inner.top() + (inner.height() - _PICTURE.height()) // 2, 0, 0)
        frame.setSize(_PICTURE)
        ratio = painter.device().devicePixelRatio()
        whole = self._thumbnails.whole(digest) if digest else None
        if whole is None:
            painter.fillRect(frame, self._look.color("sunken"))
            if not digest or self._thumbnails.is_missing(digest):
                icon = self._look.pixmap("image-off", 16, "text3", ratio)
                painter.drawPixmap(frame.center() - QPoint(8, 8), icon)
            return
        target = QRect(frame.topLeft(), whole.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(frame.center())
        picture = self._thumbnails.scaled(digest, target.size() * ratio)
        if picture is not None:
            painter.drawPixmap(target, picture)


def _beside(inner: QRect) -> QRect:
    return inner.adjusted(_PICTURE.width() + GAP_M, 0, 0, 0)


def _two_lines(brush: Brush, area: QRect, first: tuple[str, str], second: tuple[str, str]) -> None:
    """Write two lines, each with the token of its colour."""
    above = QRect(area.left(), area.center().y() - _LINE - GAP_S // 2, area.width(), _LINE)
    brush.words(above, first[0], Text.SMALL, first[1])
    brush.words(above.translated(0, _LINE + GAP_S // 2), second[0], Text.NOTE, second[1])
