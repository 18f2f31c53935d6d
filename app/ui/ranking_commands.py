"""Best shot, as a command: it opens the panel, keeps it at what the catalogue holds, and carries out what it wants."""

from PySide6.QtCore import QObject

from app.domain.judgements import BALANCED, Ranking
from app.services.ranking import set_ranking
from app.store import Store
from app.ui.actions import Actions
from app.ui.overview import Overview
from app.ui.panel_switch import PanelSwitch
from app.ui.ranking_panel import RankingPanel
from app.ui.wishes import Wishes
from app.workers.desk import Desk


class RankingCommands(QObject):
    """Leads the panel of the dataset on the page."""

    def __init__(self, desk: Desk, overview: Overview, commands: Actions, panel: RankingPanel) -> None:
        super().__init__(panel)
        self._overview, self._panel = overview, panel
        self.switch = PanelSwitch(commands, commands.best_shot, panel, panel.preset)
        self._name = ""
        self._seen: Ranking | None = None
        self.wishes = Wishes(desk, _rank, self)
        self.wishes.ended.connect(self._on_ended)
        self.wishes.failed.connect(self._on_failed)
        panel.wanted.connect(self._on_wanted)
        panel.closed.connect(self.switch.close)
        overview.datasets_read.connect(self._on_datasets_read)

    def offer(self, *, in_sight: bool) -> None:
        """Offer the panel where the photographs are that it is about."""
        self.switch.offer(there=in_sight and bool(self._name))

    def show_dataset(self, name: str) -> None:
        """Turn to another dataset."""
        self._name, self._seen = name, None
        self._panel.show_ranking(BALANCED)
        self._panel.show_under_way(self.wishes.is_under_way(name))
        self._on_datasets_read()

    def _on_wanted(self, ranking: Ranking) -> None:
        self.wishes.want(self._name, ranking)
        self._panel.show_under_way(self.wishes.is_under_way(self._name))

    def _on_datasets_read(self) -> None:
        dataset = self._overview.dataset(self._name)
        if dataset is None or dataset.ranking == self._seen:
            # What was read before the last change came to its end says nothing new: the panel is ahead of it.
            return
        self._seen = dataset.ranking
        if not self.wishes.is_under_way(self._name):
            self._panel.show_ranking(dataset.ranking)

    def _on_ended(self, dataset_name: str) -> None:
        if dataset_name == self._name:
            self._panel.show_under_way(self.wishes.is_under_way(dataset_name))

    def _on_failed(self, dataset_name: str) -> None:
        if dataset_name == self._name and not self.wishes.is_under_way(dataset_name):
            self._panel.show_ranking(self._seen or BALANCED)
            self._panel.show_under_way(False)


def _rank(store: Store, dataset_name: str, ranking: Ranking) -> str:
    set_ranking(store, dataset_name, ranking)
    return dataset_name
