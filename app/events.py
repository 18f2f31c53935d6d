"""Changes that announce themselves: whoever shows something listens and reads it again. And messages for outside.

A change says which noun changed and in which dataset, never what it is now. It is published after the commit, in the
thread that committed; a listener that must live in another thread carries it there itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.domain.messages import Message


class Noun(Enum):
    """What may change."""

    DATASETS = "datasets"
    BINDINGS = "bindings"
    FILES = "files"
    CLUSTERS = "clusters"
    TASKS = "tasks"
    DELETIONS = "deletions"


@dataclass(frozen=True, slots=True)
class Change:
    """Something of this kind changed in this dataset."""

    noun: Noun
    dataset_name: str


Listener = Callable[[frozenset[Change]], None]
Carrier = Callable[[Message], None]


class Events:
    """The listeners of one catalogue, and the carriers of its messages."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()
        self._carriers: tuple[Carrier, ...] = ()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each commit that changed something; the answer ends it."""
        self._listeners = (*self._listeners, listener)

        def stop() -> None:
            self._listeners = tuple(known for known in self._listeners if known is not listener)

        return stop

    def carry(self, carrier: Carrier) -> Callable[[], None]:
        """Call ``carrier``, which must not wait, with each message that is sent; the answer ends it."""
        self._carriers = (*self._carriers, carrier)

        def stop() -> None:
            self._carriers = tuple(known for known in self._carriers if known is not carrier)

        return stop

    def send(self, message: Message) -> None:
        for carrier in self._carriers:
            carrier(message)

    def publish(self, changes: frozenset[Change]) -> None:
        for listener in self._listeners:
            listener(changes)
