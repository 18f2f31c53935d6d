import shutil
from pathlib import Path

import pytest

from app.contract.requests import BatchIndexFileMeta, DeleteFileMeta, GetDataset, InputFile, UpdateDataset
from app.domain.datasets import BindingState, Statistics
from app.errors import LimitExceeded
from app.services import bindings, datasets
from app.services.files import delete_file
from app.services.index_jobs import create_index_job
from app.services.scanning import has_changed
from tests.factories import write_old
from tests.services.conftest import Shelf

COUNT = 12


def limit(shelf: Shelf, files: int | None = None, size: int | None = None) -> None:
    request = UpdateDataset(dataset_name=shelf.name, dataset_max_file_count=files, dataset_max_total_file_size=size)
    datasets.update_dataset(shelf.store, request)


def statistics(shelf: Shelf) -> Statistics:
    return datasets.get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).statistics


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def ask(shelf: Shelf, *paths: Path) -> None:
    files = [InputFile(uri=path.as_uri()) for path in paths]
    create_index_job(shelf.store, BatchIndexFileMeta(dataset_name=shelf.name, files=files))


def test_a_folder_is_read_in_order_as_far_as_the_dataset_takes_files(shelf: Shelf) -> None:
    (shelf.folder / "A note.txt").write_text("no picture")
    limit(shelf, files=5)
    assert shelf.run().counts.read == 5
    with shelf.store.read() as work:
        known = work.places.known_in(work.datasets.id_of(shelf.name), str(shelf.folder))
    assert sorted(Path(path).name for path, file in known.items() if file.is_picture) == names(shelf.folder)[1:6]
    (binding,) = bindings.all_bindings(shelf.store)
    assert binding.state is BindingState.RUNNING
    assert binding.reason.startswith("The dataset is full and lacks 7 photographs. Take files out of it")
    assert not has_changed(shelf.store, shelf.name)


def test_a_folder_is_read_as_far_as_the_dataset_takes_bytes(shelf: Shelf) -> None:
    sizes = [(shelf.folder / name).stat().st_size for name in names(shelf.folder)]
    cut = next(n for n in range(4, COUNT) if min(sizes[n:]) < sizes[n])
    limit(shelf, size=sum(sizes[: cut + 1]) - 1)
    shelf.run()
    assert (statistics(shelf).files, statistics(shelf).size) == (cut, sum(sizes[:cut]))


def test_a_full_dataset_loses_nothing_that_moves_or_changes(shelf: Shelf) -> None:
    shelf.run()
    limit(shelf, files=1)
    (shelf.folder / "ae_0.JPG").rename(shelf.folder / "renamed.jpg")
    shutil.copy(shelf.folder / "ae_1.JPG", shelf.folder / "IMG_3606.JPG")
    counts = shelf.run().counts
    assert (counts.moved, counts.read, counts.gone) == (1, 1, 0)
    assert statistics(shelf).files == COUNT


def test_files_that_went_make_room_in_the_same_scan(shelf: Shelf) -> None:
    shelf.run()
    limit(shelf, files=COUNT, size=statistics(shelf).size)
    shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / "copy.jpg")
    assert shelf.run().counts.read == 0
    (shelf.folder / "ae_0.JPG").unlink()
    assert shelf.run().counts.read == 1
    assert bindings.all_bindings(shelf.store)[0].reason == ""


def test_files_that_cannot_be_read_count_too(shelf: Shelf) -> None:
    write_old(shelf.folder / "AA.jpg", b"")
    limit(shelf, files=3)
    shelf.run()
    shelf.run()
    assert (statistics(shelf).files, statistics(shelf).skipped) == (2, 1)


@pytest.mark.parametrize("by_size", [True, False])
def test_a_file_asked_for_by_hand_is_refused_by_a_full_dataset_with_a_word_on_what_to_do(
    shelf: Shelf, tmp_path: Path, by_size: bool
) -> None:
    shelf.run()
    fresh = Path(shutil.copy(shelf.folder / "ae_0.JPG", tmp_path / "fresh.jpg"))
    limit(shelf, size=statistics(shelf).size + 1) if by_size else limit(shelf, files=COUNT)
    with pytest.raises(LimitExceeded, match="Take files out of it, or raise DatasetMaxFileCount"):
        ask(shelf, shelf.folder / "ae_0.JPG", fresh)
    ask(shelf, shelf.folder / "ae_0.JPG", tmp_path / "nothing.jpg")
    delete_file(shelf.store, DeleteFileMeta(dataset_name=shelf.name, uri=(shelf.folder / "IMG_3606.JPG").as_uri()))
    ask(shelf, fresh)
