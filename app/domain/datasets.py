"""Datasets and their bound folders (contract: Dataset, Binding)."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from app.domain.judgements import BALANCED, Ranking
from app.domain.pairs import AS_USUAL, Alikeness
from app.errors import InvalidArgument

PROJECT_NAME = "default"
MAX_BINDINGS = 10
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,127}")


class BindingState(StrEnum):
    """Life of a binding in the contract's words."""

    READY = "Ready"
    RUNNING = "Running"
    RETRYING = "Retrying"
    STOPPED = "Stopped"
    FAILED = "Failed"
    DELETED = "Deleted"


class BindingPhase(StrEnum):
    """Whether the folder was seen whole yet."""

    FULL = "FullScanning"
    INCREMENTAL = "IncrementalScanning"


@dataclass(frozen=True, slots=True)
class Binding:
    """A watched folder of a dataset. ``path`` is absolute; times are nanoseconds since the epoch."""

    dataset_name: str
    path: str
    state: BindingState
    phase: BindingPhase
    reason: str
    create_time: int
    update_time: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Numbers of a dataset: indexed pictures, their bytes, clusters, and files that cannot be read."""

    files: int = 0
    size: int = 0
    clusters: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a dataset takes. Entities and relations are kept and told, not enforced: there are none here."""

    bind_count: int = MAX_BINDINGS
    file_count: int = 100_000_000
    entity_count: int = 10_000_000_000
    relation_count: int = 100_000_000_000
    total_file_size: int = 90_000_000_000_000_000


@dataclass(frozen=True, slots=True)
class Dataset:
    """A named set of photographs with its own clusters. ``title`` is what a person reads."""

    name: str
    description: str
    create_time: int
    update_time: int
    template_id: str = ""
    limits: Limits = Limits()
    alikeness: Alikeness = AS_USUAL
    ranking: Ranking = BALANCED
    bindings: tuple[Binding, ...] = ()
    statistics: Statistics = Statistics()

    @property
    def title(self) -> str:
        return self.description or self.name

    @property
    def offline(self) -> bool:
        """Whether one of its folders cannot be opened now."""
        return any(binding.state is BindingState.RETRYING for binding in self.bindings)


def check_dataset_name(name: str) -> str:
    """Return ``name`` if it follows the contract's rule.

    Raises:
        InvalidArgument: it does not.
    """
    if not _NAME.fullmatch(name):
        raise InvalidArgument(
            f"The dataset name {name!r} is not valid: 1 to 128 of A-Z, a-z, 0-9, _ and -, beginning with a letter or _."
        )
    return name


def check_description(description: str) -> str:
    """Return ``description`` if the contract takes it.

    Raises:
        InvalidArgument: it is longer than 256 characters.
    """
    if len(description) > 256:
        raise InvalidArgument(f"The description has {len(description)} characters; 256 are allowed.")
    return description


def slug(folder_name: str, taken: Container[str] = ()) -> str:
    """Make a free dataset name out of a folder's name."""
    ascii_name = unicodedata.normalize("NFKD", folder_name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9_]+", "-", ascii_name).strip("-").lower()[:100] or "photos"
    base = words if _NAME.fullmatch(words) else f"_{words}"
    return next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)
