"""Who made the program, and out of what."""

from importlib.metadata import PackageNotFoundError, version

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ui.look import Look, Text
from app.ui.tokens import GAP_L, GAP_XXL
from app.ui.widgets import Button, Label

_WIDTH = 420


class AboutDialog(QDialog):
    """Version, purpose and licences."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About ShotSift"))
        self.setFixedWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XXL)
        layout.setSpacing(GAP_L)
        title = Label(look, Text.TITLE)
        title.setText(self.tr("ShotSift {version}").format(version=_version()))
        layout.addWidget(title)
        for text in (
            self.tr("Finds photographs that show the same picture and helps to keep the best of each."),
            self.tr("Works offline. No account, no uploads."),
            self.tr("ShotSift is licensed under the Apache License 2.0."),
            self.tr("Icons: Lucide (ISC). Network: EfficientNet-Lite0 (Apache 2.0)."),
            self.tr("Qt {qt}, PySide {pyside} (LGPL 3).").format(qt=qVersion(), pyside=pyside_version),
        ):
            line = Label(look, Text.BODY, "text2")
            line.setWordWrap(True)
            line.setText(text)
            layout.addWidget(line)
        close = Button(look, self.tr("Close"), kind="primary")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _version() -> str:
    try:
        return version("shotsift")
    except PackageNotFoundError:
        # A checkout that was never installed has no version of its own.
        return ""
