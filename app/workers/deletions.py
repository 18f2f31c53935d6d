"""Deletions as work of the window: plans are made, carried out, taken back and purged, one after the other."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.deletions import DeletedFile, Deletion, End, FileState
from app.domain.plans import Plan
from app.errors import Cancelled, ResourceNotFound
from app.services.applying import apply_plan
from app.services.deletions import all_deletions, deletion_files, get_deletion
from app.services.files import digests_of
from app.services.moving import Trash
from app.services.planning import make_plan
from app.services.recovering import recover
from app.services.restoring import Restored, purge, restore
from app.store import Store
from app.workers.runner import Runner

_SECONDS_BETWEEN = 0.1


class Act(StrEnum):
    """What is done with a deletion."""

    APPLY = "apply"
    RESTORE = "restore"
    PURGE = "purge"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which plan is wanted; ``folder`` is that of ``End.FOLDER``."""

    dataset_name: str
    accept_suggestions: bool = False
    end: End = End.TRASH
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and by their paths the digests under which the pictures of what stays are known."""

    wish: Wish
    plan: Plan
    keepers: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Moving:
    """How far an act is: photographs that are done, of how many; ``total`` is 0 before that is known."""

    act: Act
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """What an act came to.

    ``deletion`` is as it is now, None if none was begun. ``refused`` are files that an apply left where they were;
    ``restored`` says what became of those of a restore, empty where it was stopped. ``freed`` is bytes of a purge.
    ``failed``: what it failed by is told elsewhere.
    """

    act: Act
    deletion: Deletion | None = None
    refused: tuple[DeletedFile, ...] = ()
    restored: Restored = field(default_factory=Restored)
    freed: int = 0
    stopped: bool = False
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the files that were being moved when a program ended, found at the start of this one."""

    files: tuple[DeletedFile, ...]


News = Moving | Moved | Settled


class Deletions:
    """Does one thing at a time, on the thread of ``start``; what is to be known of it is told by ``tell``."""

    def __init__(
        self,
        store: Store,
        runner: Runner,
        trash: Trash,
        start: Callable[[Callable[[], object]], None],
        tell: Callable[[News], None],
        look: Callable[[str], None],
    ) -> None:
        """``look`` is given the datasets whose folders changed while something was moved."""
        self._store, self._runner, self._trash = store, runner, trash
        self._start, self._tell, self._look = start, tell, look
        self._busy = self._stopping = self._closed = False
        self._lock = threading.Lock()
        self._unseen: set[str] = set()
        start(self._recover)

    def plan(self, wish: Wish) -> Planned:
        """Make a plan; it looks at the disk.

        Raises:
            ResourceNotFound: there is no such dataset.
        """
        plan = make_plan(
            self._store,
            wish.dataset_name,
            self._trash,
            accept_suggestions=wish.accept_suggestions,
            end=wish.end,
            folder=wish.folder,
        )
        keepers = [one.keeper for one in plan.files if one.keeper is not None]
        return Planned(wish, plan, digests_of(self._store, wish.dataset_name, keepers))

    def apply(self, plan: Plan) -> None:
        """Move the photographs of a plan away."""
        self._begin(Act.APPLY, lambda: self._apply(plan))

    def restore(self, deletion_id: int, photos: frozenset[int] | None = None, *, undo: bool = False) -> None:
        """Put back the photographs of a deletion, all or those of some numbers, and let them join their clusters.

        With ``undo`` they are decided as before they went.
        """
        self._begin(Act.RESTORE, lambda: self._restore(deletion_id, photos, undo=undo))

    def purge(self, deletion_id: int) -> None:
        """Delete for good what a deletion moved to our own folders."""
        self._begin(Act.PURGE, lambda: self._purge(deletion_id))

    def stop(self) -> None:
        """Let the act under way end after the photographs in hand; what was done is kept."""
        self._stopping = True

    def close(self) -> None:
        """Stop, and begin nothing more."""
        self._closed = True

    def puts_off(self, dataset_name: str) -> bool:
        """Tell whether a change of its folders is to be looked at later, as files are being moved now."""
        with self._lock:
            if self._busy:
                self._unseen.add(dataset_name)
            return self._busy

    def _begin(self, act: Act, do: Callable[[], Moved]) -> None:
        def work() -> None:
            self._busy, self._stopping = True, False
            moved = Moved(act, failed=True)
            try:
                self._tell(Moving(act))
                moved = do()
            finally:
                self._tell(moved)
                self._look_again()

        self._start(work)

    def _look_again(self) -> None:
        with self._lock:
            self._busy = False
            unseen, self._unseen = self._unseen, set()
        for name in unseen:
            self._look(name)

    def _apply(self, plan: Plan) -> Moved:
        last = max((one.deletion_id for one in all_deletions(self._store)), default=0)
        stopped = False
        try:
            apply_plan(self._store, plan, self._runner.readers, self._trash, self._counter(Act.APPLY))
        except Cancelled:
            stopped = True
        begun = [
            one
            for one in all_deletions(self._store)
            if one.deletion_id > last and one.dataset_name == plan.dataset_name
        ]
        if not begun:
            return Moved(Act.APPLY, stopped=stopped)
        files = deletion_files(self._store, begun[0].deletion_id)
        refused = tuple(file for file in files if file.state is FileState.REFUSED)
        return Moved(Act.APPLY, begun[0], refused, stopped=stopped)

    def _restore(self, deletion_id: int, photos: frozenset[int] | None, *, undo: bool) -> Moved:
        done, stopped = Restored(), False
        try:
            told = self._counter(Act.RESTORE)
            done = restore(self._store, deletion_id, self._trash, photos=photos, undo=undo, told=told)
        except Cancelled:
            stopped = True
        deletion = get_deletion(self._store, deletion_id)
        if not self._closed:
            self._find_similar(deletion.dataset_name)
        return Moved(Act.RESTORE, deletion, restored=done, stopped=stopped)

    def _purge(self, deletion_id: int) -> Moved:
        freed, stopped = 0, False
        try:
            freed = purge(self._store, deletion_id, self._trash, self._counter(Act.PURGE))
        except Cancelled:
            stopped = True
        return Moved(Act.PURGE, get_deletion(self._store, deletion_id), freed=freed, stopped=stopped)

    def _recover(self) -> None:
        settled = recover(self._store, self._trash)
        if settled:
            self._tell(Settled(tuple(settled)))
        back = {file.deletion_id for file in settled if file.state is FileState.RESTORED}
        for name in {one.dataset_name for one in all_deletions(self._store) if one.deletion_id in back}:
            self._find_similar(name)

    def _find_similar(self, dataset_name: str) -> None:
        with suppress(ResourceNotFound):  # a dataset may be gone since its photographs went
            self._runner.submit_unless_waiting(dataset_name)

    def _counter(self, act: Act) -> Callable[[int, int], None]:
        """Give what hears how far an act is, tells it at most ten times a second, and stops it where it should."""
        last = float("-inf")

        def told(done: int, total: int) -> None:
            nonlocal last
            if self._stopping or self._closed:
                raise Cancelled
            moment = time.monotonic()
            if moment - last >= _SECONDS_BETWEEN or done == total:
                last = moment
                self._tell(Moving(act, done, total))

        return told
