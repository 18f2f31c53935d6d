"""Deletions: batches of rejected photographs that were moved away, and the journal of each file."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.decisions import DecidedFile


class End(StrEnum):
    """Where rejected photographs go."""

    TRASH = "trash"
    """The Trash of the system, or where a drive has none, a folder of ours on that drive."""
    FOLDER = "folder"
    """A folder of the person's choice, on the same drive."""
    LABELS = "labels"
    """Nowhere: they are marked as rejected in their XMP sidecars."""
    REFLINK = "reflink"
    """Nowhere: a copy shares the blocks of its keeper from now on."""
    HARDLINK = "hardlink"
    """Nowhere: a copy and its keeper are one file from now on."""


class Basis(StrEnum):
    """By what a photograph was chosen to go."""

    DECISION = "decision"
    SUGGESTION = "suggestion"
    LADDER = "ladder"


class FileState(StrEnum):
    """What became of a file of a deletion; the journal says so before and after each move."""

    MOVING = "moving"
    """To be moved at this moment: where it is has to be looked up if that is all that is known."""
    MOVED = "moved"
    REFUSED = "refused"
    """It was not moved, ``fault`` says why."""
    RESTORING = "restoring"
    RESTORED = "restored"
    LOST = "lost"
    """It is not where it was moved to, as when the Trash was emptied."""
    MARKING = "marking"
    MARKED = "marked"
    """It stays, and its XMP sidecar, at ``place``, says that it is rejected."""
    LINKING = "linking"
    LINKED = "linked"
    """It stays, and shares its bytes with its keeper."""
    PURGING = "purging"
    PURGED = "purged"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves which file it is: bytes, nanoseconds, inode, and 32 bytes of digest."""

    size: int
    mtime_ns: int
    inode: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class DeletedFile:
    """One file of a deletion. ``photo`` numbers the photographs in it: companions share that of theirs.

    ``companion`` is empty for the photograph itself, else what it is beside it. ``place``: where it was moved to, empty
    if that is not known yet. ``target``: where it was put back. ``keeper`` is None where a person rejected all.
    """

    number: int
    deletion_id: int
    photo: int
    path: str
    companion: str
    evidence: Evidence
    basis: Basis
    reason: str
    keeper: str | None
    keeper_sha256: bytes
    decided: DecidedFile | None
    state: FileState
    place: str = ""
    target: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """One batch. ``photos`` and ``files`` count what is away, marked or a link now, ``size`` the bytes that are freed.

    ``restored``, ``refused`` and ``lost`` count files.
    """

    deletion_id: int
    dataset_name: str
    end: End
    folder: str
    moment: int
    ended: bool
    photos: int
    files: int
    size: int
    restored: int
    refused: int
    lost: int


@dataclass(frozen=True, slots=True)
class WrittenSidecar:
    """An XMP sidecar that a deletion wrote; ``before`` is None where there was none."""

    path: str
    before: bytes | None
    after: bytes
