"""What Qt owns must not be destroyed in a worker: the collector runs in the window's thread alone."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.ui.garbage import Collector


class Cycle:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def freed_in() -> Iterator[list[int]]:
    freed: list[int] = []
    weakref.finalize(Cycle(), lambda: freed.append(threading.get_ident()))
    yield freed
    gc.collect()


def leave_garbage() -> None:
    for _ in range(50_000):
        Cycle()


def test_garbage_is_collected_in_the_windows_thread_though_a_worker_allocates(
    qtbot: QtBot, collector: Collector, freed_in: list[int]
) -> None:
    worker = threading.Thread(target=leave_garbage)
    worker.start()
    worker.join()
    assert freed_in == []
    qtbot.waitUntil(lambda: bool(freed_in), timeout=10_000)
    assert freed_in == [threading.get_ident()]


def test_python_collects_again_once_the_collector_stops(qtbot: QtBot, collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
