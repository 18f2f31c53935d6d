"""The rejected may go elsewhere than to the Trash: into a folder, nowhere but marked, or they become links."""

import os
import shutil
from pathlib import Path

import pytest

from app.domain.deletions import Deletion, End, FileState
from app.domain.plans import Why
from app.services.applying import apply_plan
from app.services.deciding import keep_only
from app.services.planning import make_plan
from app.services.restoring import restore
from app.workers.trash import SystemTrash
from tests.services.conftest import Shelf
from tests.services.test_applying import files_of, reject_rest, snapshot


def apply(shelf: Shelf, end: End, folder: Path | None = None) -> Deletion:
    plan = make_plan(shelf.store, shelf.name, SystemTrash(), end=end, folder="" if folder is None else str(folder))
    return apply_plan(shelf.store, plan, shelf.readers, SystemTrash())


def test_they_move_into_a_folder_under_names_that_are_free_and_come_back(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    victim = Path(cluster.members[1].path)
    victim.with_suffix(".xmp").write_bytes(b"xmp")
    folder = stocked.folder.parent / "rejected"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / victim.name).write_bytes(b"of somebody else")
    before = snapshot(stocked.folder)
    deletion = apply(stocked, End.FOLDER, folder)
    assert (folder / f"{victim.stem} (2){victim.suffix}").exists()
    assert (folder / f"{victim.stem} (2).xmp").read_bytes() == b"xmp"
    assert (folder / victim.name).read_bytes() == b"of somebody else"
    restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert snapshot(stocked.folder) == before


@pytest.mark.parametrize(
    "present",
    [
        None,
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        b'"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3"/></rdf:RDF></x:xmpmeta>',
    ],
)
def test_they_are_marked_in_their_sidecars_and_unmarked_byte_for_byte(stocked: Shelf, present: bytes | None) -> None:
    cluster = reject_rest(stocked)
    sidecar = Path(f"{cluster.members[1].path}.xmp")
    if present is not None:
        sidecar.write_bytes(present)
    before = {name: data for name, (data, _) in snapshot(stocked.folder).items()}
    deletion = apply(stocked, End.LABELS)
    assert all(b'Rating="-1"' in Path(f"{member.path}.xmp").read_bytes() for member in cluster.members[1:])
    assert all(Path(member.path).exists() for member in cluster.members)
    assert deletion.photos == len(cluster.members) - 1
    assert not Path(f"{cluster.members[0].path}.xmp").exists()
    restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert {name: data for name, (data, _) in snapshot(stocked.folder).items()} == before


def test_a_sidecar_that_another_program_changed_since_is_left_as_it_is(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    deletion = apply(stocked, End.LABELS)
    sidecar = Path(f"{cluster.members[1].path}.xmp")
    changed = sidecar.read_bytes().replace(b"-1", b"4")
    sidecar.write_bytes(changed)
    done = restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert sidecar.read_bytes() == changed
    assert [(file.path, file.fault) for file in done.refused] == [(cluster.members[1].path, Why.CHANGED)]


def twins(shelf: Shelf) -> tuple[Path, Path]:
    """Give a photograph that is kept, and an exact copy of it that is rejected."""
    path = shelf.folder / "kodak-dx4330.jpg"
    twin = path.with_name("twin.jpg")
    shutil.copy(path, twin)
    os.utime(twin, ns=(10**18, 10**18))
    shelf.run()
    keep_only(shelf.store, shelf.name, str(path))
    return path, twin


def test_exact_copies_become_hard_links_and_files_of_their_own_again(stocked: Shelf) -> None:
    path, twin = twins(stocked)
    before = snapshot(stocked.folder)
    deletion = apply(stocked, End.HARDLINK)
    assert twin.samefile(path)
    assert deletion.size == path.stat().st_size
    restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert not twin.samefile(path)
    assert snapshot(stocked.folder) == before


def test_what_is_only_alike_never_becomes_a_link(stocked: Shelf) -> None:
    before = snapshot(stocked.folder)
    reject_rest(stocked)
    plan = make_plan(stocked.store, stocked.name, SystemTrash(), end=End.HARDLINK)
    assert not plan.files
    assert {one.why for one in plan.refused} == {Why.NOT_A_COPY}
    assert snapshot(stocked.folder) == before


def test_a_file_system_without_reflinks_says_so_and_changes_nothing(stocked: Shelf) -> None:
    twins(stocked)
    before = snapshot(stocked.folder)
    deletion = apply(stocked, End.REFLINK)
    states = {(file.state, file.fault) for file in files_of(stocked, deletion)}
    assert states in ({(FileState.REFUSED, Why.NO_LINKS)}, {(FileState.LINKED, "")})
    assert snapshot(stocked.folder) == before
