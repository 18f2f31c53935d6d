"""One shot of a camera is one photograph of its dataset, whatever files it consists of."""

import os
import shutil
from pathlib import Path

import pytest

from app.contract.requests import DeleteFileMeta, GetDataset, GetFileMeta, IndexFileMeta, InputFile, UpdateDataset
from app.domain.companions import Companion, CompanionKind
from app.domain.files import FileRecord, FileStatus, KnownFile
from app.events import Change, Noun
from app.services import datasets, files
from app.services.index_jobs import create_index_job, run_index_job
from app.services.scanning import has_changed
from tests.factories import names_of, write_old
from tests.films import film
from tests.imaging.test_live_photos import still
from tests.services.conftest import Shelf

COUNT = 12
BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
RAW = b"II*\0 what a camera saw"


def raw(shelf: Shelf, stem: str = "IMG_3606") -> Path:
    return write_old(shelf.folder / f"{stem}.NEF", RAW + stem.encode())


def record(shelf: Shelf, name: str) -> FileRecord:
    uri = (shelf.folder / name).as_uri()
    return files.get_file(shelf.store, GetFileMeta(dataset_name=shelf.name, uri=uri))


def known(shelf: Shelf) -> dict[str, KnownFile]:
    with shelf.store.read() as work:
        found = work.places.known_in(work.datasets.id_of(shelf.name), str(shelf.folder))
    return {Path(path).name: file for path, file in found.items()}


def companions(shelf: Shelf, name: str) -> dict[str, CompanionKind]:
    return {Path(one.path).name: one.kind for one in record(shelf, name).companions}


def counted(shelf: Shelf) -> tuple[int, int]:
    numbers = datasets.get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).statistics
    return numbers.files, numbers.skipped


def ask(shelf: Shelf, path: Path) -> None:
    job = create_index_job(shelf.store, IndexFileMeta(dataset_name=shelf.name, file=InputFile(uri=path.as_uri())))
    run_index_job(shelf.store, job, shelf.readers)


def test_raw_and_sidecars_are_neither_read_nor_counted_nor_told_as_not_read(shelf: Shelf) -> None:
    raw(shelf)
    for name in ("IMG_3606.xmp", "IMG_3607.JPG.xmp", "IMG_3608.WAV"):
        write_old(shelf.folder / name, b"12345")
    counts = shelf.run().counts
    assert (counts.scanned, counts.read, counts.skipped, counts.clusters) == (COUNT, COUNT, 0, 2)
    assert counted(shelf) == (COUNT, 0)
    assert set(known(shelf)) == {path.name for path in shelf.folder.glob("*.[jJ][pP]*[gG]")}
    assert record(shelf, "IMG_3606.JPG").companions == (
        Companion(str(shelf.folder / "IMG_3606.NEF"), CompanionKind.RAW, len(RAW) + 8),
        Companion(str(shelf.folder / "IMG_3606.xmp"), CompanionKind.SIDECAR, 5),
    )
    assert companions(shelf, "IMG_3607.JPG") == {"IMG_3607.JPG.xmp": CompanionKind.SIDECAR}
    assert companions(shelf, "IMG_3608.JPG") == {"IMG_3608.WAV": CompanionKind.SOUND}
    assert companions(shelf, "IMG_3609.JPG") == {}
    assert not has_changed(shelf.store, shelf.name)


def test_members_of_clusters_have_their_companions_and_what_is_to_free_counts_their_bytes(shelf: Shelf) -> None:
    for stem in ("IMG_3606", "IMG_3607"):
        write_old(shelf.folder / f"{stem}.NEF", bytes(1_000_000))
    shelf.run()
    (burst,) = (cluster for cluster in shelf.clusters() if names_of([cluster]) == {BURST})
    pictures = sum(member.stamp.size for member in burst.members)
    assert burst.size == pictures + 2_000_000
    assert burst.freed == burst.size - burst.members[0].stamp.size - 1_000_000 * len(burst.members[0].companions)
    assert sorted(len(member.companions) for member in burst.members) == [0, 0, 1, 1]


def test_a_raw_whose_face_went_is_a_file_of_its_own_and_goes_back_behind_it(shelf: Shelf) -> None:
    raw(shelf)
    shelf.run()
    face = shelf.folder / "IMG_3606.JPG"
    face.rename(shelf.folder.parent / "face")
    assert has_changed(shelf.store, shelf.name)
    counts = shelf.run().counts
    assert (counts.read, counts.gone) == (1, 1)
    assert "IMG_3606.NEF" in known(shelf)
    (shelf.folder.parent / "face").rename(face)
    assert shelf.run().counts.gone == 0
    assert "IMG_3606.NEF" not in known(shelf)
    assert counted(shelf) == (COUNT, 0)
    assert names_of(shelf.clusters()) == {BURST, PAIR}


def test_the_second_rendering_of_a_shot_is_not_a_copy_of_it(shelf: Shelf) -> None:
    shutil.copy2(shelf.folder / "ae_0.JPG", shelf.folder / "ae_0.heic")
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR | {"ae_0.heic"}}  # without a RAW it may be a conversion
    raw(shelf, "ae_0")
    assert shelf.run().counts.gone == 0
    assert names_of(shelf.clusters()) == {BURST, PAIR}
    assert companions(shelf, "ae_0.JPG") == {"ae_0.heic": CompanionKind.RENDERING, "ae_0.NEF": CompanionKind.RAW}


def test_the_thumbnail_of_a_camera_is_no_photograph(shelf: Shelf) -> None:
    shutil.copy2(shelf.folder / "ae_0.JPG", shelf.folder / "ae_0.THM")
    assert shelf.run().counts.read == COUNT
    assert names_of(shelf.clusters()) == {BURST, PAIR}


def test_companions_that_an_older_program_kept_as_files_leave_without_a_word_of_loss(shelf: Shelf) -> None:
    shelf.run()
    path = raw(shelf)
    with shelf.store.write() as work:
        number = work.datasets.id_of(shelf.name)
        stamp = known(shelf)["IMG_3606.JPG"].stamp
        work.files.put_unread(number, str(path), stamp, FileStatus.UNREADABLE, "It cannot be read yet")
    assert counted(shelf) == (COUNT, 1)
    counts = shelf.run().counts
    assert (counts.read, counts.gone, counts.skipped) == (0, 0, 0)
    assert counted(shelf) == (COUNT, 0)
    assert companions(shelf, "IMG_3606.JPG") == {"IMG_3606.NEF": CompanionKind.RAW}


def test_a_raw_that_moved_together_with_a_face_that_came_later_is_no_loss(shelf: Shelf) -> None:
    raw(shelf, "alone")
    shelf.run()
    shutil.copy2(shelf.folder / "ae_0.JPG", shelf.folder / "other.jpg")
    (shelf.folder / "alone.NEF").rename(shelf.folder / "other.NEF")
    counts = shelf.run().counts
    assert (counts.read, counts.gone, counts.moved) == (1, 0, 0)
    assert companions(shelf, "other.jpg") == {"other.NEF": CompanionKind.RAW}


def test_what_changes_beside_a_photograph_is_noted_without_reading_it_again(shelf: Shelf) -> None:
    shelf.run()
    sidecar = write_old(shelf.folder / "ae_0.xmp", b"1")
    assert has_changed(shelf.store, shelf.name)
    assert shelf.run().counts.read == 0
    assert [one.size for one in record(shelf, "ae_0.JPG").companions] == [1]
    write_old(sidecar, b"12345")
    assert shelf.run().counts.read == 0
    assert [one.size for one in record(shelf, "ae_0.JPG").companions] == [5]
    sidecar.unlink()
    counts = shelf.run().counts
    assert (counts.read, counts.gone) == (0, 0)
    assert companions(shelf, "ae_0.JPG") == {}


def test_who_shows_photographs_hears_of_changed_companions(shelf: Shelf) -> None:
    shelf.run()
    heard: list[Change] = []
    shelf.store.events.listen(heard.extend)
    write_old(shelf.folder / "ae_0.xmp", b"1")
    shelf.run()
    assert Change(Noun.FILES, shelf.name) in heard


def test_companions_follow_a_folder_that_was_renamed_and_stay_behind_a_face_that_moved_alone(shelf: Shelf) -> None:
    raw(shelf)
    raw(shelf, "ae_0")
    shelf.run()
    deeper = shelf.folder / "deeper"
    deeper.mkdir()
    for name in ("IMG_3606.JPG", "IMG_3606.NEF", "ae_0.JPG"):
        (shelf.folder / name).rename(deeper / name)
    counts = shelf.run().counts
    assert (counts.moved, counts.gone) == (2, 0)
    assert [one.path for one in record(shelf, "deeper/IMG_3606.JPG").companions] == [str(deeper / "IMG_3606.NEF")]
    assert companions(shelf, "deeper/ae_0.JPG") == {}
    assert not has_changed(shelf.store, shelf.name)


def test_a_raw_that_was_asked_for_by_hand_stays_a_file_of_its_own(shelf: Shelf) -> None:
    path = raw(shelf)
    shelf.run()
    ask(shelf, path)
    assert record(shelf, "IMG_3606.NEF").status is FileStatus.UNREADABLE
    assert shelf.run().counts.gone == 0
    assert record(shelf, "IMG_3606.NEF").status is FileStatus.UNREADABLE
    assert companions(shelf, "IMG_3606.JPG") == {"IMG_3606.NEF": CompanionKind.RAW}


def test_a_photograph_that_was_asked_for_by_hand_has_its_companions_at_once(shelf: Shelf, tmp_path: Path) -> None:
    outside = Path(shutil.copy(shelf.folder / "ae_0.JPG", tmp_path / "outside.jpg"))
    write_old(tmp_path / "outside.xmp", b"1")
    shelf.run()
    ask(shelf, outside)
    assert companions(shelf, str(outside)) == {"outside.xmp": CompanionKind.SIDECAR}
    write_old(tmp_path / "outside.NEF", RAW)
    shelf.run()
    assert set(companions(shelf, str(outside))) == {"outside.xmp", "outside.NEF"}


def test_a_raw_that_was_taken_out_of_the_dataset_stays_out_behind_a_face_and_after_it(shelf: Shelf) -> None:
    path = raw(shelf, "alone")
    shelf.run()
    files.delete_file(shelf.store, DeleteFileMeta(dataset_name=shelf.name, uri=path.as_uri()))
    face = Path(shutil.copy2(shelf.folder / "ae_0.JPG", shelf.folder / "alone.jpg"))
    shelf.run()
    face.unlink()
    shelf.run()
    assert known(shelf)["alone.NEF"].status is FileStatus.REMOVED


def test_companions_take_no_room_of_a_dataset_and_none_are_noted_for_what_it_has_no_room_for(shelf: Shelf) -> None:
    for path in shelf.folder.glob("*.[jJ]*"):
        raw(shelf, path.stem)
    datasets.update_dataset(shelf.store, UpdateDataset(dataset_name=shelf.name, dataset_max_file_count=5))
    assert shelf.run().counts.read == 5
    assert not has_changed(shelf.store, shelf.name)


def test_a_film_that_proves_to_belong_is_a_companion_and_is_opened_once(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    still(shelf.folder / "IMG_1.jpg", "AB-12")
    write_old(shelf.folder / "IMG_1.MOV", film("AB-12"))
    write_old(shelf.folder / "ae_0.mov", film("AB-13"))
    shelf.run()
    assert companions(shelf, "IMG_1.jpg") == {"IMG_1.MOV": CompanionKind.FILM}
    assert companions(shelf, "ae_0.JPG") == {}
    opened: list[str] = []

    def refuse(film: str, _: str) -> bool:
        opened.append(os.path.basename(film))  # noqa: PTH119
        return False

    monkeypatch.setattr("app.services.companions.is_film_of", refuse)
    assert not has_changed(shelf.store, shelf.name)
    assert opened == ["ae_0.mov"]
