"""The journal of deletions: what is written before and after each move, and how a file is told from another."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby

from app.domain.deletions import DeletedFile, Evidence, FileState
from app.domain.plans import PlannedFile, Refusal, Why
from app.domain.steps import Change
from app.events import Noun
from app.imaging.proofs import Proof, hash_file
from app.progress import SILENT
from app.services.grouping import group
from app.services.moving import QUARANTINE, Trash, move
from app.services.scoring import score
from app.services.walking import stamp_of
from app.store import Store

Told = Callable[[int, int], None]
"""Hears how many of how many photographs are done; what it raises stops the work there, as ``Cancelled`` does."""


def silent(done: int, total: int) -> None:
    """Hear nothing."""


def is_file(path: str, evidence: Evidence) -> bool:
    """Tell whether a path leads to the very file of the journal; where its inode changed, its bytes say so."""
    stamp = stamp_of(path)
    if stamp is None or stamp.size != evidence.size:
        return False
    if (stamp.inode, stamp.mtime_ns) == (evidence.inode, evidence.mtime_ns):
        return True
    proof = hash_file(path)
    return isinstance(proof, Proof) and proof.sha256 == evidence.sha256


def by_photo(files: Iterable[DeletedFile]) -> Iterator[list[DeletedFile]]:
    """Give the files of each photograph, those of one deletion after those of the one before."""
    ordered = sorted(files, key=lambda file: (file.deletion_id, file.photo, file.number))
    for _, own in groupby(ordered, key=lambda file: (file.deletion_id, file.photo)):
        yield list(own)


def refused(deletion_id: int, photo: int, planned: PlannedFile, refusal: Refusal) -> DeletedFile:
    """Give the entry of a photograph that does not go."""
    return DeletedFile(
        number=0,
        deletion_id=deletion_id,
        photo=photo,
        path=planned.path,
        companion="",
        evidence=Evidence(planned.size, 0, 0, planned.sha256),
        basis=planned.basis,
        reason=planned.reason,
        keeper=planned.keeper,
        keeper_sha256=b"",
        decided=None,
        state=FileState.REFUSED,
        fault=refusal.why,
    )


def record_moved(store: Store, dataset_name: str, files: Sequence[DeletedFile]) -> set[str]:
    """Write down what became of files of one dataset; those that are away leave the index, and are decided no longer.

    Gives the datasets in which files were known.
    """
    away = [file for file in files if file.state is FileState.MOVED]
    done = [file for file in files if file.state in {FileState.MOVED, FileState.MARKED, FileState.LINKED}]
    carried_out = [Change(file.decided, None) for file in done if file.decided is not None and not file.companion]
    with store.write() as work:
        work.deletions.record(files)
        names = work.files.remove_paths([file.path for file in away])
        if dataset_name in work.datasets.names():
            work.decisions.change(work.datasets.id_of(dataset_name), carried_out)
        for deletion_id, count in photos_by_deletion(done).items():
            work.decisions.count_step(deletion_id, count)
        for name in names:
            work.announce(Noun.FILES, name)
    return names


def photos_by_deletion(files: Iterable[DeletedFile]) -> Counter[int]:
    """Count the photographs among files of deletions."""
    return Counter(file.deletion_id for file in files if not file.companion)


def close_deletion(store: Store, deletion_id: int, dataset_name: str) -> None:
    """Note that nobody works on a deletion any longer; one of which nothing is away is no step to undo."""
    with store.write() as work:
        work.deletions.hold(deletion_id, None)
        if not work.deletions.get(deletion_id).files:
            work.decisions.remove_step_of(deletion_id)
        work.announce(Noun.DELETIONS, dataset_name)
        work.announce(Noun.CLUSTERS, dataset_name)


def regroup_datasets(store: Store, names: Iterable[str]) -> None:
    """Let the clusters of datasets follow what went from them."""
    for name in sorted(names):
        group(store, name, SILENT)
        score(store, name, SILENT)


def roll_back(
    entries: Sequence[DeletedFile], moved: Sequence[DeletedFile], why: Why, trash: Trash
) -> list[DeletedFile]:
    """Put back what was moved of a photograph that cannot go whole; what cannot be put back is away, with its fault."""
    places = {entry.number: entry.place for entry in moved}
    done: list[DeletedFile] = []
    for entry in entries:
        back = replace(entry, state=FileState.REFUSED, place="", fault=why)
        if entry.number in places:
            place = places[entry.number]
            try:
                move(place, entry.path)
            except OSError as error:
                back = replace(entry, state=FileState.MOVED, place=place, fault=error.strerror or str(error))
            else:
                tidy(place, trash)
        done.append(back)
    return done


def tidy(place: str, trash: Trash) -> None:
    """Drop what is left of a place whose file is gone: the note of the Trash, or empty folders of our quarantine."""
    if not in_quarantine(place):
        trash.forget(place)
        return
    folder = os.path.dirname(place)  # noqa: PTH120 (any bytes)
    with suppress(OSError):  # a folder that is not empty stays
        while in_quarantine(folder) or os.path.basename(folder) == QUARANTINE:  # noqa: PTH119 (any bytes)
            os.rmdir(folder)  # noqa: PTH106 (any bytes)
            folder = os.path.dirname(folder)  # noqa: PTH120 (any bytes)


def in_quarantine(place: str) -> bool:
    """Tell whether a path lies in a folder of rejected photographs that is ours."""
    return f"{os.sep}{QUARANTINE}{os.sep}" in place
