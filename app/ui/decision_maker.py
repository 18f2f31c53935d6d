"""How decisions are made from the window: shown at once, kept in their order, and set right where they are refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from app.domain.clusters import Cluster
from app.domain.decisions import DecidedFile
from app.domain.steps import Step
from app.errors import ClusterEmptied, ShotSiftError
from app.services import clusters
from app.store import Store
from app.ui import decision_words
from app.ui.clusters_page import ClustersPage
from app.ui.lane import Lane
from app.ui.notice import Notice

_REFUSED = ("info", "text1")
Wanted = Mapping[str, DecidedFile | None]
"""What is to become of photographs, by path; None takes back what was decided."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A step with its clusters as they are after it, or why there is none."""

    step: Step | None
    clusters: Sequence[Cluster] = ()
    refusal: ShotSiftError | None = None


class DecisionMaker(QObject):
    """Makes decisions in the clusters of a page."""

    def __init__(self, lane: Lane, page: ClustersPage, notice: Notice) -> None:
        super().__init__(page)
        self._lane, self._page, self._notice = lane, page, notice

    def make(self, about: Sequence[Cluster], act: Callable[[Store], Step], wanted: Wanted | None = None) -> None:
        """Do ``act``, which decides in clusters; what is ``wanted`` is shown before it is done."""
        if wanted is not None:
            self._page.show_decided([cluster for one in about if (cluster := foreseen(one, wanted)) is not None])
        ids = [cluster.object_id for cluster in about]
        self._lane.ask(lambda store: _make(store, act, ids), self._on_made)

    def _on_made(self, made: _Made) -> None:
        if made.refusal is not None:
            self._notice.say(_words(made.refusal), _REFUSED)
            self._page.read_again()
        elif self._lane.idle:
            self._page.show_decided(made.clusters)
        if made.step is not None and made.step.count:
            # Said aloud only: the signs show it, and a line at each key would be in the way.
            event = QAccessibleAnnouncementEvent(self._page.gallery, decision_words.step(made.step))
            QAccessible.updateAccessibility(event)


def foreseen(cluster: Cluster, wanted: Wanted) -> Cluster | None:
    """Give a cluster as it will be; None if all of it would be rejected, which is going to be refused."""
    changed = {path: one for path, one in {**cluster.decided, **wanted}.items() if one is not None}
    decided = {member.path: changed[member.path] for member in cluster.members if member.path in changed}
    if len(decided) == len(cluster.members) and all(one.rejected for one in decided.values()):
        return None
    return replace(cluster, decided=decided)


def _make(store: Store, act: Callable[[Store], Step], object_ids: Sequence[str]) -> _Made:
    try:
        step = act(store)
    except ShotSiftError as error:
        return _Made(None, refusal=error)
    return _Made(step, clusters.some_clusters(store, object_ids))


def _words(refusal: ShotSiftError) -> str:
    return decision_words.would_empty(refusal.count) if isinstance(refusal, ClusterEmptied) else refusal.message
