"""A photograph on which a frame shows what a remark speaks of, and the remarks that draw it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.judgements import Region
from app.domain.remarks import Remark
from app.ui import remark_words
from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.tokens import GAP_M, GAP_S
from app.ui.widgets import surface

_LINE, _ICON, _MOST = 24, 14, 3


class FramedPicture(QWidget):
    """Shows a picture whole, in the middle, with frames on it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        surface(self, "backdrop")
        self._look = look
        self._pixmap = QPixmap()
        self._regions: tuple[Region, ...] = ()

    def show_picture(self, pixmap: QPixmap | None, name: str) -> None:
        """Show a picture, or none while it has not arrived."""
        self._pixmap = pixmap or QPixmap()
        self.setAccessibleName(name)
        self.update()

    def show_regions(self, regions: Sequence[Region]) -> None:
        """Draw frames, in shares of the picture."""
        self._regions = tuple(regions)
        self.update()

    def regions(self) -> tuple[Region, ...]:
        """Return the regions that are framed now."""
        return self._regions

    def place(self) -> QRect:
        """Return where the picture lies."""
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        found = QRect(self.rect().topLeft(), size)
        found.moveCenter(self.rect().center())
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._pixmap.isNull():
            return
        place = self.place()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._pixmap)
        for region in self._regions:
            self._frame(painter, QRectF(_in(place, region)))
        painter.end()

    def _frame(self, painter: QPainter, rect: QRectF) -> None:
        # Dark beside light, so that it is seen on whatever the photograph shows.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width, token in ((4, "onbest"), (2, "best")):
            painter.setPen(QPen(self._look.color(token), width))
            painter.drawRect(rect)


class RemarkLines(QWidget):
    """Up to three remarks. ``pointed`` carries the regions of the one that has the focus or is under the mouse."""

    pointed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = [_RemarkLine(look) for _ in range(_MOST)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for line in self.lines:
            line.pointed.connect(self._on_pointed)
            layout.addWidget(line)
        self.show_remarks(())

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show the remarks on a member; the places of all three are kept, so that nothing jumps."""
        for place, line in enumerate(self.lines):
            line.show_remark(remarks[place] if place < len(remarks) else None)
        self._on_pointed()

    def _on_pointed(self) -> None:
        pointed = [line.remark for line in self.lines if line.is_pointed and line.remark is not None]
        self.pointed.emit(pointed[-1].regions if pointed else ())


class _RemarkLine(QWidget):
    """One remark; that it can be shown in the photograph is told by an icon."""

    pointed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hovered = False
        self.remark: Remark | None = None
        self.setFixedHeight(_LINE)

    @property
    def is_pointed(self) -> bool:
        return self._hovered or self.hasFocus()

    def show_remark(self, remark: Remark | None) -> None:
        self.remark = remark
        text = "" if remark is None else remark_words.said(remark)
        regions = remark is not None and bool(remark.regions)
        self.setAccessibleName(text)
        self.setToolTip(self.tr("Shown by a frame in the photo") if regions else "")
        self.setAccessibleDescription(self.toolTip())
        # A disabled one gives the keys to the next; only what is a remark may have them.
        self.setEnabled(remark is not None)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if remark is None else Qt.FocusPolicy.TabFocus)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, _LINE)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._announce()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._announce()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._hovered = True
        self._announce()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = False
        self._announce()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.remark is None:
            return
        painter = QPainter(self)
        brush = Brush(painter, self._look)
        if self._hovered:
            brush.mat(self.rect(), "mathover")
        icon = "scan-search" if self.remark.regions else "info"
        brush.icon(GAP_S, self.rect().center().y(), icon, "text2", _ICON)
        inner = self.rect().adjusted(GAP_S + _ICON + GAP_M, 0, -GAP_S, 0)
        brush.words(inner, remark_words.said(self.remark), Text.BODY, "text1")
        if self.hasFocus():
            brush.ring(self.rect())
        painter.end()

    def _announce(self) -> None:
        self.update()
        self.pointed.emit()


def _in(place: QRect, region: Region) -> QRect:
    left, top, width, height = region
    return QRect(
        place.left() + round(left * place.width()),
        place.top() + round(top * place.height()),
        max(1, round(width * place.width())),
        max(1, round(height * place.height())),
    ).intersected(place)
