"""Clusters: files shown for one decision, at least two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.domain.files import FileMeta


class Relation(StrEnum):
    """Why two pictures belong together. Files of one content are exact copies and need no relation."""

    SAME_PIXELS = "same pixels"
    """Only their metadata differ."""

    RESAVED = "resaved"
    TURNED = "turned"
    EDITED = "edited"
    CROPPED = "cropped"
    """One is a part of the other, or framed."""
    BURST = "burst"
    RETAKEN = "retaken"
    """Another exposure of the same picture, not close in time or with no time known."""


EXPOSURES = frozenset({Relation.BURST, Relation.RETAKEN})
"""Relations of pictures that were taken apart, however alike they are."""


class ClusterKind(StrEnum):
    """What a cluster is, from the relations of its members."""

    EXACT = "exact"
    BURST = "burst"
    NEAR = "near"


STRICT, DEFAULT, LOOSE = 0.65, 0.5, 0.35
"""How strong the evidence of a pair has to be: the three values with a name."""
FAINTEST = 0.25
"""Evidence that is fainter is not kept: no setting asks for less."""


@dataclass(frozen=True, slots=True)
class Alikeness:
    """How alike pictures of one cluster are, as a person set it for a dataset.

    ``strength``: what the evidence of a pair must reach, ``FAINTEST`` to 1. ``copies_only``: other exposures, such as
    the frames of a burst, do not count. ``across_folders``: files of one folder do not count.
    """

    strength: float = DEFAULT
    copies_only: bool = False
    across_folders: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known of two contents that may belong together, ``first_id < second_id``.

    ``strength``, 0 to 1, is what the evidence comes down to (matching/relations). ``distance`` is the Hamming distance
    of their phashes in the best of eight orientations, 0 to 256, ``orientation`` that of the first. ``cosine`` tells
    how alike they are by their embeddings, ``timed`` whether one camera took them within seconds. The rest is how one
    lies on the other (matching/geometry), all zero where their hashes were proof enough.
    """

    first_id: int
    second_id: int
    relation: Relation
    strength: float
    distance: int
    orientation: int = 0
    cosine: float = 0.0
    timed: bool = False
    matches: int = 0
    inliers: int = 0
    cells: int = 0
    coverage: float = 0.0
    agreement: float = 0.0


@dataclass(frozen=True, slots=True)
class Member:
    """A content as grouping needs it.

    ``files`` hold it; ``folder`` is the one in which they all lie, empty if they lie in several.
    """

    content_id: int
    sha256: bytes
    pixels: bytes
    files: int
    folder: str
    cluster_id: int | None


@dataclass(frozen=True, slots=True)
class Link:
    """A pair as grouping needs it."""

    first_id: int
    second_id: int
    strength: float
    relation: Relation


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
        """Bytes to free if only the best is kept."""
        return self.size - self.members[0].stamp.size

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
