"""The attendant: what the desk is for the window, for a program without one. It keeps the index up to date."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.events import Change, Noun
from app.services.bindings import all_bindings
from app.store import Store
from app.workers.neighbours import Neighbours
from app.workers.runner import Runner
from app.workers.watcher import Watcher

_JOBS_AT_ONCE = 16
"""Jobs that wait for another task of their dataset hold a thread meanwhile; it costs nothing."""


class Attendant:
    """Runs what is asked for, and reads what is new in the bound folders: at once, and then as they change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._closed = False
        self._threads = ThreadPoolExecutor(_JOBS_AT_ONCE, "attendant")
        self.runner = Runner(store, self._execute)
        self._watcher = Watcher(self.runner.catch_up)
        self._stop_listening = store.events.listen(self._on_changed)
        self._neighbours = Neighbours(store)
        self._execute(self._watch)

    def close(self) -> None:
        """Stop everything soon: what is committed stays."""
        self._closed = True
        self._neighbours.close()
        self._stop_listening()
        self._watcher.close()
        self.runner.close()
        self._threads.shutdown()

    def _on_changed(self, changes: frozenset[Change]) -> None:
        if any(change.noun in {Noun.BINDINGS, Noun.DATASETS} for change in changes):
            self._execute(self._watch)

    def _watch(self) -> None:
        for dataset_name in self._watcher.watch(all_bindings(self._store)):
            self.runner.catch_up(dataset_name)

    def _execute(self, job: Callable[[], None]) -> None:
        if not self._closed:
            self._threads.submit(job)
