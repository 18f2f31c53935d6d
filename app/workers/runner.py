"""The runner: carries out tasks, index jobs and catching up on whatever threads it is given."""

import logging
import threading
import time
from collections.abc import Callable

from app.contract.requests import CreateSimilarImageClusteringTask
from app.domain.files import IndexJob
from app.domain.tasks import Task
from app.errors import ShotSiftError
from app.imaging.readers import Readers
from app.services.catching_up import catch_up, has_task
from app.services.index_jobs import run_index_job
from app.services.tasks import cancel_task, create_task, is_task_waiting, run_task
from app.store import Store

_log = logging.getLogger(__name__)
_POLL_SECONDS = 0.5

Execute = Callable[[Callable[[], None]], None]
"""Starts a job on a thread of its own, some time."""


class Runner:
    """Does the work of one catalogue, with one pool of isolated readers for all of it."""

    def __init__(
        self,
        store: Store,
        execute: Execute,
        progressed: Callable[[Task], None] = lambda task: None,
        ended: Callable[[Task], None] = lambda task: None,
    ) -> None:
        self._store = store
        self._execute = execute
        self._progressed = progressed
        self._ended = ended
        self._readers = Readers()
        self._lock = threading.Lock()
        self._open: set[str] = set()
        self._behind: dict[str, bool] = {}
        self._closed = False

    @property
    def readers(self) -> Readers:
        """The one pool of readers; it ends when the runner is closed."""
        return self._readers

    def submit(self, dataset_name: str) -> Task:
        """Queue a task of a dataset.

        Raises:
            ResourceNotFound: there is no such dataset.
        """
        task = create_task(self._store, CreateSimilarImageClusteringTask(dataset_name=dataset_name))
        self.run(task)
        return task

    def submit_unless_waiting(self, dataset_name: str) -> None:
        """Queue a task of a dataset, but none where one has not begun yet: another would find nothing more.

        Raises:
            ResourceNotFound: there is no such dataset.
        """
        if not is_task_waiting(self._store, dataset_name):
            self.submit(dataset_name)

    def run(self, task: Task) -> None:
        """Run a task that was created here."""
        with self._lock:
            self._open.add(task.task_id)
        self._execute(lambda: self._run(task))

    def index(self, job: IndexJob) -> None:
        """Read the files of a job."""
        self._execute(lambda: self._guard(lambda: run_index_job(self._store, job, self._readers)))

    def catch_up(self, dataset_name: str) -> None:
        """Read what is new in the folders of a dataset, once more if that is asked for while it is done."""
        with self._lock:
            running = dataset_name in self._behind
            self._behind[dataset_name] = True
        if not running:
            self._execute(lambda: self._guard(lambda: self._catch_up(dataset_name)))

    def close(self) -> None:
        """Ask all tasks to stop, and end the readers at once. What is committed stays."""
        self._closed = True
        with self._lock:
            unfinished = list(self._open)
        for task_id in unfinished:
            cancel_task(self._store, task_id)
        self._readers.close()

    def _run(self, task: Task) -> None:
        def run() -> None:
            self._ended(run_task(self._store, task.task_id, self._readers, self._progressed))

        self._guard(run)
        with self._lock:
            self._open.discard(task.task_id)

    def _catch_up(self, dataset_name: str) -> None:
        try:
            while self._is_behind(dataset_name):
                while not self._closed and has_task(self._store, dataset_name):
                    time.sleep(_POLL_SECONDS)
                if not catch_up(self._store, dataset_name, self._readers, lambda: self._closed):
                    self.catch_up(dataset_name)
        except ShotSiftError:
            with self._lock:
                self._behind.pop(dataset_name, None)
            raise

    def _is_behind(self, dataset_name: str) -> bool:
        """Tell whether there is something to catch up with, and note that it is begun."""
        with self._lock:
            if self._closed or not self._behind[dataset_name]:
                del self._behind[dataset_name]
                return False
            self._behind[dataset_name] = False
            return True

    def _guard(self, work: Callable[[], object]) -> None:
        """Do some work at the top of a thread, where nobody is left to hear of a failure."""
        try:
            work()
        except ShotSiftError as error:
            if not self._closed:
                _log.warning("Work could not be done: %s", error.message)
        except Exception:  # noqa: BLE001 (the end of a thread)
            _log.exception("A fault in a worker")
