"""Wishes: changes of a dataset's settings, carried out away from the window one at a time; the last one wins."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from app.store import Store
from app.workers.desk import Desk

T = TypeVar("T")
CarryOut = Callable[[Store, str, T], object]


class Wishes(QObject, Generic[T]):
    """Takes wishes as fast as a hand moves. ``ended`` carries what one came to, ``failed`` the name of its dataset.

    ``carry_out`` gets the store, the name of the dataset and the wish.
    """

    ended = Signal(object)
    failed = Signal(str)

    def __init__(self, desk: Desk, carry_out: CarryOut[T], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._carry_out = desk, carry_out
        self._wanted: dict[str, T] = {}
        self._job: _Job[T] | None = None
        desk.failed.connect(self._on_failed)

    def want(self, dataset_name: str, wish: T) -> None:
        """Change a setting of a dataset, as soon as the change under way is done."""
        self._wanted[dataset_name] = wish
        self._go_on()

    def is_under_way(self, dataset_name: str) -> bool:
        """Tell whether the clusters of a dataset are about to be other ones."""
        return dataset_name in self._wanted or (self._job is not None and self._job.dataset_name == dataset_name)

    def _go_on(self) -> None:
        if self._job is None and self._wanted:
            name = next(iter(self._wanted))
            self._job = _Job(name, self._wanted.pop(name), self._carry_out)
            self._desk.ask(self._job, self._on_done)

    def _on_done(self, found: object) -> None:
        self._job = None
        self._go_on()
        self.ended.emit(found)

    def _on_failed(self) -> None:
        # It may have been another question of the window that failed.
        if self._job is not None and self._job.has_failed:
            name, self._job = self._job.dataset_name, None
            self._go_on()
            self.failed.emit(name)


class _Job(Generic[T]):
    """One change, carried out away from the window's thread."""

    def __init__(self, dataset_name: str, wish: T, carry_out: CarryOut[T]) -> None:
        self.dataset_name = dataset_name
        self.has_failed = False
        self._wish, self._carry_out = wish, carry_out

    def __call__(self, store: Store) -> object:
        done = False
        try:
            found = self._carry_out(store, self.dataset_name, self._wish)
            done = True
        finally:
            self.has_failed = not done
        return found
