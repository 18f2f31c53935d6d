"""How alike, as a command: it opens the panel, keeps it at what the catalogue holds, and carries out what it wants."""

from PySide6.QtCore import QObject

from app.domain.pairs import AS_USUAL, Alikeness
from app.ui.actions import Actions
from app.ui.alikeness_panel import AlikenessPanel
from app.ui.overview import Overview
from app.ui.panel_switch import PanelSwitch
from app.ui.regrouping import Regrouped, Regrouping
from app.workers.desk import Desk


class AlikenessCommands(QObject):
    """Leads the panel of the dataset on the page."""

    def __init__(self, desk: Desk, overview: Overview, commands: Actions, panel: AlikenessPanel) -> None:
        super().__init__(panel)
        self._overview, self._panel = overview, panel
        self.switch = PanelSwitch(commands, commands.how_alike, panel, panel.slider)
        self._name = ""
        self._seen: Alikeness | None = None
        self.regrouping = Regrouping(desk, self)
        self.regrouping.ended.connect(self._on_ended)
        self.regrouping.failed.connect(self._on_failed)
        panel.wanted.connect(self._on_wanted)
        panel.closed.connect(self.switch.close)
        overview.datasets_read.connect(self._on_datasets_read)

    def offer(self, *, in_sight: bool) -> None:
        """Offer the panel where the photographs are that it is about."""
        self.switch.offer(there=in_sight and bool(self._name))

    def show_dataset(self, name: str) -> None:
        """Turn to another dataset."""
        self._name, self._seen = name, None
        self._panel.show_alikeness(AS_USUAL)
        self._on_datasets_read()

    def show_found(self, clusters: int, photos: int) -> None:
        """Tell what the page shows of the dataset."""
        self._panel.show_found(clusters, photos, under_way=self.regrouping.is_under_way(self._name))

    def want(self, dataset_name: str, alikeness: Alikeness) -> None:
        """Change the setting of a dataset."""
        self.regrouping.want(dataset_name, alikeness)
        if dataset_name == self._name:
            self._panel.show_alikeness(alikeness)
            self._panel.show_under_way(self.regrouping.is_under_way(dataset_name))

    def _on_wanted(self, alikeness: Alikeness) -> None:
        self.want(self._name, alikeness)

    def _on_datasets_read(self) -> None:
        dataset = self._overview.dataset(self._name)
        if dataset is None or dataset.alikeness == self._seen:
            # What was read before the last change came to its end says nothing new: the panel is ahead of it.
            return
        self._seen = dataset.alikeness
        if not self.regrouping.is_under_way(self._name):
            self._panel.show_alikeness(dataset.alikeness)

    def _on_ended(self, found: Regrouped) -> None:
        if found.dataset_name == self._name:
            self.show_found(found.clusters, found.photos)

    def _on_failed(self, dataset_name: str) -> None:
        if dataset_name == self._name and not self.regrouping.is_under_way(dataset_name):
            self._panel.show_alikeness(self._seen or AS_USUAL)
            self._panel.show_under_way(False)
