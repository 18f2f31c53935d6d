"""What the program proposes to keep of the clusters in sight, asked for as they come into sight."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.clusters import Cluster
from app.services import proposing
from app.services.proposing import Suggestion
from app.workers.desk import Desk

_MOST_KEPT = 4000


class Proposals(QObject):
    """The proposals known so far. ``arrived`` says that there are more; old ones stay until new ones come."""

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known: dict[str, frozenset[str]] = {}
        self._fresh: set[str] = set()
        self._seen: tuple[Cluster, ...] = ()
        self._asked: frozenset[str] = frozenset()
        desk.failed.connect(self._on_failed)

    def want(self, seen: Sequence[Cluster]) -> None:
        """Replace what is wanted: clusters that nothing was decided in."""
        self._seen = tuple(seen)
        self._send()

    def renew(self) -> None:
        """Ask again: clusters changed, or by what they are ranked."""
        self._fresh.clear()
        self._asked = frozenset()
        self._send()

    def _send(self) -> None:
        wanted = [one.object_id for one in self._seen if not (one.kind.protected or one.decided)]
        missing = [object_id for object_id in wanted if object_id not in self._fresh]
        if self._asked or not missing:
            return
        asked = self._asked = frozenset(missing)
        self._desk.ask(lambda store: proposing.suggest(store, missing), lambda found: self._on_read(asked, found))

    def _on_read(self, asked: frozenset[str], found: Sequence[Suggestion]) -> None:
        if asked is not self._asked:
            return  # clusters changed meanwhile, and a newer question is under way
        self._asked = frozenset()
        if len(self.known) > _MOST_KEPT:
            self.known.clear()
            self._fresh.clear()
        for object_id in asked:
            self.known.pop(object_id, None)
        self.known.update({one.cluster.object_id: one.kept for one in found})
        self._fresh |= asked
        self.arrived.emit()
        self._send()

    def _on_failed(self) -> None:
        # It may have been our question; it is asked again when the gallery moves.
        self._asked = frozenset()
