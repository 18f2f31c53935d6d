"""The watcher tells of a changed folder once, when the writing has stopped."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.datasets import Binding, BindingPhase, BindingState
from app.workers.watcher import Watcher

QUIET = 0.3
LONG = 4 * QUIET


class Told:
    """The datasets that a watcher told of, in order."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def wait(self, count: int) -> None:
        end = time.monotonic() + 10
        while len(self.names) < count and time.monotonic() < end:
            time.sleep(0.01)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def watcher(told: Told) -> Iterator[Watcher]:
    watcher = Watcher(told.names.append, QUIET)
    yield watcher
    watcher.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "holiday"
    (folder / "deep").mkdir(parents=True)
    (folder / "old.jpg").write_bytes(b"old")
    return folder


def bound(folder: Path, dataset_name: str = "holiday") -> Binding:
    return Binding(dataset_name, str(folder), BindingState.RUNNING, BindingPhase.INCREMENTAL, "", 0, 0)


def test_many_writes_are_told_once_after_the_quiet_time(watcher: Watcher, told: Told, folder: Path) -> None:
    watcher.watch([bound(folder)])
    for number in range(10):
        (folder / "deep" / f"{number}.jpg").write_bytes(b"new")
        time.sleep(QUIET / 5)
        assert told.names == []
    told.wait(1)
    time.sleep(LONG)
    assert told.names == ["holiday"]


@pytest.mark.parametrize(
    "change",
    [
        lambda old: old.write_bytes(b"new"),
        lambda old: old.rename(old.with_suffix(".jpeg")),
        lambda old: old.unlink(),
        lambda old: (old.parent / "deeper").mkdir(),
    ],
    ids=["write", "rename", "delete", "make a folder"],
)
def test_every_kind_of_change_is_told(
    watcher: Watcher, told: Told, folder: Path, change: Callable[[Path], object]
) -> None:
    watcher.watch([bound(folder)])
    change(folder / "old.jpg")
    told.wait(1)
    assert told.names == ["holiday"]


def test_each_dataset_is_told_of_its_own_folders(watcher: Watcher, told: Told, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watcher.watch([bound(folder), bound(other, "other")])
    (other / "new.jpg").write_bytes(b"new")
    told.wait(1)
    time.sleep(LONG)
    assert told.names == ["other"]


def test_a_folder_of_two_datasets_is_told_to_both(watcher: Watcher, told: Told, folder: Path) -> None:
    watcher.watch([bound(folder), bound(folder, "again")])
    (folder / "new.jpg").write_bytes(b"new")
    told.wait(2)
    assert sorted(told.names) == ["again", "holiday"]
    watcher.watch([bound(folder)])
    (folder / "newer.jpg").write_bytes(b"new")
    told.wait(3)
    time.sleep(LONG)
    assert told.names[2:] == ["holiday"]


def test_a_folder_that_is_no_longer_watched_tells_nothing(watcher: Watcher, told: Told, folder: Path) -> None:
    watcher.watch([bound(folder)])
    watcher.watch([])
    (folder / "new.jpg").write_bytes(b"new")
    time.sleep(LONG)
    assert told.names == []


def test_a_folder_that_goes_and_comes_back_is_watched_again(
    monkeypatch: pytest.MonkeyPatch, told: Told, folder: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("app.workers.watcher.CHECK_SECONDS", 0.1)
    drive = tmp_path / "drive"
    watcher = Watcher(told.names.append, QUIET)
    assert watcher.watch([bound(drive, "drive"), bound(folder)]) == {"drive", "holiday"}
    for count in (1, 3, 5):
        drive.mkdir()
        told.wait(count)
        (drive / "new.jpg").write_bytes(b"new")
        told.wait(count + 1)
        assert told.names[count - 1 :] == ["drive", "drive"]
        shutil.rmtree(drive)
        time.sleep(LONG)
        del told.names[count + 1 :]
    watcher.close()


def test_a_folder_of_which_no_events_come_is_looked_at_from_time_to_time(
    monkeypatch: pytest.MonkeyPatch, told: Told, folder: Path
) -> None:
    monkeypatch.setattr("app.workers.watcher.is_silent", lambda path: True)
    watcher = Watcher(told.names.append, 0.05, poll_seconds=0.2)
    watcher.watch([bound(folder)])
    told.wait(3)
    watcher.close()
    assert set(told.names) == {"holiday"}


def test_it_says_which_datasets_got_a_folder(watcher: Watcher, folder: Path, tmp_path: Path) -> None:
    assert watcher.watch([bound(folder)]) == {"holiday"}
    assert watcher.watch([bound(folder)]) == set()
    assert watcher.watch([bound(folder), bound(folder, "again"), bound(tmp_path)]) == {"again", "holiday"}
    paused = replace(bound(folder), state=BindingState.STOPPED)
    assert watcher.watch([paused]) == set()
    assert watcher.watch([bound(folder)]) == {"holiday"}


def test_reading_a_file_is_no_change(watcher: Watcher, told: Told, folder: Path) -> None:
    watcher.watch([bound(folder)])
    assert (folder / "old.jpg").read_bytes() == b"old"
    assert list(folder.iterdir())
    time.sleep(LONG)
    assert told.names == []


def test_a_paused_binding_is_not_watched(watcher: Watcher, told: Told, folder: Path) -> None:
    watcher.watch([replace(bound(folder), state=BindingState.STOPPED)])
    (folder / "new.jpg").write_bytes(b"new")
    time.sleep(LONG)
    assert told.names == []
    watcher.watch([bound(folder)])
    (folder / "newer.jpg").write_bytes(b"new")
    told.wait(1)
    assert told.names == ["holiday"]
