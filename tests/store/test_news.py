"""Programs on one catalogue hear what the others change, once, and not what they change themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.contract.requests import CreateDataset, DeleteDataset
from app.events import Change, Noun
from app.services.datasets import create_dataset, delete_dataset
from app.store import Store


class Program:
    """A program that has a catalogue open, and what it heard."""

    def __init__(self, data_dir: Path) -> None:
        self.store = Store(data_dir)
        self.heard: list[frozenset[Change]] = []
        self.store.events.listen(self.heard.append)


@pytest.fixture
def programs(data_dir: Path) -> Iterator[list[Program]]:
    with Store(data_dir) as before:
        create_dataset(before, CreateDataset(dataset_name="old"))
    programs = [Program(data_dir) for _ in range(3)]
    yield programs
    for program in programs:
        program.store.close()


def test_each_change_is_heard_once_by_every_other_program(programs: list[Program]) -> None:
    one, two, three = programs
    create_dataset(one.store, CreateDataset(dataset_name="walks"))
    change = frozenset({Change(Noun.DATASETS, "walks")})
    for _ in range(2):
        for program in programs:
            program.store.hear_others()
    assert [program.heard for program in programs] == [[change], [change], [change]]
    create_dataset(two.store, CreateDataset(dataset_name="lakes"))
    delete_dataset(two.store, DeleteDataset(dataset_name="walks"))
    for program in programs:
        program.store.hear_others()
    both = frozenset({Change(Noun.DATASETS, "walks"), Change(Noun.DATASETS, "lakes")})
    assert (one.heard[1:], len(two.heard[1:]), three.heard[1:]) == ([both], 2, [both])


def test_what_was_changed_before_the_start_is_no_news(programs: list[Program], data_dir: Path) -> None:
    create_dataset(programs[0].store, CreateDataset(dataset_name="walks"))
    late = Program(data_dir)
    late.store.hear_others()
    assert late.heard == []
    late.store.close()


def test_what_is_undone_is_no_news(programs: list[Program]) -> None:
    one, two, _ = programs
    with pytest.raises(RuntimeError), one.store.write() as work:
        work.announce(Noun.FILES, "old")
        raise RuntimeError
    two.store.hear_others()
    assert two.heard == []
