"""The commands of clusters, put together: what a person says of them, and what the program tells of them."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions
from app.ui.bulk_commands import BulkCommands
from app.ui.clusters_page import ClustersPage
from app.ui.correction_commands import CorrectionCommands
from app.ui.decision_commands import DecisionCommands
from app.ui.explanation_commands import ExplanationCommands
from app.ui.gallery_keys import give_keys
from app.ui.ladder_commands import LadderCommands
from app.ui.lane import Lane
from app.ui.look import Look
from app.ui.notice import Notice
from app.ui.opinion_commands import OpinionCommands
from app.ui.undo_commands import UndoCommands
from app.workers.desk import Desk


class ClusterCommands(QObject):
    """Joins the commands of the menu Cluster to the page that shows clusters."""

    def __init__(
        self, look: Look, desk: Desk, commands: Actions, parts: tuple[ClustersPage, Notice], window: QWidget
    ) -> None:
        super().__init__(window)
        page, _ = parts
        lane = Lane(desk, self)
        of_gallery = (*commands.of_photo(), *commands.of_decided_cluster(), *commands.of_cluster())
        give_keys(page.gallery, of_gallery, commands.letters)
        self.corrections = CorrectionCommands(look, desk, commands, parts, window)
        self.explanations = ExplanationCommands(look, desk, commands, page, window)
        self.ladders = LadderCommands(look, desk, commands, page, window)
        self.undoing = UndoCommands(desk, lane, commands, parts, self.corrections)
        self.decisions = DecisionCommands(look, lane, commands, parts, window)
        self.undoing.restore_wanted.connect(self.decisions.restore_wanted)
        self.bulk = BulkCommands(look, desk, lane, commands, parts)
        self.opinions = OpinionCommands(look, desk, commands, (page, self.corrections), window)
