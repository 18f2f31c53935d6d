"""Values for the tests of the window."""

from collections.abc import Sequence
from hashlib import sha256

from app.domain.clusters import Cluster, ClusterKind
from app.domain.datasets import Binding, BindingPhase, BindingState, Dataset, Statistics
from app.domain.files import Content, FileMeta, Header, Measures, Stamp
from app.domain.tasks import Counts, Stage, Status, Task

SECOND = 1_000_000
START = 1_700_000_000 * SECOND


def photo(file_id: int, *, width: int = 3000, height: int = 2000, seconds: float | None = None) -> FileMeta:
    name = f"IMG_{file_id:05}.jpg"
    time = None if seconds is None else START + int(seconds * SECOND)
    return FileMeta(
        file_id,
        f"/photos/{name}",
        Stamp(1_000_000 + file_id, 0, file_id),
        Content(
            sha256(name.encode()).digest(), bytes(32), Header("JPEG", width, height, capture_time=time), Measures()
        ),
    )


def cluster(first_id: int, count: int, kind: ClusterKind = ClusterKind.BURST, *, seconds: float = 0) -> Cluster:
    members = tuple(photo(first_id + i, seconds=seconds + i / 2) for i in reversed(range(count)))
    return Cluster(f"cluster-{first_id}", kind, members, 0, 0)


def clusters(sizes: Sequence[int]) -> list[Cluster]:
    return [cluster(1 + sum(sizes[:i]), size, seconds=100 * i) for i, size in enumerate(sizes)]


def dataset(name: str = "garden", *, state: BindingState = BindingState.RUNNING, found: int = 2) -> Dataset:
    phase = BindingPhase.INCREMENTAL
    binding = Binding(name, f"/photos/{name}", state, phase, "", 0, 0)
    return Dataset(name, name.title(), 0, 0, bindings=(binding,), statistics=Statistics(40, 9_000_000, found, 2))


def task(task_id: str = "t1", status: Status = Status.RUNNING, stage: Stage = Stage.READ, *, code: str = "") -> Task:
    ended = status is not Status.RUNNING
    return Task(
        task_id,
        "garden",
        status,
        stage,
        progress=100 if ended else 40,
        done=40,
        total=100,
        code=code,
        message="The drive was removed." if code else "",
        start_time=1_700_000_000 * 10**9,
        end_time=1_700_000_050 * 10**9 if ended else None,
        event_id="e1",
        counts=Counts(scanned=100, read=40, skipped=2, clusters=84),
    )
