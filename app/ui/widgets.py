"""The small parts that all pages are made of: labels, buttons and icons that follow the theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from app.ui.look import Look, Text
from app.ui.tokens import GAP_S, RADIUS_CHIP

_ICON, _SMALL_ICON = 16, 14


def surface(widget: QWidget, name: str) -> None:
    """Give a widget the background and the edges that the style sheet has for ``name``."""
    widget.setProperty("surface", name)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def rule() -> QFrame:
    """Return a hairline between parts of one surface."""
    line = QFrame()
    surface(line, "rule")
    return line


class Label(QLabel):
    """Words in one of the window's sizes and in a token's colour; long ones end in an ellipsis if ``elided``."""

    def __init__(self, look: Look, text: Text = Text.BODY, color: str = "text1", *, elided: bool = False) -> None:
        super().__init__()
        self._look = look
        self._color = color
        self._whole = ""
        self._elided = elided
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font(text))
        if elided:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def setText(self, text: str) -> None:
        self._whole = text
        if self._elided:
            self.setToolTip(text)
            self.setAccessibleName(text)
        self._fit()

    def set_color(self, color: str) -> None:
        self._color = color
        self._on_look_changed()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        shown = self._whole
        if self._elided:
            shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            super().setText(shown)

    def _on_look_changed(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._look.color(self._color))
        self.setPalette(palette)


class IconLabel(QLabel):
    """An icon that is no control; words beside it say the same."""

    def __init__(self, look: Look, name: str, size: int = 16, color: str = "text2") -> None:
        super().__init__()
        self._look = look
        self._size = size
        self._shown = (name, color)
        self.setFixedWidth(size)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_icon(self, name: str, color: str = "text2") -> None:
        if (name, color) != self._shown:
            self._shown = (name, color)
            self._on_look_changed()

    def _on_look_changed(self) -> None:
        name, color = self._shown
        self.setPixmap(self._look.pixmap(name, self._size, color, self.devicePixelRatioF()))


class Button(QPushButton):
    """A button with an icon and a word; ``kind`` is "" , "primary" (one a screen) or "quiet"."""

    def __init__(self, look: Look, words: str, icon: str = "", kind: str = "") -> None:
        super().__init__(words)
        self._look = look
        self._icon_name, self._icon_size = icon, _ICON
        self._icon_token = "onprimary" if kind == "primary" else "text1"
        if kind:
            self.setProperty(kind, "true")
        # A click leaves the keys with the photographs, and the ring is drawn only for who came by keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(look.font(Text.STRONG if kind == "primary" else Text.BODY))
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def make_small(self) -> None:
        """Fit into a strip."""
        self._icon_size = _SMALL_ICON
        self.setFont(self._look.font(Text.SMALL))
        self.setProperty("small", "true")
        self._on_look_changed()

    @classmethod
    def of(cls, look: Look, action: QAction, icon: str, kind: str = "") -> "Button":
        """Make a button that does and is able to do what an action does, and shows its help."""
        button = cls(look, action.iconText(), icon, kind)
        button.setCheckable(action.isCheckable())
        button._follow(action)
        return button

    def _follow(self, action: QAction) -> None:
        self.clicked.connect(action.trigger)
        action.changed.connect(self._on_action_changed)
        self._action = action
        self._on_action_changed()

    def _on_action_changed(self) -> None:
        self.setText(self._action.iconText())
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        self.setToolTip(self._action.toolTip())

    def _on_look_changed(self) -> None:
        if self._icon_name:
            # Qt puts icon and word too close, so the icon brings its own distance.
            self.setIcon(self._look.icon(self._icon_name, self._icon_token, self._icon_size, GAP_S))
            self.setIconSize(QSize(self._icon_size + GAP_S, self._icon_size))


class IconButton(QToolButton):
    """A button with an icon alone; ``name`` is what a screen reader says and a tooltip shows."""

    def __init__(self, look: Look, icon: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._icon_name = icon
        self.setProperty("quiet", "true")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        self.setIcon(self._look.icon(self._icon_name))
        self.setIconSize(QSize(_ICON, _ICON))


class CheckBox(QCheckBox):
    """A box with words, drawn with an outline that is seen on every surface."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setFont(look.font(Text.BODY))
        self.setAccessibleName(text.replace("&", ""))
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = self._look.color("ctl" if self.isEnabled() else "line")
        painter.setPen(QPen(outline, 1))
        painter.setBrush(self._look.color("sunken"))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CHIP, RADIUS_CHIP)
        if self.isChecked():
            size = box.width() - 2
            picture = self._look.pixmap("check", size, "text1", self.devicePixelRatioF())
            painter.drawPixmap(box.x() + 1, box.y() + 1, picture)
        painter.end()


def asks_for_menu(event: QKeyEvent) -> bool:
    """Tell whether a key asks for the menu of what is chosen; not every system makes it do so by itself."""
    shift_f10 = event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or shift_f10
