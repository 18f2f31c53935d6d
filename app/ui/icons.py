"""Lucide icons as pixmaps in a token's colour, rendered once per name, size, colour and screen ratio."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app import resources

_FINE_FROM = 40
"""From this size on the strokes are drawn finer, as the empty states want it."""


class Icons:
    """The icons drawn so far; it must not outlive the application object, as pixmaps may not."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}

    def pixmap(self, name: str, size: int, color: str, ratio: float = 1.0) -> QPixmap:
        """Return the icon ``name``, ``size`` logical pixels wide, in ``color`` (a token's value)."""
        key = (name, size, color, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(name, size, color, ratio)
        return self._pixmaps[key]

    def _draw(self, name: str, size: int, color: str, ratio: float) -> QPixmap:
        svg = self._source(name).replace("currentColor", color)
        if size >= _FINE_FROM:
            svg = svg.replace('stroke-width="2"', 'stroke-width="1.25"')
        pixels = round(size * ratio)
        picture = QPixmap(pixels, pixels)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]
