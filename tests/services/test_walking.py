import shutil
from pathlib import Path

import pytest

from app.contract.requests import IndexFileMeta, InputFile
from app.services import bindings
from app.services.index_jobs import create_index_job
from app.services.scanning import has_changed
from app.settings import Settings
from tests.factories import names_of
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
COUNT = 12


def leave_out(shelf: Shelf, *patterns: str) -> None:
    settings = Settings.load(shelf.store.data_dir)
    settings.left_out = list(patterns)
    settings.save()


def copy_into(shelf: Shelf, name: str) -> Path:
    folder = shelf.folder / name
    folder.mkdir(parents=True)
    return Path(shutil.copy(shelf.folder / "ae_0.JPG", folder / "copy.jpg"))


@pytest.mark.parametrize("name", [".hidden", "$Recycle.Bin", "@eaDir", "#snapshot", "Lost+Found", "My Previews.lrdata"])
def test_folders_that_hold_no_photographs_of_a_person_are_left_out(shelf: Shelf, name: str) -> None:
    copy_into(shelf, f"{name}/deeper")
    assert shelf.run().counts.scanned == COUNT


@pytest.mark.parametrize("name", ["Thumbnails", "Thumbs 2020", "a.hidden", "[x]"])
def test_other_folders_are_not(shelf: Shelf, name: str) -> None:
    copy_into(shelf, name)
    assert shelf.run().counts.scanned == COUNT + 1


def test_a_person_chooses_what_is_left_out_by_patterns_in_any_case(shelf: Shelf) -> None:
    copy_into(shelf, "Export 2020")
    leave_out(shelf, "export ????")
    assert shelf.run().counts.scanned == COUNT
    leave_out(shelf)
    assert shelf.run().counts.read == 1
    assert names_of(shelf.clusters()) == {BURST, PAIR | {"copy.jpg"}}


def test_a_bound_folder_is_never_left_out_by_its_own_name(shelf: Shelf) -> None:
    hidden = copy_into(shelf, ".hidden").parent
    bindings.bind_folders(shelf.store, [str(hidden)], shelf.name)
    leave_out(shelf, ".*", shelf.folder.name)
    assert shelf.run().counts.scanned == COUNT + 1


def test_what_is_left_out_from_now_on_leaves_unless_it_was_asked_for_by_hand(shelf: Shelf) -> None:
    asked = copy_into(shelf, "Export/a")
    copy_into(shelf, "Export/b")
    create_index_job(shelf.store, IndexFileMeta(dataset_name=shelf.name, file=InputFile(uri=asked.as_uri())))
    assert shelf.run().counts.scanned == COUNT + 2
    leave_out(shelf, "export")
    assert has_changed(shelf.store, shelf.name)
    counts = shelf.run().counts
    assert (counts.gone, counts.unchanged) == (1, COUNT + 1)
    (pair,) = (cluster for cluster in shelf.clusters() if len(cluster.members) == 3)
    assert str(asked) in {member.path for member in pair.members}
    assert not has_changed(shelf.store, shelf.name)
    asked.unlink()
    assert shelf.run().counts.gone == 1


def test_a_half_written_name_that_was_asked_for_by_hand_stays(shelf: Shelf) -> None:
    path = Path(shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / "mine.tmp"))
    create_index_job(shelf.store, IndexFileMeta(dataset_name=shelf.name, file=InputFile(uri=path.as_uri())))
    assert shelf.run().counts.read == COUNT + 1
    assert shelf.run().counts.unchanged == COUNT + 1
