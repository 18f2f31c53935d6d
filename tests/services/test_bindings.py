from pathlib import Path

import pytest

from app.contract.requests import (
    CreateBinding,
    CreateDataset,
    DeleteBinding,
    GetBinding,
    GetDataset,
    IndexFileMeta,
    InputFile,
    ResumeBinding,
    StopBinding,
)
from app.domain.datasets import MAX_BINDINGS, BindingPhase, BindingState
from app.errors import InvalidArgument, LimitExceeded, ResourceAlreadyExists, ResourceNotFound
from app.services import bindings, datasets, index_jobs
from app.store import Store
from tests.factories import names_of
from tests.services.conftest import Shelf


@pytest.fixture
def walks(tmp_path: Path) -> Path:
    folder = tmp_path / "Winter Walks"
    folder.mkdir()
    return folder


def test_a_folder_gets_a_dataset_named_and_titled_after_it(store: Store, walks: Path) -> None:
    name = bindings.bind_folders(store, [str(walks)])
    dataset = datasets.get_dataset(store, GetDataset(dataset_name=name))
    assert (dataset.name, dataset.title) == ("winter-walks", "Winter Walks")
    assert [binding.path for binding in dataset.bindings] == [str(walks)]


def test_the_same_folder_finds_its_dataset_again_by_any_way(store: Store, walks: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(walks)
    names = {bindings.bind_folders(store, [folder]) for folder in (str(walks), f"{walks}/", str(tmp_path / "link"))}
    assert names == {"winter-walks"}
    assert len(bindings.all_bindings(store)) == 1


def test_folders_of_one_name_get_datasets_of_their_own(store: Store, tmp_path: Path) -> None:
    for parent in ("a", "b"):
        (tmp_path / parent / "photos").mkdir(parents=True)
    assert bindings.bind_folders(store, [str(tmp_path / "a" / "photos")]) == "photos"
    assert bindings.bind_folders(store, [str(tmp_path / "b" / "photos")]) == "photos-2"


def test_a_missing_folder_is_refused_and_leaves_no_dataset(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument, match="no folder"):
        bindings.bind_folders(store, [str(tmp_path / "nothing")])
    assert datasets.all_datasets(store) == []


def test_an_eleventh_folder_is_refused_whole(store: Store, tmp_path: Path) -> None:
    folders = [tmp_path / f"f{n}" for n in range(MAX_BINDINGS + 1)]
    for folder in folders:
        folder.mkdir()
    with pytest.raises(LimitExceeded, match="10 folders"):
        bindings.bind_folders(store, [str(folder) for folder in folders])
    assert datasets.all_datasets(store) == []


def test_a_folder_is_bound_to_a_dataset_once(store: Store, walks: Path) -> None:
    datasets.create_dataset(store, CreateDataset(dataset_name="mine"))
    bindings.create_binding(store, CreateBinding(dataset_name="mine", uri=walks.as_uri()))
    with pytest.raises(ResourceAlreadyExists):
        bindings.create_binding(store, CreateBinding(dataset_name="mine", uri=walks.as_uri()))
    bindings.delete_binding(store, DeleteBinding(dataset_name="mine", uri=walks.as_uri()))
    with pytest.raises(ResourceNotFound):
        bindings.delete_binding(store, DeleteBinding(dataset_name="mine", uri=walks.as_uri()))


def test_a_folder_that_became_a_link_is_still_the_one_that_is_watched(shelf: Shelf) -> None:
    moved, uri = shelf.folder.with_name("moved"), shelf.folder.as_uri()
    shelf.folder.rename(moved)
    shelf.folder.symlink_to(moved)
    name = shelf.name
    assert bindings.stop_binding(shelf.store, StopBinding(dataset_name=name, uri=uri)).state is BindingState.STOPPED
    assert bindings.resume_binding(shelf.store, ResumeBinding(dataset_name=name, uri=uri)).state is BindingState.READY
    assert bindings.get_binding(shelf.store, GetBinding(dataset_name=name, uri=uri)).path == str(shelf.folder)
    bindings.delete_binding(shelf.store, DeleteBinding(dataset_name=name, uri=uri))
    assert bindings.all_bindings(shelf.store) == []


def test_files_of_a_deleted_binding_stay(shelf: Shelf) -> None:
    shelf.run()
    before = shelf.clusters()
    bindings.delete_binding(shelf.store, DeleteBinding(dataset_name=shelf.name, uri=shelf.folder.as_uri()))
    assert shelf.run().counts.gone == 0
    assert shelf.clusters() == before


def test_what_only_a_removed_folder_has_is_forgotten_and_leaves_its_clusters_at_once(shelf: Shelf) -> None:
    deeper, beside = shelf.folder / "deeper", shelf.folder.with_name("photos 2")
    for folder, name in ((deeper, "ae_1.JPG"), (beside, "ae_0.JPG")):
        folder.mkdir()
        (shelf.folder / name).rename(folder / name)
    bindings.bind_folders(shelf.store, [str(deeper), str(beside)], shelf.name)
    shelf.run()
    asked = InputFile(uri=(shelf.folder / "IMG_3606.JPG").as_uri())
    index_jobs.create_index_job(shelf.store, IndexFileMeta(dataset_name=shelf.name, file=asked))
    shelf.run()
    bindings.delete_binding(shelf.store, DeleteBinding(dataset_name=shelf.name, uri=shelf.folder.as_uri()))
    assert bindings.count_files(shelf.store, shelf.name, str(shelf.folder)) == 9
    assert bindings.forget_files(shelf.store, shelf.name, str(shelf.folder)) == 9
    assert names_of(shelf.clusters()) == {frozenset({"ae_0.JPG", "ae_1.JPG"})}
    assert datasets.get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).statistics.files == 3
    assert len(list(shelf.folder.iterdir())) == 11
    assert bindings.count_files(shelf.store, shelf.name, str(shelf.folder)) == 0


def test_files_that_a_folder_above_has_too_are_not_forgotten(shelf: Shelf) -> None:
    bindings.bind_folders(shelf.store, [str(shelf.folder.parent)], shelf.name)
    shelf.run()
    assert bindings.forget_files(shelf.store, shelf.name, str(shelf.folder)) == 0


def test_a_binding_tells_whether_its_folder_is_there(shelf: Shelf) -> None:
    (fresh,) = bindings.all_bindings(shelf.store)
    shelf.run()
    (seen,) = bindings.all_bindings(shelf.store)
    away = shelf.folder.rename(shelf.folder.with_name("away"))
    shelf.run()
    (lost,) = bindings.all_bindings(shelf.store)
    away.rename(shelf.folder)
    assert [binding.state for binding in (fresh, seen, lost)] == [
        BindingState.READY,
        BindingState.RUNNING,
        BindingState.RETRYING,
    ]
    assert (fresh.phase, seen.phase) == (BindingPhase.FULL, BindingPhase.INCREMENTAL)
    assert "drive" in lost.reason


def test_a_deleted_dataset_takes_all_that_is_known_with_it(shelf: Shelf) -> None:
    shelf.run()
    datasets.forget_dataset(shelf.store, shelf.name)
    assert datasets.all_datasets(shelf.store) == []
    assert bindings.all_bindings(shelf.store) == []
    assert (shelf.folder / "ae_0.JPG").exists()
