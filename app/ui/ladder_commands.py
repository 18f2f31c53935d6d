"""The best of copies, as a command of the dataset on the page."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions
from app.ui.clusters_page import ClustersPage
from app.ui.ladder_dialog import LadderDialog
from app.ui.look import Look
from app.workers.desk import Desk


class LadderCommands(QObject):
    """Offers the ladders where there is a dataset that may follow one."""

    def __init__(self, look: Look, desk: Desk, commands: Actions, page: ClustersPage, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._desk, self._commands, self._page, self._window = look, desk, commands, page, window
        commands.ladders.triggered.connect(self._on_ladders)
        page.gallery.chose.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer it once a dataset is open."""
        self._commands.offer(self._commands.ladders, "" if self._page.shown() else self.tr("Open a dataset first"))

    def _on_ladders(self) -> None:
        LadderDialog(self._look, self._desk, self._page.shown(), self._window).open()
