import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.contract.requests import (
    CreateBinding,
    DeleteFileMeta,
    GetFileMeta,
    IndexFileMeta,
    InputFile,
    LocateBinding,
    StopBinding,
    UpdateFileMeta,
)
from app.domain.datasets import Binding, BindingState
from app.domain.tasks import Counts
from app.errors import InvalidArgument, ResourceAlreadyExists, ResourceNotFound
from app.services import bindings, devices, files
from app.services.index_jobs import create_index_job
from tests.factories import names_of
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
COUNT = 12


def locate(shelf: Shelf, old: Path, new: Path) -> Binding:
    request = LocateBinding(dataset_name=shelf.name, uri=old.as_uri(), new_uri=new.as_uri())
    return bindings.locate_binding(shelf.store, request)


def places(shelf: Shelf) -> set[Path]:
    return {Path(member.path).parent for cluster in shelf.clusters() for member in cluster.members}


def bound(shelf: Shelf) -> list[str]:
    return [binding.path for binding in bindings.all_bindings(shelf.store)]


def label(shelf: Shelf, path: Path, custom_id: str) -> None:
    request = UpdateFileMeta(dataset_name=shelf.name, file=InputFile(uri=path.as_uri(), custom_id=custom_id))
    files.update_file(shelf.store, request)


def label_of(shelf: Shelf, path: Path) -> str:
    return files.get_file(shelf.store, GetFileMeta(dataset_name=shelf.name, uri=path.as_uri())).custom_id


def test_a_renamed_folder_is_told_anew_and_keeps_all_that_is_known(shelf: Shelf, tmp_path: Path) -> None:
    deeper = shelf.folder / "100 % ü"
    deeper.mkdir()
    (shelf.folder / "ae_0.JPG").rename(deeper / "ae_0.JPG")
    shelf.run()
    label(shelf, deeper / "ae_0.JPG", "mine")
    request = DeleteFileMeta(dataset_name=shelf.name, uri=(shelf.folder / "IMG_3606.JPG").as_uri())
    files.delete_file(shelf.store, request)
    before = {cluster.object_id for cluster in shelf.clusters()}
    new = shelf.folder.rename(tmp_path / "renamed")
    binding = locate(shelf, shelf.folder, new)
    assert (binding.path, binding.state, bound(shelf)) == (str(new), BindingState.READY, [str(new)])
    assert places(shelf) == {new, new / deeper.name}
    assert label_of(shelf, new / deeper.name / "ae_0.JPG") == "mine"
    assert shelf.run().counts == Counts(scanned=COUNT - 1, unchanged=COUNT - 1, clusters=2)
    assert {cluster.object_id for cluster in shelf.clusters()} == before
    assert names_of(shelf.clusters()) == {BURST - {"IMG_3606.JPG"}, PAIR}


def test_a_copy_on_another_drive_is_not_read_again(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    locate(shelf, shelf.folder, Path(shutil.copytree(shelf.folder, tmp_path / "copy")))
    (tmp_path / "copy" / "ae_0.JPG").unlink()
    counts = shelf.run().counts
    assert (counts.read, counts.unchanged, counts.gone) == (0, COUNT - 1, 1)


def test_a_folder_of_a_drive_that_is_not_connected_is_told_anew_and_the_rest_of_the_drive_waits(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (shelf.folder / "ae_0.JPG").rename(other / "ae_0.JPG")
    bindings.bind_folders(shelf.store, [str(other)], shelf.name)
    with monkeypatch.context() as plugged:
        plugged.setattr(devices, "mounts", lambda: {"/": "disk", str(tmp_path): "uuid:stick"})
        shelf.run()
    (other / "ae_0.JPG").unlink()
    monkeypatch.setattr(devices, "mounts", lambda: {"/": "disk"})
    locate(shelf, shelf.folder, shelf.folder.rename(tmp_path / "saved"))
    assert shelf.run().counts.gone == 0
    assert names_of(shelf.clusters()) == {BURST, PAIR}


def test_bindings_below_the_folder_follow_and_the_paused_stay_paused(shelf: Shelf, tmp_path: Path) -> None:
    inner = shelf.folder / "inner"
    inner.mkdir()
    uri = inner.as_uri()
    bindings.create_binding(shelf.store, CreateBinding(dataset_name=shelf.name, uri=uri))
    bindings.stop_binding(shelf.store, StopBinding(dataset_name=shelf.name, uri=uri, reason="on a journey"))
    shelf.run()
    new = shelf.folder.rename(tmp_path / "renamed")
    locate(shelf, shelf.folder, new)
    assert bound(shelf) == [str(new), str(new / "inner")]
    (_, paused) = bindings.all_bindings(shelf.store)
    assert (paused.state, paused.reason) == (BindingState.STOPPED, "on a journey")


def test_what_is_known_at_the_new_place_already_stays(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    new = Path(shutil.copytree(shelf.folder, tmp_path / "new"))
    for name in ("ae_0.JPG", "olympus-e-10.jpg"):
        file = InputFile(uri=(new / name).as_uri())
        create_index_job(shelf.store, IndexFileMeta(dataset_name=shelf.name, file=file))
    shelf.run()
    assert sorted(len(cluster.members) for cluster in shelf.clusters()) == [2, 3, 4]
    label(shelf, shelf.folder / "ae_0.JPG", "old")
    label(shelf, new / "ae_0.JPG", "new")
    locate(shelf, shelf.folder, new)
    assert label_of(shelf, new / "ae_0.JPG") == "new"
    assert sorted(len(cluster.members) for cluster in shelf.clusters()) == [2, 4]
    assert places(shelf) == {new}


def test_a_folder_may_move_into_itself(shelf: Shelf) -> None:
    inner = shelf.folder / "b"
    inner.mkdir()
    (shelf.folder / "ae_0.JPG").rename(inner / "there before.jpg")
    shelf.run()
    for path in shelf.folder.glob("*.*"):
        path.rename(inner / path.name)
    locate(shelf, shelf.folder, inner)
    assert shelf.run().counts == Counts(scanned=COUNT, unchanged=COUNT, clusters=2)


def test_a_folder_may_move_over_the_one_above(shelf_of: Callable[[Path], Shelf], folder: Path, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    shutil.copytree(folder, inner)
    (inner / "b").mkdir()
    (inner / "ae_1.JPG").rename(inner / "b" / "ae_0.JPG")
    shelf = shelf_of(inner)
    shelf.run()
    shutil.copytree(inner.rename(tmp_path / "moving"), inner.parent, dirs_exist_ok=True)
    locate(shelf, inner, inner.parent)
    assert shelf.run().counts == Counts(scanned=COUNT, unchanged=COUNT, clusters=2)


def test_a_folder_without_any_of_the_known_files_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    other = tmp_path / "other"
    other.mkdir()
    (other / "ae_0.JPG").write_bytes(b"another")
    with pytest.raises(InvalidArgument, match="none of the photographs"):
        locate(shelf, shelf.folder, other)
    with pytest.raises(InvalidArgument, match="no folder"):
        locate(shelf, shelf.folder, tmp_path / "nothing")
    assert (bound(shelf), places(shelf)) == ([str(shelf.folder)], {shelf.folder})


def test_a_folder_that_is_bound_already_or_not_at_all_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(ResourceNotFound):
        locate(shelf, tmp_path / "other", shelf.folder.parent)
    bindings.bind_folders(shelf.store, [str(tmp_path / "other")], shelf.name)
    with pytest.raises(ResourceAlreadyExists):
        locate(shelf, shelf.folder, tmp_path / "other")


def test_a_folder_that_left_a_link_behind_is_found_by_its_old_name(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    new = shelf.folder.rename(tmp_path / "renamed")
    shelf.folder.symlink_to(new)
    assert locate(shelf, shelf.folder, new).path == str(new)
