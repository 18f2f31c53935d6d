"""Whatever a person does, and whatever happens outside: no picture is lost whose cluster has no keeper on disk."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.domain.decisions import Decision
from app.domain.deletions import FileState
from app.domain.files import Compared, Stamp
from app.errors import InvalidArgument, ResourceNotFound
from app.imaging.proofs import prove_file
from app.imaging.reading import prepare, read_file
from app.imaging.readings import Reading
from app.progress import SILENT
from app.services import steps
from app.services.applying import apply_plan
from app.services.deciding import accept, decide, keep_only, undecide
from app.services.grouping import group
from app.services.moving import QUARANTINE
from app.services.planning import make_plan
from app.services.restoring import restore
from app.store import Store
from app.workers.trash import SystemTrash

PHOTOS = Path(__file__).parent.parent / "photos" / "distractors"
"""Three photographs; each is there under some names, as exact copies of one cluster."""
COPIES = 3
EXAMPLES = 1000
CHANCES = st.integers(0, 2**32).map(Random)
"""What is drawn must not depend on what is there, which differs from run to run by inodes and ids."""


class NoTrash(SystemTrash):
    """A drive without a Trash."""

    def takes(self, folder: str) -> bool:
        return False


class Straight:
    """Readers that need no process: the photographs of a test are sound, or damaged by it."""

    def prove(self, paths: list[str]) -> Iterator[tuple[str, object]]:
        return ((path, prove_file(path)) for path in paths)


def read(path: Path) -> Reading:
    """Read a photograph in this process."""
    answer = read_file(str(path))
    assert isinstance(answer, Reading)
    return answer


READINGS: dict[bytes, Reading] = {}


def reading_of(path: Path) -> Reading:
    """Read each content once: it takes longer than all that is tested here."""
    data = path.read_bytes()
    if data not in READINGS:
        prepare()
        READINGS[data] = read(path)
    return READINGS[data]


class Deletions(RuleBasedStateMachine):
    """A person decides, applies, restores, undoes; other programs move, change, delete and copy files meanwhile."""

    root: Path

    def __init__(self) -> None:
        super().__init__()
        self.made = 0
        self.folder = self.root / "photos"
        self.sources = sorted(PHOTOS.glob("*.jpg"))[:3]
        self.contents = {source.read_bytes() for source in self.sources}
        for name in ("photos", "catalogue", "data"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir()
        for number, source in enumerate(self.sources):
            for copy in range(COPIES):
                shutil.copy2(source, self.folder / f"{number}-{copy}.jpg")
        empty = self.root / "empty"
        if empty.exists():
            shutil.copytree(empty, self.root / "catalogue", dirs_exist_ok=True)
        self.store = Store(self.root / "catalogue")
        if not empty.exists():
            with self.store.write() as work:
                work.datasets.add("law", "")
            self.store.close()
            shutil.copytree(self.root / "catalogue", empty)
        self.scan()

    def scan(self) -> None:
        """Bring the catalogue up to date, without the readers' processes."""
        there = {str(path): path for path in self.folder.rglob("*.jpg") if QUARANTINE not in path.parts}
        with self.store.write() as work:
            dataset_id = work.datasets.id_of("law")
            known = work.places.known_in(dataset_id, str(self.folder))
            work.files.remove([file.file_id for path, file in known.items() if path not in there])
            for path, place in there.items():
                found = place.lstat()
                stamp = Stamp(found.st_size, found.st_mtime_ns, found.st_ino)
                if (path not in known or known[path].stamp != stamp) and place.read_bytes() in self.contents:
                    work.files.put_read(dataset_id, path, stamp, reading_of(place).content)
            work.contents.set_compared([one.content_id for one in work.contents.known(dataset_id)], Compared.FULLY)
        group(self.store, "law", SILENT)

    def paths(self) -> list[str]:
        with self.store.read() as work:
            dataset_id = work.datasets.id_of("law")
            return sorted(work.places.known_in(dataset_id, str(self.folder)))

    def try_to(self, act: Callable[[], object]) -> None:
        with suppress(InvalidArgument, ResourceNotFound):
            act()

    @rule(chance=CHANCES, what=st.sampled_from(list(Decision)), count=st.integers(1, 4))
    def decide(self, chance: Random, what: Decision, count: int) -> None:
        before = sorted(self.folder.iterdir())
        paths = self.paths()
        chosen = chance.sample(paths, min(count, len(paths)))
        if chosen:
            self.try_to(lambda: decide(self.store, "law", chosen, what))
        assert sorted(self.folder.iterdir()) == before

    @rule(chance=CHANCES)
    def keep_one(self, chance: Random) -> None:
        paths = self.paths()
        if paths:
            self.try_to(lambda: keep_only(self.store, "law", chance.choice(paths)))

    @rule()
    def accept_or_take_back(self) -> None:
        with self.store.read() as work:
            clusters = work.clusters.all(work.datasets.id_of("law"))
        # Their ids differ from run to run.
        found = [one.object_id for one in sorted(clusters, key=lambda one: min(member.path for member in one.members))]
        if found:
            self.try_to(lambda: undecide(self.store, found[:1]))
            self.try_to(lambda: accept(self.store, found[1:]))

    @rule(again=st.booleans())
    def step_back_or_on(self, again: bool) -> None:
        self.try_to(lambda: (steps.redo if again else steps.undo)(self.store, "law"))

    @rule(
        trash=st.sampled_from([SystemTrash, NoTrash]),
        suggested=st.booleans(),
        between=CHANCES,
    )
    def apply(self, trash: type[SystemTrash], suggested: bool, between: Random) -> None:
        plan = make_plan(self.store, "law", trash(), accept_suggestions=suggested)
        if between.random() < 0.5:
            self.meddle(between)
        before = self.pictures()
        apply_plan(self.store, plan, Straight(), trash())  # type: ignore[arg-type]
        assert self.pictures() == before

    @rule(undo=st.booleans(), chance=CHANCES)
    def put_back(self, undo: bool, chance: Random) -> None:
        with self.store.read() as work:
            found = [one.deletion_id for one in work.deletions.all()]
        if found:
            before = self.pictures()
            restore(self.store, chance.choice(found), SystemTrash(), undo=undo)
            assert before <= self.pictures()

    @rule()
    def look_again(self) -> None:
        self.scan()

    @rule(chance=CHANCES)
    def meddle(self, chance: Random) -> None:
        """Another program renames, copies, damages or deletes a file, or empties the Trash."""
        there = sorted(path for path in self.folder.glob("*.jpg"))
        if not there:
            return
        self.made += 1
        path, other = chance.choice(there), self.folder / f"other-{self.made}.jpg"
        what = chance.choice(["rename", "copy", "damage", "delete", "link"])
        data = path.read_bytes()
        if what == "rename":
            path.rename(other)
        elif what == "copy":
            shutil.copy2(path, other)
        elif what == "link":
            os.link(path, other)
        else:
            path.unlink()
            if what == "damage":
                path.write_bytes(data[: len(data) // 2])

    def pictures(self) -> set[bytes]:
        """Give the photographs that are whole in the folder; copies of one are of one cluster."""
        return {path.read_bytes() for path in self.folder.glob("*.jpg")} & self.contents

    @invariant()
    def nothing_is_half_moved(self) -> None:
        with self.store.read() as work:
            assert work.deletions.unsettled() == []
            for one in work.deletions.all():
                for file in work.deletions.files(one.deletion_id, [FileState.MOVED]):
                    assert Path(file.place).read_bytes() in self.contents

    def teardown(self) -> None:
        self.store.close()


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_no_sequence_of_decisions_and_moves_loses_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Deletions, "root", tmp_path, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr("app.services.moving.mount_point", lambda folder: str(Path(folder).parent))
    run_state_machine_as_test(
        Deletions,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=12,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )
