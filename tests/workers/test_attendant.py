"""The attendant keeps the index of all bound folders up to date, whoever binds them, and starts no task."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.contract.requests import GetDataset, ResumeBinding, StopBinding
from app.domain.datasets import BindingPhase, BindingState
from app.services.bindings import all_bindings, bind_folders, resume_binding, stop_binding
from app.services.datasets import get_dataset
from app.services.tasks import all_tasks
from app.store import Store
from app.workers.attendant import Attendant
from tests.factories import copy_photos

SECONDS = 30


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    return copy_photos(photos, tmp_path / "photos")


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with Store(data_dir) as store:
        yield store


def files(store: Store, name: str) -> int:
    return get_dataset(store, GetDataset(dataset_name=name)).statistics.files


def until(fulfilled: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not fulfilled():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_was_missed_is_read_at_the_start(store: Store, folder: Path) -> None:
    name = bind_folders(store, [str(folder)])
    with closing(Attendant(store)):
        until(lambda: all_bindings(store)[0].phase is BindingPhase.INCREMENTAL)
    assert files(store, name) == 12
    assert all_tasks(store) == []


def test_a_folder_that_another_program_bound_is_read(store: Store, folder: Path, data_dir: Path) -> None:
    with closing(Attendant(store)), Store(data_dir) as other:
        name = bind_folders(other, [str(folder)])
        until(lambda: files(store, name) == 12)


def test_a_paused_folder_is_left_alone_and_caught_up_with_when_resumed(store: Store, folder: Path) -> None:
    name = bind_folders(store, [str(folder)])
    uri = folder.as_uri()
    with closing(Attendant(store)):
        until(lambda: all_bindings(store)[0].phase is BindingPhase.INCREMENTAL)
        stop_binding(store, StopBinding(dataset_name=name, uri=uri, reason="later"))
        shutil.copyfile(folder / "ae_0.JPG", folder / "again.jpg")
        time.sleep(3)
        assert files(store, name) == 12
        assert all_bindings(store)[0].state is BindingState.STOPPED
        resume_binding(store, ResumeBinding(dataset_name=name, uri=uri))
        until(lambda: files(store, name) == 13)


def test_closing_in_the_middle_of_reading_keeps_what_was_read(store: Store, folder: Path) -> None:
    for number in range(40):
        shutil.copyfile(folder / "ae_0.JPG", folder / f"{number}.jpg")
    name = bind_folders(store, [str(folder)])
    with closing(Attendant(store)):
        until(lambda: files(store, name) > 0)
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    with closing(Attendant(store)):
        until(lambda: files(store, name) == 52)
