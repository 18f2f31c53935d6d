"""How the window appears now: the theme that is in force, its fonts and its icons."""

from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from app.ui import theme
from app.ui.icons import Icons
from app.ui.tokens import DARK, LIGHT, MIN_PIXELS, Theme

_W = QFont.Weight


class Text(Enum):
    """The sizes of writing, as parts of the system's font, with the weight."""

    NOTE = (0.85, _W.Normal)
    HEADING = (0.85, _W.DemiBold)
    SMALL = (0.92, _W.Normal)
    SMALL_STRONG = (0.92, _W.DemiBold)
    BODY = (1.0, _W.Normal)
    STRONG = (1.0, _W.DemiBold)
    TITLE = (1.15, _W.DemiBold)
    START = (1.85, _W.DemiBold)


class Look(QObject):
    """The theme in force. ``changed`` is sent after another theme was put on."""

    changed = Signal()

    def __init__(self, preference: str) -> None:
        super().__init__()
        self._app = _application()
        self._pixels = max(MIN_PIXELS + 1, QFontInfo(self._app.font()).pixelSize())
        self._icons = Icons()
        self._fonts: dict[Text, QFont] = {}
        self._preference = preference
        self.theme = self._resolve()
        self._app.setStyle("Fusion")
        self._put_on()
        self._app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def choose(self, preference: str) -> None:
        """Put on the theme of a preference: "system", "dark" or "light"."""
        self._preference = preference
        chosen = self._resolve()
        if chosen != self.theme:
            self.theme = chosen
            self._put_on()
            self.changed.emit()

    def font(self, text: Text) -> QFont:
        if text not in self._fonts:
            part, weight = text.value
            font = QFont(self._app.font())
            font.setPixelSize(max(MIN_PIXELS, round(self._pixels * part)))
            font.setWeight(weight)
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[text] = font
        return self._fonts[text]

    def color(self, token: str) -> QColor:
        return QColor(self.theme.colors()[token])

    def pixmap(self, name: str, size: int, color: str = "text1", ratio: float = 1.0) -> QPixmap:
        return self._icons.pixmap(name, size, self.theme.colors()[color], ratio)

    def icon(self, name: str, color: str = "text1", size: int = 16, gap: int = 0) -> QIcon:
        """Return the icon in both screen ratios, grey where its control is disabled, with a ``gap`` after it."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            for token, mode in ((color, QIcon.Mode.Normal), ("disabled", QIcon.Mode.Disabled)):
                icon.addPixmap(_with_gap(self.pixmap(name, size, token, ratio), gap), mode)
        return icon

    def _resolve(self) -> Theme:
        if self._preference == "system":
            light = self._app.styleHints().colorScheme() is Qt.ColorScheme.Light
        else:
            light = self._preference == "light"
        return LIGHT if light else DARK

    def _put_on(self) -> None:
        self._app.setPalette(theme.palette(self.theme))
        self._app.setStyleSheet(theme.style_sheet(self.theme))

    def _on_scheme_changed(self) -> None:
        self.choose(self._preference)


def _with_gap(pixmap: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wider = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wider.setDevicePixelRatio(ratio)
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wider


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication), "the window needs a QApplication"
    return application
