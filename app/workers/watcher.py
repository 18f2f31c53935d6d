"""The watcher: learns from the file system that a bound folder changed, and says so once it has been quiet.

Where the file system sends no events (network shares, or more folders than the system lets one program watch) the
folder counts as changed from time to time; a scan, which follows, tells whether it was.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from app.domain.datasets import Binding, BindingState

_log = logging.getLogger(__name__)

QUIET_SECONDS = 1.5
POLL_SECONDS = 300.0
"""Between two looks at a folder of which no events come."""
CHECK_SECONDS = 5.0
"""Between two looks whether bound folders are still there, or there again."""
_CHANGES = {"created", "modified", "moved", "deleted", "closed"}
"""Kinds of events that may change what a scan finds; that a file was opened or read is none of them."""
_SILENT = {"9p", "afpfs", "afs", "ceph", "cifs", "davfs", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs", "vboxsf"}
"""File systems that do not tell of changes made by others; those of programs (fuse) do not either."""


@dataclass(slots=True)
class _Place:
    """A bound folder. ``identity``: what lies there (None: nothing); ``watch``: None where no events come."""

    names: set[str]
    identity: tuple[int, int] | None = None
    watch: ObservedWatch | None = None
    looked: float = 0.0


class Watcher:
    """Watches the folders of bindings. ``quiet`` is told the dataset whose folder changed, on the watcher's thread."""

    def __init__(
        self, quiet: Callable[[str], None], quiet_seconds: float = QUIET_SECONDS, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._quiet = quiet
        self._seconds = quiet_seconds
        self._poll_seconds = poll_seconds
        self._observer: BaseObserver | None = None
        self._places: dict[str, _Place] = {}
        self._watching = threading.Lock()
        self._changed: dict[str, float] = {}
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._wait, name="watcher", daemon=True)
        self._thread.start()

    def watch(self, bindings: Iterable[Binding]) -> set[str]:
        """Watch just these bindings from now on, but for those that are paused; tell which datasets got a new one."""
        names: dict[str, set[str]] = {}
        for binding in bindings:
            if binding.state is not BindingState.STOPPED:
                names.setdefault(binding.path, set()).add(binding.dataset_name)
        fresh: set[str] = set()
        with self._watching:
            if self._closed:
                return fresh
            for path in self._places.keys() - names.keys():
                self._end(self._places.pop(path))
            for path, of_path in names.items():
                place = self._places.get(path)
                if place is None:
                    place = self._places[path] = _Place(set())
                    self._begin(path, place)
                fresh |= of_path - place.names
                place.names = of_path
        return fresh

    def close(self) -> None:
        """Stop watching."""
        with self._watching, self._wake:
            self._closed = True
            self._wake.notify()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
        self._thread.join()

    def _begin(self, path: str, place: _Place) -> None:
        place.identity = _identity(path)
        place.looked = time.monotonic()
        if place.identity is None or is_silent(path):
            return
        if self._observer is None:
            self._observer = Observer()
            self._observer.start()
        try:
            place.watch = self._observer.schedule(_Listener(path, self._note, self._lose), path, recursive=True)
        except OSError:
            _log.warning("No events for a folder; it is looked at from time to time", exc_info=True)

    def _end(self, place: _Place) -> None:
        if self._observer is not None and place.watch is not None:
            self._observer.unschedule(place.watch)
        place.watch = None

    def _note(self, path: str) -> None:
        place = self._places.get(path)
        if place is not None:
            with self._wake:
                self._changed |= dict.fromkeys(place.names, time.monotonic() + self._seconds)
                self._wake.notify()

    def _lose(self, path: str) -> None:
        """Note that a folder went; one that comes in its place, even with its number, has to be watched anew."""
        place = self._places.get(path)
        if place is not None:
            place.identity = None

    def _check(self) -> None:
        """Look for folders that went or came back, and for those that are due because no events come of them."""
        with self._watching:
            moment = time.monotonic()
            for path, place in self._places.items():
                if _identity(path) != place.identity:
                    self._end(place)
                    self._begin(path, place)
                    self._note(path)
                elif place.identity is not None and place.watch is None and moment - place.looked > self._poll_seconds:
                    place.looked = moment
                    self._note(path)

    def _wait(self) -> None:
        next_check = time.monotonic() + min(CHECK_SECONDS, self._poll_seconds)
        while True:
            with self._wake:
                if self._closed:
                    return
                moment = time.monotonic()
                due = [name for name, when in self._changed.items() if when <= moment]
                for name in due:
                    del self._changed[name]
                if not due and moment < next_check:
                    next_due = min(self._changed.values(), default=next_check)
                    self._wake.wait(max(0.01, min(next_due, next_check) - moment))
            for name in due:
                self._quiet(name)
            if time.monotonic() >= next_check:
                self._check()
                next_check = time.monotonic() + min(CHECK_SECONDS, self._poll_seconds)


class _Listener(FileSystemEventHandler):
    """Passes on that something changed, whatever it was: the scan will see."""

    def __init__(self, path: str, note: Callable[[str], None], lose: Callable[[str], None]) -> None:
        self._path = path
        self._note = note
        self._lose = lose

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type == "deleted" and event.src_path == self._path:
            self._lose(self._path)
        if event.event_type in _CHANGES:
            self._note(self._path)


def is_silent(path: str) -> bool:
    """Tell whether the file system of a path does not tell of changes made elsewhere."""
    below = [mount for mount in psutil.disk_partitions(all=True) if _lies_in(path, mount.mountpoint)]
    kind: str = max(below, key=lambda mount: len(mount.mountpoint)).fstype if below else ""
    return kind in _SILENT or (kind.startswith("fuse") and kind != "fuseblk")


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _identity(path: str) -> tuple[int, int] | None:
    """Give what lies at a path: the numbers of its file system and of the folder; None if there is no folder."""
    try:
        status = os.stat(path)  # noqa: PTH116 (any bytes)
    except OSError:
        return None
    return status.st_dev, status.st_ino
