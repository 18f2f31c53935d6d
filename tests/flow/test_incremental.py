"""Whatever happens to the files of a dataset and is said of them, its clusters are those of a fresh look."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from app.contract.requests import BatchDeleteFileMeta
from app.domain.clusters import Cluster
from app.imaging.readers import Readers
from app.services.bindings import bind_folders
from app.services.clustering import cluster_photographs
from app.services.clusters import all_clusters
from app.services.corrections import all_corrections, forget_correction, say_different, say_same
from app.services.files import delete_files
from app.store import Store
from tests.factories import copy_photos, derive, names_of

NAMES = st.sampled_from([f"{letter}.jpg" for letter in "abcdefgh"])


@pytest.fixture(scope="module")
def pool(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A burst of four, a pair, a stranger, and smaller copies of two of them."""
    folder = copy_photos(photos, tmp_path_factory.mktemp("pool"))
    derive(folder / "IMG_3607.JPG", folder / "small-burst.jpg")
    derive(folder / "ae_0.JPG", folder / "small-pair.jpg")
    wanted = ("IMG_36", "ae_", "small", "olympus")
    return sorted(path for path in folder.iterdir() if path.name.startswith(wanted))


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(2) as readers:
        yield readers


class Life(RuleBasedStateMachine):
    """What may happen to a folder: files come, change, move and go, and tasks run in between."""

    pool: list[Path]
    readers: Readers

    def __init__(self) -> None:
        super().__init__()
        self._place = Path(tempfile.mkdtemp())
        self._folder = self._place / "photos"
        self._folder.mkdir()
        self._store = Store(self._place / "catalogue")
        self._dataset = bind_folders(self._store, [str(self._folder)])
        self._seen: list[Cluster] = []
        self._gone: set[str] = set()
        self._fresh = True
        self._clock = 10**9
        self._out: dict[str, bytes] = {}

    @rule(name=NAMES, source=st.integers(0, 99))
    def put(self, name: str, source: int) -> None:
        """A file comes, or another takes its place."""
        shutil.copyfile(self.pool[source % len(self.pool)], self._folder / name)
        self._clock += 1
        os.utime(self._folder / name, (self._clock, self._clock))
        if self._out.get(name) != self._digest(name):
            self._out.pop(name, None)
        self._fresh = False

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)
        self._fresh = False

    @rule()
    def fill(self) -> None:
        """All that there is comes at once, under names that no other rule touches."""
        for source, picture in enumerate(self.pool):
            self.put(picture.name, source)

    @rule()
    def empty(self) -> None:
        """Whole clusters go at once."""
        for path in self._folder.iterdir():
            path.unlink()
        self._fresh = False

    @rule(name=NAMES, to=NAMES)
    def rename(self, name: str, to: str) -> None:
        if (self._folder / name).exists() and not {name, to} & self._out.keys():
            (self._folder / name).rename(self._folder / to)
        self._fresh = False

    @precondition(lambda self: self._fresh)
    @rule(place=st.integers(0, 99), again=st.booleans())
    def take_out(self, place: int, again: bool) -> None:
        """A file leaves the dataset, and stays out while it is the same picture, also if it is written ``again``."""
        names = sorted(path.name for path in self._folder.iterdir())
        if names:
            name = names[place % len(names)]
            delete_files(self._store, self._request(self._dataset, [name]))
            self._out[name] = self._digest(name)
            self._compare()
            if again:
                self._clock += 1
                os.utime(self._folder / name, (self._clock, self._clock))
                self.task()

    @precondition(lambda self: self._fresh)
    @rule(places=st.lists(st.integers(0, 99), min_size=2, max_size=5), same=st.booleans())
    def say(self, places: list[int], same: bool) -> None:
        """A person says of some files that they are the same, or that none is like another."""
        names = sorted(path.name for path in self._folder.iterdir() if path.name not in self._out)
        chosen = {self._digest(name): name for place in places for name in names[place % max(1, len(names)) :][:1]}
        paths = [str(self._folder / name) for name in chosen.values()]
        if len(paths) > 1 and same:
            say_same(self._store, self._dataset, paths)
        elif len(paths) > 1:
            say_different(self._store, self._dataset, [[path] for path in paths])
        self._compare()

    @precondition(lambda self: self._fresh)
    @rule(place=st.integers(0, 99))
    def take_back(self, place: int) -> None:
        said = all_corrections(self._store, self._dataset)
        if said:
            forget_correction(self._store, self._dataset, said[place % len(said)].number)
            self._compare()

    @precondition(lambda self: not self._fresh)
    @rule()
    def task(self) -> None:
        cluster_photographs(self._store, self._dataset, self.readers)
        self._fresh = True
        self._out = {name: digest for name, digest in self._out.items() if (self._folder / name).exists()}
        self._compare()

    def _compare(self) -> None:
        found = all_clusters(self._store, self._dataset)
        with Store(Path(tempfile.mkdtemp(dir=self._place))) as fresh:
            name = bind_folders(fresh, [str(self._folder)])
            with self._store.read() as told, fresh.write() as work:
                for said in told.corrections.all(told.datasets.id_of(self._dataset)):
                    work.corrections.add(work.datasets.id_of(name), said.verdict, said.sides)
            cluster_photographs(fresh, name, self.readers)
            if self._out:
                delete_files(fresh, self._request(name, self._out))
            assert names_of(found) == names_of(all_clusters(fresh, name))
        self._check_ids(found)

    def _request(self, dataset_name: str, names: Iterable[str]) -> BatchDeleteFileMeta:
        uris = [(self._folder / name).as_uri() for name in names]
        return BatchDeleteFileMeta(dataset_name=dataset_name, uris=uris)

    def _digest(self, name: str) -> bytes:
        return sha256((self._folder / name).read_bytes()).digest()

    def _check_ids(self, found: list[Cluster]) -> None:
        """An id lives on where its pictures do; one that is gone never comes back."""
        before, now = {c.object_id: digests(c) for c in self._seen}, {c.object_id: digests(c) for c in found}
        assert not now.keys() & self._gone
        for object_id, pictures in now.items():
            kin = [other for other, known in before.items() if known & pictures]
            assert object_id in kin or object_id not in before
            if len(kin) == 1 and sum(bool(before[kin[0]] & others) for others in now.values()) == 1:
                assert object_id == kin[0]
        self._gone |= before.keys() - now.keys()
        self._seen = found

    def teardown(self) -> None:
        self._store.close()
        shutil.rmtree(self._place)


def digests(cluster: Cluster) -> set[bytes]:
    return {member.sha256 for member in cluster.members}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_clusters_after_any_history_are_those_of_a_fresh_look(pool: list[Path], readers: Readers) -> None:
    Life.pool, Life.readers = pool, readers
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
