"""Restoring: photographs of a deletion go back to their places, or beside them where another file is by now."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from app.domain.decisions import DecidedFile, Decision, Scope
from app.domain.deletions import DeletedFile, Deletion, FileState
from app.domain.steps import Change
from app.domain.times import now
from app.errors import InvalidArgument
from app.events import Noun
from app.services.journal import (
    Told,
    by_photo,
    close_deletion,
    in_quarantine,
    is_file,
    photos_by_deletion,
    silent,
    tidy,
)
from app.services.linking import unlink
from app.services.locks import is_alive, own_lock
from app.services.marking import unmark, unwrite_sidecar
from app.services.moving import Trash, beside_all, move
from app.store import Store

_BATCH = 128


@dataclass(slots=True)
class Restored:
    """What became of files: back in their places, back beside them, gone for good, or still away with a fault."""

    back: list[DeletedFile] = field(default_factory=list)
    beside: list[DeletedFile] = field(default_factory=list)
    lost: list[DeletedFile] = field(default_factory=list)
    refused: list[DeletedFile] = field(default_factory=list)

    def add(self, file: DeletedFile) -> None:
        """Put a file to its like."""
        if file.state is FileState.RESTORED:
            (self.back if file.target == file.path else self.beside).append(file)
        elif file.state is FileState.LOST:
            self.lost.append(file)
        else:
            self.refused.append(file)


def restore(
    store: Store,
    deletion_id: int,
    trash: Trash,
    *,
    photos: Collection[int] | None = None,
    undo: bool = False,
    told: Told = silent,
) -> Restored:
    """Put the photographs of a deletion back, all or those of some numbers, with their times and companions.

    They count as kept from then on, so that nothing proposes them again; with ``undo`` they are decided as they were
    before they went.

    Raises:
        ResourceNotFound: there is no such deletion.
        InvalidArgument: another program works on it.
        Cancelled: ``told`` asked to stop; what is back is back.
    """
    done = Restored()
    with _held(store, deletion_id) as deletion:
        with store.read() as work:
            files = work.deletions.files(deletion_id, [FileState.MOVED, FileState.MARKED, FileState.LINKED])
        wanted = [own for own in by_photo(files) if photos is None or own[0].photo in photos]
        for start in range(0, len(wanted), _BATCH):
            told(start, len(wanted))
            for file in _put_back(store, deletion, wanted[start : start + _BATCH], trash, undo=undo):
                done.add(file)
        told(len(wanted), len(wanted))
        _take_back_bequests(store, deletion_id)
    return done


def _take_back_bequests(store: Store, deletion_id: int) -> None:
    """Put the sidecars of keepers back as they were, once all is back; one that was changed since stays."""
    with store.read() as work:
        away = work.deletions.get(deletion_id).files
        written = [] if away else work.written_sidecars.of(deletion_id)
    for one in written:
        unwrite_sidecar(store, deletion_id, one)


def purge(store: Store, deletion_id: int, trash: Trash, told: Told = silent) -> int:
    """Delete for good what a deletion moved to our own folders, and only that; tell how many bytes that was.

    Raises:
        ResourceNotFound: there is no such deletion.
        InvalidArgument: another program works on it.
    """
    freed = 0
    with _held(store, deletion_id):
        with store.read() as work:
            files = [one for one in work.deletions.files(deletion_id, [FileState.MOVED]) if in_quarantine(one.place)]
        for start in range(0, len(files), _BATCH):
            told(start, len(files))
            batch = files[start : start + _BATCH]
            _note(store, [replace(file, state=FileState.PURGING) for file in batch])
            done = [_purged(file, trash) for file in batch]
            _note(store, done)
            freed += sum(file.evidence.size for file in done if file.state is FileState.PURGED)
        told(len(files), len(files))
    return freed


@contextmanager
def _held(store: Store, deletion_id: int) -> Iterator[Deletion]:
    """Take a deletion for this process alone."""
    with store.write() as work:
        deletion = work.deletions.get(deletion_id)
        lock = work.deletions.held().get(deletion_id)
        if lock is not None and is_alive(*lock):
            raise InvalidArgument("Another program works on this deletion. Try again when it is done.")
        work.deletions.hold(deletion_id, own_lock())
    try:
        yield deletion
    finally:
        close_deletion(store, deletion_id, deletion.dataset_name)


def _put_back(
    store: Store, deletion: Deletion, photos: Sequence[Sequence[DeletedFile]], trash: Trash, *, undo: bool
) -> list[DeletedFile]:
    """Put back some photographs; the journal says first where to, and then what became of each file."""
    in_place = [file for own in photos for file in own if file.state is not FileState.MOVED]
    planned: list[DeletedFile] = []
    taken: set[str] = set()
    for own in photos:
        if own[0].state is not FileState.MOVED:
            continue
        targets = beside_all([file.path for file in own], taken)
        taken |= set(targets.values())
        planned += [replace(file, state=FileState.RESTORING, target=targets[file.path]) for file in own]
    _note(store, planned)
    done = [_moved_back(file, trash) for file in planned]
    done += [unmark(store, file) if file.state is FileState.MARKED else unlink(file) for file in in_place]
    record_restored(store, deletion.dataset_name, done, undo=undo)
    return done


def _moved_back(file: DeletedFile, trash: Trash) -> DeletedFile:
    if not is_file(file.place, file.evidence):
        return replace(file, state=FileState.LOST, target="")
    try:
        os.makedirs(os.path.dirname(file.target), exist_ok=True)  # noqa: PTH103, PTH120 (any bytes)
        move(file.place, file.target)
    except OSError as error:
        return replace(file, state=FileState.MOVED, target="", fault=error.strerror or str(error))
    tidy(file.place, trash)
    return replace(file, state=FileState.RESTORED, fault="")


def record_restored(store: Store, dataset_name: str, files: Sequence[DeletedFile], *, undo: bool) -> None:
    """Write down what became of files that were put back, and what counts as decided on them now."""
    faces = [file for file in files if file.state is FileState.RESTORED and not file.companion]
    with store.write() as work:
        work.deletions.record(files)
        if dataset_name in work.datasets.names():
            dataset_id = work.datasets.id_of(dataset_name)
            changes = [_decided_again(file, undo=undo) for file in faces]
            work.decisions.change(dataset_id, changes)
            for deletion_id, count in photos_by_deletion(faces).items():
                work.decisions.count_step(deletion_id, -count)
        work.announce(Noun.DELETIONS, dataset_name)


def _decided_again(file: DeletedFile, *, undo: bool) -> Change:
    """Decide on a file that is back: as before it went, or that it is kept."""
    before = file.decided
    if undo:
        moved = before is not None and before.path == file.path
        return Change(None, replace(before, path=file.target) if before is not None and moved else before)
    if before is not None and before.path != file.path:  # the RAW file of a photograph, of which nothing is decided now
        return Change(None, replace(before, decision=Decision.KEEP, scope=Scope.WHOLE, alone=False, moment=now()))
    return Change(None, DecidedFile(file.evidence.sha256, file.target, Decision.KEEP, now()))


def _purged(file: DeletedFile, trash: Trash) -> DeletedFile:
    if not is_file(file.place, file.evidence):
        return replace(file, state=FileState.LOST)
    try:
        os.unlink(file.place)  # noqa: PTH108 (any bytes)
    except OSError as error:
        return replace(file, state=FileState.MOVED, fault=error.strerror or str(error))
    tidy(file.place, trash)
    return replace(file, state=FileState.PURGED)


def _note(store: Store, files: Sequence[DeletedFile]) -> None:
    with store.write() as work:
        work.deletions.record(files)
