"""Candidates: the members of clusters of copies, with all that a ladder asks of them; no photograph is opened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.clusters import Cluster, ClusterKind
from app.domain.files import FileMeta
from app.domain.ladders import Candidate, Ladder, climb
from app.domain.pairs import Kinship, Relation, are_copies
from app.domain.proposals import Proposal
from app.domain.ratings import Rating, first_said
from app.errors import SidecarUnusable
from app.imaging.sidecars import Sidecars
from app.store import Work

_KINDS = {ClusterKind.EXACT, ClusterKind.NEAR}
_SMALLER = 0.98
"""Share of the pixels of another from which on a copy of it was not made smaller."""


@dataclass(frozen=True, slots=True)
class CopyCluster:
    """A cluster of copies, how its members are related, and what a person gave to them, by their digests."""

    cluster: Cluster
    kinships: Sequence[Kinship]
    given: Mapping[bytes, Rating]


def copy_clusters(work: Work, dataset_id: int, clusters: Sequence[Cluster]) -> list[CopyCluster]:
    """Give those of some clusters in which each is a copy, an edit or a crop of the same picture."""
    wanted = [cluster for cluster in clusters if cluster.kind in _KINDS]
    digests = sorted({member.sha256 for cluster in wanted for member in cluster.members})
    numbers = work.clusters.holding(dataset_id, digests)
    homes = {member.sha256: cluster.object_id for cluster in wanted for member in cluster.members}
    kinships: dict[str, list[Kinship]] = {cluster.object_id: _twins(cluster) for cluster in wanted}
    for kinship in work.pairs.within(numbers, work.datasets.alikeness(dataset_id).strength):
        if kinship.first in homes and homes[kinship.first] == homes.get(kinship.second):
            kinships[homes[kinship.first]].append(kinship)
    given = work.ratings.of(digests)
    return [
        CopyCluster(cluster, kinships[cluster.object_id], given)
        for cluster in wanted
        if are_copies((member.sha256 for member in cluster.members), kinships[cluster.object_id])
    ]


def propose(ladder: Ladder, copies: CopyCluster, sidecars: Sidecars) -> Proposal:
    """Say which member a ladder would choose."""
    derived = set(_derived(copies))
    faults: list[str] = []
    candidates = [_candidate(member, copies, derived, sidecars, faults) for member in copies.cluster.members]
    members = {member.path: member for member in copies.cluster.members}
    ranking = climb(ladder, candidates)
    chosen = ranking.candidates[0]
    return Proposal(
        cluster=copies.cluster,
        chosen=members[chosen.path],
        because=ranking.because,
        protected=tuple(members[one.path] for one in ranking.protected if one is not chosen),
        faults=tuple(faults),
    )


def _candidate(
    member: FileMeta, copies: CopyCluster, derived: set[bytes], sidecars: Sidecars, faults: list[str]
) -> Candidate:
    header = member.header
    try:
        packet = sidecars.read(member.path)
    except SidecarUnusable as error:
        faults.append(error.message)
        packet = None
    said = (
        [Rating(header.stars, header.label)] if packet is None else [packet.rating, Rating(header.stars, header.label)]
    )
    return Candidate(
        path=member.path,
        header=header,
        file_time=member.stamp.mtime_ns,
        rating=copies.given.get(member.sha256) or first_said(said),
        edited=header.edited or (packet is not None and packet.edited),
        derived=member.sha256 in derived,
    )


def _twins(cluster: Cluster) -> list[Kinship]:
    """Relate those that have the same pixels, for which no evidence is kept."""
    by_pixels: dict[bytes, list[bytes]] = {}
    for member in cluster.members:
        if member.content.pixels:
            by_pixels.setdefault(member.content.pixels, []).append(member.sha256)
    return [Kinship(one, other, Relation.SAME_PIXELS) for twins in by_pixels.values() for one, other in pairwise(twins)]


def _derived(copies: CopyCluster) -> Iterator[bytes]:
    """Give those that were made smaller, or cut, from a member that its camera wrote."""
    headers = {member.sha256: member.header for member in copies.cluster.members}
    for kinship in copies.kinships:
        for one, source in ((kinship.first, kinship.second), (kinship.second, kinship.first)):
            own, other = headers[one], headers[source]
            if other.camera and own.width * own.height < _SMALLER * other.width * other.height:
                yield one
