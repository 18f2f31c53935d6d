"""Clusters: files shown for one decision, at least two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from app.domain.choices import Choice, first_of
from app.domain.decisions import DecidedFile, Decision
from app.domain.files import FileMeta
from app.domain.judgements import Confidence


class ClusterKind(StrEnum):
    """What a cluster is, from the relations of its members."""

    EXACT = "exact"
    BURST = "burst"
    BRACKET = "bracket"
    FOCUS_STACK = "focus stack"
    NEAR = "near"

    @property
    def protected(self) -> bool:
        """Whether it is a set to keep whole: shown and scored, never ranked, and nothing to free."""
        return self in {ClusterKind.BRACKET, ClusterKind.FOCUS_STACK}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster with its members (contract: SimilarImageCluster), best first.

    The chosen one comes first, then they follow by ImageScore, then by path; ``choice`` says who chose it and why, and
    is empty where the scores decide. ``confidence`` is None for a set that is kept whole and where nothing was scored.
    ``decided``: what a person wants to become of members, by path. Times are nanoseconds since the epoch.
    """

    object_id: str
    kind: ClusterKind
    members: tuple[FileMeta, ...]
    create_time: int
    update_time: int
    custom_labels: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    choice: Choice | None = None
    confidence: Confidence | None = None
    decided: Mapping[str, DecidedFile] = field(default_factory=lambda: MappingProxyType({}))

    def decision(self, member: FileMeta) -> Decision:
        """Give what a person wants to become of a member."""
        decided = self.decided.get(member.path)
        return Decision.UNDECIDED if decided is None else decided.decision

    def with_choice(self, choices: Iterable[Choice]) -> "Cluster":
        """Give the cluster with the one of several choices that counts; none counts in a set that is kept whole."""
        choice = None if self.kind.protected else first_of(choices)
        chosen = None if choice is None else choice.of(self.members)
        if chosen is None:
            return self
        rest = (member for member in self.members if member is not chosen)
        return replace(self, members=(chosen, *rest), choice=choice)

    @property
    def size(self) -> int:
        """Bytes of all members and their companions."""
        return sum(member.size for member in self.members)

    @property
    def freed(self) -> int:
        """Bytes to free if only the best is kept; none of a set that is kept whole."""
        return 0 if self.kind.protected else self.size - self.members[0].size

    @property
    def capture_time(self) -> int | None:
        """Earliest capture time of the members."""
        return min((m.header.capture_time for m in self.members if m.header.capture_time is not None), default=None)


@dataclass(frozen=True, slots=True)
class ClusterOrder:
    """Which clusters of a dataset, and in what order. ``labels``: custom labels that they must have, as text."""

    by_create_time: bool = False
    descending: bool = True
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def by_score(members: Iterable[FileMeta]) -> list[FileMeta]:
    """Put members into the order of their ImageScores, then of their paths."""
    return sorted(members, key=lambda member: (-(member.image_score or 0.0), member.path))
