"""Steps 2 and 3, read and index: new files go through the isolated readers into the catalogue, batch by batch."""

import os
import time
from collections import defaultdict

from app.domain.files import FileStatus, Stamp
from app.domain.tasks import Stage
from app.events import Noun
from app.imaging.readers import Readers
from app.imaging.readings import STILL_WRITTEN, Answer, NoPicture, Reading, Unreadable, Vanished
from app.progress import Progress
from app.services.devices import Devices
from app.services.walking import stamp_of
from app.store import Store, Work

_BATCH_FILES = 200
_BATCH_SECONDS = 0.5
_YOUNG_SECONDS = 3.0
"""How old a file must be that cannot be read, until it is taken for damaged: what writes it may pause."""
_READ_AGAIN = -1
"""The time of a file that has to be read again by the next task, whatever its own time is."""


def index_files(
    store: Store, dataset_name: str, to_read: dict[str, Stamp], readers: Readers, progress: Progress
) -> int:
    """Read files and keep what comes back, also when the task is stopped; give how many pictures were opened."""
    read, devices = 0, Devices()
    batch: list[tuple[str, Answer]] = []
    begun = time.monotonic()
    try:
        for done, answered in enumerate(readers.read(to_read), start=1):
            batch.append(answered)
            progress.report(Stage.READ, done, len(to_read))
            if len(batch) >= _BATCH_FILES or time.monotonic() - begun > _BATCH_SECONDS:
                full, batch, begun = batch, [], time.monotonic()
                read += _keep(store, dataset_name, full, to_read, devices)
    finally:
        read += _keep(store, dataset_name, batch, to_read, devices)
    return read


def _keep(
    store: Store, dataset_name: str, batch: list[tuple[str, Answer]], stamps: dict[str, Stamp], devices: Devices
) -> int:
    """Put a batch into the catalogue, its thumbnails first, so that none is missing if the program ends between."""
    if not batch:
        return 0
    store.thumbnails.put(
        {answer.content.sha256: answer.thumbnail for _, answer in batch if isinstance(answer, Reading)}
    )
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        for path, answer in batch:
            _keep_one(work, dataset_id, path, answer, stamps[path])
        for device, paths in _by_device(batch, devices).items():
            work.places.note_device(dataset_id, paths, device)
        work.announce(Noun.FILES, dataset_name)
    return sum(not isinstance(answer, NoPicture | Vanished) for _, answer in batch)


def _by_device(batch: list[tuple[str, Answer]], devices: Devices) -> dict[str, list[str]]:
    paths: dict[str, list[str]] = defaultdict(list)
    for path, _ in batch:
        paths[devices.of(os.path.dirname(path))].append(path)  # noqa: PTH120 (as text, which is quick)
    return paths


def _keep_one(work: Work, dataset_id: int, path: str, answer: Answer, scanned: Stamp) -> None:
    if _is_being_written(path, answer, scanned):
        answer = STILL_WRITTEN
    match answer:
        case Reading():
            work.files.put_read(dataset_id, path, answer.stamp, answer.content)
        case NoPicture():
            work.files.put_unread(dataset_id, path, answer.stamp, FileStatus.OTHER, "")
        case Unreadable():
            stamp = scanned if answer.final else Stamp(scanned.size, _READ_AGAIN, scanned.inode)
            work.files.put_unread(dataset_id, path, stamp, FileStatus.UNREADABLE, answer.reason)
        case Vanished():
            pass  # the next scan will find it gone


def _is_being_written(path: str, answer: Answer, scanned: Stamp) -> bool:
    """Tell whether a file changed since it was scanned, or cannot be read and is so young that it may be unfinished."""
    match answer:
        case Reading() | NoPicture():
            return answer.stamp != scanned
        case Unreadable(final=True):
            now = stamp_of(path)
            return now is not None and (now != scanned or abs(time.time() - now.mtime_ns / 1e9) < _YOUNG_SECONDS)
        case _:
            return False
