"""The progress of a running task: into its row, to whoever shows it, and back the wish to stop."""

import time
from collections.abc import Callable
from dataclasses import replace

from app.domain.tasks import Stage, Task
from app.errors import Cancelled
from app.events import Noun
from app.store import Store

_SECONDS_BETWEEN = 0.1
_SHARES = {
    Stage.SCAN: (0, 3),
    Stage.READ: (3, 45),
    Stage.FIRST: (45, 47),
    Stage.DESCRIBE: (47, 60),
    Stage.CANDIDATES: (60, 62),
    Stage.RELATE: (62, 70),
    Stage.GROUP: (70, 72),
    Stage.MEASURE: (72, 96),
    Stage.SCORE: (96, 99),
    Stage.ANNOUNCE: (99, 100),
}
"""Percent of a task at which a stage begins and ends."""


class TaskProgress:
    """Reports of one running task; at most ten a second go further, and the first and last of each stage always."""

    def __init__(self, store: Store, task: Task, told: Callable[[Task], None]) -> None:
        self._store = store
        self._task = task
        self._told = told
        self._last = 0.0

    def report(self, stage: Stage, done: int, total: int) -> None:
        """Say how far a stage is.

        Raises:
            Cancelled: somebody asked the task to stop.
        """
        moment = time.monotonic()
        fresh = stage is not self._task.stage
        if not fresh and moment - self._last < _SECONDS_BETWEEN and done != total:
            return
        self._last = moment
        begin, end = _SHARES[stage]
        part = done / total if total else 0.0
        progress = begin + int((end - begin) * part)
        self._task = replace(self._task, stage=stage, done=done, total=total, progress=progress)
        with self._store.write() as work:
            work.tasks.set_stage(self._task.task_id, stage, done, total, progress)
            cancelled = work.tasks.cancel_requested(self._task.task_id)
            if fresh:
                work.announce(Noun.TASKS, self._task.dataset_name)
        self._told(self._task)
        if cancelled:
            raise Cancelled
