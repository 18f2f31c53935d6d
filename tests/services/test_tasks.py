import threading
import time
from pathlib import Path

import pytest

from app.contract.requests import CreateSimilarImageClusteringTask, GetTask
from app.domain.tasks import MAX_USER_DATA_BYTES, TASK_TYPE, Stage, Status, Task
from app.domain.times import now
from app.errors import InvalidArgument, ResourceNotFound
from app.imaging.readers import Readers
from app.services import tasks
from app.services.bindings import bind_folders
from app.services.locks import own_lock
from app.store import Store


def asked(name: str, user_data: str = "") -> CreateSimilarImageClusteringTask:
    return CreateSimilarImageClusteringTask(dataset_name=name, user_data=user_data)


@pytest.fixture
def name(store: Store, folder: Path) -> str:
    return bind_folders(store, [str(folder)])


def test_a_task_runs_through_its_stages_to_success(store: Store, name: str, readers: Readers) -> None:
    heard: list[Task] = []
    task = tasks.run_task(store, tasks.create_task(store, asked(name)).task_id, readers, heard.append)
    assert (task.status, task.progress, task.code) == (Status.SUCCEEDED, 100, "")
    assert [stage for stage in Stage if stage in {told.stage for told in heard}] == list(Stage)[1:]
    assert [told.progress for told in heard] == sorted(told.progress for told in heard)
    assert tasks.get_task(store, GetTask(task_id=task.task_id, task_type=TASK_TYPE)) == task


def test_a_cancelled_task_is_failed_with_code_canceled(store: Store, name: str, readers: Readers) -> None:
    task = tasks.create_task(store, asked(name))
    tasks.cancel_task(store, task.task_id)
    ended = tasks.run_task(store, task.task_id, readers)
    assert (ended.status, ended.code) == (Status.FAILED, "Canceled")
    assert ended.end_time is not None


def test_a_task_whose_process_died_is_failed_with_code_interrupted(
    store: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "own_lock", lambda: (2**22 + 1, 1.0))
        task = tasks.create_task(store, asked(name))
    found = tasks.get_task(store, GetTask(task_id=task.task_id, task_type=TASK_TYPE))
    assert (found.status, found.code) == (Status.FAILED, "Interrupted")


def test_a_process_number_that_was_given_away_again_holds_no_task(
    store: Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid, started = own_lock()
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "own_lock", lambda: (pid, started - 3600))
        task = tasks.create_task(store, asked(name))
    assert tasks.get_task(store, GetTask(task_id=task.task_id, task_type=TASK_TYPE)).code == "Interrupted"


def test_tasks_of_one_dataset_run_one_after_the_other(store: Store, name: str, readers: Readers) -> None:
    first, second = tasks.create_task(store, asked(name)), tasks.create_task(store, asked(name))
    ended: list[str] = []
    waiting = threading.Thread(target=lambda: ended.append(tasks.run_task(store, second.task_id, readers).task_id))
    waiting.start()
    time.sleep(0.5)
    assert tasks.get_task(store, GetTask(task_id=second.task_id, task_type=TASK_TYPE)).stage is Stage.WAITING
    ended.append(tasks.run_task(store, first.task_id, readers).task_id)
    waiting.join(60)
    assert ended == [first.task_id, second.task_id]


def test_a_fault_ends_its_task_and_is_not_hidden(
    store: Store, name: str, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "cluster_photographs", break_down)
    task = tasks.create_task(store, asked(name))
    with pytest.raises(ZeroDivisionError):
        tasks.run_task(store, task.task_id, readers)
    assert tasks.get_task(store, GetTask(task_id=task.task_id, task_type=TASK_TYPE)).code == "InternalError"


def test_user_data_is_measured_in_bytes(store: Store, name: str) -> None:
    assert tasks.create_task(store, asked(name, "é" * (MAX_USER_DATA_BYTES // 2))).user_data
    with pytest.raises(InvalidArgument, match="2050 bytes"):
        asked(name, "é" * (MAX_USER_DATA_BYTES // 2 + 1))


def test_tasks_are_forgotten_after_seven_days(
    store: Store, name: str, readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = 7 * 24 * 3600 * 10**9
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "now", lambda: now() - week - 1)
        old = tasks.create_task(store, asked(name))
        tasks.run_task(store, old.task_id, readers)
    assert tasks.all_tasks(store) == []
    tasks.create_task(store, asked(name))
    with pytest.raises(ResourceNotFound, match="seven days"):
        tasks.get_task(store, GetTask(task_id=old.task_id, task_type=TASK_TYPE))


def test_a_task_of_no_dataset_is_refused(store: Store) -> None:
    with pytest.raises(ResourceNotFound, match="no dataset 'nothing'"):
        tasks.create_task(store, asked("nothing"))
