"""Step 1, scan: walk the folders of a dataset and tell, by stamps, what is new, changed, moved and gone."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.datasets import Binding, BindingPhase, BindingState
from app.domain.files import FileStatus, KnownFile, Stamp
from app.domain.tasks import Stage
from app.events import Noun
from app.progress import SILENT, Progress
from app.store import Store

LEFT_OUT = frozenset(
    {
        "$recycle.bin",
        "@eadir",
        "#recycle",
        "#snapshot",
        "lost+found",
        "system volume information",
        "thumbs",
        "__macosx",
    }
)
"""Folders that hold no photographs of a person's, in lower case; hidden folders are left out too."""
_NO_PICTURES = {FileStatus.OTHER, FileStatus.REMOVED}
"""Files that are known and do not count."""


@dataclass(slots=True)
class Found:
    """What a scan found, by path: files to read, those of them that were known otherwise, and known files not seen."""

    to_read: dict[str, Stamp] = field(default_factory=dict)
    changed: dict[str, KnownFile] = field(default_factory=dict)
    missing: dict[str, KnownFile] = field(default_factory=dict)
    unchanged: int = 0
    moved: int = 0
    gone: int = 0
    seen: int = 0


@dataclass(slots=True)
class _Walk:
    """Where a walk has been: folders seen whole, and folders that could not be listed."""

    visited: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)


def scan(store: Store, dataset_name: str, progress: Progress) -> Found:
    """Compare a dataset with its folders; moves and losses are in the catalogue afterwards, new files are not yet.

    A folder that cannot be opened loses nothing: its binding waits with the reason.
    """
    found = _look_around(store, dataset_name, progress)
    _settle(store, dataset_name, found)
    return found


def has_changed(store: Store, dataset_name: str) -> bool:
    """Tell whether a scan of a dataset would find anything new, changed, moved or gone, or a task has work left."""
    found = _look_around(store, dataset_name, SILENT)
    if found.to_read or found.missing:
        return True
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        return bool(
            work.contents.unmatched(dataset_id)
            or work.contents.ungrouped(dataset_id)
            or work.contents.unscored(dataset_id)
        )


def _look_around(store: Store, dataset_name: str, progress: Progress) -> Found:
    """Walk the folders of a dataset, and note with each binding whether it could be seen."""
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        bindings = work.bindings.of(dataset_name)
    found, walk = Found(), _Walk()
    for binding in bindings:
        if binding.state is BindingState.STOPPED:
            walk.closed.append(binding.path)
            continue
        _note(store, binding, BindingState.RUNNING, binding.reason)
        closed_before = len(walk.closed)
        for folder, entries in _folders(binding.path, walk):
            _compare(store, dataset_id, folder, entries, found)
            progress.report(Stage.SCAN, found.seen, 0)
        _note_state(store, binding, walk.closed[closed_before:])
    _visit_the_rest(store, dataset_id, walk, bindings, found)
    progress.report(Stage.SCAN, found.seen, found.seen)
    return found


def _folders(root: str, walk: _Walk) -> Iterator[tuple[str, dict[str, Stamp]]]:
    """Give each folder under a root with the stamps of its regular files; links are not followed."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        if folder in walk.visited:
            continue
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            walk.closed.append(folder)
            continue
        walk.visited.add(folder)
        files: dict[str, Stamp] = {}
        below: list[str] = []
        for entry in listed:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and entry.name.lower() not in LEFT_OUT:
                    below.append(entry.path)
            elif (stamp := stamp_of(entry.path)) is not None:
                files[entry.path] = stamp
        yield folder, files
        waiting.extend(reversed(below))


def _compare(store: Store, dataset_id: int, folder: str, files: dict[str, Stamp], found: Found) -> None:
    """Compare one folder with what is known of it."""
    with store.read() as work:
        known = work.files.known_in(dataset_id, folder)
    for path, stamp in files.items():
        found.seen += 1
        _compare_file(path, stamp, known.get(path), found)
    found.missing.update((path, file) for path, file in known.items() if path not in files)


def _compare_file(path: str, stamp: Stamp, before: KnownFile | None, found: Found) -> None:
    if before is None or before.stamp != stamp:
        found.to_read[path] = stamp
        if before is not None:
            found.changed[path] = before
    elif before.status not in _NO_PICTURES:
        found.unchanged += 1


def _visit_the_rest(store: Store, dataset_id: int, walk: _Walk, bindings: list[Binding], found: Found) -> None:
    """Look at known folders where the walk has not been: deleted ones, and those whose binding is gone.

    A file counts as lost only where its place can be seen: below a bound folder that is there, or in a folder that is.
    """
    roots = [binding.path for binding in bindings if binding.path in walk.visited]
    with store.read() as work:
        rest = [folder for folder in work.files.folders(dataset_id) if folder not in walk.visited]
    for folder in rest:
        if any(Path(folder).is_relative_to(closed) for closed in walk.closed):
            continue
        in_sight = Path(folder).is_dir() or any(Path(folder).is_relative_to(root) for root in roots)
        with store.read() as work:
            known = work.files.known_in(dataset_id, folder)
        for path, file in known.items():
            stamp = stamp_of(path)
            if stamp is not None:
                _compare_file(path, stamp, file, found)
            elif in_sight:
                found.missing[path] = file


def stamp_of(path: str) -> Stamp | None:
    """Give the stamp of a regular file; links, pipes, sockets and devices have none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def note_read(store: Store, dataset_name: str) -> None:
    """Note that all that a scan found has been read: the bindings that it could see go on with what changes."""
    with store.read() as work:
        bindings = work.bindings.of(dataset_name)
    for binding in bindings:
        if binding.state is BindingState.RUNNING:
            _note(store, binding, binding.state, binding.reason, BindingPhase.INCREMENTAL)


def _note_state(store: Store, binding: Binding, closed: list[str]) -> None:
    """Note with a binding whether its folder could be seen whole."""
    if not closed:
        _note(store, binding, BindingState.RUNNING, "")
    elif closed[0] == binding.path:
        _note(store, binding, BindingState.RETRYING, "The folder cannot be opened; is its drive connected?")
    else:
        _note(store, binding, BindingState.RUNNING, f"Folders that cannot be opened: {len(closed)}")


def _note(store: Store, binding: Binding, state: BindingState, reason: str, phase: BindingPhase | None = None) -> None:
    """Note what a binding is doing, unless it was paused or removed meanwhile."""
    with store.write() as work:
        now_kept = {one.path: one for one in work.bindings.of(binding.dataset_name)}.get(binding.path)
        if now_kept is None or now_kept.state is BindingState.STOPPED:
            return
        if work.bindings.set_state(now_kept, state, phase or now_kept.phase, reason):
            work.announce(Noun.BINDINGS, binding.dataset_name)


def _settle(store: Store, dataset_name: str, found: Found) -> None:
    """Tell moves from losses, and put both into the catalogue.

    A move keeps size, time and inode: the file is known, only its place is new.
    """
    sought = {file.stamp: file for file in found.missing.values()}
    moves = {path: file for path, stamp in found.to_read.items() if (file := sought.pop(stamp, None)) is not None}
    kept = {file.file_id for file in moves.values()}
    lost = [file for file in found.missing.values() if file.file_id not in kept]
    lost += [found.changed[path] for path in moves if path in found.changed]
    found.moved = sum(file.status not in _NO_PICTURES for file in moves.values())
    found.gone = sum(file.status not in _NO_PICTURES for file in lost)
    for path in moves:
        del found.to_read[path]
    if not (moves or lost):
        return
    with store.write() as work:
        work.files.remove([file.file_id for file in lost])
        for path, file in moves.items():
            work.files.move(file.file_id, path)
        work.announce(Noun.FILES, dataset_name)
