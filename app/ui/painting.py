"""Strokes that the rows of all lists share: words, icons, mats and the focus ring."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.ui.look import Look, Text
from app.ui.tokens import RADIUS_CELL

_LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Brush:
    """A painter with the look that it paints in."""

    painter: QPainter
    look: Look

    def words(self, rect: QRect, text: str, style: Text, color: str, align: Qt.AlignmentFlag = _LEFT) -> int:
        """Write one line in the middle of a rectangle, elided at its end, and return the width it took."""
        font = self.look.font(style)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.setFont(font)
        self.painter.setPen(self.look.color(color))
        self.painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
        return QFontMetrics(font).horizontalAdvance(shown)

    def icon(self, left: int, middle: int, name: str, color: str, size: int = 16) -> None:
        """Draw an icon with its left edge and its vertical middle at a place."""
        ratio = self.painter.device().devicePixelRatio()
        self.painter.drawPixmap(QPoint(left, middle + 1 - size // 2), self.look.pixmap(name, size, color, ratio))

    def mat(self, rect: QRect, color: str) -> None:
        """Fill a rounded row."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.look.color(color))
        self.painter.drawRoundedRect(rect, RADIUS_CELL, RADIUS_CELL)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def ring(self, rect: QRect) -> None:
        """Draw the focus ring inside a rectangle."""
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(self.look.color("focus"), 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS_CELL, RADIUS_CELL)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
