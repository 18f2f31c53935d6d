"""The runner: carries out clustering tasks on whatever threads it is given."""

import logging
import threading
from collections.abc import Callable

from app.contract.requests import CreateSimilarImageClusteringTask
from app.domain.tasks import Task
from app.errors import ShotSiftError
from app.imaging.readers import Readers
from app.services.tasks import cancel_task, create_task, run_task
from app.store import Store

_log = logging.getLogger(__name__)

Execute = Callable[[Callable[[], None]], None]
"""Starts a job on a thread of its own, some time."""


class Runner:
    """Runs tasks of one catalogue, with one pool of isolated readers for all of them."""

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
        self._open: dict[str, Task] = {}
        self._closed = False

    def submit(self, dataset_name: str) -> Task:
        """Queue a task of a dataset.

        Raises:
            ResourceNotFound: there is no such dataset.
        """
        task = create_task(self._store, CreateSimilarImageClusteringTask(dataset_name=dataset_name))
        with self._lock:
            self._open[task.task_id] = task
        self._execute(lambda: self._run(task))
        return task

    def waits(self, dataset_name: str) -> bool:
        """Tell whether a task of a dataset has not begun yet, so that another would find nothing more."""
        with self._lock:
            return any(task.dataset_name == dataset_name and not task.done for task in self._open.values())

    def close(self) -> None:
        """Ask all tasks to stop, and end the readers at once. What is committed stays."""
        self._closed = True
        with self._lock:
            unfinished = list(self._open)
        for task_id in unfinished:
            cancel_task(self._store, task_id)
        self._readers.close()

    def _run(self, task: Task) -> None:
        try:
            ended = run_task(self._store, task.task_id, self._readers, self._progress)
        except ShotSiftError:
            _log.exception("The task %s could not keep how it ended", task.task_id)
        except Exception:  # noqa: BLE001 (the end of a thread)
            _log.exception("A fault in task %s", task.task_id)
        else:
            self._ended(ended)
        finally:
            with self._lock:
                self._open.pop(task.task_id, None)

    def _progress(self, task: Task) -> None:
        with self._lock:
            self._open[task.task_id] = task
        self._progressed(task)
