"""Step 1, scan: walk the folders of a dataset and tell, by stamps, what is new, changed, moved and gone."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.companions import Companion
from app.domain.datasets import BindingState
from app.domain.files import Compared, FileStatus, KnownFile, Stamp
from app.domain.suffixes import claims_picture
from app.domain.tasks import Stage
from app.events import Noun
from app.progress import SILENT, Progress
from app.services import binding_states
from app.services.companions import Companions, gather
from app.services.devices import Devices
from app.services.limits import Room, room_of
from app.services.walking import Walk, stamp_of
from app.settings import Settings
from app.store import Store


@dataclass(slots=True)
class Found:
    """What a scan found, by path: files to read, those of them that were known otherwise, and known files not seen.

    ``away`` are those not seen whose device is not here, and ``moves`` files seen elsewhere than they were known.
    ``noted`` are files seen on a device that was not known of them, as numbers, inodes and devices, and ``replaced``
    the devices that such files were known on. ``left`` are new files that the dataset has no room for. ``joined`` are
    known files that turned out to be companions, which are no loss, and ``companions`` those that photographs got or
    no longer have.
    """

    to_read: dict[str, Stamp] = field(default_factory=dict)
    changed: dict[str, KnownFile] = field(default_factory=dict)
    missing: dict[str, KnownFile] = field(default_factory=dict)
    away: dict[str, KnownFile] = field(default_factory=dict)
    moves: dict[str, KnownFile] = field(default_factory=dict)
    noted: list[tuple[int, int, str]] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)
    joined: dict[str, KnownFile] = field(default_factory=dict)
    companions: dict[str, tuple[Companion, ...]] = field(default_factory=dict)
    unchanged: int = 0
    gone: int = 0
    seen: int = 0

    @property
    def moved(self) -> int:
        return sum(file.is_picture for file in self.moves.values())


def scan(store: Store, dataset_name: str, progress: Progress) -> Found:
    """Compare a dataset with its folders; moves and losses are in the catalogue afterwards, new files are not yet.

    A folder that cannot be opened loses nothing, nor does a drive that is not connected: the binding waits with the
    reason.
    """
    found = _look_around(store, dataset_name, progress)
    _settle(store, dataset_name, found)
    return found


def has_changed(store: Store, dataset_name: str) -> bool:
    """Tell whether a scan of a dataset would find anything new, changed, moved or gone, or a task has work left."""
    found = _look_around(store, dataset_name, SILENT)
    if found.to_read or found.missing or found.moves or found.joined or found.companions:
        return True
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        return bool(
            work.contents.uncompared(dataset_id, Compared.FULLY)
            or work.contents.ungrouped(dataset_id)
            or work.contents.unscored(dataset_id)
        )


def _look_around(store: Store, dataset_name: str, progress: Progress) -> Found:
    """Walk the folders of a dataset, and note with each binding whether it could be seen."""
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        dataset = work.datasets.get(dataset_name)
    bindings = dataset.bindings
    look, walk = _Look(store, dataset_id), Walk(Settings.load(store.data_dir).left_out)
    binding_states.note_begun(store, dataset_name)
    closed: dict[str, list[str]] = {}
    for binding in bindings:
        if binding.state is BindingState.STOPPED:
            walk.closed.append(binding.path)
            continue
        closed_before = len(walk.closed)
        for folder, files in walk.folders(binding.path):
            look.at_folder(folder, files)
            progress.report(Stage.SCAN, look.found.seen, 0)
        closed[binding.path] = walk.closed[closed_before:]
    look.at_the_rest(walk, [binding.path for binding in bindings])
    look.sort_out()
    _leave_what_does_not_fit(look.found, room_of(dataset))
    away = [path for path, file in look.found.away.items() if file.is_picture]
    binding_states.note_looked(store, dataset_name, closed, away, look.found.left)
    progress.report(Stage.SCAN, look.found.seen, look.found.seen)
    return look.found


class _Look:
    """Compares what is there with what is known of it."""

    def __init__(self, store: Store, dataset_id: int) -> None:
        self.found = Found()
        self._store = store
        self._dataset_id = dataset_id
        self._devices = Devices()
        self._companions = Companions()
        self._parts: set[Stamp] = set()

    def at_folder(self, folder: str, files: dict[str, Stamp]) -> None:
        """Compare one folder that was seen with what is known of it."""
        known = self._known_in(folder)
        gathered = gather(files, known)
        for path, stamp in files.items():
            before = known.get(path)
            if path in gathered.parts and not (before and before.manual):
                self._join(stamp, before)
                continue
            self.found.seen += 1
            self._compare(path, stamp, before)
            self._note(path, before, gathered.companions.get(path, ()))
        for path in known.keys() - files.keys():
            self._look_at(known[path])

    def at_the_rest(self, walk: Walk, roots: Sequence[str]) -> None:
        """Look at known folders where the walk has not been: deleted ones, and those whose binding is gone.

        A file counts as lost only where its place can be seen: below a bound folder that is there, or in a folder that
        is. In folders that are left out only what was asked for by hand stays.
        """
        with self._store.read() as work:
            rest = [folder for folder in work.places.folders(self._dataset_id) if folder not in walk.visited]
        seen = [root for root in roots if root in walk.visited]
        for folder in rest:
            if any(Path(folder).is_relative_to(closed) for closed in walk.closed):
                continue
            above = [root for root in seen if Path(folder).is_relative_to(root)]
            left_out = any(walk.leaves_out(folder, root) for root in above)
            in_sight = bool(above) or Path(folder).is_dir()
            for path, file in self._known_in(folder).items():
                stamp = stamp_of(path) if file.manual or not left_out else None
                if stamp is not None:
                    self._compare(path, stamp, file)
                    self._note(path, file, self._companions.of(path))
                elif in_sight:
                    self.found.missing[path] = file

    def _look_at(self, file: KnownFile) -> None:
        """Look at a known file that a walk passes by: it is missing, unless it was asked for by hand and is there."""
        stamp = stamp_of(file.path) if file.manual else None
        if stamp is None:
            self.found.missing[file.path] = file
        else:
            self._compare(file.path, stamp, file)

    def _join(self, stamp: Stamp, before: KnownFile | None) -> None:
        """Pass by a companion; one that was a file of its own is that no longer, unless it was taken out as one."""
        self._parts.add(stamp)
        if before is not None and before.status is not FileStatus.REMOVED:
            self.found.joined[before.path] = before

    def _note(self, path: str, before: KnownFile | None, companions: tuple[Companion, ...]) -> None:
        if companions != (before.companions if before else ()):
            self.found.companions[path] = companions

    def sort_out(self) -> None:
        """Tell files whose device is not here, and files that moved, from those that are gone; keep the devices."""
        found = self.found
        for path, file in list(found.missing.items()):
            if file.device not in {"", self._device_of(path)} | found.replaced:
                found.away[path] = found.missing.pop(path)
        for path, file in list(found.missing.items()):
            if file.stamp in self._parts:
                found.joined[path] = found.missing.pop(path)
        self._find_moves()
        if found.noted:
            with self._store.write() as work:
                work.places.note_seen(found.noted)

    def _find_moves(self) -> None:
        """A move keeps size, time and inode: the file is known, only its place is new.

        A file whose device is not where it was may be found with its device, mounted elsewhere.
        """
        found = self.found
        sought = {file.stamp: file for file in found.missing.values()}
        away = {(file.stamp, file.device): file for file in found.away.values()}
        for path, stamp in list(found.to_read.items()):
            device = self._device_of(path)
            file = sought.pop(stamp, None) or away.pop((stamp, device), None)
            if file is None:
                continue
            found.moves[path] = file
            if file.companions:
                found.companions.setdefault(path, ())
            if file.device != device:
                found.noted.append((file.file_id, stamp.inode, device))
            (found.missing if file.path in found.missing else found.away).pop(file.path)
            del found.to_read[path]

    def _compare(self, path: str, stamp: Stamp, before: KnownFile | None) -> None:
        device = self._device_of(path)
        if before is None or not _is_same(before, stamp, device):
            self.found.to_read[path] = stamp
            if before is not None:
                self.found.changed[path] = before
            return
        self.found.unchanged += before.is_picture
        if before.device != device:
            self.found.noted.append((before.file_id, stamp.inode, device))
            self.found.replaced |= {before.device} - {""}

    def _known_in(self, folder: str) -> dict[str, KnownFile]:
        with self._store.read() as work:
            return work.places.known_in(self._dataset_id, folder)

    def _device_of(self, path: str) -> str:
        return self._devices.of(os.path.dirname(path))  # noqa: PTH120 (as text, which is quick)


def _is_same(before: KnownFile, stamp: Stamp, device: str) -> bool:
    """Tell whether a file is as it was; its inode says so only on the same device."""
    inode = stamp.inode if before.device == device else before.stamp.inode
    return before.stamp == Stamp(stamp.size, stamp.mtime_ns, inode)


def note_read(store: Store, dataset_name: str, found: Found) -> None:
    """Note that all that a scan found has been read, and what goes with it."""
    if found.companions:
        with store.write() as work:
            work.places.note_companions(work.datasets.id_of(dataset_name), found.companions)
            work.announce(Noun.FILES, dataset_name)
    binding_states.note_whole(store, dataset_name)


def _leave_what_does_not_fit(found: Found, room: Room) -> None:
    """Take new files in their order as far as the limits of the dataset allow; what is gone has made room.

    What is no picture by its name takes no room: hardly any such file is one.
    """
    taking = {FileStatus.INDEXED, FileStatus.UNREADABLE}
    gone = [file for file in (found.missing | found.joined).values() if file.status in taking]
    room.files += len(gone)
    room.size += sum(file.stamp.size for file in gone if file.status is FileStatus.INDEXED)
    for path, stamp in list(found.to_read.items()):
        if path not in found.changed and claims_picture(path) and not room.take(stamp.size):
            found.left.append(path)
            found.companions.pop(path, None)
            del found.to_read[path]


def _settle(store: Store, dataset_name: str, found: Found) -> None:
    """Put moves and losses into the catalogue, and forget what turned out to be a companion."""
    lost = [*found.missing.values(), *(found.changed[path] for path in found.moves if path in found.changed)]
    found.gone = sum(file.is_picture for file in lost)
    if not (found.moves or lost or found.joined):
        return
    with store.write() as work:
        work.files.remove([file.file_id for file in [*lost, *found.joined.values()]])
        for path, file in found.moves.items():
            work.places.move(file.file_id, path)
        work.announce(Noun.FILES, dataset_name)
