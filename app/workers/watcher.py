"""The watcher: learns from the file system that a bound folder changed, and says so once it has been quiet."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from app.domain.datasets import Binding, BindingState

_log = logging.getLogger(__name__)

QUIET_SECONDS = 1.5
_CHANGES = {"created", "modified", "moved", "deleted", "closed"}
"""Kinds of events that may change what a scan finds; that a file was opened or read is none of them."""


class Watcher:
    """Watches the folders of bindings. ``quiet`` is told the dataset whose folder changed, on the watcher's thread."""

    def __init__(self, quiet: Callable[[str], None], quiet_seconds: float = QUIET_SECONDS) -> None:
        self._quiet = quiet
        self._seconds = quiet_seconds
        self._observers: dict[Callable[[], BaseObserver], BaseObserver] = {}
        self._watches: dict[str, tuple[BaseObserver, ObservedWatch]] = {}
        self._names: dict[str, set[str]] = {}
        self._watching = threading.Lock()
        self._changed: dict[str, float] = {}
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._wait, name="watcher", daemon=True)
        self._thread.start()

    def watch(self, bindings: Iterable[Binding]) -> None:
        """Watch just these bindings from now on, but for those that are paused."""
        names: dict[str, set[str]] = {}
        for binding in bindings:
            if binding.state is BindingState.STOPPED:
                continue
            names.setdefault(binding.path, set()).add(binding.dataset_name)
        with self._watching:
            if self._closed:
                return
            self._names = names
            for path in self._watches.keys() - names.keys():
                observer, watch = self._watches.pop(path)
                observer.unschedule(watch)
            for path in names.keys() - self._watches.keys():
                self._begin(path)

    def close(self) -> None:
        """Stop watching."""
        with self._watching, self._wake:
            self._closed = True
            self._wake.notify()
        for observer in self._observers.values():
            observer.stop()
        for observer in self._observers.values():
            observer.join()
        self._thread.join()

    def _begin(self, path: str) -> None:
        if not os.path.isdir(path):  # noqa: PTH112 (any bytes)
            return
        handler = _Listener(lambda: self._note(path))
        for kind in (Observer, PollingObserver):
            observer = self._observer(kind)
            try:
                self._watches[path] = observer, observer.schedule(handler, path, recursive=True)
            except OSError:
                _log.warning("No events for a folder; it is polled", exc_info=True)
            else:
                return

    def _observer(self, kind: Callable[[], BaseObserver]) -> BaseObserver:
        if kind not in self._observers:
            observer = kind()
            observer.start()
            self._observers[kind] = observer
        return self._observers[kind]

    def _note(self, path: str) -> None:
        with self._wake:
            due = time.monotonic() + self._seconds
            self._changed |= dict.fromkeys(self._names.get(path, ()), due)
            self._wake.notify()

    def _wait(self) -> None:
        while True:
            with self._wake:
                if self._closed:
                    return
                moment = time.monotonic()
                due = [name for name, when in self._changed.items() if when <= moment]
                for name in due:
                    del self._changed[name]
                if not due:
                    next_due = min(self._changed.values(), default=None)
                    self._wake.wait(None if next_due is None else max(0.01, next_due - moment))
            for name in due:
                self._quiet(name)


class _Listener(FileSystemEventHandler):
    """Passes on that something changed, whatever it was: the scan will see."""

    def __init__(self, note: Callable[[], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._note()
