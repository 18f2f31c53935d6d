"""Stars and labels: who says them, what counts, and that only a command writes them, into sidecars alone."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from app.domain.files import FileRecord
from app.domain.ratings import Rating
from app.errors import InvalidArgument, ResourceNotFound
from app.services.bindings import bind_folders
from app.services.datasets import forget_dataset
from app.services.ratings import rate, rated_files, ratings_of, unrate, write_ratings
from tests.imaging.test_xmp import LIGHTROOM
from tests.services.conftest import Shelf

KODAK, OLYMPUS = "kodak-dx4330.jpg", "olympus-e-10.jpg"


@pytest.fixture
def read(shelf: Shelf) -> Shelf:
    shelf.run()
    return shelf


def path(shelf: Shelf, name: str = KODAK) -> str:
    return str(shelf.folder / name)


def test_what_is_given_here_counts_before_the_sidecar_and_that_before_the_file(read: Shelf) -> None:
    (one,) = ratings_of(read.store, [path(read)])
    assert (one.rating, one.given, one.sidecar) == (one.in_file, None, None)
    Path(f"{path(read)}.xmp").write_bytes(LIGHTROOM)
    (one,) = ratings_of(read.store, [path(read)])
    assert (one.rating, one.given, one.sidecar) == (Rating(3, "Red"), None, Rating(3, "Red"))
    (one,) = rate(read.store, [path(read)], 5, None)
    assert (one.rating, one.given, one.sidecar) == (Rating(5, "Red"), Rating(5, "Red"), Rating(3, "Red"))
    (one,) = rate(read.store, [path(read)], None, "")
    assert one.rating == Rating(5)
    assert unrate(read.store, [path(read)]) == 1
    assert ratings_of(read.store, [path(read)])[0].rating == Rating(3, "Red")
    assert unrate(read.store, [path(read)]) == 0


def test_it_is_kept_by_content_across_datasets_and_when_a_file_comes_back(read: Shelf, tmp_path: Path) -> None:
    rate(read.store, [path(read)], 4, "Red")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy2(path(read), other / "same.jpg")
    second = Shelf(read.store, other, read.readers)
    second.run()
    assert ratings_of(read.store, [path(second, "same.jpg")])[0].rating == Rating(4, "Red")
    forget_dataset(read.store, read.name)
    forget_dataset(read.store, second.name)
    bind_folders(read.store, [str(read.folder)])
    Shelf(read.store, read.folder, read.readers).run()
    assert ratings_of(read.store, [path(read)])[0].given == Rating(4, "Red")


def test_what_is_not_known_or_not_valid_is_refused_in_words(read: Shelf) -> None:
    with pytest.raises(ResourceNotFound, match=r"No dataset has read .*missing\.jpg"):
        ratings_of(read.store, [path(read), path(read, "missing.jpg")])
    for stars, label, words in (
        (6, None, "Stars are"),
        (None, None, "Give stars"),
        (None, "a\nb", "one line"),
        (None, "x" * 65, "at most 64"),
    ):
        with pytest.raises(InvalidArgument, match=words):
            rate(read.store, [path(read)], stars, label)
    assert rated_files(read.store, read.name) == []


def test_only_what_was_given_here_is_written_and_the_photograph_stays_as_it_is(read: Shelf) -> None:
    before = {file.name: hashlib.sha256(file.read_bytes()).digest() for file in read.folder.iterdir()}
    rate(read.store, [path(read)], 4, "Red")
    assert sorted(file.name for file in read.folder.iterdir()) == sorted(before)
    assert rated_files(read.store, read.name) == [path(read)]
    tried, other = write_ratings(read.store, [path(read), path(read, OLYMPUS)], dry_run=True)
    assert (tried.sidecar, tried.changed, tried.fault) == (f"{path(read)}.xmp", True, "")
    assert other.fault == "No stars and no label were given to it here."
    assert sorted(file.name for file in read.folder.iterdir()) == sorted(before)
    assert write_ratings(read.store, [path(read)], dry_run=False) == [tried]
    after = {file.name: hashlib.sha256(file.read_bytes()).digest() for file in read.folder.iterdir()}
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {f"{KODAK}.xmp"}
    unrate(read.store, [path(read)])
    assert ratings_of(read.store, [path(read)])[0].rating == Rating(4, "Red")
    read.run()
    assert {one.status for one in _records(read)} == {"Indexed"}


def _records(shelf: Shelf) -> list[FileRecord]:
    with shelf.store.read() as work:
        return work.files.records(work.datasets.id_of(shelf.name), [path(shelf)])


def test_a_photograph_that_changed_since_it_was_read_gets_no_sidecar(read: Shelf) -> None:
    rate(read.store, [path(read), path(read, OLYMPUS), path(read, "ae_0.JPG")], 1, None)
    os.utime(path(read), (1, 1))
    Path(path(read, OLYMPUS)).unlink()
    Path(f"{path(read, 'ae_0.JPG')}.xmp").write_text("<broken")
    faults = [one.fault for one in write_ratings(read.store, rated_files(read.store, read.name), dry_run=False)]
    assert [fault.split(" (")[0] for fault in sorted(faults)[:2]] == [
        "It cannot be found",
        "It changed since it was read. Scan its folder first.",
    ]
    assert "ae_0.JPG.xmp cannot be used: it is not well-formed" in sorted(faults)[2]
    assert not [file for file in read.folder.iterdir() if file.suffix == ".xmp" and file.name != "ae_0.JPG.xmp"]
    (one,) = ratings_of(read.store, [path(read, "ae_0.JPG")])
    assert "not well-formed" in one.fault
