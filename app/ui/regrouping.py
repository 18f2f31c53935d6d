"""Regrouping: changes how alike the pictures of a dataset's clusters are."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.domain.pairs import Alikeness
from app.services import clusters
from app.services.alikeness import set_alikeness
from app.store import Store
from app.ui.wishes import Wishes
from app.workers.desk import Desk


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a change came to: clusters, and the photographs in them."""

    dataset_name: str
    alikeness: Alikeness
    clusters: int
    photos: int


class Regrouping(Wishes[Alikeness]):
    """Carries out wishes of how alike; ``ended`` carries a :class:`Regrouped`."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, _regroup, parent)


def _regroup(store: Store, dataset_name: str, alikeness: Alikeness) -> Regrouped:
    set_alikeness(store, dataset_name, alikeness)
    found = clusters.all_clusters(store, dataset_name)
    return Regrouped(dataset_name, alikeness, len(found), sum(len(one.members) for one in found))
