"""A program that is killed while it moves photographs leaves each in exactly one place, and the next start says so."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.deletions import End, FileState
from app.imaging.proofs import prove_file
from app.services import applying, journal, restoring
from app.services.applying import apply_plan
from app.services.deciding import keep_only
from app.services.planning import make_plan
from app.services.recovering import recover
from app.services.restoring import restore
from app.store import Store, Work
from app.workers.trash import SystemTrash
from tests.services.conftest import Shelf
from tests.services.test_applying import NoTrash, burst, snapshot
from tests.services.test_ends import twins

KILLED = 9


class Fuse:
    """Ends the process without a word at the n-th point that is passed."""

    def __init__(self, left: int) -> None:
        self.left = left

    def burn(self) -> None:
        self.left -= 1
        if self.left < 0:
            os._exit(KILLED)


def arm(fuse: Fuse, monkeypatch: pytest.MonkeyPatch, trash: type[SystemTrash]) -> None:
    """Put a point before and after each move, each note of the Trash that goes, and each commit."""
    for module, name in ((applying, "move"), (journal, "move"), (restoring, "move"), (os, "replace")):
        monkeypatch.setattr(module, name, burning(fuse, getattr(module, name)))
    for name in ("put", "forget"):
        monkeypatch.setattr(trash, name, burning(fuse, getattr(trash, name)))
    write = Store.write

    @contextmanager
    def burning_write(store: Store) -> Iterator[Work]:
        fuse.burn()
        with write(store) as work:
            yield work
        fuse.burn()

    monkeypatch.setattr(Store, "write", burning_write)


def burning(fuse: Fuse, call: Callable[..., object]) -> Callable[..., object]:
    def burn(*given: object, **named: object) -> object:
        fuse.burn()
        answer = call(*given, **named)
        fuse.burn()
        return answer

    return burn


def in_a_process(work: Callable[[], object]) -> int:
    """Do something in a copy of this process; give its exit status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Straight:
    """Readers that need no process: the photographs of a test are sound."""

    def prove(self, paths: list[str]) -> Iterator[tuple[str, object]]:
        return ((path, prove_file(path)) for path in paths)


def places(folder: Path) -> dict[bytes, list[Path]]:
    """Give where each content lies, in the folder, in the Trash and in our own folders."""
    found: dict[bytes, list[Path]] = {}
    for root in (folder.parent, Path(os.environ["XDG_DATA_HOME"])):
        for path in root.rglob("*"):
            if path.is_file() and path.suffix.lower() in {".jpg", ".xmp"} and "photographs" not in path.parts:
                found.setdefault(path.read_bytes(), []).append(path)
    return found


def prepare(shelf: Shelf) -> None:
    cluster = burst(shelf)
    keep_only(shelf.store, shelf.name, cluster.members[0].path)
    sidecar = Path(min(member.path for member in cluster.members[1:])).with_suffix(".xmp")
    if not sidecar.exists():
        sidecar.write_bytes(b"xmp")


def check_settled(shelf: Shelf, before: dict[str, tuple[bytes, int]], trash: SystemTrash) -> None:
    """Each file is where the journal says, once, and all can be put back."""
    with Store(shelf.store.data_dir) as store:
        recover(store, trash)
        assert recover(store, trash) == []
        with store.read() as work:
            numbers = [one.deletion_id for one in work.deletions.all()]
            files = [file for number in numbers[:1] for file in work.deletions.files(number)]
        where = places(shelf.folder)
        assert all(len(found) == 1 for found in where.values()), where
        assert len(where) == len({data for data, _ in before.values()})
        assert {file.state for file in files} <= {FileState.MOVED, FileState.REFUSED, FileState.RESTORED}
        for file in files:
            home = Path(file.place if file.state is FileState.MOVED else file.path)
            assert home.read_bytes() == before[Path(file.path).name][0]
        for number in numbers:
            restore(store, number, trash)
    assert snapshot(shelf.folder) == before


@pytest.mark.long
@pytest.mark.parametrize("kind", [SystemTrash, NoTrash])
@pytest.mark.parametrize("batch", [1, 128])
def test_killed_at_any_step_of_a_deletion_each_file_is_in_one_known_place(
    stocked: Shelf, kind: type[SystemTrash], batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "_BATCH", batch)
    prepare(stocked)
    before = snapshot(stocked.folder)
    status, step = KILLED, -1
    while status == KILLED:
        step += 1
        with pytest.MonkeyPatch.context() as own:
            fuse = Fuse(step)

            def work(fuse: Fuse = fuse, own: pytest.MonkeyPatch = own) -> None:
                with Store(stocked.store.data_dir) as store:
                    plan = make_plan(store, stocked.name, kind())
                    arm(fuse, own, kind)
                    apply_plan(store, plan, Straight(), kind())  # type: ignore[arg-type]

            status = in_a_process(work)
        assert status in {0, KILLED}
        check_settled(stocked, before, kind())
        stocked.run()
        prepare(stocked)
    assert step > 15


@pytest.mark.long
@pytest.mark.parametrize("kind", [SystemTrash, NoTrash])
def test_killed_at_any_step_of_an_undo_each_file_is_in_one_known_place(stocked: Shelf, kind: type[SystemTrash]) -> None:
    prepare(stocked)
    before = snapshot(stocked.folder)
    status, step = KILLED, -1
    while status == KILLED:
        step += 1
        plan = make_plan(stocked.store, stocked.name, kind())
        deletion = apply_plan(stocked.store, plan, stocked.readers, kind())
        with pytest.MonkeyPatch.context() as own:
            fuse = Fuse(step)

            def work(fuse: Fuse = fuse, own: pytest.MonkeyPatch = own, number: int = deletion.deletion_id) -> None:
                with Store(stocked.store.data_dir) as store:
                    arm(fuse, own, kind)
                    restore(store, number, kind())

            status = in_a_process(work)
        assert status in {0, KILLED}
        check_settled(stocked, before, kind())
        stocked.run()
        prepare(stocked)
    assert step > 10


@pytest.mark.long
@pytest.mark.parametrize("end", [End.LABELS, End.HARDLINK])
def test_killed_while_it_marks_or_links_and_takes_that_back_nothing_is_left_of_it(stocked: Shelf, end: End) -> None:
    prepare(stocked)
    twins(stocked)
    before = {name: data for name, (data, _) in snapshot(stocked.folder).items()}
    status, step = KILLED, -1
    while status == KILLED:
        step += 1
        with pytest.MonkeyPatch.context() as own:
            fuse = Fuse(step)

            def work(fuse: Fuse = fuse, own: pytest.MonkeyPatch = own) -> None:
                with Store(stocked.store.data_dir) as store:
                    plan = make_plan(store, stocked.name, SystemTrash(), end=end)
                    arm(fuse, own, SystemTrash)
                    deletion = apply_plan(store, plan, Straight(), SystemTrash())  # type: ignore[arg-type]
                    restore(store, deletion.deletion_id, SystemTrash(), undo=True)

            status = in_a_process(work)
        assert status in {0, KILLED}
        with Store(stocked.store.data_dir) as store:
            recover(store, SystemTrash())
            with store.read() as reading:
                numbers = [one.deletion_id for one in reading.deletions.all()]
            for number in numbers:
                assert restore(store, number, SystemTrash(), undo=True).refused == []
        assert {name: data for name, (data, _) in snapshot(stocked.folder).items()} == before
        stocked.run()
        prepare(stocked)
        keep_only(stocked.store, stocked.name, str(stocked.folder / "kodak-dx4330.jpg"))
    assert step > 10
