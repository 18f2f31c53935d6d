"""Proposing: what the program would keep of clusters, by their scores or by a ladder of rules, and why."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.contract.choice_sentences import because
from app.contract.remark_sentences import said
from app.domain.clusters import Cluster, ClusterKind
from app.domain.deletions import Basis
from app.domain.judgements import Confidence
from app.domain.ladders import BUILT_IN, Rule
from app.domain.opinions import Opinion
from app.domain.proposals import Proposal
from app.imaging.sidecars import Sidecars
from app.services.candidates import copy_clusters, propose
from app.services.opinions import opinions
from app.store import Store, Work

_BATCH = 200
_LAST_RESORTS = {Rule.OLDEST_FILE, Rule.NAME, Rule.PATH}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What would be kept of a cluster, by path; all others would be rejected.

    ``reasons``: why each other would go, in a sentence. ``sure``: it may be accepted together with others.
    """

    cluster: Cluster
    kept: frozenset[str]
    basis: Basis
    reasons: Mapping[str, str]
    sure: bool


def suggest(store: Store, object_ids: Sequence[str]) -> list[Suggestion]:
    """Say what would be kept of clusters; nothing is said of those that are gone, or decided on, or kept whole."""
    with store.read() as work:
        numbers: defaultdict[int, list[int]] = defaultdict(list)
        for object_id in object_ids:
            if (place := work.clusters.place_of(object_id)) is not None:
                numbers[place[0]].append(place[1])
        found = [one for dataset_id, own in numbers.items() for one in suggestions(work, dataset_id, own)]
    return [one for one in found if not one.cluster.decided]


def suggestions(work: Work, dataset_id: int, numbers: Sequence[int]) -> Iterator[Suggestion]:
    """Say what would be kept of clusters, by their numbers; of sets that are kept whole nothing is said.

    In clusters of copies the ladder that the dataset follows decides, or the usual one, unless that could only go by
    names and by the times of files among copies that differ; in these and in all others the scores do. What a person
    chose as the best comes before both.
    """
    ladder = work.datasets.ladder(dataset_id) or BUILT_IN[0]
    sidecars = Sidecars()
    for start in range(0, len(numbers), _BATCH):
        found = opinions(work, dataset_id, numbers[start : start + _BATCH])
        ranked = [one for one in found if not one.cluster.kind.protected]
        copies = {
            one.cluster.object_id: propose(ladder, one, sidecars)
            for one in copy_clusters(work, dataset_id, [one.cluster for one in ranked])
        }
        for one in ranked:
            proposal = copies.get(one.cluster.object_id)
            yield _by_score(one) if proposal is None or _is_idle(proposal) else _by_ladder(one.cluster, proposal)


def _is_idle(proposal: Proposal) -> bool:
    """Tell whether a ladder had nothing to say of copies that differ, so that only a name or a time decided."""
    decided = None if proposal.because is None else proposal.because.rule
    return proposal.cluster.kind is not ClusterKind.EXACT and (decided is None or decided in _LAST_RESORTS)


def _by_score(opinion: Opinion) -> Suggestion:
    rest = [one for one in opinion.members if not one.kept]
    return Suggestion(
        cluster=opinion.cluster,
        kept=frozenset(one.file.path for one in opinion.members if one.kept),
        basis=Basis.SUGGESTION,
        reasons={one.file.path: ", ".join(said(remark) for remark in one.remarks) for one in rest},
        sure=opinion.confidence is Confidence.HIGH,
    )


def _by_ladder(cluster: Cluster, proposal: Proposal) -> Suggestion:
    """A person's choice outranks the ladder; what is protected is kept besides."""
    chosen = cluster.members[0] if cluster.choice is not None else proposal.chosen
    kept = frozenset({chosen.path, *(one.path for one in proposal.protected)})
    reason = "the one kept is your choice" if chosen != proposal.chosen else because(proposal.because)
    sentence = f"the one kept: {reason}" if reason and chosen == proposal.chosen else reason
    return Suggestion(
        cluster=cluster,
        kept=kept,
        basis=Basis.LADDER,
        reasons={one.path: sentence for one in cluster.members if one.path not in kept},
        sure=True,
    )
