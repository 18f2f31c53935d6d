"""Which process holds a running task: its number and start time tell a living one from one that died."""

import os

import psutil

from app.domain.tasks import Task
from app.store import Store

_TOLERANCE_SECONDS = 5.0
"""Start times are computed from the boot time, which moves a little when the clock is set."""


def own_lock() -> tuple[int, float]:
    """Give the number and the start time of this process."""
    return os.getpid(), psutil.Process().create_time()


def is_alive(pid: int, pid_started: float) -> bool:
    """Tell whether the process that took a lock still runs."""
    try:
        started: float = psutil.Process(pid).create_time()
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
    return abs(started - pid_started) < _TOLERANCE_SECONDS


def living_tasks(store: Store, dataset_name: str) -> list[Task]:
    """Give the tasks of a dataset that run or wait, in this or any other program, the oldest first."""
    with store.read() as work:
        held = work.tasks.held()
    return [task for task, pid, started in held if task.dataset_name == dataset_name and is_alive(pid, started)]
