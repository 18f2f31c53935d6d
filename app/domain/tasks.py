"""A task: a durable run of background work that a person sees (contract: TaskInfo)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from app.domain.messages import Notification
from app.errors import InvalidArgument

TASK_TYPE = "SimilarImageClustering"
MAX_USER_DATA_BYTES = 2048
RETENTION_NS = 7 * 24 * 3600 * 10**9


class Status(StrEnum):
    """The three states of the contract; a waiting task is Running, a cancelled one Failed."""

    RUNNING = "Running"
    SUCCEEDED = "Succeeded"
    FAILED = "Failed"


class Stage(StrEnum):
    """Where a running task is, in the order of the path of a photograph."""

    WAITING = "waiting"
    SCAN = "scan"
    READ = "read"
    FIRST = "first"
    """The quick look: clusters that hashes alone prove."""
    DESCRIBE = "describe"
    CANDIDATES = "candidates"
    RELATE = "relate"
    GROUP = "group"
    MEASURE = "measure"
    SCORE = "score"
    ANNOUNCE = "announce"


@dataclass(frozen=True, slots=True)
class Counts:
    """What one run found. ``scanned`` is ``read + unchanged + moved``; ``read`` includes failures."""

    scanned: int = 0
    read: int = 0
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    skipped: int = 0
    clusters: int = 0


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds of one run; ``first``: until the first clusters were in the catalogue."""

    scan: float = 0.0
    read: float = 0.0
    first: float = 0.0
    match: float = 0.0
    score: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Task:
    """One clustering task. Times are nanoseconds since the epoch; ``progress`` is 0 to 100."""

    task_id: str
    dataset_name: str
    status: Status
    stage: Stage
    progress: int
    done: int
    total: int
    code: str
    message: str
    start_time: int
    end_time: int | None
    event_id: str
    user_data: str = ""
    tags: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    request_id: str = ""
    notification: Notification = field(default_factory=Notification)
    cancel_requested: bool = False
    counts: Counts = Counts()
    timings: Timings = Timings()


class TaskSort(StrEnum):
    """What tasks may be sorted by."""

    TASK_ID = "TaskId"
    START_TIME = "StartTime"
    END_TIME = "EndTime"


Span = tuple[int | None, int | None]
"""From and to, both included, in nanoseconds since the epoch; None is open."""


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks, and in what order. ``tags``: those that they must have, as text."""

    status: Status | None = None
    tags: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    started: Span = (None, None)
    ended: Span = (None, None)
    sort: TaskSort = TaskSort.TASK_ID
    descending: bool = False


def check_user_data(text: str) -> str:
    """Return a caller's data if the contract takes it.

    Raises:
        InvalidArgument: it is longer than 2048 bytes.
    """
    size = len(text.encode())
    if size > MAX_USER_DATA_BYTES:
        raise InvalidArgument(f"UserData has {size} bytes; {MAX_USER_DATA_BYTES} are allowed.")
    return text
