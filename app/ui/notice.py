"""The bar under the pages that says once what happened, and stays until it is read or the next thing happens."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.look import Look, Text
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, NOTICE
from app.ui.widgets import Button, IconButton, IconLabel, Label, surface


class Notice(QWidget):
    """One line, "Show" where there is something to show, and a way to dismiss it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "notice")
        self.setFixedHeight(NOTICE)
        self._then: Callable[[], None] | None = None
        self._icon = IconLabel(look, "circle-check")
        self._text = Label(look, Text.BODY, elided=True)
        self._show = Button(look, self.tr("Show"), kind="quiet")
        self._close = IconButton(look, "x", self.tr("Dismiss this message"))
        self._show.clicked.connect(self._on_show)
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP_XL, 0, GAP_L, 0)
        layout.setSpacing(GAP_M)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._show)
        layout.addWidget(self._close)
        self.hide()

    def text(self) -> str:
        """Return what is said now, or nothing."""
        return self._text.toolTip() if not self.isHidden() else ""

    def say(self, text: str, icon: tuple[str, str], then: Callable[[], None] | None = None) -> None:
        """Show a line, read it out once, and let "Show" do ``then``."""
        self._then = then
        self._icon.show_icon(*icon)
        self._text.setText(text)
        self._show.setVisible(then is not None)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _on_show(self) -> None:
        self.hide()
        if self._then is not None:
            self._then()
