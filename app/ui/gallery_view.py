"""The gallery: clusters of photographs under their headers, painted from thumbnails that arrive as they are wanted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.ui.gallery_delegate import CellState, GalleryDelegate
from app.ui.gallery_layout import wanted
from app.ui.gallery_model import Index
from app.ui.gallery_places import PlacedView
from app.ui.look import Look
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import CLUSTER_HEADER, GAP_XL
from app.ui.widgets import asks_for_menu

_READ_AHEAD_PAGES = 3
_SETTLE_MS = 120
_WANT_MS = 40


class GalleryView(PlacedView):
    """Shows a gallery. ``resized`` asks for larger (1) or smaller (-1) photographs by Ctrl and wheel.

    ``chose`` says that other photographs are chosen, or that the gallery came or went, and ``menu_wanted`` asks at a
    place of the screen for the commands of what is chosen.
    """

    resized = Signal(int)
    chose = Signal()
    menu_wanted = Signal(QPoint)
    seen = Signal(object)
    """The clusters in sight, once the gallery has come to rest."""

    _hovered = -1
    _settle: QTimer | None = None
    _want: QTimer | None = None

    def __init__(self, look: Look, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._thumbnails = thumbnails
        self._painter = GalleryDelegate(look, thumbnails)
        self._settle = self._timer(_SETTLE_MS, self.viewport().update)
        self._want = self._timer(_WANT_MS, self._on_want)
        self.viewport().setMouseTracking(True)
        thumbnails.arrived.connect(self._on_arrived)
        look.changed.connect(self.viewport().update)

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self._hovered = -1
        self._wish()
        # While the size changes at each move of a hand, photographs are stretched quickly; they are drawn well after.
        if self._settle is not None:
            self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wish()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.color("backdrop"))
        if self._gallery is not None and len(self._places.x):
            self._paint_headers(painter, event.rect())
            for row in self._rows_on(event.rect()):
                self._paint_cell(painter, row)
            if self._sticks():
                self._paint_sticky(painter)
        painter.end()

    def _paint_cell(self, painter: QPainter, row: int) -> None:
        assert self._gallery is not None
        index = self._gallery.index(row)
        state = CellState(
            selected=self.selectionModel().isSelected(index),
            focused=self.hasFocus() and self.currentIndex() == index,
            hovered=row == self._hovered,
            active=self.isActiveWindow(),
            settled=self._settle is None or not self._settle.isActive(),
            mark=self._gallery.mark(row),
        )
        picture = self._on_screen(self._places.photo(row))
        photo = self._gallery.content.photos[row]
        self._painter.paint_cell(painter, self._on_screen(self._places.cell(row)), picture, photo, state)

    def _paint_headers(self, painter: QPainter, rect: QRect) -> None:
        top = self.verticalOffset()
        first, last = self._places.group_at(rect.top() + top), self._places.group_at(rect.bottom() + top)
        for group in range(first, last + 1):
            self._paint_header(painter, self._on_screen(self._places.header(group)), group)

    def _paint_header(self, painter: QPainter, band: QRect, group: int) -> None:
        assert self._gallery is not None
        current = self.currentIndex().row()
        content = self._gallery.content
        is_current = 0 <= current < len(content.photos) and content.photos[current].group == group
        self._painter.paint_header(painter, band, content.clusters[group], current=is_current)

    def _paint_sticky(self, painter: QPainter) -> None:
        top = self.verticalOffset()
        group = self._places.group_at(top)
        # The next cluster pushes the held header out instead of sliding below it.
        push = min(0, int(self._places.tops[group + 1]) - top - CLUSTER_HEADER)
        band = QRect(0, push, self.viewport().width(), CLUSTER_HEADER)
        self._paint_header(painter, band, group)
        painter.fillRect(0, band.bottom(), band.width(), 1, self._look.color("edge"))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(0, dy)
        self.viewport().update(0, 0, self.viewport().width(), CLUSTER_HEADER + abs(dy) + 1)
        self._hover_at(self.viewport().mapFromGlobal(self.cursor().pos()))
        self._wish()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chose.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chose.emit()

    def reset(self) -> None:
        super().reset()
        self.chose.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.chose.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.chose.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asks_for_menu(event):
            self._ask_for_menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.visualRect(self.currentIndex()).center() if by_key else event.pos()
        if self.indexAt(place).isValid():
            self._ask_for_menu(place)

    def _ask_for_menu(self, place: QPoint) -> None:
        if self.currentIndex().isValid():
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A hand that moves while it clicks chooses no others.
        if event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
        self._hover_at(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_at(QPoint(-1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if steps := event.angleDelta().y():
                self.resized.emit(1 if steps > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(40 * GAP_XL, 30 * GAP_XL)

    def _hover_at(self, point: QPoint) -> None:
        row = self.indexAt(point).row() if self.viewport().rect().contains(point) else -1
        if row != self._hovered:
            for changed in (row, self._hovered):
                if 0 <= changed < len(self._places.x):
                    self.viewport().update(self._on_screen(self._places.cell(changed)))
            self._hovered = row

    def _on_arrived(self, sha256s: frozenset[bytes]) -> None:
        if self._gallery is None:
            return
        for row in self._rows_on(self.viewport().rect()):
            if self._gallery.content.photos[row].file.sha256 in sha256s:
                self.viewport().update(self._on_screen(self._places.cell(row)))

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _wish(self) -> None:
        if self._want is not None and not self._want.isActive():
            self._want.start()

    def _on_want(self) -> None:
        if self._gallery is None:
            return
        photos = self._gallery.content.photos
        rows = wanted(self._places, self.verticalOffset(), self.viewport().height(), _READ_AHEAD_PAGES)
        self._thumbnails.want([photos[row].file.sha256 for row in rows])
        groups = sorted({photos[row].group for row in self._rows_on(self.viewport().rect())})
        self.seen.emit(tuple(self._gallery.content.clusters[group] for group in groups))
