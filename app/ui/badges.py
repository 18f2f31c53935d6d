"""The signs in a caption, drawn once per theme and screen ratio."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from app.ui.look import Look, Text
from app.ui.tokens import GAP_S, RADIUS_CHIP

_HEIGHT = 16
_ICON = 12


class Badges:
    """The badges of one look; forgotten when the theme changes."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._drawn: dict[tuple[_Sign | _Stamp, str, float], QPixmap] = {}
        look.changed.connect(self._drawn.clear)

    def best(self, words: str, ratio: float) -> QPixmap:
        """Return the pill of the best photograph: a crown and ``words``, or the crown alone if there are none."""
        return self._get(_Sign("crown", "best", "onbest"), words, ratio)

    def keep(self, words: str, ratio: float) -> QPixmap:
        """Return the pill of a photograph that is proposed to be kept as well: a tick and ``words``."""
        return self._get(_Sign("check", "keep", "onkeep"), words, ratio)

    def companions(self, words: str, ratio: float) -> QPixmap:
        """Return the pill that says what goes along with a photograph; words alone."""
        return self._get(_Sign("", "raised", "text2"), words, ratio)

    def kept(self, letter: str, ratio: float) -> QPixmap:
        """Return the round sign of a photograph that a person keeps."""
        return self._stamp(_Stamp("keep", "onkeep", is_round=True), letter, ratio)

    def rejected(self, letter: str, ratio: float) -> QPixmap:
        """Return the square sign of a photograph that a person rejects."""
        return self._stamp(_Stamp("reject", "onreject", is_round=False), letter, ratio)

    def proposed(self, letter: str, ratio: float) -> QPixmap:
        """Return the dashed round sign of a photograph that the program would keep."""
        return self._stamp(_Stamp("", "text2", is_round=True), letter, ratio)

    def _stamp(self, stamp: "_Stamp", letter: str, ratio: float) -> QPixmap:
        key = (stamp, letter, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._draw_stamp(stamp, letter, ratio)
        return self._drawn[key]

    def _draw_stamp(self, stamp: "_Stamp", letter: str, ratio: float) -> QPixmap:
        """Draw a letter in a circle or a square: filled for a decision, dashed for what is only proposed."""
        pixmap = QPixmap(round(_HEIGHT * ratio), round(_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if stamp.ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color(stamp.ground))
        else:
            pen = QPen(self._look.color(stamp.color), 1.2)
            pen.setDashPattern([2.2, 1.8])
            painter.setPen(pen)
        radius = _HEIGHT / 2 if stamp.is_round else RADIUS_CHIP
        painter.drawRoundedRect(QRectF(1, 1, _HEIGHT - 2, _HEIGHT - 2), radius, radius)
        painter.setPen(self._look.color(stamp.color))
        painter.setFont(self._look.font(Text.HEADING))
        painter.drawText(QRectF(0, 0, _HEIGHT, _HEIGHT), Qt.AlignmentFlag.AlignCenter, letter)
        painter.end()
        return pixmap

    def _get(self, sign: "_Sign", words: str, ratio: float) -> QPixmap:
        key = (sign, words, ratio)
        if key not in self._drawn:
            self._drawn[key] = self._draw(sign, words, ratio)
        return self._drawn[key]

    def _draw(self, sign: "_Sign", words: str, ratio: float) -> QPixmap:
        font = self._look.font(Text.HEADING)
        text_width = QFontMetricsF(font).horizontalAdvance(words) if words else 0.0
        icon_width = _ICON if sign.icon else 0
        gap = GAP_S - 1 if sign.icon and words else 0
        width = round(2 * GAP_S + icon_width + gap + text_width)
        pixmap = QPixmap(round(width * ratio), round(_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color(sign.ground))
        painter.drawRoundedRect(QRectF(0, 0, width, _HEIGHT), RADIUS_CHIP, RADIUS_CHIP)
        if sign.icon:
            icon = self._look.pixmap(sign.icon, _ICON, sign.color, ratio)
            painter.drawPixmap(QPointF(GAP_S, (_HEIGHT - _ICON) / 2), icon)
        if words:
            painter.setPen(self._look.color(sign.color))
            painter.setFont(font)
            left = GAP_S + icon_width + gap
            painter.drawText(QRectF(left, 0, text_width + 1, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()
        return pixmap


class _Sign(NamedTuple):
    """An icon, if there is one, with the tokens of its colour and of the pill that it stands on."""

    icon: str
    ground: str
    color: str


class _Stamp(NamedTuple):
    """The tokens of a sign's ground and letter; without a ground it is dashed."""

    ground: str
    color: str
    is_round: bool
