"""Catching up: bindings read what is new in their folders by themselves, before any clustering task is asked for.

It does the steps of a task that need no other photographs: scan, read, index.
"""

import time
from collections.abc import Callable

from app.domain.tasks import Stage
from app.errors import Cancelled
from app.imaging.readers import Readers
from app.services.indexing import index_files
from app.services.locks import living_tasks
from app.services.scanning import note_read, scan
from app.store import Store

_SECONDS_BETWEEN = 0.2


def catch_up(store: Store, dataset_name: str, readers: Readers, stopped: Callable[[], bool]) -> bool:
    """Bring the index of a dataset up to date with its folders; tell whether that was done.

    It gives way to a clustering task, which does the same; what is read so far is kept.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    progress = _GivingWay(store, dataset_name, stopped)
    try:
        found = scan(store, dataset_name, progress)
        index_files(store, dataset_name, found.to_read, readers, progress)
    except Cancelled:
        return False
    note_read(store, dataset_name, found)
    return True


def has_task(store: Store, dataset_name: str) -> bool:
    """Tell whether a task of a dataset runs or waits, in this or any other program."""
    return bool(living_tasks(store, dataset_name))


class _GivingWay:
    """Shows progress to nobody, and stops as soon as a task of the dataset is there."""

    def __init__(self, store: Store, dataset_name: str, stopped: Callable[[], bool]) -> None:
        self._store = store
        self._dataset_name = dataset_name
        self._stopped = stopped
        self._last = float("-inf")

    def report(self, stage: Stage, done: int, total: int) -> None:
        moment = time.monotonic()
        if moment - self._last < _SECONDS_BETWEEN:
            return
        self._last = moment
        if self._stopped() or has_task(self._store, self._dataset_name):
            raise Cancelled
