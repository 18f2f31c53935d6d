"""Inspecting: a victim and its keeper are looked at again, at the moment of action; what is doubtful stays."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.decisions import DecidedFile, Decision, standing
from app.domain.deletions import Evidence
from app.domain.files import FileRecord
from app.domain.plans import Plan, PlannedFile, Refusal, Why
from app.imaging.proofs import Proof, hash_file
from app.imaging.readers import Readers
from app.imaging.readings import Unreadable, Vanished
from app.services.companions import Companions
from app.services.walking import stamp_of
from app.store import Store, Work


@dataclass(frozen=True, slots=True)
class Ready:
    """A photograph that may go: the evidence of each of its files, itself first, and of what stays in its place.

    ``decided``: the decision that is carried out with it, if one was made. ``kinds``: what its companions are.
    """

    planned: PlannedFile
    files: Mapping[str, Evidence]
    kinds: Mapping[str, str]
    keeper: Proof | None
    decided: DecidedFile | None

    def still(self) -> bool:
        """Tell whether all files, and the keeper, are as they were when they were read, by their stamps."""
        sound = self.planned.keeper is None or (
            self.keeper is not None and stamp_of(self.planned.keeper) == self.keeper.stamp
        )
        return sound and all(_is_as(path, evidence) for path, evidence in self.files.items())


@dataclass(frozen=True, slots=True)
class _Known:
    """What the catalogue says of the files of a batch, by path and by digest."""

    records: Mapping[str, FileRecord]
    homes: Mapping[bytes, int]
    decided: Mapping[str, DecidedFile]
    before: Mapping[bytes, bytes]
    """By the digest of what was rejected before: that of what was kept in its place."""

    def digest(self, path: str) -> bytes | None:
        record = self.records.get(path)
        return None if record is None or record.content is None else record.content.sha256

    def home(self, path: str) -> int | None:
        digest = self.digest(path)
        return None if digest is None else self.homes.get(digest)


class Inspector:
    """Looks at the files of one plan again, batch by batch."""

    def __init__(self, store: Store, plan: Plan, readers: Readers) -> None:
        self._store = store
        self._name = plan.dataset_name
        self._going = {path for one in plan.files for path in (one.path, *one.companions)}
        keepers = dict.fromkeys(one.keeper for one in plan.files if one.keeper is not None)
        self._proving = readers.prove(keepers)  # some files ahead, while others are moved
        self._proofs: dict[str, Proof | Unreadable | Vanished] = {}
        self._companions = Companions()

    def look(self, batch: Sequence[PlannedFile], tell: Callable[[], None]) -> Iterator[Ready | Refusal]:
        """Say of each photograph whether it may go now; ``tell`` is called after each keeper that was read for it.

        Raises:
            Cancelled: the readers were closed meanwhile, or ``tell`` asked to stop.
        """
        with self._store.read() as work:
            known = _known(work, work.datasets.id_of(self._name), batch)
        wanted = {one.keeper for one in batch if one.keeper is not None}
        while not wanted <= self._proofs.keys():
            keeper, proof = next(self._proving)
            self._proofs[keeper] = proof
            tell()
        for planned in batch:
            yield self._inspect(planned, known)

    def _inspect(self, planned: PlannedFile, known: _Known) -> Ready | Refusal:
        victim = self._victim(planned, known)
        if not isinstance(victim, Evidence):
            return Refusal(planned.path, victim)
        keeper = self._keeper(planned, known)
        if isinstance(keeper, Why):
            return Refusal(planned.path, keeper, planned.keeper or "")
        files, kinds = {planned.path: victim}, {planned.path: ""}
        own = {one.path: one.kind for one in self._companions.of(self._face(planned, known))}
        for path in planned.companions:
            if path not in own or path == planned.keeper:
                return Refusal(planned.path, Why.COMPANION, path)
            proof = hash_file(path)
            if not isinstance(proof, Proof) or _is_same_file(path, planned.keeper):
                return Refusal(planned.path, Why.COMPANION, path)
            files[path], kinds[path] = _evidence(proof), own[path]
        return Ready(planned, files, kinds, keeper, known.decided.get(self._face(planned, known)))

    def _victim(self, planned: PlannedFile, known: _Known) -> Evidence | Why:
        """Look at what is to go: it must be the very file that the catalogue and the plan speak of."""
        stamp = stamp_of(planned.path)
        if stamp is None:
            return Why.LINK if os.path.lexists(planned.path) else Why.GONE
        record = known.records.get(planned.path)
        if not self._is_part(planned):
            if known.digest(planned.path) != planned.sha256 or record is None:
                return Why.UNKNOWN
            if (stamp.size, stamp.mtime_ns) != (record.stamp.size, record.stamp.mtime_ns):
                return Why.CHANGED
            decided = known.decided.get(planned.path)
            if decided is not None and decided.decision is Decision.KEEP:
                return Why.KEPT
        proof = hash_file(planned.path)
        if not isinstance(proof, Proof):
            return Why.GONE if isinstance(proof, Vanished) else Why.CHANGED
        return _evidence(proof) if proof.sha256 == planned.sha256 else Why.CHANGED

    def _keeper(self, planned: PlannedFile, known: _Known) -> Proof | Why | None:
        """Look at what is to stay: it must be of the same cluster, not go itself, be as it was read, and decode."""
        if planned.keeper is None:
            decided = known.decided.get(planned.path)
            return None if decided is not None and decided.rejected and decided.alone else Why.NO_KEEPER
        if planned.keeper in self._going:
            return Why.KEEPER_GOES
        decided = known.decided.get(planned.keeper)
        if decided is not None and decided.rejected and not self._is_part(planned):
            return Why.KEEPER_GOES
        if not self._is_part(planned) and not _belong_together(planned, known):
            return Why.NO_KEEPER
        if _is_same_file(planned.path, planned.keeper):
            return Why.SAME_FILE
        return self._proven(planned.keeper, known)

    def _proven(self, keeper: str, known: _Known) -> Proof | Why:
        proof = self._proofs.get(keeper)
        if proof is None or isinstance(proof, Vanished):
            return Why.KEEPER_GONE
        if isinstance(proof, Unreadable):
            return Why.KEEPER_UNREADABLE
        digest = known.digest(keeper)
        if digest not in {None, proof.sha256} or stamp_of(keeper) != proof.stamp:
            return Why.KEEPER_CHANGED
        return proof

    def _is_part(self, planned: PlannedFile) -> bool:
        """Tell whether a file and its keeper are parts of one photograph: the RAW file, and the picture beside it."""
        if planned.keeper is None:
            return False
        own = {one.path for one in self._companions.of(planned.keeper)}
        return planned.path in own or planned.keeper in {one.path for one in self._companions.of(planned.path)}

    def _face(self, planned: PlannedFile, known: _Known) -> str:
        """Give the path under which the photograph is known that a file is a part of."""
        if planned.path in known.records or planned.keeper is None:
            return planned.path
        return planned.keeper if self._is_part(planned) else planned.path


def _known(work: Work, dataset_id: int, batch: Sequence[PlannedFile]) -> _Known:
    paths = sorted({path for one in batch for path in (one.path, one.keeper) if path is not None})
    records = {record.path: record for record in work.files.records(dataset_id, paths)}
    digests = sorted({record.content.sha256 for record in records.values() if record.content is not None})
    made = work.decisions.of(dataset_id, digests)
    held = work.files.holding(dataset_id, sorted({one.sha256 for one in made}))
    before = work.deletions.rejected_before([one.sha256 for one in batch if not one.object_id])
    return _Known(
        records=records,
        homes=work.clusters.homes(dataset_id, digests),
        decided=standing(made, held),
        before={digest: file.keeper_sha256 for digest, file in before.items()},
    )


def _belong_together(planned: PlannedFile, known: _Known) -> bool:
    """Tell whether a file and its keeper are of one cluster, or it was rejected before in favour of the keeper."""
    assert planned.keeper is not None
    home = known.home(planned.path)
    if home is not None:
        return home == known.home(planned.keeper)
    return planned.sha256 in known.before and known.before[planned.sha256] == known.digest(planned.keeper)


def _is_as(path: str, evidence: Evidence) -> bool:
    stamp = stamp_of(path)
    return stamp is not None and (stamp.size, stamp.mtime_ns, stamp.inode) == (
        evidence.size,
        evidence.mtime_ns,
        evidence.inode,
    )


def _is_same_file(path: str, keeper: str | None) -> bool:
    """Tell whether two paths lead to one file: a hard link, a link, or other letters where case does not count."""
    if keeper is None:
        return False
    try:
        one, other = os.lstat(path), os.stat(keeper)  # noqa: PTH116 (any bytes)
    except OSError:
        return False
    return os.path.samestat(one, other) or stat.S_ISLNK(one.st_mode)


def _evidence(proof: Proof) -> Evidence:
    return Evidence(proof.stamp.size, proof.stamp.mtime_ns, proof.stamp.inode, proof.sha256)
