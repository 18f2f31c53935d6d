"""What is rejected moves to the Trash after a last look, and comes back as it was."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.domain.clusters import Cluster, ClusterKind
from app.domain.decisions import Decision
from app.domain.deletions import DeletedFile, Deletion, FileState
from app.domain.plans import Plan, Why
from app.errors import Cancelled, StoreUnavailable
from app.services.applying import apply_plan
from app.services.deciding import decide, keep_only, reject_all
from app.services.moving import QUARANTINE
from app.services.planning import make_plan
from app.services.restoring import purge, restore
from app.services.steps import history
from app.workers.trash import SystemTrash
from tests.services.conftest import Shelf


def burst(shelf: Shelf) -> Cluster:
    return max(shelf.clusters(), key=lambda one: len(one.members) if one.kind is ClusterKind.BURST else 0)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def apply(shelf: Shelf, plan: Plan) -> Deletion:
    return apply_plan(shelf.store, plan, shelf.readers, SystemTrash())


def plan_of(shelf: Shelf) -> Plan:
    return make_plan(shelf.store, shelf.name, SystemTrash())


def files_of(shelf: Shelf, deletion: Deletion) -> list[DeletedFile]:
    with shelf.store.read() as work:
        return work.deletions.files(deletion.deletion_id)


def reject_rest(shelf: Shelf) -> Cluster:
    """Keep the best of the burst alone."""
    cluster = burst(shelf)
    keep_only(shelf.store, shelf.name, cluster.members[0].path)
    return cluster


def test_the_rejected_go_to_the_trash_and_come_back_byte_for_byte(stocked: Shelf) -> None:
    before = snapshot(stocked.folder)
    cluster = reject_rest(stocked)
    deletion = apply(stocked, plan_of(stocked))
    gone = {Path(member.path).name for member in cluster.members[1:]}
    assert before.keys() - snapshot(stocked.folder).keys() == gone
    assert (deletion.photos, deletion.refused) == (len(gone), 0)
    for file in files_of(stocked, deletion):
        assert "Trash/files" in file.place
        assert Path(file.place).read_bytes() == before[Path(file.path).name][0]
    done = restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert len(done.back) == len(gone)
    assert snapshot(stocked.folder) == before
    assert not list((Path(os.environ["XDG_DATA_HOME"]) / "Trash").rglob("*.jpg*"))


def test_what_went_leaves_its_cluster_at_once(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    apply(stocked, plan_of(stocked))
    assert cluster.object_id not in {one.object_id for one in stocked.clusters()}


def test_a_plan_names_what_goes_what_stays_and_changes_nothing(stocked: Shelf) -> None:
    before = snapshot(stocked.folder)
    cluster = reject_rest(stocked)
    plan = plan_of(stocked)
    assert {one.path for one in plan.files} == {member.path for member in cluster.members[1:]}
    assert {one.keeper for one in plan.files} == {cluster.members[0].path}
    assert {one.destination for one in plan.files} == {"trash"}
    assert snapshot(stocked.folder) == before
    assert plan == plan_of(stocked)


def rewrite(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def replace_by_link(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


def spoil(path: Path) -> None:
    """Damage a picture so that its size and time stay."""
    stamp = path.stat()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


@pytest.mark.parametrize(
    ("change", "why"),
    [(Path.unlink, Why.GONE), (rewrite, Why.CHANGED), (replace_by_link, Why.LINK), (spoil, Why.CHANGED)],
)
def test_a_victim_that_is_not_what_it_was_stays(stocked: Shelf, change: Callable[[Path], None], why: Why) -> None:
    cluster = reject_rest(stocked)
    plan = plan_of(stocked)
    change(Path(cluster.members[1].path))
    deletion = apply(stocked, plan)
    faults = {file.path: file.fault for file in files_of(stocked, deletion) if file.state is FileState.REFUSED}
    assert faults == {cluster.members[1].path: why}
    assert deletion.photos == len(cluster.members) - 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Path.unlink, Why.KEEPER_GONE),
        (rewrite, Why.KEEPER_CHANGED),
        (replace_by_link, Why.KEEPER_GONE),
        (spoil, Why.KEEPER_UNREADABLE),
    ],
)
def test_nothing_goes_whose_keeper_is_not_what_it_was(stocked: Shelf, change: Callable[[Path], None], why: Why) -> None:
    cluster = reject_rest(stocked)
    plan = plan_of(stocked)
    change(Path(cluster.members[0].path))
    before = snapshot(stocked.folder)
    deletion = apply(stocked, plan)
    assert deletion.photos == 0
    assert {file.fault for file in files_of(stocked, deletion)} <= {why, Why.KEEPER_CHANGED}
    assert snapshot(stocked.folder) == before
    assert history(stocked.store, stocked.name).undo is not None


def test_a_hard_link_of_the_keeper_stays(stocked: Shelf) -> None:
    path = stocked.folder / "kodak-dx4330.jpg"
    os.link(path, path.with_name("twin.jpg"))
    stocked.run()
    keep_only(stocked.store, stocked.name, str(path))
    deletion = apply(stocked, plan_of(stocked))
    assert [file.fault for file in files_of(stocked, deletion)] == [Why.SAME_FILE]
    assert path.with_name("twin.jpg").exists()


def test_a_cluster_of_which_nothing_is_kept_stays_whole(stocked: Shelf) -> None:
    cluster = burst(stocked)
    decide(stocked.store, stocked.name, [member.path for member in cluster.members[1:]], Decision.REJECT)
    plan = plan_of(stocked)
    assert plan.files == ()
    assert {one.why for one in plan.refused} == {Why.NO_KEEPER}


def test_a_cluster_goes_whole_only_if_a_person_said_so(stocked: Shelf) -> None:
    cluster = burst(stocked)
    reject_all(stocked.store, cluster.object_id)
    deletion = apply(stocked, plan_of(stocked))
    assert deletion.photos == len(cluster.members)
    restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert all(Path(member.path).exists() for member in cluster.members)


def test_a_plan_in_which_two_would_keep_each_other_moves_neither(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    plan = plan_of(stocked)
    first, second = plan.files[:2]
    turned = replace(plan, files=(replace(first, keeper=second.path), replace(second, keeper=first.path)))
    deletion = apply(stocked, turned)
    assert {file.fault for file in files_of(stocked, deletion)} == {Why.KEEPER_GOES}
    assert all(Path(member.path).exists() for member in cluster.members)


def test_a_plan_that_names_a_stranger_as_keeper_moves_nothing(stocked: Shelf) -> None:
    reject_rest(stocked)
    plan = plan_of(stocked)
    stranger = str(stocked.folder / "kodak-dx4330.jpg")
    deletion = apply(stocked, replace(plan, files=tuple(replace(one, keeper=stranger) for one in plan.files)))
    assert {file.fault for file in files_of(stocked, deletion)} == {Why.NO_KEEPER}


def test_companions_go_and_come_back_with_their_photograph(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    victim = Path(cluster.members[1].path)
    for suffix in (".nef", ".xmp", ".wav"):
        victim.with_suffix(suffix).write_bytes(suffix.encode() * 100)
    before = snapshot(stocked.folder)
    deletion = apply(stocked, plan_of(stocked))
    assert not [path for path in stocked.folder.iterdir() if path.stem == victim.stem]
    assert deletion.files == deletion.photos + 3
    restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert snapshot(stocked.folder) == before


def test_a_photograph_goes_with_all_its_companions_or_not_at_all(
    stocked: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = reject_rest(stocked)
    victim = Path(cluster.members[1].path)
    victim.with_suffix(".xmp").write_bytes(b"xmp")
    trash = SystemTrash()
    put = trash.put

    def refuse_sidecars(path: str) -> str:
        if path.endswith(".xmp"):
            raise PermissionError(13, "Permission denied", path)
        return put(path)

    monkeypatch.setattr(trash, "put", refuse_sidecars)
    deletion = apply_plan(stocked.store, plan_of(stocked), stocked.readers, trash)
    assert victim.exists()
    assert victim.with_suffix(".xmp").exists()
    assert {file.fault for file in files_of(stocked, deletion) if file.state is FileState.REFUSED} == {Why.DENIED}
    assert deletion.photos == len(cluster.members) - 2


class NoTrash(SystemTrash):
    """A drive without a Trash."""

    def takes(self, folder: str) -> bool:
        return False


def test_where_there_is_no_trash_the_rejected_wait_on_their_drive_and_no_scan_finds_them(stocked: Shelf) -> None:
    before = snapshot(stocked.folder)
    cluster = reject_rest(stocked)
    root = Path(stocked.folder)
    plan = make_plan(stocked.store, stocked.name, NoTrash())
    deletion = apply_plan(stocked.store, plan, stocked.readers, NoTrash())
    places = [Path(file.place) for file in files_of(stocked, deletion)]
    assert all(QUARANTINE in place.parts and place.exists() for place in places)
    stocked.run()
    assert not [one for one in stocked.clusters() if one.object_id == cluster.object_id]
    restore(stocked.store, deletion.deletion_id, NoTrash())
    assert snapshot(root) == before
    assert not any(place.parent.exists() for place in places)


def test_our_own_folder_is_emptied_for_good_only_when_asked(stocked: Shelf) -> None:
    reject_rest(stocked)
    plan = make_plan(stocked.store, stocked.name, NoTrash())
    deletion = apply_plan(stocked.store, plan, stocked.readers, NoTrash())
    places = [Path(file.place) for file in files_of(stocked, deletion)]
    assert purge(stocked.store, deletion.deletion_id, NoTrash()) == deletion.size
    assert not any(place.exists() for place in places)
    assert {file.state for file in files_of(stocked, deletion)} == {FileState.PURGED}


def test_the_trash_of_the_system_is_never_emptied(stocked: Shelf) -> None:
    reject_rest(stocked)
    deletion = apply(stocked, plan_of(stocked))
    assert purge(stocked.store, deletion.deletion_id, SystemTrash()) == 0
    assert all(Path(file.place).exists() for file in files_of(stocked, deletion))


def test_a_place_that_is_taken_gets_a_name_beside_it(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    victim = Path(cluster.members[1].path)
    data = victim.read_bytes()
    victim.with_suffix(".xmp").write_bytes(b"xmp")
    deletion = apply(stocked, plan_of(stocked))
    victim.write_bytes(b"another")
    done = restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert victim.read_bytes() == b"another"
    assert (victim.parent / f"{victim.stem} (2){victim.suffix}").read_bytes() == data
    assert (victim.parent / f"{victim.stem} (2).xmp").read_bytes() == b"xmp"
    assert len(done.beside) == 2


def test_a_trash_that_was_emptied_is_said_plainly(stocked: Shelf) -> None:
    reject_rest(stocked)
    deletion = apply(stocked, plan_of(stocked))
    shutil.rmtree(Path(os.environ["XDG_DATA_HOME"]) / "Trash")
    done = restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert not done.back
    assert len(done.lost) == deletion.files


def test_another_file_under_the_same_name_in_the_trash_is_not_taken_for_ours(stocked: Shelf) -> None:
    reject_rest(stocked)
    deletion = apply(stocked, plan_of(stocked))
    file = files_of(stocked, deletion)[0]
    Path(file.place).unlink()
    Path(file.place).write_bytes(b"x" * file.evidence.size)
    done = restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert [one.path for one in done.lost] == [file.path]
    assert not Path(file.path).exists()


def test_what_was_restored_counts_as_kept_and_what_was_undone_as_before(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    for undo, wanted in ((True, Decision.REJECT), (False, Decision.KEEP)):
        deletion = apply(stocked, plan_of(stocked))
        restore(stocked.store, deletion.deletion_id, SystemTrash(), undo=undo)
        stocked.run()
        found = burst(stocked)
        assert {found.decision(m) for m in found.members if m.path != cluster.members[0].path} == {wanted}


def test_stopping_keeps_what_went_and_leaves_the_rest_decided(stocked: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.applying._BATCH", 1)
    cluster = reject_rest(stocked)

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply_plan(stocked.store, plan_of(stocked), stocked.readers, SystemTrash(), stop)
    rest = plan_of(stocked)
    assert len(rest.files) == len(cluster.members) - 2
    apply(stocked, rest)
    assert sum(Path(member.path).exists() for member in cluster.members) == 1


def test_a_rejected_photograph_that_comes_back_goes_again_only_by_a_decision(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    victim = Path(cluster.members[1].path)
    copy = victim.with_name("imported-again.jpg")
    shutil.copy2(victim, stocked.folder.parent / "card.jpg")
    apply(stocked, plan_of(stocked))
    shutil.move(stocked.folder.parent / "card.jpg", copy)
    stocked.run()
    assert plan_of(stocked).files == ()
    with stocked.store.read() as work:
        assert cluster.members[1].sha256 in work.deletions.rejected_before([cluster.members[1].sha256])
    keep_only(stocked.store, stocked.name, cluster.members[0].path)
    assert [one.path for one in plan_of(stocked).files] == [str(copy)]


def test_a_name_that_would_be_too_long_beside_another_leaves_the_file_in_the_trash(stocked: Shelf) -> None:
    cluster = reject_rest(stocked)
    victim = Path(cluster.members[1].path)
    longest = victim.with_name("x" * (255 - len(victim.suffix)) + victim.suffix)
    victim.rename(longest)
    stocked.run()
    keep_only(stocked.store, stocked.name, cluster.members[0].path)
    deletion = apply(stocked, plan_of(stocked))
    assert not longest.exists()
    longest.write_bytes(b"another")
    done = restore(stocked.store, deletion.deletion_id, SystemTrash())
    assert [file.path for file in done.refused] == [str(longest)]
    assert Path(done.refused[0].place).exists()
    longest.unlink()
    assert len(restore(stocked.store, deletion.deletion_id, SystemTrash()).back) == 1


def test_a_full_disk_under_the_catalogue_moves_nothing(stocked: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    reject_rest(stocked)
    plan = plan_of(stocked)
    before = snapshot(stocked.folder)

    def full(self: object, files: object) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr("app.store.deletions.Deletions.add", full)
        with pytest.raises(StoreUnavailable, match="disk is full"):
            apply(stocked, plan)
    assert snapshot(stocked.folder) == before
    assert apply(stocked, plan).photos == len(plan.files)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, Why.FULL),
        (errno.EACCES, Why.DENIED),
        (errno.EROFS, Why.DENIED),
        (errno.ENAMETOOLONG, Why.NAME_TOO_LONG),
        (errno.EEXIST, Why.TAKEN),
        (errno.EXDEV, Why.OTHER_DRIVE),
        (errno.EBUSY, Why.BUSY),
        (errno.EIO, Why.FAILED),
    ],
)
def test_a_file_that_the_system_does_not_move_is_told_and_hinders_no_other(
    stocked: Shelf, monkeypatch: pytest.MonkeyPatch, number: int, reason: Why
) -> None:
    cluster = reject_rest(stocked)
    victim, trash = cluster.members[1].path, SystemTrash()
    put = trash.put

    def refuse_one(path: str) -> str:
        if path == victim:
            raise OSError(number, os.strerror(number), path)
        return put(path)

    monkeypatch.setattr(trash, "put", refuse_one)
    deletion = apply_plan(stocked.store, plan_of(stocked), stocked.readers, trash)
    assert {f.path: f.fault for f in files_of(stocked, deletion) if f.state is FileState.REFUSED} == {victim: reason}
    assert Path(victim).exists()
    assert deletion.photos == len(cluster.members) - 2
