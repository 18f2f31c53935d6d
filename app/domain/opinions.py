"""Opinions: what the program thinks of a cluster and of each of its members, before a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.clusters import Cluster
from app.domain.files import FileMeta
from app.domain.judgements import Confidence, Judgement, Keep, Weights
from app.domain.remarks import Remark


@dataclass(frozen=True, slots=True)
class MemberOpinion:
    """``judgement`` is None for a file that was not scored so far; ``kept``: it is proposed to be kept."""

    file: FileMeta
    judgement: Judgement | None
    remarks: tuple[Remark, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the program thinks of a cluster, its best member first; of a set that is kept whole it proposes nothing.

    ``weights``: how much each part counted. ``confidence`` is None for such a set, and before it was scored.
    """

    cluster: Cluster
    weights: Weights
    confidence: Confidence | None
    members: tuple[MemberOpinion, ...]


def choose_kept(
    keep: Keep, members: Sequence[FileMeta], judged: Mapping[bytes, Judgement], unlike: Mapping[bytes, float]
) -> set[str]:
    """Give the paths of the members that are proposed to be kept.

    Args:
        keep: the rule.
        members: the best first.
        judged: how the contents of the members were judged.
        unlike: how unlike the best each content is.
    """
    kept = {members[0].path}
    if keep is Keep.BEST_AND_OTHER:
        others = [member for member in members if member.sha256 != members[0].sha256]
        if others:
            kept.add(max(others, key=lambda member: (unlike.get(member.sha256, 0.0), member.image_score or 0.0)).path)
    if keep is Keep.EACH_PERSON:
        looks = {member.path: judged[member.sha256].looks for member in members if member.sha256 in judged}
        for person in range(max((len(own) for own in looks.values()), default=0)):
            kept.add(_best_of(person, looks, kept))
    return kept


def _best_of(person: int, looks: Mapping[str, Sequence[float]], kept: set[str]) -> str:
    """Give where a person looks best; of equals one that is kept anyway."""
    seen = [path for path, own in looks.items() if person < len(own)]
    return max(seen, key=lambda path: (looks[path][person], path in kept))
