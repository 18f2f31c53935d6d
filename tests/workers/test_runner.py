"""The runner carries out tasks on any threads it is given; here plain ones."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.contract.requests import GetDataset, GetTask
from app.domain.clusters import ClusterKind
from app.domain.datasets import BindingPhase, BindingState
from app.domain.tasks import TASK_TYPE, Stage, Status, Task
from app.errors import ResourceNotFound
from app.services.bindings import all_bindings, bind_folders
from app.services.clusters import all_clusters
from app.services.datasets import get_dataset
from app.services.tasks import all_tasks, get_task
from app.store import Store
from app.workers.runner import Runner

SECONDS = 60


def poll(fulfilled: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not fulfilled():
        assert time.monotonic() < end
        time.sleep(0.02)


class Bench:
    """A runner on two threads, and what it told."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told: list[Task] = []
        self.ended: list[Task] = []
        self._more = threading.Condition()
        self._threads = ThreadPoolExecutor(2)
        self.runner = Runner(store, self._execute, self._on_progress, self._on_end)

    def wait(self, fulfilled: Callable[[], bool]) -> None:
        with self._more:
            assert self._more.wait_for(fulfilled, SECONDS)

    def close(self) -> None:
        self.runner.close()
        self._threads.shutdown()

    def _execute(self, job: Callable[[], None]) -> None:
        self._threads.submit(job)

    def _on_progress(self, task: Task) -> None:
        with self._more:
            self.told.append(task)
            self._more.notify_all()

    def _on_end(self, task: Task) -> None:
        with self._more:
            self.ended.append(task)
            self._more.notify_all()


@pytest.fixture
def bench(data_dir: Path) -> Iterator[Bench]:
    with Store(data_dir) as store:
        bench = Bench(store)
        yield bench
        bench.close()


@pytest.fixture
def holiday(photos: Path, tmp_path: Path, bench: Bench) -> str:
    folder = shutil.copytree(photos, tmp_path / "holiday")
    return bind_folders(bench.store, [str(folder)])


def test_a_task_succeeds_and_its_clusters_are_there(bench: Bench, holiday: str) -> None:
    task = bench.runner.submit(holiday)
    assert task.status is Status.RUNNING
    bench.wait(lambda: bool(bench.ended))
    assert bench.ended == [get_task(bench.store, GetTask(task_id=task.task_id, task_type=TASK_TYPE))]
    assert bench.ended[0].status is Status.SUCCEEDED
    clusters = all_clusters(bench.store, holiday)
    assert {(cluster.kind, len(cluster.members)) for cluster in clusters} == {
        (ClusterKind.BURST, 4),
        (ClusterKind.NEAR, 2),
    }
    assert {told.task_id for told in bench.told} == {task.task_id}
    assert [told.stage for told in bench.told][-1] is Stage.ANNOUNCE


def test_two_tasks_of_one_dataset_run_one_after_the_other(bench: Bench, holiday: str) -> None:
    first, second = bench.runner.submit(holiday), bench.runner.submit(holiday)
    bench.wait(lambda: len(bench.ended) == 2)
    assert [task.task_id for task in bench.ended] == [first.task_id, second.task_id]
    assert [task.task_id for task in bench.told] == sorted(
        (task.task_id for task in bench.told), key=[first.task_id, second.task_id].index
    )
    assert bench.ended[1].counts.read == 0
    assert bench.ended[1].counts.unchanged == bench.ended[0].counts.read == 13


def test_a_task_that_has_not_begun_is_waited_for_rather_than_doubled(bench: Bench, holiday: str) -> None:
    bench.runner.submit(holiday)
    bench.runner.submit(holiday)
    bench.runner.submit_unless_waiting(holiday)
    bench.wait(lambda: len(bench.ended) == 2)
    assert len(all_tasks(bench.store)) == 2
    bench.runner.submit_unless_waiting(holiday)
    bench.wait(lambda: len(bench.ended) == 3)


def test_what_is_new_in_a_folder_is_read_without_a_task(bench: Bench, holiday: str) -> None:
    def files() -> int:
        return get_dataset(bench.store, GetDataset(dataset_name=holiday)).statistics.files

    (fresh,) = all_bindings(bench.store)
    assert (fresh.state, fresh.phase) == (BindingState.READY, BindingPhase.FULL)
    bench.runner.catch_up(holiday)
    bench.runner.catch_up(holiday)
    poll(lambda: all_bindings(bench.store)[0].phase is BindingPhase.INCREMENTAL)
    assert files() == 13
    assert all_tasks(bench.store) == []
    assert all_clusters(bench.store, holiday) == []
    task = bench.runner.submit(holiday)
    bench.runner.catch_up(holiday)
    bench.wait(lambda: bool(bench.ended))
    assert get_task(bench.store, GetTask(task_id=task.task_id, task_type=TASK_TYPE)).counts.read == 0


def test_closing_ends_every_task_as_cancelled(bench: Bench, holiday: str) -> None:
    for _ in range(4):
        bench.runner.submit(holiday)
    bench.wait(lambda: any(task.stage is Stage.READ for task in bench.told))
    bench.close()
    assert [(task.status, task.code) for task in all_tasks(bench.store)] == [(Status.FAILED, "Canceled")] * 4


def test_there_is_no_task_without_a_dataset(bench: Bench) -> None:
    with pytest.raises(ResourceNotFound):
        bench.runner.submit("nothing")
    assert all_tasks(bench.store) == []
