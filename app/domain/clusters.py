"""Clusters: files shown for one decision, at least two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.domain.files import FileMeta


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

    Times are nanoseconds since the epoch.
    """

    object_id: str
    kind: ClusterKind
    members: tuple[FileMeta, ...]
    create_time: int
    update_time: int
    custom_labels: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(member.stamp.size for member in self.members)

    @property
    def freed(self) -> int:
        """Bytes to free if only the best is kept; none of a set that is kept whole."""
        return 0 if self.kind.protected else self.size - self.members[0].stamp.size

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
