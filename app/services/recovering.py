"""Recovering: what a program left that ended in the middle of a move is finished or rolled back at the next start."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.deletions import DeletedFile, FileState
from app.domain.plans import Why
from app.services.journal import (
    by_photo,
    close_deletion,
    is_file,
    record_moved,
    regroup_datasets,
    roll_back,
    tidy,
)
from app.services.linking import settle_link
from app.services.locks import is_alive
from app.services.marking import settle_mark
from app.services.moving import Trash
from app.services.restoring import record_restored
from app.store import Store


def recover(store: Store, trash: Trash) -> list[DeletedFile]:
    """Find the files that were being moved when a program ended, and settle each; give what became of them.

    A photograph of which all files had been moved is away; one of which only some had been is put back. What another
    program is moving at this moment is left to it.
    """
    with store.read() as work:
        held = work.deletions.held()
        names = {one.deletion_id: one.dataset_name for one in work.deletions.all()}
        open_files = work.deletions.unsettled()
    busy = {number for number, lock in held.items() if is_alive(*lock)}
    settled: list[DeletedFile] = []
    for photo in by_photo(file for file in open_files if file.deletion_id not in busy):
        settled += _settle(store, names[photo[0].deletion_id], photo, trash)
    for number in {*held, *(file.deletion_id for file in settled)} - busy:
        close_deletion(store, number, names[number])
    return settled


def _settle(store: Store, name: str, photo: Sequence[DeletedFile], trash: Trash) -> list[DeletedFile]:
    """Settle the files of one photograph, each by what was being done with it."""
    moving = [file for file in photo if file.state is FileState.MOVING]
    purging = [_purged(file, trash) for file in photo if file.state is FileState.PURGING]
    restoring = [_restored(file, trash) for file in photo if file.state is FileState.RESTORING]
    marking = [settle_mark(store, file) for file in photo if file.state is FileState.MARKING]
    linking = [settle_link(file) for file in photo if file.state is FileState.LINKING]
    done = [*_moved(moving, trash), *purging, *marking, *linking]
    if done:
        regroup_datasets(store, record_moved(store, name, done))
    if restoring:
        record_restored(store, name, restoring, undo=False)
    return [*done, *restoring]


def _moved(files: Sequence[DeletedFile], trash: Trash) -> list[DeletedFile]:
    if not files:
        return []
    away: list[DeletedFile] = []
    lost: list[DeletedFile] = []
    for file in files:
        place = _place(file, trash)
        if place is not None:
            away.append(replace(file, state=FileState.MOVED, place=place))
        elif not is_file(file.path, file.evidence):
            lost.append(replace(file, state=FileState.LOST))
    if len(away) == len(files):
        return away
    gone = {file.number for file in lost}
    return [*lost, *roll_back([file for file in files if file.number not in gone], away, Why.INTERRUPTED, trash)]


def _place(file: DeletedFile, trash: Trash) -> str | None:
    """Give where a file is if it is not at home: where it was to be moved to, or where the Trash put it."""
    if is_file(file.path, file.evidence):
        return None
    places: Iterable[str] = [file.place] if file.place else trash.find(file.path)
    return next((place for place in places if is_file(place, file.evidence)), None)


def _restored(file: DeletedFile, trash: Trash) -> DeletedFile:
    if is_file(file.place, file.evidence):
        return replace(file, state=FileState.MOVED, target="")
    if is_file(file.target, file.evidence):
        tidy(file.place, trash)
        return replace(file, state=FileState.RESTORED)
    return replace(file, state=FileState.LOST, target="")


def _purged(file: DeletedFile, trash: Trash) -> DeletedFile:
    if is_file(file.place, file.evidence):
        return replace(file, state=FileState.MOVED)
    tidy(file.place, trash)
    return replace(file, state=FileState.PURGED)
