import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.datasets import Binding, BindingPhase, BindingState
from app.domain.tasks import Counts
from app.services import bindings, devices
from app.services.devices import Devices
from app.services.scanning import has_changed
from tests.factories import copy_photos, names_of
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
COUNT = 12
NEVER_MOUNTED = "disk"

Mounts = dict[str, str]


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> Mounts:
    """The mounts that the program believes in; at first one for all."""
    table = {"/": NEVER_MOUNTED}
    monkeypatch.setattr(devices, "mounts", lambda: dict(table))
    return table


@pytest.fixture
def stick(shelf: Shelf, mounts: Mounts) -> Shelf:
    """A shelf whose folder is the mount point of a stick, seen once."""
    mounts[str(shelf.folder)] = "uuid:stick"
    shelf.run()
    return shelf


def unplug(shelf: Shelf, mounts: Mounts) -> Path:
    """Leave nothing but an empty mount point; give what was on the stick."""
    del mounts[str(shelf.folder)]
    stored = shelf.folder.rename(shelf.folder.with_name("in the drawer"))
    shelf.folder.mkdir()
    return stored


def binding_of(shelf: Shelf) -> Binding:
    (binding,) = bindings.all_bindings(shelf.store)
    return binding


def test_a_drive_that_is_not_connected_loses_nothing_and_its_binding_says_so(stick: Shelf, mounts: Mounts) -> None:
    before = stick.clusters()
    unplug(stick, mounts)
    assert not has_changed(stick.store, stick.name)
    counts = stick.run().counts
    assert (counts.gone, counts.clusters) == (0, 2)
    assert stick.clusters() == before
    binding = binding_of(stick)
    assert (binding.state, binding.phase) == (BindingState.RETRYING, BindingPhase.INCREMENTAL)
    assert binding.reason == "Its drive is not connected: 12 photographs wait for it"


def test_a_drive_that_is_back_goes_on_as_before_and_is_not_read_again(stick: Shelf, mounts: Mounts) -> None:
    stored = unplug(stick, mounts)
    stick.run()
    stick.folder.rmdir()
    stored.rename(stick.folder)
    mounts[str(stick.folder)] = "uuid:stick"
    assert stick.run().counts == Counts(scanned=COUNT, unchanged=COUNT, clusters=2)
    assert (binding_of(stick).state, binding_of(stick).reason) == (BindingState.RUNNING, "")


def test_only_the_drive_below_a_folder_is_waited_for(shelf: Shelf, mounts: Mounts) -> None:
    stick = shelf.folder / "stick"
    stick.mkdir()
    for name in PAIR:
        (shelf.folder / name).rename(stick / name)
    mounts[str(stick)] = "uuid:stick"
    shelf.run()
    stick.rename(shelf.folder.with_name("in the drawer"))
    stick.mkdir()
    del mounts[str(stick)]
    (shelf.folder / "IMG_3606.JPG").unlink()
    assert shelf.run().counts.gone == 1
    assert names_of(shelf.clusters()) == {PAIR, BURST - {"IMG_3606.JPG"}}
    assert binding_of(shelf).reason == "Its drive is not connected: 2 photographs wait for it"


def test_a_folder_that_was_emptied_on_the_same_device_is_empty(stick: Shelf) -> None:
    shutil.rmtree(stick.folder)
    stick.folder.mkdir()
    assert stick.run().counts.gone == COUNT
    assert (stick.clusters(), binding_of(stick).state) == ([], BindingState.RUNNING)


def test_another_drive_at_the_same_place_takes_nothing_from_the_first(
    stick: Shelf, mounts: Mounts, photos: Path
) -> None:
    unplug(stick, mounts)
    mounts[str(stick.folder)] = "uuid:other"
    shutil.copy(next(photos.rglob("ae_0.JPG")), stick.folder / "other.jpg")
    counts = stick.run().counts
    assert (counts.read, counts.gone) == (1, 0)
    assert names_of(stick.clusters()) == {BURST, PAIR | {"other.jpg"}}


def test_a_copy_of_a_drive_takes_its_place_unread_and_what_is_not_on_it_is_gone(stick: Shelf, mounts: Mounts) -> None:
    stored = unplug(stick, mounts)
    mounts[str(stick.folder)] = "uuid:copy"
    shutil.copytree(stored, stick.folder, dirs_exist_ok=True)
    (stick.folder / "ae_0.JPG").unlink()
    counts = stick.run().counts
    assert (counts.read, counts.gone, counts.unchanged) == (0, 1, COUNT - 1)
    assert names_of(stick.clusters()) == {BURST}
    assert stick.run().counts == Counts(scanned=COUNT - 1, unchanged=COUNT - 1, clusters=1)


def test_a_drive_that_comes_back_at_another_bound_place_is_moved(stick: Shelf, mounts: Mounts, tmp_path: Path) -> None:
    stored = unplug(stick, mounts)
    mounts[str(stored)] = "uuid:stick"
    bindings.bind_folders(stick.store, [str(stored)], stick.name)
    counts = stick.run().counts
    assert (counts.moved, counts.read, counts.gone) == (COUNT, 0, 0)
    assert {Path(file.path).parent for cluster in stick.clusters() for file in cluster.members} == {stored}


def test_a_catalogue_that_knew_no_devices_learns_them_by_looking(
    shelf: Shelf, mounts: Mounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "mounts", dict)
    shelf.run()
    monkeypatch.setattr(devices, "mounts", lambda: dict(mounts))
    mounts[str(shelf.folder)] = "uuid:stick"
    assert not has_changed(shelf.store, shelf.name)
    unplug(shelf, mounts)
    assert shelf.run().counts.gone == 0


def test_the_device_of_a_folder_is_that_of_the_nearest_mount_above_its_real_path(
    mounts: Mounts, tmp_path: Path
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    mounts[str(tmp_path / "a")] = "uuid:a"
    looked = Devices()
    for folder, device in (("a", "uuid:a"), ("a/b/c", "uuid:a"), ("link/b", "uuid:a"), ("ab", NEVER_MOUNTED)):
        assert looked.of(str(tmp_path / folder)) == device


def test_a_real_mount_has_a_device_and_the_disk_of_this_folder_another(mount: "Mount", tmp_path: Path) -> None:
    before = Devices().of(str(tmp_path / "stick"))
    mount(tmp_path / "stick", "-t", "tmpfs", "a-stick")
    assert before
    assert Devices().of(str(tmp_path / "stick")) == "tmpfs:a-stick"


def test_a_real_drive_is_unmounted_and_mounted_again_without_a_loss(mount: "Mount", shelf: Shelf, photos: Path) -> None:
    shutil.rmtree(shelf.folder)
    mount(shelf.folder, "-t", "tmpfs", "a-stick")
    copy_photos(photos, shelf.folder)
    shelf.run()
    before = shelf.clusters()
    subprocess.run(["umount", shelf.folder], check=True)
    assert not any(shelf.folder.iterdir())
    assert shelf.run().counts.gone == 0
    assert shelf.clusters() == before
    assert binding_of(shelf).state is BindingState.RETRYING


def test_a_folder_that_two_paths_lead_to_is_read_once(mount: "Mount", shelf: Shelf) -> None:
    deeper = shelf.folder / "deeper"
    deeper.mkdir()
    (shelf.folder / "ae_0.JPG").rename(deeper / "ae_0.JPG")
    shelf.run()
    mount(shelf.folder / "alias", "--bind", str(deeper))
    counts = shelf.run().counts
    assert (counts.scanned, counts.read, counts.gone) == (COUNT, 0, 0)
    assert names_of(shelf.clusters()) == {BURST, PAIR}
    assert not has_changed(shelf.store, shelf.name)


Mount = Callable[..., None]


@pytest.fixture
def mount() -> Iterator[Mount]:
    """Mount something on a folder until the end of the test, where that is allowed."""
    mounted: list[Path] = []

    def mount(folder: Path, *words: str) -> None:
        folder.mkdir(exist_ok=True)
        done = subprocess.run(["mount", *words, folder], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing may be mounted here: {done.stderr.strip()}")
        mounted.append(folder)

    if shutil.which("mount") is None:
        pytest.skip("there is no mount")
    yield mount
    for folder in reversed(mounted):
        subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)
