"""Steps: what a person decided at once, so that it can be undone and done again under its name."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.decisions import DecidedFile


class StepKind(StrEnum):
    """What was done in a step."""

    KEEP = "keep"
    REJECT = "reject"
    UNDECIDE = "undecide"
    KEEP_ONLY = "keep only"
    """One photograph of a cluster was kept and all others rejected."""
    REJECT_ALL = "reject all"
    ACCEPT = "accept"
    """What was proposed for some clusters."""
    ACCEPT_SURE = "accept sure"
    """What was proposed for all clusters of high confidence."""
    ACCEPT_COPIES = "accept copies"
    """What was proposed for all clusters of exact copies."""
    IMPORT = "import"
    APPLY = "apply"
    """The rejected were moved away: undone by a restore of the deletion, not by decisions alone."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one decision; None where there was none, or is none any longer."""

    before: DecidedFile | None
    after: DecidedFile | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dataset; ``count`` photographs were decided on in ``clusters`` clusters (0: none was asked for).

    ``undone``: it was taken back and can be done again. ``deletion_id``: what applied it.
    """

    number: int
    kind: StepKind
    count: int
    clusters: int
    moment: int
    undone: bool = False
    deletion_id: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What can be undone and done again next, if anything."""

    undo: Step | None
    redo: Step | None
