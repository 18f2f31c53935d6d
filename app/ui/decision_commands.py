"""What a person decides on the photographs and clusters chosen in the gallery; no command touches a file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.domain.companions import CompanionKind
from app.domain.decisions import DecidedFile, Decision, Scope
from app.domain.files import RAW, FileMeta
from app.domain.times import now
from app.services import deciding
from app.ui.actions import Actions
from app.ui.choice import Choice
from app.ui.clusters_page import ClustersPage
from app.ui.decision_maker import DecisionMaker
from app.ui.lane import Lane
from app.ui.look import Look
from app.ui.notice import Notice
from app.ui.reject_all_dialog import RejectAllDialog


class DecisionCommands(QObject):
    """Does the commands of the menu Photo, and those of the menu Cluster that decide.

    ``restore_wanted`` carries the id of a deletion that is to be put back, as Undo would take it back.
    """

    restore_wanted = Signal(int)

    def __init__(
        self, look: Look, lane: Lane, commands: Actions, parts: tuple[ClustersPage, Notice], window: QWidget
    ) -> None:
        super().__init__(window)
        self._look, self._commands, self._window = look, commands, window
        self._page, _ = parts
        self._maker = DecisionMaker(lane, *parts)
        self._connect()
        self._page.gallery.chose.connect(self.offer)
        self._page.was_read.connect(self.offer)
        self._page.gallery.model().dataChanged.connect(self.offer)
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
            name, files = self._page.shown(), self._files(choice)
            paths = [file.path for file in files]
            act = partial(deciding.decide, dataset_name=name, paths=paths, decision=decision, scope=scope)
            self._maker.make(choice.clusters, act, {file.path: _decided(file, decision, scope) for file in files})

    def _on_toggle(self) -> None:
        if (choice := self._page.choice()) is not None:
            decided = {path: one for cluster in choice.clusters for path, one in cluster.decided.items()}
            rejected = all(file.path in decided and decided[file.path].rejected for file in self._files(choice))
            self._decide(Decision.UNDECIDED if rejected else Decision.REJECT)

    def _on_keep_only(self) -> None:
        if (choice := self._page.choice()) is not None:
            cluster, (file, *_) = choice.current, self._files(choice)
            wanted = {one.path: _decided(one, Decision.REJECT) for one in cluster.members}
            act = partial(deciding.keep_only, dataset_name=self._page.shown(), path=file.path)
            self._maker.make((cluster,), act, wanted | {file.path: _decided(file, Decision.KEEP)})
            self._page.go_after(cluster.object_id)

    def _on_accept(self) -> None:
        if (choice := self._page.choice()) is not None:
            act = partial(deciding.accept, object_ids=[cluster.object_id for cluster in choice.clusters])
            self._maker.make(choice.clusters, act)

    def _on_keep_all(self) -> None:
        if (choice := self._page.choice()) is not None:
            files = [file for one in choice.clusters for file in one.members]
            name, paths = self._page.shown(), [file.path for file in files]
            act = partial(deciding.decide, dataset_name=name, paths=paths, decision=Decision.KEEP)
            self._maker.make(choice.clusters, act, {file.path: _decided(file, Decision.KEEP) for file in files})

    def _on_undecide_all(self) -> None:
        if (choice := self._page.choice()) is not None:
            act = partial(deciding.undecide, object_ids=[cluster.object_id for cluster in choice.clusters])
            self._maker.make(
                choice.clusters, act, dict.fromkeys(path for one in choice.clusters for path in one.decided)
            )

    def _on_reject_all(self) -> None:
        if (choice := self._page.choice()) is not None:
            cluster = choice.current
            act = partial(deciding.reject_all, object_id=cluster.object_id)
            dialog = RejectAllDialog(self._look, cluster, self._window)
            dialog.accepted.connect(lambda: self._maker.make((cluster,), act))
            dialog.open()


def _decided(file: FileMeta, decision: Decision, scope: Scope = Scope.WHOLE) -> DecidedFile | None:
    """Give the decision that is about to be kept."""
    if decision is Decision.UNDECIDED:
        return None
    return DecidedFile(file.sha256, file.path, decision, now(), scope)


def _has_raw(file: FileMeta) -> bool:
    """Tell whether a photograph consists of a RAW file and a picture, whichever of them is its face."""
    kinds = {companion.kind for companion in file.companions}
    return CompanionKind.RAW in kinds or (file.header.format == RAW and CompanionKind.RENDERING in kinds)
