"""Deciding: what a person wants to become of photographs, kept by content, step by step; no file is touched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.clusters import Cluster
from app.domain.decisions import DecidedFile, Decision, Scope, standing
from app.domain.files import FileRecord
from app.domain.steps import Change, Step, StepKind
from app.domain.times import now
from app.domain.uris import shown
from app.errors import ClusterEmptied, InvalidArgument, ResourceNotFound
from app.events import Noun
from app.services.proposing import Suggestion, suggestions
from app.store import Store, Work

_KINDS = {
    Decision.KEEP: StepKind.KEEP,
    Decision.REJECT: StepKind.REJECT,
    Decision.UNDECIDED: StepKind.UNDECIDE,
}


def decide(
    store: Store, dataset_name: str, paths: Sequence[str], decision: Decision, scope: Scope = Scope.WHOLE
) -> Step:
    """Decide on files. ``scope`` says what of a photograph that consists of several files is rejected.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have one of the files.
        ClusterEmptied: nothing of a cluster would be kept; ``reject_all`` says that in so many words.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        records = _records(work, dataset_name, paths)
        wanted = {record.path: _wanted(record, decision, scope) for record in records}
        clusters = _clusters_of(work, dataset_id, records)
        if decision is Decision.REJECT and scope is Scope.WHOLE:
            for cluster in clusters:
                _refuse_to_empty(cluster, wanted)
        changes = _changes(work, dataset_id, records, wanted)
        return _step(work, dataset_name, _KINDS[decision], changes, len(clusters))


def keep_only(store: Store, dataset_name: str, path: str) -> Step:
    """Keep one member of a cluster and reject all others.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have the file.
        InvalidArgument: the file is in no cluster, or in a set that is kept whole.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        clusters = _clusters_of(work, dataset_id, _records(work, dataset_name, [path]))
        if not clusters:
            raise InvalidArgument(f"{shown(path)} is in no cluster, so there is nothing to reject beside it.")
        _refuse_protected(clusters[0])
        wanted = {
            member.path: DecidedFile(
                member.sha256, member.path, Decision.KEEP if member.path == path else Decision.REJECT, now()
            )
            for member in clusters[0].members
        }
        records = _records(work, dataset_name, list(wanted))
        return _step(work, dataset_name, StepKind.KEEP_ONLY, _changes(work, dataset_id, records, wanted), 1)


def reject_all(store: Store, object_id: str) -> Step:
    """Reject all members of a cluster, so that nothing of it is kept. Only a person may say so, of one cluster.

    Raises:
        ResourceNotFound: there is no such cluster.
    """
    with store.write() as work:
        dataset_id, (cluster,) = _clusters(work, [object_id])
        moment = now()
        wanted = {
            member.path: DecidedFile(member.sha256, member.path, Decision.REJECT, moment, alone=True)
            for member in cluster.members
        }
        name = work.datasets.name_of(dataset_id)
        changes = _changes(work, dataset_id, _records(work, name, list(wanted)), wanted)
        return _step(work, name, StepKind.REJECT_ALL, changes, 1)


def undecide(store: Store, object_ids: Sequence[str]) -> Step:
    """Take back all decisions on the members of clusters of one dataset.

    Raises:
        ResourceNotFound: there is no such cluster.
    """
    with store.write() as work:
        dataset_id, clusters = _clusters(work, object_ids)
        name = work.datasets.name_of(dataset_id)
        paths = [member.path for cluster in clusters for member in cluster.members]
        changes = _changes(work, dataset_id, _records(work, name, paths), dict.fromkeys(paths))
        return _step(work, name, StepKind.UNDECIDE, changes, len(clusters))


def accept(store: Store, object_ids: Sequence[str], kind: StepKind = StepKind.ACCEPT) -> Step:
    """Decide as is proposed in clusters of one dataset; where a person decided already, nothing changes.

    Raises:
        ResourceNotFound: there is no such cluster.
        InvalidArgument: one of them is a set that is kept whole.
    """
    with store.write() as work:
        dataset_id, clusters = _clusters(work, object_ids)
        for cluster in clusters:
            _refuse_protected(cluster)
        numbers = _numbers(work, dataset_id, clusters)
        proposed = [one for one in suggestions(work, dataset_id, numbers) if not one.cluster.decided]
        name = work.datasets.name_of(dataset_id)
        wanted: dict[str, DecidedFile | None] = {}
        for suggestion in proposed:
            wanted |= as_decided(suggestion)
        changes = _changes(work, dataset_id, _records(work, name, list(wanted)), wanted)
        return _step(work, name, kind, changes, len(proposed))


def as_decided(suggestion: Suggestion) -> dict[str, DecidedFile]:
    """Give what a suggestion would be as decisions, by path."""
    moment = now()
    return {
        one.path: DecidedFile(
            one.sha256, one.path, Decision.KEEP if one.path in suggestion.kept else Decision.REJECT, moment
        )
        for one in suggestion.cluster.members
    }


def all_decisions(store: Store, dataset_name: str) -> list[DecidedFile]:
    """Give the decisions of a dataset, each where its file lies now; those of files that are not there as well.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        made = work.decisions.all(dataset_id)
        stands = standing(made, work.files.holding(dataset_id, [one.sha256 for one in made]))
    places = {(one.sha256, one.path): path for path, one in stands.items()}
    return [replace(one, path=places.get((one.sha256, one.path), one.path)) for one in made]


def count_rejected(store: Store, dataset_name: str) -> int:
    """Tell how many photographs of a dataset are rejected and not moved away yet.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.decisions.count(work.datasets.id_of(dataset_name), Decision.REJECT)


def _wanted(record: FileRecord, decision: Decision, scope: Scope) -> DecidedFile | None:
    if decision is Decision.UNDECIDED:
        return None
    return DecidedFile(_digest(record), record.path, decision, now(), scope)


def _changes(
    work: Work, dataset_id: int, records: Iterable[FileRecord], wanted: Mapping[str, DecidedFile | None]
) -> list[Change]:
    """Tell what changes: a decision that came along from elsewhere is replaced where it was made."""
    known = list(records)
    digests = sorted({_digest(record) for record in known})
    stands = standing(work.decisions.of(dataset_id, digests), work.files.holding(dataset_id, digests))
    changes = [Change(stands.get(record.path), wanted[record.path]) for record in known]
    return [one for one in changes if not _same(one)]


def _same(change: Change) -> bool:
    before, after = change.before, change.after
    if before is None or after is None:
        return before is after
    return (before.decision, before.scope, before.alone) == (after.decision, after.scope, after.alone)


def _step(work: Work, dataset_name: str, kind: StepKind, changes: Sequence[Change], clusters: int) -> Step:
    """Keep what changes as one step; nothing is kept of a step that changes nothing."""
    dataset_id = work.datasets.id_of(dataset_name)
    step = Step(0, kind, len(changes), clusters, now())
    if not changes:
        return step
    work.decisions.change(dataset_id, changes)
    work.announce(Noun.CLUSTERS, dataset_name)
    return work.decisions.add_step(dataset_id, step, changes)


def _records(work: Work, dataset_name: str, paths: Sequence[str]) -> list[FileRecord]:
    found = work.files.records(work.datasets.id_of(dataset_name), list(dict.fromkeys(paths)))
    known = {record.path for record in found if record.content is not None}
    for path in paths:
        if path not in known:
            raise ResourceNotFound(f"The dataset {dataset_name!r} has no photograph {shown(path)}.")
    return found


def _digest(record: FileRecord) -> bytes:
    assert record.content is not None
    return record.content.sha256


def _clusters_of(work: Work, dataset_id: int, records: Iterable[FileRecord]) -> list[Cluster]:
    return work.clusters.of(work.clusters.holding(dataset_id, sorted({_digest(record) for record in records})))


def _clusters(work: Work, object_ids: Sequence[str]) -> tuple[int, list[Cluster]]:
    """Give clusters of one dataset, with the number of that."""
    places = [work.clusters.place_of(object_id) for object_id in dict.fromkeys(object_ids)]
    found = [place for place in places if place is not None]
    if len(found) < len(places) or not found:
        raise ResourceNotFound("There is no such cluster any longer; look at the clusters again.")
    if len({dataset_id for dataset_id, _ in found}) > 1:
        raise InvalidArgument("The clusters are of several datasets; decide on those of one at once.")
    return found[0][0], work.clusters.of([number for _, number in found])


def _numbers(work: Work, dataset_id: int, clusters: Iterable[Cluster]) -> list[int]:
    return work.clusters.holding(dataset_id, sorted({one.sha256 for cluster in clusters for one in cluster.members}))


def _refuse_protected(cluster: Cluster) -> None:
    if cluster.kind.protected:
        raise InvalidArgument(f"It is a {cluster.kind}, which is kept whole. Decide on its photographs one by one.")


def _refuse_to_empty(cluster: Cluster, wanted: Mapping[str, DecidedFile | None]) -> None:
    """Refuse what would leave a cluster without a photograph that is kept or not decided on."""
    stays = any(
        member.path not in wanted and cluster.decision(member) is not Decision.REJECT for member in cluster.members
    )
    if not stays:
        raise ClusterEmptied(cluster.object_id, len(cluster.members))
