"""The last stop of an exception that nobody expected: it goes to the log, and once to the person."""

import logging
import sys
from traceback import format_exception
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.tokens import GAP_L, GAP_XXL

_log = logging.getLogger(__name__)
_SIZE = (560, 360)


def catch_exceptions(window: QWidget) -> "Crashes":
    """Become the hook for exceptions that no slot expects."""
    crashes = Crashes(window)
    sys.excepthook = crashes.hook
    return crashes


class Crashes(QObject):
    """Takes exceptions that nobody caught; the first of a session is shown, all are logged."""

    _happened = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: CrashDialog | None = None
        # By a signal, since an exception may reach the hook in another thread than that of the widgets.
        self._happened.connect(self._on_happened)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception, and show it if it is the first."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        _log.critical("Unexpected exception", exc_info=(kind, error, trace))
        self._happened.emit("".join(format_exception(kind, error, trace)))

    def shown(self) -> "CrashDialog | None":
        return self._shown

    def _on_happened(self, text: str) -> None:
        if self._shown is None:
            self._shown = CrashDialog(text, self._window)
            self._shown.show()


class CrashDialog(QDialog):
    """Says that the program made a mistake, and lets its facts be copied; of plain parts, which may still work."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("ShotSift made a mistake"))
        self.resize(*_SIZE)
        sentence = QLabel(
            self.tr("Your photos are untouched. You can go on, but a restart is wiser. These facts help to find it:")
        )
        sentence.setWordWrap(True)
        self.details = QPlainTextEdit(text)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(self.tr("Facts of the mistake"))
        buttons = QDialogButtonBox()
        copy = QPushButton(self.tr("Copy facts"))
        copy.clicked.connect(lambda: QApplication.clipboard().setText(text))
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XXL)
        layout.setSpacing(GAP_L)
        layout.addWidget(sentence)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)
