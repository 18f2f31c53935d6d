import shutil
from pathlib import Path

import psutil
import pytest

from app.errors import Cancelled
from app.imaging.readers import Readers
from app.imaging.readings import Reading, Unreadable


def copies(photos: Path, to: Path, count: int) -> list[str]:
    sources = sorted(photos.rglob("*.jpg"))
    return [str(shutil.copy(sources[k % len(sources)], to / f"{k:03d}.jpg")) for k in range(count)]


def test_answers_come_in_the_order_of_the_files(photos: Path, tmp_path: Path) -> None:
    paths = copies(photos, tmp_path, 30)
    with Readers(2) as readers:
        answered = list(readers.read(paths))
    assert [path for path, _ in answered] == paths
    assert all(isinstance(answer, Reading) for _, answer in answered)


def test_a_reader_that_dies_costs_the_file_in_hand_and_no_other(photos: Path, tmp_path: Path) -> None:
    paths = copies(photos, tmp_path, 60)
    with Readers(1) as readers:
        answers = readers.read(paths)
        first = next(answers)[1]
        for child in psutil.Process().children():
            if any("spawn_main" in part for part in child.cmdline()):
                child.kill()
        rest = [answer for _, answer in answers]
    assert isinstance(first, Reading)
    dead = [answer for answer in rest if isinstance(answer, Unreadable)]
    assert len(dead) <= 1
    assert all("crash" in answer.reason for answer in dead)
    assert sum(isinstance(answer, Reading) for answer in rest) >= len(paths) - 2


def test_readers_that_die_while_they_have_nothing_to_do_are_replaced(photos: Path, tmp_path: Path) -> None:
    paths = copies(photos, tmp_path, 6)
    with Readers(2) as readers:
        list(readers.read(paths))
        for child in psutil.Process().children():
            if any("spawn_main" in part for part in child.cmdline()):
                child.kill()
        assert all(isinstance(answer, Reading) for _, answer in readers.read(paths))


def test_a_file_that_takes_too_long_is_given_up(photos: Path, tmp_path: Path) -> None:
    paths = copies(photos, tmp_path, 1)
    with Readers(1, seconds_per_file=0.0001) as readers:
        ((_, answer),) = readers.read(paths)
    assert answer == Unreadable("Reading it took too long")


def test_closed_readers_call_no_file_unreadable(photos: Path, tmp_path: Path) -> None:
    paths = copies(photos, tmp_path, 40)
    readers = Readers(1)
    answers = readers.read(paths)
    next(answers)
    readers.close()
    with pytest.raises(Cancelled):
        list(answers)


def test_closed_readers_leave_no_process_behind(photos: Path, tmp_path: Path) -> None:
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with Readers(2) as readers:
        list(readers.read(copies(photos, tmp_path, 4)))
        during = [child for child in psutil.Process().children(recursive=True) if child.pid not in before]
    left = [child for child in during if child.is_running() and any("spawn_main" in part for part in child.cmdline())]
    assert during
    assert left == []
