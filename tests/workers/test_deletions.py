"""Deletions as work of the window: what is moved, taken back and settled is told, in the window's thread."""

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.clusters import Cluster, ClusterKind
from app.domain.deletions import FileState
from app.domain.tasks import Task
from app.imaging.readers import Readers
from app.services import applying
from app.services.applying import apply_plan
from app.services.clusters import all_clusters
from app.services.datasets import all_datasets
from app.services.deciding import count_rejected, keep_only
from app.services.deletions import all_deletions, deletion_files
from app.services.planning import make_plan
from app.services.scanning import has_changed
from app.services.tasks import all_tasks
from app.store import Store
from app.workers.deletions import Act, Moved, Moving, Planned, Settled, Wish
from app.workers.desk import Desk
from app.workers.trash import SystemTrash


class Killed(BaseException):
    """The end of the program, as a test plays it."""


class Listener:
    """A desk, and what it told."""

    def __init__(self, qtbot: QtBot, data_dir: Path) -> None:
        self.store = Store(data_dir)
        self.name = all_datasets(self.store)[0].name
        self.desk = Desk(self.store)
        self.news: list[object] = []
        self.threads: set[int] = set()
        self.ended: list[Task] = []
        self._qtbot = qtbot
        # A direct call runs in the thread that emits.
        self.desk.moved.connect(self._hear, Qt.ConnectionType.DirectConnection)
        self.desk.ended.connect(self.ended.append)

    def _hear(self, news: object) -> None:
        self.news.append(news)
        self.threads.add(threading.get_ident())

    def plan(self) -> Planned:
        planned: list[Planned] = []
        self.desk.plan(Wish(self.name), planned.append)
        self._qtbot.waitUntil(lambda: bool(planned), timeout=30_000)
        return planned[0]

    def come_to(self, act: Act) -> Moved:
        """Wait for the end of an act."""
        self._qtbot.waitUntil(lambda: bool(self._moved(act)), timeout=30_000)
        return self._moved(act)[-1]

    def settled(self) -> Settled:
        self._qtbot.waitUntil(lambda: any(isinstance(one, Settled) for one in self.news), timeout=30_000)
        return next(one for one in self.news if isinstance(one, Settled))

    def _moved(self, act: Act) -> list[Moved]:
        return [one for one in self.news if isinstance(one, Moved) and one.act is act]

    def reject_rest(self) -> Cluster:
        """Keep the best of the burst alone."""
        bursts = [one for one in all_clusters(self.store, self.name) if one.kind is ClusterKind.BURST]
        cluster = max(bursts, key=lambda one: len(one.members))
        keep_only(self.store, self.name, cluster.members[0].path)
        return cluster

    def object_ids(self) -> set[str]:
        return {one.object_id for one in all_clusters(self.store, self.name)}

    def close(self) -> None:
        self.desk.close()
        self.store.close()


@pytest.fixture
def heard(qtbot: QtBot, scanned: Path, data_dir: Path) -> Iterator[Listener]:
    assert scanned.is_dir()
    listener = Listener(qtbot, data_dir)
    yield listener
    listener.close()


def test_a_plan_moves_and_comes_back_and_all_of_it_is_told_in_the_windows_thread(qtbot: QtBot, heard: Listener) -> None:
    cluster = heard.reject_rest()
    planned = heard.plan()
    assert planned.keepers == {cluster.members[0].path: cluster.members[0].sha256}
    heard.desk.deletions.apply(planned.plan)
    moved = heard.come_to(Act.APPLY)
    assert moved.deletion is not None
    assert (moved.deletion.photos, moved.refused, moved.stopped) == (len(cluster.members) - 1, (), False)
    assert not any(Path(one.path).exists() for one in planned.plan.files)
    heard.desk.deletions.restore(moved.deletion.deletion_id, undo=True)
    back = heard.come_to(Act.RESTORE)
    assert len(back.restored.back) == len(cluster.members) - 1
    assert all(Path(one.path).exists() for one in planned.plan.files)
    assert count_rejected(heard.store, heard.name) == len(cluster.members) - 1
    assert heard.threads == {threading.get_ident()}
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=60_000)


def test_what_was_put_back_is_in_its_cluster_again_by_a_task_of_its_own(qtbot: QtBot, heard: Listener) -> None:
    before = {frozenset(member.path for member in one.members) for one in all_clusters(heard.store, heard.name)}
    heard.reject_rest()
    heard.desk.deletions.apply(heard.plan().plan)
    moved = heard.come_to(Act.APPLY)
    assert moved.deletion is not None
    heard.desk.deletions.restore(moved.deletion.deletion_id)
    qtbot.waitUntil(lambda: bool(heard.ended), timeout=60_000)
    after = {frozenset(member.path for member in one.members) for one in all_clusters(heard.store, heard.name)}
    assert after == before


def test_our_own_moves_queue_no_task_and_leave_the_other_clusters_as_they_are(
    qtbot: QtBot, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []

    def look(store: Store, name: str) -> bool:
        looked.append(has_changed(store, name))
        return looked[-1]

    qtbot.wait(50)  # what it catches up with at its start is not what is looked at here
    monkeypatch.setattr("app.workers.desk.has_changed", look)
    cluster = heard.reject_rest()
    others = heard.object_ids() - {cluster.object_id}
    heard.desk.deletions.apply(heard.plan().plan)
    heard.come_to(Act.APPLY)
    qtbot.waitUntil(lambda: bool(looked), timeout=20_000)  # the watcher heard of the moves
    assert looked == [False] * len(looked)
    assert heard.ended == []
    assert heard.object_ids() == others
    assert len(all_tasks(heard.store)) == 0


def test_a_change_that_is_seen_during_a_move_is_looked_at_when_it_ends(
    qtbot: QtBot, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []

    def look(_store: Store, _name: str) -> bool:
        looked.append(heard.desk.deletions.puts_off(heard.name))
        return False

    go_on = threading.Event()

    def slow(*arguments: object) -> object:
        heard.desk._on_quiet(heard.name)
        go_on.wait(10)
        return apply_plan(*arguments)  # type: ignore[arg-type]

    heard.reject_rest()
    plan = heard.plan().plan
    qtbot.wait(50)
    monkeypatch.setattr("app.workers.desk.has_changed", look)
    monkeypatch.setattr("app.workers.deletions.apply_plan", slow)
    heard.desk.deletions.apply(plan)
    qtbot.waitUntil(lambda: heard.name in heard.desk.deletions._unseen, timeout=10_000)
    assert looked == []
    go_on.set()
    qtbot.waitUntil(lambda: bool(looked), timeout=10_000)
    assert looked[0] is False


def test_stop_ends_an_apply_before_the_next_photograph_and_keeps_what_is_done(
    heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "_BATCH", 1)
    heard.reject_rest()
    plan = heard.plan().plan
    whole = applying._Mover.move_away

    def move_and_stop(mover: applying._Mover, *arguments: object) -> set[str]:
        done = whole(mover, *arguments)  # type: ignore[arg-type]
        heard.desk.deletions.stop()
        return done

    monkeypatch.setattr(applying._Mover, "move_away", move_and_stop)
    heard.desk.deletions.apply(plan)
    moved = heard.come_to(Act.APPLY)
    assert moved.stopped
    assert moved.deletion is not None
    assert (moved.deletion.photos, moved.deletion.ended) == (1, True)
    assert count_rejected(heard.store, heard.name) == len(plan.files) - 1
    assert sum(Path(one.path).exists() for one in plan.files) == len(plan.files) - 1


def test_closing_the_desk_stops_a_move_and_leaves_nothing_open(
    qtbot: QtBot, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "_BATCH", 1)
    heard.reject_rest()
    plan = heard.plan().plan
    moving = threading.Event()
    whole = applying._Mover.move_away

    def move(mover: applying._Mover, *arguments: object) -> set[str]:
        moving.set()
        return whole(mover, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(applying._Mover, "move_away", move)
    heard.desk.deletions.apply(plan)
    qtbot.waitUntil(moving.is_set, timeout=30_000)
    heard.desk.close()
    (deletion,) = all_deletions(heard.store)
    assert deletion.ended
    states = {file.state for file in deletion_files(heard.store, deletion.deletion_id)}
    assert states == {FileState.MOVED}
    assert deletion.photos == sum(not Path(one.path).exists() for one in plan.files)


def test_progress_is_told_at_most_ten_times_a_second(heard: Listener) -> None:
    told: list[tuple[float, Moving]] = []
    clock = iter(count / 100 for count in range(1000))
    moment = 0.0

    def now() -> float:
        nonlocal moment
        moment = next(clock)
        return moment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.workers.deletions.time.monotonic", now)
        patch.setattr(heard.desk.deletions, "_tell", lambda news: told.append((moment, news)))
        count = heard.desk.deletions._counter(Act.APPLY)
        for done in range(500):
            count(done, 1000)
    assert 40 <= len(told) <= 51
    assert min(later - earlier for (earlier, _), (later, _) in pairwise(told)) >= 0.099


def test_what_a_killed_program_was_moving_is_settled_and_told_at_the_next_start(
    qtbot: QtBot, scanned: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(data_dir) as store, Readers(1) as readers:
        name = all_datasets(store)[0].name
        cluster = max(all_clusters(store, name), key=lambda one: len(one.members))
        keep_only(store, name, cluster.members[0].path)
        plan = make_plan(store, name, SystemTrash())

        def kill(*_: object) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(applying, "record_moved", kill)
            patch.setattr(applying, "close_deletion", kill)
            with pytest.raises(Killed):
                apply_plan(store, plan, readers, SystemTrash())
        # The process that held it lives on, as it is that of the test.
        with store.write() as work:
            work.deletions.hold(all_deletions(store)[0].deletion_id, (2**22 + 1, 0.0))
    assert scanned.is_dir()
    listener = Listener(qtbot, data_dir)
    settled = listener.settled()
    assert {file.path for file in settled.files} == {one.path for one in plan.files}
    assert {file.state for file in settled.files} == {FileState.MOVED}
    assert listener.threads == {threading.get_ident()}
    listener.close()
