"""Choices: best shots that a person or a ladder chose, over what the scores say."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.files import FileMeta
from app.domain.ladders import Because


class Source(StrEnum):
    """Who chose; a person outranks a ladder."""

    PERSON = "person"
    LADDER = "ladder"


class Proposer(StrEnum):
    """What a person's choice was made over."""

    SCORE = "score"
    LADDER = "ladder"


@dataclass(frozen=True, slots=True)
class Choice:
    """A best shot that was chosen, by its content; ``moment`` is in nanoseconds since the epoch.

    ``path``: which file of the content was meant, where it lay then. ``ladder`` names the ladder that chose;
    ``because`` is what decided there, empty if a person chose. ``proposed_by`` says what a person's choice was made
    over, ``agreed`` whether it was the same; a ladder's is neither.
    """

    sha256: bytes
    path: str
    source: Source
    moment: int
    ladder: str = ""
    because: Because | None = None
    proposed_by: Proposer | None = None
    agreed: bool = True

    def of(self, members: Iterable[FileMeta]) -> FileMeta | None:
        """Give the member that is meant: the file itself, or the first that holds the same if that is elsewhere."""
        same = [member for member in members if member.sha256 == self.sha256]
        return min(same, key=lambda member: (member.path != self.path, member.path), default=None)


def first_of(choices: Iterable[Choice]) -> Choice | None:
    """Give the choice that counts: a person's before a ladder's, of several the last."""
    return max(choices, key=lambda one: (one.source is Source.PERSON, one.moment, one.sha256), default=None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a person chose, and how often other than was proposed: by the scores, and by a ladder."""

    over_scores: int
    other_than_scores: int
    over_ladders: int
    other_than_ladders: int
