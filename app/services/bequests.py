"""Bequests: what the keepers of a plan would get from the rejected, and handing it to the writer of sidecars.

Photographs are only read. A preview changes nothing; what it offers can be written, for it was tried in memory.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.domain.bequests import NOTHING, Bequest, Conflict, Metadata, Part, bequeath, first_heard
from app.domain.plans import Plan
from app.domain.ratings import Rating
from app.errors import SidecarUnusable
from app.imaging.readers import Readers
from app.imaging.readings import Unreadable, Vanished
from app.imaging.sidecars import Sidecars
from app.imaging.xmp_metadata import merged, xmp_metadata
from app.imaging.xmp_surveys import NoXmp
from app.store import Store

Write = Callable[[str, Callable[[bytes | None], bytes]], None]
"""Change the sidecar of a photograph, as ``Sidecars.change`` says what a change would make of it."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one photograph says, and what of it cannot be read."""

    metadata: Metadata
    faults: tuple[Conflict, ...]

    @property
    def silent(self) -> bool:
        return self.metadata == NOTHING and not self.faults


def bequests_of(store: Store, plan: Plan, readers: Readers) -> list[Bequest]:
    """Say what each keeper of a plan would get from its rejected, and where they do not agree; nothing is changed.

    Keepers are read only where their rejected say anything. A file that cannot be read is told as a conflict; one of
    ``gains`` that are ``NOTHING`` has only such to show.

    Raises:
        ResourceNotFound: the dataset is not there any longer.
        Cancelled: the readers were closed meanwhile.
    """
    listener = _Listener(store, plan.dataset_name, readers)
    rejected = listener.hear(dict.fromkeys(one.path for one in plan.files if one.keeper is not None))
    heirs: dict[str, dict[str, _Heard]] = {}
    for one in plan.files:
        if one.keeper is not None and not rejected[one.path].silent:
            heirs.setdefault(one.keeper, {})[one.path] = rejected[one.path]
    keepers = listener.hear(heirs)
    drafts = (_draft(path, keepers[path], heirs[path]) for path in heirs)
    tried = (listener.tried(draft) for draft in drafts)
    return [bequest for bequest in tried if bequest.gains != NOTHING or bequest.conflicts]


def write_bequest(bequest: Bequest, write: Write) -> None:
    """Let a keeper have what it gains, by way of ``write``; what its sidecar says at that moment is never replaced.

    Raises:
        SidecarUnusable: it cannot be read or changed.
    """
    if bequest.gains != NOTHING:
        write(bequest.keeper, partial(merged, gains=bequest.gains))


class _Listener:
    """Hears what photographs of a dataset say: given here, or else in the sidecar, or else in the file itself."""

    def __init__(self, store: Store, dataset_name: str, readers: Readers) -> None:
        self._store = store
        self._name = dataset_name
        self._readers = readers
        self._sidecars = Sidecars()

    def hear(self, paths: Iterable[str]) -> dict[str, _Heard]:
        wanted = list(paths)
        given = self._given(wanted)
        answers = self._readers.read_metadata(wanted)
        return {path: self._heard(path, answer, given.get(path)) for path, answer in answers}

    def tried(self, bequest: Bequest) -> Bequest:
        """Try in memory whether the sidecar can be changed; if it cannot, nothing is offered, and that is told."""
        if bequest.gains == NOTHING:
            return bequest
        try:
            self._sidecars.change(bequest.keeper, partial(merged, gains=bequest.gains))
        except SidecarUnusable as error:
            fault = _fault(bequest.keeper, error.reason)
            return replace(bequest, gains=NOTHING, conflicts=(fault, *bequest.conflicts))
        return bequest

    def _given(self, paths: Sequence[str]) -> Mapping[str, Rating]:
        with self._store.read() as work:
            records = work.files.records(work.datasets.id_of(self._name), paths)
            digests = {record.path: record.content.sha256 for record in records if record.content is not None}
            ratings = work.ratings.of(sorted(set(digests.values())))
        return {path: ratings[digest] for path, digest in digests.items() if digest in ratings}

    def _heard(self, path: str, answer: Metadata | Unreadable | Vanished, given: Rating | None) -> _Heard:
        sources: list[Metadata] = []
        faults: list[Conflict] = []
        try:
            beside = self._sidecars.bytes_of(path)
            sources += [] if beside is None else [xmp_metadata(beside)]
        except SidecarUnusable as error:
            faults.append(_fault(path, error.reason))
        except NoXmp as error:
            faults.append(_fault(path, str(error)))
        if isinstance(answer, Metadata):
            sources.append(answer)
        else:
            reason = answer.reason if isinstance(answer, Unreadable) else "It is not there any longer"
            faults.append(Conflict(Part.READING, path, None, reason))
        metadata = first_heard(sources)
        if given is not None:
            metadata = replace(metadata, stars=given.stars, label=given.label)
        return _Heard(metadata, tuple(faults))


def _draft(path: str, keeper: _Heard, rejected: Mapping[str, _Heard]) -> Bequest:
    """Say what a keeper would get; nothing where it is not known what it says itself."""
    faults = (*keeper.faults, *(fault for one in rejected.values() for fault in one.faults))
    sources = {source: one.metadata for source, one in rejected.items() if one.metadata != NOTHING}
    gains, conflicts = bequeath(keeper.metadata, list(sources.items()))
    return Bequest(path, tuple(sorted(sources)), NOTHING if keeper.faults else gains, (*faults, *conflicts))


def _fault(path: str, reason: str) -> Conflict:
    """Say why the sidecar of a photograph cannot be used."""
    return Conflict(Part.READING, path, None, f"Its sidecar cannot be used: {reason}")
