"""Changes that announce themselves: whoever shows something listens and reads it again.

A change says which noun changed and in which dataset, never what it is now. It is published after the commit, in the
thread that committed; a listener that must live in another thread carries it there itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Noun(Enum):
    """What may change."""

    DATASETS = "datasets"
    BINDINGS = "bindings"
    FILES = "files"
    CLUSTERS = "clusters"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class Change:
    """Something of this kind changed in this dataset."""

    noun: Noun
    dataset_name: str


class Channel(Generic[_T]):
    """Carries news of one kind to those who listen, in the thread of the one who has them."""

    def __init__(self) -> None:
        self._listeners: tuple[Callable[[_T], None], ...] = ()

    def listen(self, listener: Callable[[_T], None]) -> Callable[[], None]:
        """Call ``listener`` with each piece of news from now on; the answer ends it."""
        self._listeners = (*self._listeners, listener)

        def stop() -> None:
            self._listeners = tuple(known for known in self._listeners if known is not listener)

        return stop

    def publish(self, news: _T) -> None:
        for listener in self._listeners:
            listener(news)
