"""The switch of a panel over the gallery that shows one setting of the dataset on the page."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions


class PanelSwitch(QObject):
    """Shows and hides a panel with its action. ``left`` says that it was closed, so the keys need another place."""

    left = Signal()

    def __init__(self, commands: Actions, action: QAction, panel: QWidget, first: QWidget) -> None:
        """``first``: the part of the panel that takes the keys."""
        super().__init__(panel)
        self._offer, self._action, self._panel, self._first = commands.offer, action, panel, first
        action.toggled.connect(self._on_toggled)
        panel.hide()
        self.offer(there=False)

    def offer(self, *, there: bool) -> None:
        """Offer the panel where the photographs are ``there`` that it is about."""
        self._offer(self._action, "" if there else self.tr("Open the clusters of a dataset first"))

    def close(self) -> None:
        self._action.setChecked(False)

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001 (as the signal gives it)
        self._panel.setVisible(on)
        if on:
            self._first.setFocus()
        else:
            self.left.emit()
