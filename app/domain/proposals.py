"""Proposals: what a ladder would choose in a cluster, before anything is kept."""

from dataclasses import dataclass

from app.domain.clusters import Cluster
from app.domain.files import FileMeta
from app.domain.ladders import Because


@dataclass(frozen=True, slots=True)
class Proposal:
    """The best shot of a cluster by a ladder.

    ``protected``: the other members that lie in protected folders and are kept as well. ``faults``: why sidecars of
    members could not be read.
    """

    cluster: Cluster
    chosen: FileMeta
    because: Because | None
    protected: tuple[FileMeta, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether it is another than the present best shot."""
        return self.chosen != self.cluster.members[0]
