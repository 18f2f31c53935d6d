"""A lane to the desk: what is asked there is done one after another, in the order of asking."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from app.store import Store
from app.workers.desk import Desk

_T = TypeVar("_T")


class Lane(QObject):
    """Keys come faster than answers; a decision and its undoing must not overtake each other."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._busy = False
        self._waiting: deque[Callable[[], None]] = deque()
        desk.failed.connect(self._on_failed)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way, nor waits."""
        return not (self._busy or self._waiting)

    def ask(self, question: Callable[[Store], _T], then: Callable[[_T], None]) -> None:
        """Ask the desk once all that was asked before is answered."""
        self._waiting.append(lambda: self._desk.ask(question, partial(self._on_answer, then)))
        self._go_on()

    def _go_on(self) -> None:
        if not self._busy and self._waiting:
            self._busy = True
            self._waiting.popleft()()

    def _on_answer(self, then: Callable[[_T], None], answer: _T) -> None:
        self._busy = False
        then(answer)
        self._go_on()

    def _on_failed(self) -> None:
        # It may have been our question; its answer will not come then.
        self._busy = False
        self._go_on()
