"""The isolated readers: processes that open files, so that one that crashes, hangs or eats memory costs one file."""

import logging
import multiprocessing
import os
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from app.domain.bequests import Metadata
from app.errors import Cancelled
from app.imaging import metadata, proofs, qualities, reading
from app.imaging.proofs import Proof
from app.imaging.qualities import Wanted
from app.imaging.readings import Answer, MeasureAnswer, Unreadable, Vanished

_log = logging.getLogger(__name__)

MEMORY_BYTES = 3 * 2**30
SECONDS_PER_FILE = 30.0
_LOOK_UP_SECONDS = 0.1
_TRIES = 3
_AHEAD = 8
"""Files given to each process before their answers are asked for: enough to keep it busy."""
_PARTS_AHEAD = 2
_SECONDS_PER_PART = 300.0

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Readers:
    """A pool of isolated readers. It starts its processes with the first file."""

    def __init__(self, jobs: int | None = None, seconds_per_file: float = SECONDS_PER_FILE) -> None:
        self._jobs = jobs or max(1, os.cpu_count() or 1)
        self._seconds = seconds_per_file
        self._closed = False
        self._lock = threading.Lock()
        self._pool = self._new_pool()

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Read files; answers come in the order of ``paths``.

        Raises:
            Cancelled: the readers were closed meanwhile.
        """
        return self._each(reading.read_file, paths)

    def measure(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, MeasureAnswer]]:
        """Look closely at files; answers come in the order of ``wanted``.

        Raises:
            Cancelled: the readers were closed meanwhile.
        """
        return self._each(qualities.measure_frame, wanted)

    def prove(self, paths: Iterable[str]) -> Iterator[tuple[str, Proof | Unreadable | Vanished]]:
        """Read and decode files that are to be kept in the place of others; answers come in the order of ``paths``.

        Raises:
            Cancelled: the readers were closed meanwhile.
        """
        return self._each(proofs.prove_file, paths)

    def read_metadata(self, paths: Iterable[str]) -> Iterator[tuple[str, Metadata | Unreadable | Vanished]]:
        """Read what files say of themselves, and decode nothing; answers come in the order of ``paths``.

        Raises:
            Cancelled: the readers were closed meanwhile.
        """
        return self._each(metadata.read_metadata, paths)

    def _each(
        self, look: Callable[[_Given], _Made | Unreadable], files: Iterable[_Given]
    ) -> Iterator[tuple[_Given, _Made | Unreadable]]:
        """Look at files one by one, so that one that crashes its process costs only itself."""
        waiting: deque[tuple[_Given, ProcessFuture[_Made | Unreadable]]] = deque()
        for file in files:
            waiting.append((file, self._schedule(look, file, self._seconds)))
            if len(waiting) > self._jobs * _AHEAD:
                yield self._answer(look, *waiting.popleft())
        while waiting:
            yield self._answer(look, *waiting.popleft())

    def run(self, work: Callable[[_Given], _Made], parts: Iterable[_Given]) -> Iterator[_Made]:
        """Let the processes do other work on our own data; what they make comes in the order of ``parts``.

        ``work`` is a function of a module, for it is sent by its name. What it raises is raised here.

        Raises:
            Cancelled: the readers were closed meanwhile.
        """
        waiting: deque[tuple[_Given, ProcessFuture[_Made]]] = deque()
        for part in parts:
            waiting.append((part, self._schedule(work, part, _SECONDS_PER_PART)))
            if len(waiting) > self._jobs * _PARTS_AHEAD:
                yield self._made(work, *waiting.popleft())
        while waiting:
            yield self._made(work, *waiting.popleft())

    def _made(self, work: Callable[[_Given], _Made], part: _Given, future: ProcessFuture[_Made]) -> _Made:
        for _ in range(_TRIES - 1):
            self._wait(future)
            if not isinstance(future.exception(), BrokenProcessPool):
                break
            future = self._schedule(work, part, _SECONDS_PER_PART)  # a file that another thread reads broke the pool
        self._wait(future)
        return future.result()

    def _new_pool(self) -> ProcessPool:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPool(max_workers=self._jobs, context=spawn, initializer=_begin)

    def _schedule(self, work: Callable[[_Given], _Made], given: _Given, seconds: float) -> ProcessFuture[_Made]:
        with self._lock:
            if self._closed:
                raise Cancelled
            if not self._pool.active:
                self._end_pool()
                self._pool = self._new_pool()
            return self._pool.schedule(work, args=(given,), timeout=seconds)

    def _answer(
        self,
        look: Callable[[_Given], _Made | Unreadable],
        file: _Given,
        future: ProcessFuture[_Made | Unreadable],
        tries: int = _TRIES,
    ) -> tuple[_Given, _Made | Unreadable]:
        self._wait(future)
        fault = None if future.cancelled() else future.exception()
        if isinstance(fault, BrokenProcessPool) and tries > 1:
            # A process that dies between two files takes pebble's whole pool with it, whichever file comes next.
            return self._answer(look, file, self._schedule(look, file, self._seconds), tries - 1)
        return file, _unreadable(fault) if fault or future.cancelled() else future.result()

    def _wait(self, future: ProcessFuture[Any]) -> None:
        # Once stopped, pebble leaves the futures of files under way without an answer for ever.
        while not wait((future,), _LOOK_UP_SECONDS).done:
            if self._closed:
                raise Cancelled
        if self._closed:
            raise Cancelled

    def _end_pool(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def close(self) -> None:
        """End the processes at once, whatever they are doing."""
        self._closed = True
        with self._lock:
            self._end_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _unreadable(fault: BaseException | None) -> Unreadable:
    """Say of a file without an answer what became of its reader."""
    if isinstance(fault, TimeoutError):
        return Unreadable("Reading it took too long")
    if isinstance(fault, MemoryError):
        return Unreadable("It needs too much memory")
    if fault is None or isinstance(fault, ProcessExpired | BrokenProcessPool):
        return Unreadable("It made its reader crash")
    _log.error("A fault in the reader of a file", exc_info=fault)
    return Unreadable(f"A fault in its reader: {fault!r}")


def _begin() -> None:
    """Prepare a new process: little memory, low priority, and Ctrl+C is for its parent.

    Decoders write their complaints straight to the process's error stream; nobody can use them there.
    """
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENCV_FOR_THREADS_NUM"] = "1"  # each core has a process
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    reading.prepare()
