"""What a person decides is kept by content, step by step, and nothing of it touches a file."""

import shutil
from pathlib import Path

import pytest

from app.domain.clusters import Cluster, ClusterKind
from app.domain.decisions import Decision
from app.domain.steps import StepKind
from app.errors import InvalidArgument, ResourceNotFound
from app.services.deciding import accept, all_decisions, decide, keep_only, reject_all, undecide
from app.services.steps import history, redo, undo
from tests.services.conftest import Shelf


def burst(shelf: Shelf) -> Cluster:
    return max(shelf.clusters(), key=lambda one: len(one.members) if one.kind is ClusterKind.BURST else 0)


def paths(cluster: Cluster) -> list[str]:
    return [member.path for member in cluster.members]


def decided(shelf: Shelf, cluster: Cluster) -> list[Decision]:
    found = next(one for one in shelf.clusters() if one.object_id == cluster.object_id)
    return [found.decision(member) for member in sorted(found.members, key=lambda member: member.path)]


def test_a_decision_shows_in_its_cluster_and_touches_no_file(stocked: Shelf) -> None:
    cluster = burst(stocked)
    before = {path: Path(path).stat() for path in paths(cluster)}
    step = decide(stocked.store, stocked.name, paths(cluster)[1:2], Decision.REJECT)
    found = burst(stocked)
    assert [found.decision(member) for member in cluster.members[:2]] == [Decision.UNDECIDED, Decision.REJECT]
    assert (step.kind, step.count) == (StepKind.REJECT, 1)
    assert {path: Path(path).stat() for path in before} == before


def test_no_step_rejects_the_last_of_a_cluster_unless_it_says_so(stocked: Shelf) -> None:
    cluster = burst(stocked)
    with pytest.raises(InvalidArgument, match="reject all"):
        decide(stocked.store, stocked.name, paths(cluster), Decision.REJECT)
    decide(stocked.store, stocked.name, paths(cluster)[1:], Decision.REJECT)
    with pytest.raises(InvalidArgument, match="reject all"):
        decide(stocked.store, stocked.name, paths(cluster)[:1], Decision.REJECT)
    reject_all(stocked.store, cluster.object_id)
    assert set(decided(stocked, cluster)) == {Decision.REJECT}


def test_steps_are_undone_and_done_again_to_any_depth_under_their_names(stocked: Shelf) -> None:
    cluster, store, name = burst(stocked), stocked.store, stocked.name
    states = [decided(stocked, cluster)]
    keep_only(store, name, cluster.members[1].path)
    states.append(decided(stocked, cluster))
    decide(store, name, paths(cluster)[2:4], Decision.KEEP)
    states.append(decided(stocked, cluster))
    undecide(store, [cluster.object_id])
    states.append(decided(stocked, cluster))
    kinds = [StepKind.UNDECIDE, StepKind.KEEP, StepKind.KEEP_ONLY]
    for depth, kind in enumerate(kinds, start=2):
        step = undo(store, name)
        assert step is not None
        assert step.kind is kind
        assert decided(stocked, cluster) == states[-depth]
    assert undo(store, name) is None
    for kind, state in zip(reversed(kinds), states[1:], strict=True):
        step = redo(store, name)
        assert step is not None
        assert step.kind is kind
        assert decided(stocked, cluster) == state
    assert redo(store, name) is None


def test_a_new_step_ends_what_could_be_done_again(stocked: Shelf) -> None:
    cluster, store, name = burst(stocked), stocked.store, stocked.name
    decide(store, name, paths(cluster)[:1], Decision.KEEP)
    undo(store, name)
    decide(store, name, paths(cluster)[:1], Decision.REJECT)
    assert history(store, name).redo is None


def test_a_decision_follows_its_file_when_that_is_moved(stocked: Shelf) -> None:
    cluster, store, name = burst(stocked), stocked.store, stocked.name
    path = Path(cluster.members[1].path)
    decide(store, name, [str(path)], Decision.REJECT)
    target = path.parent / "elsewhere" / "renamed.jpg"
    target.parent.mkdir()
    shutil.copy(path, target)
    path.unlink()
    stocked.run()
    found = burst(stocked)
    assert [Path(path).name for path in found.decided] == ["renamed.jpg"]
    assert found.decided[str(target)].rejected
    assert [one.path for one in all_decisions(store, name)] == [str(target)]


def test_of_two_exact_copies_only_the_one_that_was_rejected_is(stocked: Shelf) -> None:
    path = stocked.folder / "kodak-dx4330.jpg"
    twin = path.with_name("twin.jpg")
    shutil.copy(path, twin)
    stocked.run()
    decide(stocked.store, stocked.name, [str(twin)], Decision.REJECT)
    found = next(one for one in stocked.clusters() if one.kind is ClusterKind.EXACT)
    assert {Path(m.path).name: found.decision(m) for m in found.members} == {
        "twin.jpg": Decision.REJECT,
        "kodak-dx4330.jpg": Decision.UNDECIDED,
    }


def test_accepting_keeps_the_best_and_leaves_what_a_person_decided(stocked: Shelf) -> None:
    cluster, store, name = burst(stocked), stocked.store, stocked.name
    others = [one for one in stocked.clusters() if one.object_id != cluster.object_id and not one.kind.protected]
    decide(store, name, paths(cluster)[2:3], Decision.KEEP)
    accept(store, [cluster.object_id, others[0].object_id])
    assert [one.decision(m) for one in [burst(stocked)] for m in one.members].count(Decision.REJECT) == 0
    found = next(one for one in stocked.clusters() if one.object_id == others[0].object_id)
    assert [found.decision(member) for member in found.members].count(Decision.KEEP) == 1
    assert [found.decision(member) for member in found.members].count(Decision.UNDECIDED) == 0


def test_what_the_dataset_does_not_have_cannot_be_decided_on(stocked: Shelf) -> None:
    with pytest.raises(ResourceNotFound, match="has no photograph"):
        decide(stocked.store, stocked.name, ["/nowhere.jpg"], Decision.KEEP)
    with pytest.raises(ResourceNotFound, match="no such cluster"):
        reject_all(stocked.store, "cluster-none")


def test_among_copies_that_differ_no_name_decides_over_the_best(stocked: Shelf) -> None:
    near = [one for one in stocked.clusters() if one.kind is ClusterKind.NEAR]
    assert near
    accept(stocked.store, [one.object_id for one in near])
    found = [one for one in stocked.clusters() if one.kind is ClusterKind.NEAR]
    assert all(one.decision(one.members[0]) is Decision.KEEP for one in found)
