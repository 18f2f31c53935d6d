"""Progress as a parameter: a step reports how far it is, and learns at the same place that it should stop."""

from typing import Protocol

from app.domain.tasks import Stage


class Progress(Protocol):
    """Told by every step of a task, at least once a batch."""

    def report(self, stage: Stage, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` are finished (``total`` 0: unknown).

        Raises:
            Cancelled: the task should stop here; what is committed stays.
        """


class Silent:
    """Nobody listens and nobody cancels."""

    def report(self, stage: Stage, done: int, total: int) -> None:
        """Do nothing."""


SILENT = Silent()
