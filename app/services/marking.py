"""Marking: a rejected photograph stays, and its XMP sidecar says that it is rejected; undone byte for byte."""

import os
from dataclasses import replace

from app.domain.deletions import DeletedFile, FileState, WrittenSidecar
from app.domain.plans import Why
from app.domain.ratings import REJECTED
from app.errors import SidecarUnusable
from app.imaging.sidecars import Change, Sidecars, is_sidecar, put_sidecar
from app.imaging.temporaries import sweep
from app.imaging.xmp import changed, fresh
from app.imaging.xmp_surveys import RATING
from app.store import Store


def mark(store: Store, entry: DeletedFile) -> DeletedFile:
    """Write into the sidecar of a photograph that it is rejected; what was in it before is kept first."""
    values = {RATING: str(REJECTED)}
    try:
        change = Sidecars().change(
            entry.path, lambda before: fresh(values) if before is None else changed(before, values)
        )
        write_sidecar(store, entry.deletion_id, change)
    except SidecarUnusable as error:
        return replace(entry, state=FileState.REFUSED, place="", fault=error.reason)
    return replace(entry, state=FileState.MARKED, place=change.path)


def write_sidecar(store: Store, deletion_id: int, change: Change) -> None:
    """Write a sidecar for a deletion, so that it can be put back with that.

    Raises:
        SidecarUnusable: it changed since it was read, or its folder cannot be written.
    """
    if not change.differs:
        return
    with store.write() as work:
        work.written_sidecars.add(deletion_id, WrittenSidecar(change.path, change.before, change.after))
    put_sidecar(change.path, change.before, change.after)


def unmark(store: Store, file: DeletedFile) -> DeletedFile:
    """Put the sidecar of a photograph back as it was; one that another program changed since is left."""
    with store.read() as work:
        written = [one for one in work.written_sidecars.of(file.deletion_id) if one.path == file.place]
    for one in written:
        if not unwrite_sidecar(store, file.deletion_id, one):
            return replace(file, fault=Why.CHANGED)
    return replace(file, state=FileState.RESTORED, target=file.path, fault="")


def unwrite_sidecar(store: Store, deletion_id: int, written: WrittenSidecar) -> bool:
    """Put back what was in a sidecar before a deletion wrote it; tell whether that could be done."""
    sweep(written.path)
    try:
        if is_sidecar(written.path, written.after):
            if written.before is None:
                os.unlink(written.path)  # noqa: PTH108 (any bytes; a sidecar that this program made, and nobody changed)
            else:
                put_sidecar(written.path, written.after, written.before)
        elif not is_sidecar(written.path, written.before):
            return False
    except (OSError, SidecarUnusable):
        return False
    with store.write() as work:
        work.written_sidecars.remove(deletion_id, written.path)
    return True


def settle_mark(store: Store, file: DeletedFile) -> DeletedFile:
    """Tell of a photograph whose marking was interrupted whether it is marked."""
    with store.read() as work:
        written = work.written_sidecars.of(file.deletion_id)
    for one in written:
        sweep(one.path)
    done = next((one for one in written if _is_of(one, file) and is_sidecar(one.path, one.after)), None)
    if done is None:
        return replace(file, state=FileState.REFUSED, place="", fault=Why.INTERRUPTED)
    return replace(file, state=FileState.MARKED, place=done.path)


def _is_of(written: WrittenSidecar, file: DeletedFile) -> bool:
    return written.path == Sidecars().find(file.path)
