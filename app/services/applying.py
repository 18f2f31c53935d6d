"""Applying: rejected photographs are moved away, each after a last look, the journal first.

Photographs go in batches: all that is about to move is written into the journal, then it moves, then what became of it
is written. A process that ends in between leaves files of which the journal says that they are being moved; recovering
looks up where each is.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from app.domain.bequests import Bequest, Part
from app.domain.deletions import DeletedFile, Deletion, End, FileState
from app.domain.plans import Plan, PlannedFile, Refusal, Why
from app.domain.steps import Step, StepKind
from app.domain.times import now
from app.errors import SidecarUnusable
from app.events import Noun
from app.imaging.readers import Readers
from app.imaging.sidecars import Sidecars
from app.services.bequests import write_bequest
from app.services.destinations import IN_PLACE, TRASH
from app.services.inspecting import Inspector, Ready
from app.services.journal import (
    Told,
    close_deletion,
    in_quarantine,
    record_moved,
    refused,
    regroup_datasets,
    roll_back,
    silent,
)
from app.services.linking import link
from app.services.locks import own_lock
from app.services.marking import mark, write_sidecar
from app.services.moving import QUARANTINE, Trash, TrashMissing, beside_all, move, quarantine_of, why
from app.store import Store

_BATCH = 128
"""Photographs that move between two looks at whether to stop: a moment's work."""
_BEGUN = {End.LABELS: FileState.MARKING, End.REFLINK: FileState.LINKING, End.HARDLINK: FileState.LINKING}
"""What the journal says of a file before it is touched, where it is not moved."""


def apply_plan(
    store: Store,
    plan: Plan,
    readers: Readers,
    trash: Trash,
    told: Told = silent,
    bequests: Sequence[Bequest] = (),
) -> Deletion:
    """Move the photographs of a plan away; give what became of them. What is refused stays and hinders no other.

    ``bequests`` are written into the sidecars of keepers before; where one cannot be, its sources stay.

    Raises:
        ResourceNotFound: the dataset is not there any longer.
        Cancelled: ``told`` asked to stop; what was moved is away, the rest is decided as before.
    """
    with _deletion(store, plan) as (deletion_id, touched):
        inspector, mover = Inspector(store, plan, readers), _Mover(store, plan, trash, deletion_id)
        mover.bequests = {one.keeper: one for one in bequests}
        for start in range(0, len(plan.files), _BATCH):
            touched.update(mover.move_away(_looked(inspector, plan, start, told), start))
        told(len(plan.files), len(plan.files))
    with store.read() as work:
        return work.deletions.get(deletion_id)


def _looked(inspector: Inspector, plan: Plan, start: int, told: Told) -> list[Ready | Refusal]:
    """Look at a batch, which takes longer than to move it, and tell of each photograph: there it can be stopped."""
    looked: list[Ready | Refusal] = []

    def tell() -> None:
        told(start + len(looked), len(plan.files))

    tell()
    for one in inspector.look(plan.files[start : start + _BATCH], tell):
        tell()
        looked.append(one)
    return looked


@contextmanager
def _deletion(store: Store, plan: Plan) -> Iterator[tuple[int, set[str]]]:
    """Open the journal for a plan, and close it whatever happens; the clusters follow what went."""
    with store.write() as work:
        dataset_id = work.datasets.id_of(plan.dataset_name)
        deletion_id = work.deletions.begin(plan.dataset_name, plan.end, plan.folder, own_lock())
        work.decisions.add_step(dataset_id, Step(0, StepKind.APPLY, 0, 0, now(), deletion_id=deletion_id), [])
        work.announce(Noun.DELETIONS, plan.dataset_name)
    touched: set[str] = set()
    try:
        yield deletion_id, touched
    finally:
        close_deletion(store, deletion_id, plan.dataset_name)
        regroup_datasets(store, touched)


class _Mover:
    """Moves the photographs of one deletion."""

    def __init__(self, store: Store, plan: Plan, trash: Trash, deletion_id: int) -> None:
        self._store = store
        self._plan = plan
        self._trash = trash
        self._deletion_id = deletion_id
        self._taken: set[str] = set()
        self.bequests: dict[str, Bequest] = {}
        with store.read() as work:
            self._homes = tuple(binding.path for binding in work.bindings.of(plan.dataset_name))

    def move_away(self, looked: Sequence[Ready | Refusal], first: int) -> set[str]:
        """Move those that are ready, write down what became of each, and give the datasets that had them."""
        entries = [entry for number, one in enumerate(looked, first) for entry in self._entries(one, number)]
        with self._store.write() as work:
            written = work.deletions.add(entries)
        done: list[DeletedFile] = []
        try:
            for number, one in enumerate(looked, first):
                if isinstance(one, Ready):
                    done += self._move_photo(one, [entry for entry in written if entry.photo == number])
        finally:
            touched = record_moved(self._store, self._plan.dataset_name, done)
        return touched

    def _entries(self, looked: Ready | Refusal, photo: int) -> list[DeletedFile]:
        planned = self._plan.files[photo]
        if isinstance(looked, Refusal):
            return [refused(self._deletion_id, photo, planned, looked)]
        places = self._places(planned, photo, list(looked.files))
        return [
            DeletedFile(
                number=0,
                deletion_id=self._deletion_id,
                photo=photo,
                path=path,
                companion=looked.kinds[path],
                evidence=evidence,
                basis=planned.basis,
                reason=planned.reason,
                keeper=planned.keeper,
                keeper_sha256=b"" if looked.keeper is None else looked.keeper.sha256,
                decided=looked.decided,
                state=_BEGUN.get(self._plan.end, FileState.MOVING),
                place=places[path],
            )
            for path, evidence in looked.files.items()
        ]

    def _places(self, planned: PlannedFile, photo: int, paths: Sequence[str]) -> dict[str, str]:
        """Give the places that the files of a photograph are to be moved to; the Trash chooses them by itself."""
        if planned.destination in {TRASH, IN_PLACE}:
            return dict.fromkeys(paths, "")
        if os.path.basename(planned.destination) == QUARANTINE:  # noqa: PTH119 (any bytes)
            return {path: self._held_back(planned.destination, photo, path) for path in paths}
        places = beside_all(paths, self._taken, planned.destination)
        self._taken |= set(places.values())
        return places

    def _held_back(self, quarantine: str, photo: int, path: str) -> str:
        name = os.path.basename(path)  # noqa: PTH119 (any bytes)
        return os.path.join(quarantine, str(self._deletion_id), str(photo), name)  # noqa: PTH118 (any bytes)

    def _move_photo(self, ready: Ready, entries: Sequence[DeletedFile]) -> list[DeletedFile]:
        """Move a photograph with its companions, all of them or none."""
        if not ready.still():
            return roll_back(entries, [], Why.CHANGED, self._trash)
        if not self._hand_over(ready.planned):
            return roll_back(entries, [], Why.METADATA, self._trash)
        if self._plan.end is End.LABELS:
            return [mark(self._store, entry) for entry in entries]
        if self._plan.end in {End.REFLINK, End.HARDLINK}:
            return [link(entry, self._plan.end) for entry in entries]
        moved: list[DeletedFile] = []
        for entry in entries:
            try:
                moved.append(replace(entry, state=FileState.MOVED, place=self._move_file(entry)))
            except OSError as error:
                return roll_back(entries, moved, why(error), self._trash)
        return moved

    def _hand_over(self, planned: PlannedFile) -> bool:
        """Let the keeper have what it inherits, once; tell whether that could be written."""
        bequest = self.bequests.get(planned.keeper or "")
        if bequest is None:
            return True
        if any(conflict.part is Part.READING for conflict in bequest.conflicts):
            return False  # nobody knows what would be lost with it
        try:
            write_bequest(
                bequest,
                lambda photograph, change: write_sidecar(
                    self._store, self._deletion_id, Sidecars().change(photograph, change)
                ),
            )
        except SidecarUnusable:
            return False
        del self.bequests[bequest.keeper]
        return True

    def _move_file(self, entry: DeletedFile) -> str:
        if entry.place:
            return _move_to(entry.path, entry.place)
        try:
            return self._trash.put(entry.path)
        except TrashMissing:
            return self._quarantine(entry)

    def _quarantine(self, entry: DeletedFile) -> str:
        """Move a file to our own folder on its drive, where the Trash does not take it after all."""
        folder = os.path.dirname(entry.path)  # noqa: PTH120 (any bytes)
        quarantine = quarantine_of(folder, self._homes)
        if quarantine is None:
            raise PermissionError(13, os.strerror(13), folder)
        place = self._held_back(quarantine, entry.photo, entry.path)
        with self._store.write() as work:
            work.deletions.record([replace(entry, place=place)])  # before it moves, so that it is found
        return _move_to(entry.path, place)


def _move_to(path: str, place: str) -> str:
    if in_quarantine(place):
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120 (any bytes)
    move(path, place)
    return place
