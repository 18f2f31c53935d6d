"""Opinions: why the best member of a cluster is the best, and what is to be said of each other."""

from collections.abc import Mapping, Sequence

from app.domain.clusters import Cluster
from app.domain.files import Header
from app.domain.judgements import Judgement, Keep, Ranking, Weights
from app.domain.opinions import MemberOpinion, Opinion, choose_kept
from app.domain.pairs import AS_USUAL
from app.domain.remarks import Remark, remarks
from app.errors import ResourceNotFound
from app.store import Store, Work

_MINUTE = 60_000_000


def opinion_of(store: Store, object_id: str) -> Opinion:
    """Give what the program thinks of one cluster.

    Raises:
        ResourceNotFound: there is no such cluster.
    """
    with store.read() as work:
        place = work.clusters.place_of(object_id)
        if place is None:
            raise ResourceNotFound(
                f"There is no cluster {object_id!r}. `shotsift cluster list DATASET --json` tells the ids."
            )
        dataset_id, number = place
        return opinions(work, dataset_id, [number])[0]


def opinions(work: Work, dataset_id: int, numbers: Sequence[int]) -> list[Opinion]:
    """Give what the program thinks of clusters, by their numbers the smallest first."""
    ranking = work.datasets.ranking(dataset_id)
    clusters = work.clusters.of(sorted(numbers))
    return [_opinion(work, ranking, number, one) for number, one in zip(sorted(numbers), clusters, strict=True)]


def _opinion(work: Work, ranking: Ranking, number: int, cluster: Cluster) -> Opinion:
    judged = work.qualities.judged(number)
    whole = cluster.kind.protected
    told = {} if whole else _remarks(cluster, judged, ranking.weights)
    kept = {one.path for one in cluster.members}
    if not whole:
        unlike = _unlike(work, number, cluster) if ranking.keep is Keep.BEST_AND_OTHER else {}
        kept = choose_kept(ranking.keep, cluster.members, judged, unlike)
    members = (
        MemberOpinion(one, judged.get(one.sha256), told.get(one.sha256, ()), one.path in kept)
        for one in cluster.members
    )
    return Opinion(cluster, ranking.weights, cluster.confidence, tuple(members))


def _remarks(cluster: Cluster, judged: Mapping[bytes, Judgement], weights: Weights) -> dict[bytes, tuple[Remark, ...]]:
    """Say of each content what speaks for or against it."""
    digests = [digest for digest in dict.fromkeys(one.sha256 for one in cluster.members) if digest in judged]
    if not digests or cluster.members[0].sha256 not in judged:
        return {}
    best = digests.index(cluster.members[0].sha256)
    return dict(zip(digests, remarks([judged[digest] for digest in digests], best, weights), strict=True))


def _unlike(work: Work, number: int, cluster: Cluster) -> dict[bytes, float]:
    """Tell how unlike the best the others are: by the evidence between them, then by the time."""
    best = cluster.members[0]
    numbers = {stored.content_id: stored.content for stored in work.contents.by_cluster([number])[number]}
    own = [content_id for content_id, content in numbers.items() if content.sha256 == best.sha256]
    strengths: dict[bytes, float] = {}
    for link in work.pairs.touching(own, AS_USUAL, 0.0):
        other = link.second_id if link.first_id in own else link.first_id
        if other in numbers:
            strengths[numbers[other].sha256] = link.strength
    return {
        content.sha256: 1 - strengths.get(content.sha256, 0.0) + _apart(content.header, best.header)
        for content in numbers.values()
    }


def _apart(one: Header, other: Header) -> float:
    """Give a tenth for a minute between two exposures, at most."""
    if one.capture_time is None or other.capture_time is None:
        return 0.0
    return min(1.0, abs(one.capture_time - other.capture_time) / _MINUTE) / 10
