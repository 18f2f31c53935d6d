"""Why together, as a command of the photographs chosen in the gallery."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions
from app.ui.clusters_page import ClustersPage
from app.ui.explanation_dialog import ExplanationDialog
from app.ui.look import Look
from app.workers.desk import Desk


class ExplanationCommands(QObject):
    """Offers to explain two photographs, or one and the best of its cluster."""

    def __init__(self, look: Look, desk: Desk, commands: Actions, page: ClustersPage, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._desk, self._commands, self._page, self._window = look, desk, commands, page, window
        commands.why.triggered.connect(self._on_why)
        page.gallery.chose.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer it for one photograph or two, and say what it would tell."""
        choice = self._page.choice()
        why_not = "" if choice is not None and choice.pair is not None else self.tr("Choose one photo or two first")
        self._commands.offer(self._commands.why, why_not)
        apart = choice is not None and choice.pair is not None and len(choice.clusters) > 1
        self._commands.why.setText(self.tr("&Why apart?") if apart else self.tr("&Why together?"))

    def _on_why(self) -> None:
        choice = self._page.choice()
        if choice is None or choice.pair is None:
            return
        name, alikeness = self._page.shown(), self._page.alikeness
        dialog = ExplanationDialog(self._look, self._desk, name, choice.pair, alikeness.regrouping, self._window)
        dialog.wanted.connect(lambda wanted: alikeness.want(name, wanted))
        dialog.open()
