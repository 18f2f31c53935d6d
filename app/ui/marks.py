"""Marks: what a person decided on a photograph of the gallery, or what the program proposes before."""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.clusters import Cluster
from app.domain.decisions import Decision, Scope
from app.domain.files import FileMeta

Proposed = Mapping[str, frozenset[str]]
"""The paths that are proposed to be kept, by the id of their cluster."""


class Mark(NamedTuple):
    """``proposed``: nothing is decided in the cluster so far, and the program proposes to keep the photograph."""

    decision: Decision = Decision.UNDECIDED
    scope: Scope = Scope.WHOLE
    proposed: bool = False

    @property
    def gone(self) -> bool:
        """Whether the whole photograph is rejected."""
        return self.decision is Decision.REJECT and self.scope is Scope.WHOLE


def mark_of(cluster: Cluster, member: FileMeta, proposed: Proposed) -> Mark:
    """Give the mark of a member. Once a person decided in a cluster, nothing is proposed there any longer."""
    decided = cluster.decided.get(member.path)
    if decided is not None:
        return Mark(decided.decision, decided.scope)
    kept = frozenset() if cluster.decided else proposed.get(cluster.object_id, frozenset())
    return Mark(proposed=member.path in kept)
