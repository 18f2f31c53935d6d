"""The path of a photograph: what one clustering task does, whoever started it.

It may be stopped or killed at any point and run again: each step commits in batches and takes up what is left.
"""

import time
from dataclasses import dataclass

from app.domain.tasks import Counts, Stage, Timings
from app.imaging.readers import Readers
from app.progress import SILENT, Progress
from app.services.describing import describe_pictures
from app.services.grouping import group
from app.services.indexing import index_files
from app.services.measuring import measure_members
from app.services.relating import relate, relate_by_hash
from app.services.scanning import note_read, scan
from app.services.scoring import score
from app.store import Store


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found, and the seconds it took."""

    counts: Counts
    timings: Timings


def cluster_photographs(store: Store, dataset_name: str, readers: Readers, progress: Progress = SILENT) -> Outcome:
    """Bring the clusters of a dataset up to date with its folders.

    Raises:
        ResourceNotFound: there is no such dataset.
        Cancelled: ``progress`` asked to stop; what is done is kept.
    """
    watch = _Watch()
    found = scan(store, dataset_name, progress)
    scanned = watch.lap()
    opened = index_files(store, dataset_name, found.to_read, readers, progress)
    note_read(store, dataset_name, found)
    read = watch.lap()
    relate_by_hash(store, dataset_name, progress)
    group(store, dataset_name, progress, Stage.FIRST)
    first = watch.total()
    describe_pictures(store, dataset_name, readers, progress)
    relate(store, dataset_name, readers, progress)
    group(store, dataset_name, progress)
    matched = watch.lap()
    measure_members(store, dataset_name, readers, progress)
    score(store, dataset_name, progress)
    scored = watch.lap()
    progress.report(Stage.ANNOUNCE, 1, 1)
    with store.read() as work:
        statistics = work.datasets.get(dataset_name).statistics
    counts = Counts(
        scanned=opened + found.unchanged + found.moved,
        read=opened,
        unchanged=found.unchanged,
        moved=found.moved,
        gone=found.gone,
        skipped=statistics.skipped,
        clusters=statistics.clusters,
    )
    return Outcome(counts, Timings(scanned, read, first, matched, scored, watch.total()))


class _Watch:
    """Seconds since the last lap, and since the start."""

    def __init__(self) -> None:
        self._start = self._lap = time.monotonic()

    def lap(self) -> float:
        before, self._lap = self._lap, time.monotonic()
        return round(self._lap - before, 3)

    def total(self) -> float:
        return round(time.monotonic() - self._start, 3)
