"""Plans: which files would go, why, what stays in their place, and what a person should know before."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.deletions import Basis, End


class Why(StrEnum):
    """Why a file is not moved."""

    NO_KEEPER = "no keeper"
    """Nothing of its cluster is kept."""
    KEPT = "kept"
    """A person decided to keep it meanwhile."""
    GONE = "gone"
    CHANGED = "changed"
    KEEPER_GONE = "keeper gone"
    KEEPER_CHANGED = "keeper changed"
    KEEPER_UNREADABLE = "keeper unreadable"
    KEEPER_GOES = "keeper goes"
    """What should stay in its place is to go as well."""
    SAME_FILE = "same file"
    """It is its keeper under another name: a hard link, or a name in other letters."""
    LINK = "link"
    UNKNOWN = "unknown"
    """No dataset knows the file, or not as this plan says."""
    COMPANION = "companion"
    """A file that goes along cannot go."""
    OTHER_DRIVE = "other drive"
    """It could only be copied to where it should go."""
    NO_PLACE = "no place"
    """Its drive has no Trash, and no folder can be made there."""
    DENIED = "denied"
    FULL = "full"
    NAME_TOO_LONG = "name too long"
    TAKEN = "name taken"
    BUSY = "busy"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """ShotSift ended while it was moved; it was put back."""
    NOT_A_COPY = "not a copy"
    """Only exact copies can become links."""
    NO_LINKS = "no links"
    """The file system has no links of this kind."""
    METADATA = "metadata"
    """What it says could not be written beside what stays."""
    PART = "part"
    """Only whole photographs can be marked, or become links."""


class Concern(StrEnum):
    """What a person should know before a file goes."""

    RATED_HIGHER = "rated higher"
    EDITED = "edited"
    """It was edited and its keeper was not."""
    ONLY_RAW = "only RAW"
    OTHER_DRIVE = "keeper on another drive"
    NO_TRASH = "no Trash"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that does not go, and why; ``detail`` is what the system says, or which other file is meant."""

    path: str
    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """A concern about a file of a plan; ``detail`` is a drive or a number where it has one."""

    path: str
    concern: Concern
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A photograph to go, with the files beside it that go along.

    ``size`` is bytes and ``sha256`` the digest of ``path`` itself; ``companions_size`` bytes of the others. ``keeper``
    stays in its place; None where a person rejected all of a cluster. ``destination`` is ``trash``, or the folder it
    goes to. ``object_id`` names its cluster, empty if it has none.
    """

    path: str
    companions: tuple[str, ...]
    size: int
    sha256: bytes
    basis: Basis
    reason: str
    keeper: str | None
    destination: str
    companions_size: int = 0
    object_id: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. ``refused`` is what was decided and cannot be done."""

    dataset_name: str
    end: End
    folder: str
    files: tuple[PlannedFile, ...]
    warnings: tuple[Warned, ...] = field(default=())
    refused: tuple[Refusal, ...] = field(default=())

    @property
    def count(self) -> int:
        """Files, those that go along among them."""
        return sum(1 + len(one.companions) for one in self.files)

    @property
    def size(self) -> int:
        """Bytes of all these files."""
        return sum(one.size + one.companions_size for one in self.files)
