"""What a person decides on the photographs and clusters chosen in the gallery; no command touches a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import QWidget

from app.domain.clusters import Cluster
from app.domain.companions import CompanionKind
from app.domain.decisions import Decision, Scope
from app.domain.files import RAW, FileMeta
from app.domain.steps import Step
from app.errors import ClusterEmptied
from app.services import clusters, deciding
from app.store import Store
from app.ui import decision_words
from app.ui.actions import Actions
from app.ui.choice import Choice
from app.ui.clusters_page import ClustersPage
from app.ui.look import Look
from app.ui.notice import Notice
from app.ui.reject_all_dialog import RejectAllDialog
from app.workers.desk import Desk

_REFUSED = ("info", "text1")


@dataclass(frozen=True, slots=True)
class _Made:
    """A step with the clusters as they are after it; or how many photographs a refused one would have rejected."""

    step: Step | None
    clusters: Sequence[Cluster] = ()
    refused: int = 0


class DecisionCommands(QObject):
    """Does the commands of the menu Photo, and those of the menu Cluster that decide.

    ``restore_wanted`` carries the id of a deletion that is to be put back, as Undo would take it back.
    """

    restore_wanted = Signal(int)

    def __init__(
        self, look: Look, desk: Desk, commands: Actions, parts: tuple[ClustersPage, Notice], window: QWidget
    ) -> None:
        super().__init__(window)
        self._look, self._desk, self._commands, self._window = look, desk, commands, window
        self._page, self._notice = parts
        self._connect()
        self._page.gallery.chose.connect(self.offer)
        self._page.was_read.connect(self.offer)
        self.offer()

    def offer(self) -> None:
        """Offer what can be decided on the choice."""
        choice, commands = self._page.choice(), self._commands
        nothing = "" if choice is not None else self.tr("Choose a photo in a cluster first")
        for action in (commands.keep, commands.reject, commands.undecide, commands.toggle_reject):
            commands.offer(action, nothing)
        commands.offer(commands.keep_only, nothing or self._why_not_only(choice))
        no_pair = self.tr("Choose a photo that has a RAW file and a picture beside it")
        for action in (commands.reject_raw, commands.reject_rendering):
            commands.offer(action, nothing or ("" if all(map(_has_raw, self._files(choice))) else no_pair))
        for action in (commands.keep_all, commands.reject_all):
            commands.offer(action, nothing)
        commands.offer(commands.accept, nothing or self._why_not_accept(choice))
        undecided = self.tr("Nothing is decided in this cluster")
        decided = choice is not None and any(cluster.decided for cluster in choice.clusters)
        commands.offer(commands.undecide_all, nothing or ("" if decided else undecided))

    def _connect(self) -> None:
        commands = self._commands
        led: dict[QAction, Callable[[], None]] = {
            commands.keep: partial(self._decide, Decision.KEEP),
            commands.reject: partial(self._decide, Decision.REJECT),
            commands.undecide: partial(self._decide, Decision.UNDECIDED),
            commands.reject_raw: partial(self._decide, Decision.REJECT, Scope.RAW),
            commands.reject_rendering: partial(self._decide, Decision.REJECT, Scope.RENDERING),
        }
        for action, then in led.items():
            action.triggered.connect(lambda *_, then=then: then())
        commands.toggle_reject.triggered.connect(self._on_toggle)
        commands.keep_only.triggered.connect(self._on_keep_only)
        commands.accept.triggered.connect(self._on_accept)
        commands.keep_all.triggered.connect(self._on_keep_all)
        commands.undecide_all.triggered.connect(self._on_undecide_all)
        commands.reject_all.triggered.connect(self._on_reject_all)

    def _files(self, choice: Choice | None) -> tuple[FileMeta, ...]:
        """Return the chosen photographs, or the current one where none is chosen."""
        if choice is None:
            return ()
        return choice.files or (self._page.content().photos[self._page.gallery.currentIndex().row()].file,)

    def _why_not_only(self, choice: Choice | None) -> str:
        if len(self._files(choice)) > 1:
            return self.tr("Choose a single photo")
        if choice is not None and choice.current.kind.protected:
            return self.tr("This cluster is kept whole; decide on its photos one by one")
        return ""

    def _why_not_accept(self, choice: Choice | None) -> str:
        if choice is not None and any(cluster.kind.protected for cluster in choice.clusters):
            return self.tr("This cluster is kept whole; decide on its photos one by one")
        if choice is not None and all(cluster.decided for cluster in choice.clusters):
            return self.tr("You decided in this cluster already; Undecide all comes first")
        return ""

    def _decide(self, decision: Decision, scope: Scope = Scope.WHOLE) -> None:
        if (choice := self._page.choice()) is not None:
            name, paths = self._page.shown(), [file.path for file in self._files(choice)]
            self._do(choice.clusters, lambda store: deciding.decide(store, name, paths, decision, scope))

    def _on_toggle(self) -> None:
        choice = self._page.choice()
        rejected = choice is not None and all(
            cluster.decision(file) is Decision.REJECT
            for file in self._files(choice)
            for cluster in choice.clusters
            if file in cluster.members
        )
        self._decide(Decision.UNDECIDED if rejected else Decision.REJECT)

    def _on_keep_only(self) -> None:
        if (choice := self._page.choice()) is not None:
            name, path = self._page.shown(), self._files(choice)[0].path
            after = partial(self._page.go_after, choice.current.object_id)
            self._do((choice.current,), lambda store: deciding.keep_only(store, name, path), after)

    def _on_accept(self) -> None:
        if (choice := self._page.choice()) is not None:
            ids = [cluster.object_id for cluster in choice.clusters]
            self._do(choice.clusters, lambda store: deciding.accept(store, ids))

    def _on_keep_all(self) -> None:
        if (choice := self._page.choice()) is not None:
            name, paths = self._page.shown(), [file.path for one in choice.clusters for file in one.members]
            self._do(choice.clusters, lambda store: deciding.decide(store, name, paths, Decision.KEEP))

    def _on_undecide_all(self) -> None:
        if (choice := self._page.choice()) is not None:
            ids = [cluster.object_id for cluster in choice.clusters]
            self._do(choice.clusters, lambda store: deciding.undecide(store, ids))

    def _on_reject_all(self) -> None:
        if (choice := self._page.choice()) is not None:
            cluster = choice.current
            dialog = RejectAllDialog(self._look, cluster, self._window)
            dialog.accepted.connect(
                lambda: self._do((cluster,), lambda store: deciding.reject_all(store, cluster.object_id))
            )
            dialog.open()

    def _do(
        self, about: Sequence[Cluster], act: Callable[[Store], Step], then: Callable[[], None] | None = None
    ) -> None:
        ids = [cluster.object_id for cluster in about]
        self._desk.ask(lambda store: _make(store, act, ids), partial(self._on_made, then))

    def _on_made(self, then: Callable[[], None] | None, made: _Made) -> None:
        if made.step is None:
            self._notice.say(decision_words.would_empty(made.refused), _REFUSED)
            return
        self._page.show_decided(made.clusters)
        self.offer()
        if made.step.count:
            # Said aloud only: the signs show it, and a line at each key would be in the way.
            event = QAccessibleAnnouncementEvent(self._page.gallery, decision_words.step(made.step))
            QAccessible.updateAccessibility(event)
        if then is not None:
            then()


def _make(store: Store, act: Callable[[Store], Step], object_ids: Sequence[str]) -> _Made:
    try:
        step = act(store)
    except ClusterEmptied as error:
        return _Made(None, refused=error.count)
    return _Made(step, clusters.some_clusters(store, object_ids))


def _has_raw(file: FileMeta) -> bool:
    """Tell whether a photograph consists of a RAW file and a picture, whichever of them is its face."""
    kinds = {companion.kind for companion in file.companions}
    return CompanionKind.RAW in kinds or (file.header.format == RAW and CompanionKind.RENDERING in kinds)
