"""The desk: the window's door to all work. Jobs run on Qt's pools; what comes back arrives in the window's thread."""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, SignalInstance, Slot

from app.contract.requests import DeleteBinding, LocateBinding, ResumeBinding, StopBinding
from app.domain.tasks import Status
from app.domain.uris import uri_of
from app.errors import ShotSiftError
from app.events import Change, Noun
from app.services.binding_states import note_whole
from app.services.bindings import (
    all_bindings,
    bind_folders,
    delete_binding,
    forget_files,
    locate_binding,
    resume_binding,
    stop_binding,
)
from app.services.catching_up import has_task
from app.services.scanning import has_changed
from app.services.tasks import all_tasks, cancel_task, is_task_waiting
from app.store import Store
from app.workers.deletions import Deletions, Planned, Wish
from app.workers.desktop import tell_desktop
from app.workers.messenger import Messenger
from app.workers.neighbours import Neighbours
from app.workers.runner import Runner
from app.workers.trash import SystemTrash
from app.workers.watcher import Watcher

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_TASKS_AT_ONCE = 2
_READS_AT_ONCE = 2
_CLOSE_MILLISECONDS = 5000
_POLL_SECONDS = 0.1


class Lodger(Protocol):
    """Something that runs beside the window until it is closed, such as the local endpoint."""

    def run(self) -> None:
        """Run, for as long as it is not closed."""

    def close(self) -> None:
        """Let ``run`` come to its end, from any thread."""


_L = TypeVar("_L", bound=Lodger)


class Desk(QObject):
    """Takes questions and wishes of the window, and tells it what happened. All signals arrive in its own thread."""

    changed = Signal(object)
    """frozenset[Change], after a commit."""
    progressed = Signal(object)
    """A Task while it runs, at most ten times a second."""
    ended = Signal(object)
    """A Task that ended."""
    added = Signal(str)
    """The name of the dataset that a folder was added to."""
    failed = Signal(object)
    """A ShotSiftError of something that could not be done."""
    moved = Signal(object)
    """News of deletions: Moving at most ten times a second, Moved when an act ended, Settled once at the start."""
    _delivered = Signal(object)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._reads = QThreadPool()
        self._reads.setMaxThreadCount(_READS_AT_ONCE)
        self._tasks = QThreadPool()
        self._tasks.setMaxThreadCount(_TASKS_AT_ONCE)
        self._moves = QThreadPool()
        self._moves.setMaxThreadCount(1)
        self._rooms = QThreadPool()
        self._lodgers: list[Lodger] = []
        self._closed = False
        self._delivered.connect(self._deliver)
        self._runner = Runner(
            store, self._execute, partial(self._tell, self.progressed), partial(self._tell, self.ended)
        )
        self._messenger = Messenger(store)
        self._watcher = Watcher(self._on_quiet)
        self._stop_listening = store.events.listen(self._on_changed)
        self._neighbours = Neighbours(store)
        self.deletions = Deletions(
            store,
            self._runner,
            SystemTrash(),
            partial(self._start, pool=self._moves),
            partial(self._tell, self.moved),
            self._on_quiet,
        )
        self._start(self._watch)

    def ask(self, question: Callable[[Store], _T], then: Callable[[_T], None]) -> None:
        """Ask the catalogue something, or do what is soon done; ``then`` gets the answer in the window's thread."""

        def job() -> None:
            answer = question(self._store)
            self._delivered.emit(partial(then, answer))

        self._start(job)

    def plan(self, wish: Wish, then: Callable[[Planned], None]) -> None:
        """Make a plan after what is being moved now; ``then`` gets it in the window's thread."""

        def job() -> None:
            self._delivered.emit(partial(then, self.deletions.plan(wish)))

        self._start(job, self._moves)

    def add_folder(self, folder: str) -> None:
        """Let the dataset of a folder, a new one if need be, watch it, and look for similar photographs."""

        def job() -> None:
            before = all_bindings(self._store)
            name = bind_folders(self._store, [folder])
            self._tell(self.added, name)
            if len(all_bindings(self._store)) == len(before):
                self._runner.submit_unless_waiting(name)  # a new folder gets its task as soon as it is watched

        self._start(job)

    def pause(self, dataset_name: str, folder: str) -> None:
        """Let a dataset no longer watch a folder until it is resumed."""
        self._start(lambda: stop_binding(self._store, StopBinding(dataset_name=dataset_name, uri=uri_of(folder))))

    def resume(self, dataset_name: str, folder: str) -> None:
        """Let a dataset watch a folder again, and catch up with it."""
        self._start(lambda: resume_binding(self._store, ResumeBinding(dataset_name=dataset_name, uri=uri_of(folder))))

    def locate(self, dataset_name: str, folder: str, new_folder: str, then: Callable[[str], None]) -> None:
        """Tell where a folder lies now; ``then`` gets the place as it is kept, in the window's thread."""

        def job() -> None:
            request = LocateBinding(dataset_name=dataset_name, uri=uri_of(folder), new_uri=uri_of(new_folder))
            self._delivered.emit(partial(then, locate_binding(self._store, request).path))

        self._start(job)

    def remove(self, dataset_name: str, folder: str, then: Callable[[int], None], *, forget: bool) -> None:
        """Let a dataset no longer watch a folder, and ``forget`` the photographs that only this folder gave it.

        ``then`` gets how many were forgotten, in the window's thread. A task that runs is stopped first, as it would
        bring them back, and what is left to be done gets a new one.
        """

        def job() -> None:
            delete_binding(self._store, DeleteBinding(dataset_name=dataset_name, uri=uri_of(folder)))
            stopped = forget and self._stop_tasks(dataset_name)
            forgotten = forget_files(self._store, dataset_name, folder) if forget else 0
            self._delivered.emit(partial(then, forgotten))
            if stopped and any(binding.dataset_name == dataset_name for binding in all_bindings(self._store)):
                self._runner.submit_unless_waiting(dataset_name)

        self._start(job)

    def find_similar(self, dataset_name: str) -> None:
        """Start a clustering task of a dataset."""
        self._start(lambda: self._runner.submit_unless_waiting(dataset_name))

    def cancel(self, task_id: str) -> None:
        """Ask a task to stop."""
        self._start(lambda: cancel_task(self._store, task_id))

    def tell_desktop(self, text: str) -> None:
        """Show one line on the desktop, where it shows such."""

        def job() -> None:
            tell_desktop(text)

        self._start(job)

    def take_in(self, make: Callable[[Store, Runner], _L], then: Callable[[_L], None]) -> None:
        """Make something that runs on a thread of its own until the desk closes it; ``then`` gets it as it begins."""

        def job() -> None:
            lodger = make(self._store, self._runner)
            self._lodgers.append(lodger)
            self._delivered.emit(partial(then, lodger))
            lodger.run()

        self._start(job, self._rooms)

    def close(self) -> None:
        """Stop everything soon: what is committed stays, the next start goes on from there."""
        if self._closed:
            return
        self._closed = True
        self._neighbours.close()
        self._stop_listening()
        self._reads.clear()
        self._watcher.close()
        self.deletions.close()
        self._moves.waitForDone(_CLOSE_MILLISECONDS)  # it needs the readers to the end of the file in hand
        for lodger in self._lodgers:
            lodger.close()
        self._runner.close()
        self._rooms.waitForDone(_CLOSE_MILLISECONDS)
        self._tasks.waitForDone(_CLOSE_MILLISECONDS)
        self._reads.waitForDone(_CLOSE_MILLISECONDS)
        self._messenger.close()

    def _watch(self) -> None:
        """Watch all bound folders, and catch up with those that are watched from now on."""
        for dataset_name in self._watcher.watch(all_bindings(self._store)):
            self._on_quiet(dataset_name)

    def _on_quiet(self, dataset_name: str) -> None:
        def job() -> None:
            if is_task_waiting(self._store, dataset_name) or self.deletions.puts_off(dataset_name):
                return
            if has_changed(self._store, dataset_name):
                self._runner.submit_unless_waiting(dataset_name)
            elif not has_task(self._store, dataset_name):
                note_whole(self._store, dataset_name)  # there is nothing to read, so all is

        self._start(job, self._tasks)  # the walk may be long; the pages of the window must not wait for it

    def _stop_tasks(self, dataset_name: str) -> bool:
        """Stop the tasks of a dataset and wait for their ends; tell whether there were any."""
        running = [
            task
            for task in all_tasks(self._store)
            if task.dataset_name == dataset_name and task.status is Status.RUNNING
        ]
        for task in running:
            cancel_task(self._store, task.task_id)
        while has_task(self._store, dataset_name) and not self._closed:
            time.sleep(_POLL_SECONDS)
        return bool(running)

    def _on_changed(self, changes: frozenset[Change]) -> None:
        if any(change.noun in {Noun.BINDINGS, Noun.DATASETS} for change in changes):
            self._start(self._watch)
        self._tell(self.changed, changes)

    def _execute(self, job: Callable[[], None]) -> None:
        self._tasks.start(_Job(job))

    def _start(self, job: Callable[[], object], pool: QThreadPool | None = None) -> None:
        """Run a short job; an expected failure is told, a fault logged."""

        def guarded() -> None:
            try:
                if not self._closed:
                    job()
            except ShotSiftError as error:
                self._tell(self.failed, error)
            except Exception as fault:  # noqa: BLE001 (the end of a thread)
                _log.exception("A fault in a job of the window")
                self._tell(self.failed, ShotSiftError(f"A fault in ShotSift: {fault!r}. The log has more."))

        if not self._closed:
            (pool or self._reads).start(_Job(guarded))

    def _tell(self, signal: SignalInstance, news: object) -> None:
        """Emit a signal in the window's thread, from any other.

        Emitted in a worker, it would run a plain callable there, and could reach a receiver that is gone.
        """
        self._delivered.emit(partial(signal.emit, news))

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()


class _Job(QRunnable):
    """One call on a pool."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call

    def run(self) -> None:
        self._call()
