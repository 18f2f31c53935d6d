"""Regrouping: changes how alike the pictures of a dataset's clusters are, one change at a time; the last one wins."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.domain.pairs import Alikeness
from app.services import clusters
from app.services.alikeness import set_alikeness
from app.store import Store
from app.workers.desk import Desk


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a change came to: clusters, and the photographs in them."""

    dataset_name: str
    alikeness: Alikeness
    clusters: int
    photos: int


class Regrouping(QObject):
    """Takes wishes as fast as a hand moves. ``ended`` carries what one came to, ``failed`` the name of its dataset."""

    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: dict[str, Alikeness] = {}
        self._job: _Job | None = None
        desk.failed.connect(self._on_failed)

    def want(self, dataset_name: str, alikeness: Alikeness) -> None:
        """Change the setting of a dataset, as soon as the change under way is done."""
        self._wanted[dataset_name] = alikeness
        self._go_on()

    def is_under_way(self, dataset_name: str) -> bool:
        """Tell whether the clusters of a dataset are about to be other ones."""
        return dataset_name in self._wanted or (self._job is not None and self._job.dataset_name == dataset_name)

    def _go_on(self) -> None:
        if self._job is None and self._wanted:
            name = next(iter(self._wanted))
            self._job = _Job(name, self._wanted.pop(name))
            self._desk.ask(self._job, self._on_done)

    def _on_done(self, found: Regrouped) -> None:
        self._job = None
        self._go_on()
        self.ended.emit(found)

    def _on_failed(self) -> None:
        # It may have been another question of the window that failed.
        if self._job is not None and self._job.has_failed:
            name, self._job = self._job.dataset_name, None
            self._go_on()
            self.failed.emit(name)


class _Job:
    """One change, carried out away from the window's thread."""

    def __init__(self, dataset_name: str, alikeness: Alikeness) -> None:
        self.dataset_name = dataset_name
        self.has_failed = False
        self._alikeness = alikeness

    def __call__(self, store: Store) -> Regrouped:
        done = False
        try:
            set_alikeness(store, self.dataset_name, self._alikeness)
            found = clusters.all_clusters(store, self.dataset_name)
            done = True
        finally:
            self.has_failed = not done
        return Regrouped(self.dataset_name, self._alikeness, len(found), sum(len(one.members) for one in found))
