"""Planning: from decisions, and if asked for from proposals, to the list of files that would go, and why."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.clusters import Cluster
from app.domain.companions import Companion, CompanionKind
from app.domain.decisions import DecidedFile, Decision, Scope, standing
from app.domain.deletions import Basis, End
from app.domain.files import FileMeta
from app.domain.plans import Plan, PlannedFile, Refusal, Why
from app.imaging.proofs import Proof, hash_file
from app.services.companions import Companions
from app.services.concerns import Concerns
from app.services.deciding import as_decided
from app.services.destinations import IN_PLACE, Destinations
from app.services.moving import Trash
from app.services.proposing import suggestions
from app.services.walking import stamp_of
from app.store import Store, Work

DECIDED = "you rejected it"
REJECTED_BEFORE = "you rejected it before, and it came back"


@dataclass(frozen=True, slots=True)
class Victim:
    """A photograph to go, what stays in its place, and why; ``keeper`` is None where a person rejected all."""

    file: FileMeta
    keeper: FileMeta | None
    scope: Scope
    basis: Basis
    reason: str
    object_id: str


def make_plan(
    store: Store,
    dataset_name: str,
    trash: Trash,
    *,
    accept_suggestions: bool = False,
    end: End = End.TRASH,
    folder: str = "",
) -> Plan:
    """Say what would go of a dataset; nothing is changed.

    What was decided goes; with ``accept_suggestions`` also what is proposed in clusters on which nothing was decided:
    of high confidence, and for copies by the ladder of rules. ``folder`` is the one of ``End.FOLDER``.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        homes = tuple(binding.path for binding in work.bindings.of(dataset_name))
        victims, refused = _chosen(work, dataset_id, accept_suggestions=accept_suggestions)
        concerns = Concerns(work, victims)
    destinations = Destinations(trash, homes, end, folder)
    companions = Companions()
    files: list[PlannedFile] = []
    for victim in victims:
        for found in _planned(victim, companions, destinations, end):
            if isinstance(found, Refusal):
                refused.append(found)
            else:
                files.append(found)
    return Plan(dataset_name, end, folder, tuple(files), concerns.about(files, companions), tuple(refused))


def _chosen(work: Work, dataset_id: int, *, accept_suggestions: bool) -> tuple[list[Victim], list[Refusal]]:
    """Find what goes in each cluster, and what was rejected elsewhere."""
    made = work.decisions.all(dataset_id)
    digests = sorted({one.sha256 for one in made})
    files = {file.path: file for file in work.files.holding(dataset_id, digests)}
    stands = standing(made, files.values())
    numbers = work.clusters.holding(dataset_id, digests)
    victims: list[Victim] = []
    refused: list[Refusal] = []
    clustered: set[str] = set()
    for cluster in work.clusters.of(numbers):
        clustered |= {member.path for member in cluster.members}
        if cluster.decided:
            _take(cluster, cluster.decided, victims, refused)
    for path, one in stands.items():
        if one.rejected and path not in clustered:
            _take_alone(work, dataset_id, files[path], one, victims, refused)
    if accept_suggestions:
        victims += _suggested(work, dataset_id)
    return victims, refused


def _take(cluster: Cluster, decided: Mapping[str, DecidedFile], victims: list[Victim], refused: list[Refusal]) -> None:
    kept = [member for member in cluster.members if cluster.decision(member) is Decision.KEEP]
    for member in cluster.members:
        one = decided.get(member.path)
        if one is None or not one.rejected:
            continue
        keeper = member if one.scope is not Scope.WHOLE else _keeper(member, kept)
        if keeper is None and not one.alone:
            refused.append(Refusal(member.path, Why.NO_KEEPER))
        else:
            victims.append(Victim(member, keeper, one.scope, Basis.DECISION, DECIDED, cluster.object_id))


def _keeper(member: FileMeta, kept: list[FileMeta]) -> FileMeta | None:
    """Give what stays in the place of a member: an exact copy of it if one is kept, else the best that is."""
    same = [one for one in kept if one.sha256 == member.sha256]
    return next(iter([*same, *kept]), None)


def _take_alone(
    work: Work,
    dataset_id: int,
    file: FileMeta,
    decided: DecidedFile,
    victims: list[Victim],
    refused: list[Refusal],
) -> None:
    """Take what was rejected and is in no cluster: a part of a photograph, or what had been rejected before."""
    if decided.scope is not Scope.WHOLE:
        victims.append(Victim(file, file, decided.scope, Basis.DECISION, DECIDED, ""))
        return
    before = work.deletions.rejected_before([file.sha256]).get(file.sha256)
    held = [] if before is None else work.files.holding(dataset_id, [before.keeper_sha256])
    keeper = next((one for one in held if one.path != file.path), None)
    if keeper is not None:
        victims.append(Victim(file, keeper, Scope.WHOLE, Basis.DECISION, REJECTED_BEFORE, ""))
    elif decided.alone:
        victims.append(Victim(file, None, Scope.WHOLE, Basis.DECISION, DECIDED, ""))
    else:
        refused.append(Refusal(file.path, Why.NO_KEEPER))


def _suggested(work: Work, dataset_id: int) -> Iterator[Victim]:
    numbers = work.clusters.numbers(dataset_id)
    for suggestion in suggestions(work, dataset_id, numbers):
        cluster = suggestion.cluster
        if cluster.decided or not suggestion.sure:
            continue
        wanted = as_decided(suggestion)
        kept = [member for member in cluster.members if not wanted[member.path].rejected]
        for member in cluster.members:
            if wanted[member.path].rejected:
                yield Victim(
                    member,
                    _keeper(member, kept),
                    Scope.WHOLE,
                    suggestion.basis,
                    suggestion.reasons[member.path],
                    cluster.object_id,
                )


def _planned(
    victim: Victim, companions: Companions, destinations: Destinations, end: End
) -> Iterator[PlannedFile | Refusal]:
    """Look at the disk: is the file as it is known, what goes along, and where to."""
    file = victim.file
    stamp = stamp_of(file.path)
    if stamp is None:
        yield Refusal(file.path, Why.LINK if os.path.islink(file.path) else Why.GONE)  # noqa: PTH114 (any bytes)
        return
    if (stamp.size, stamp.mtime_ns) != (file.stamp.size, file.stamp.mtime_ns):
        yield Refusal(file.path, Why.CHANGED)
        return
    destination = destinations.of(file.path)
    if isinstance(destination, Why):
        yield Refusal(file.path, destination)
        return
    if destination == IN_PLACE:
        yield _planned_in_place(victim, end)
        return
    own = companions.of(file.path)
    if victim.scope is Scope.RAW:
        yield from (_planned_raw(victim, raw, own, destination) for raw in own if raw.kind is CompanionKind.RAW)
        return
    if victim.scope is Scope.RENDERING:
        yield _planned_rendering(victim, own, destination)
        return
    keeper = victim.keeper
    along = tuple(one for one in own if keeper is None or one.path != keeper.path)
    proof = Proof(stamp, file.sha256)
    yield _entry(victim, file.path, proof, along, destination, None if keeper is None else keeper.path)


def _planned_in_place(victim: Victim, end: End) -> PlannedFile | Refusal:
    """What stays under its name is marked or linked by itself; what lies beside it is not touched."""
    file, keeper = victim.file, victim.keeper
    if victim.scope is not Scope.WHOLE:
        return Refusal(file.path, Why.PART)
    if end is not End.LABELS and (keeper is None or keeper.sha256 != file.sha256):
        return Refusal(file.path, Why.NOT_A_COPY)
    proof = Proof(file.stamp, file.sha256)
    return _entry(victim, file.path, proof, (), IN_PLACE, None if keeper is None else keeper.path)


def _planned_rendering(victim: Victim, own: tuple[Companion, ...], destination: str) -> PlannedFile | Refusal:
    """The picture goes and its RAW file stays, and with that what is called after it."""
    file = victim.file
    raw = next((one for one in own if one.kind is CompanionKind.RAW), None)
    if raw is None:
        return Refusal(file.path, Why.NO_KEEPER, "there is no RAW file beside it")
    along = tuple(one for one in own if one.kind is CompanionKind.RENDERING)
    return _entry(victim, file.path, Proof(file.stamp, file.sha256), along, destination, raw.path)


def _planned_raw(victim: Victim, raw: Companion, own: tuple[Companion, ...], destination: str) -> PlannedFile | Refusal:
    """A RAW file goes with what is called after its whole name, and the picture beside it stays."""
    proof = hash_file(raw.path)
    if not isinstance(proof, Proof):
        return Refusal(raw.path, Why.GONE)
    along = tuple(one for one in own if one.path != raw.path and one.path.startswith(raw.path))
    return _entry(victim, raw.path, proof, along, destination, victim.file.path)


def _entry(
    victim: Victim, path: str, proof: Proof, along: tuple[Companion, ...], destination: str, keeper: str | None
) -> PlannedFile:
    return PlannedFile(
        path=path,
        companions=tuple(one.path for one in along),
        size=proof.stamp.size,
        sha256=proof.sha256,
        basis=victim.basis,
        reason=victim.reason,
        keeper=keeper,
        destination=destination,
        companions_size=sum(one.size for one in along),
        object_id=victim.object_id,
    )
