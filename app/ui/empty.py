"""What a page says when it has nothing to show: a sign, a line, a sentence and one way on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.look import Look, Text
from app.ui.tokens import GAP_L, GAP_M, GAP_XL
from app.ui.widgets import Button, IconLabel, Label

_WIDTH = 460
_ICON = 40


class EmptyState(QWidget):
    """Shows one state at a time."""

    def __init__(self, look: Look, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(look, "images", _ICON, "text3")
        self._title = Label(look, Text.TITLE)
        self._sentence = Label(look, Text.BODY, "text2")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = button
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        around = QHBoxLayout(self)
        around.addWidget(column)
        layout = QVBoxLayout(column)
        layout.setSpacing(GAP_M)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(GAP_M)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._sentence)
        layout.addSpacing(GAP_L)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        layout.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)

    def title(self) -> str:
        return self._title.text()

    def say(self, icon: str, title: str, sentence: str, *, offer: bool) -> None:
        """Show a state; ``offer`` its button too."""
        self._icon.show_icon(icon, "text3")
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._button.setVisible(offer)
