"""What a person says of photographs: the same or not; kept by content, obeyed at once and by later tasks."""

from collections.abc import Mapping, Sequence

from app.domain.corrections import CorrectedFile, Correction, Verdict, marked
from app.domain.uris import shown
from app.errors import InvalidArgument, ResourceNotFound
from app.events import Noun
from app.progress import SILENT
from app.services.grouping import group
from app.services.scoring import score
from app.store import Store, Work


def say_different(store: Store, dataset_name: str, sides: Sequence[Sequence[str]]) -> Correction:
    """Say that files of different sides are not the same: no two of them are ever in one cluster.

    Of the files of one side nothing is said. What was said of the same files before counts no longer where it
    contradicts. A file that comes later and looks like several of them is bound by nothing.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have one of the files.
        InvalidArgument: there is no second side, or two files of different sides are byte for byte equal.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        known = _known(work, dataset_name, [path for side in sides for path in side])
        members = [_each_once(known, side) for side in sides if side]
        if len(members) < 2:
            raise InvalidArgument("Name at least two files that are not the same.")
        _check_apart(members)
        number = work.corrections.add(dataset_id, Verdict.DIFFERENT, members)
        work.announce(Noun.CLUSTERS, dataset_name)
    return _obeyed(store, dataset_name, number)


def say_same(store: Store, dataset_name: str, paths: Sequence[str]) -> Correction:
    """Say that files are the same: they are in one cluster, whatever their pictures look like.

    What was said of them before counts no longer where it contradicts.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have one of the files.
        InvalidArgument: there are fewer than two, or all are byte for byte equal and are in one cluster anyway.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        members = _each_once(_known(work, dataset_name, paths), paths)
        if len(set(paths)) < 2:
            raise InvalidArgument("Name at least two files that are the same.")
        if len(members) < 2:
            raise InvalidArgument("These files are byte for byte equal; they are in one cluster anyway.")
        number = work.corrections.add(dataset_id, Verdict.SAME, [members])
        work.announce(Noun.CLUSTERS, dataset_name)
    return _obeyed(store, dataset_name, number)


def forget_correction(store: Store, dataset_name: str, number: int) -> None:
    """Take back what was said, as if it had never been; what it had overruled counts again.

    Raises:
        ResourceNotFound: there is no such dataset, or nothing was said under this number.
    """
    with store.write() as work:
        if not work.corrections.remove(work.datasets.id_of(dataset_name), number):
            raise ResourceNotFound(f"The dataset {dataset_name!r} has no correction {number}.")
        work.announce(Noun.CLUSTERS, dataset_name)
    _group(store, dataset_name)


def all_corrections(store: Store, dataset_name: str) -> list[Correction]:
    """Give all that was said, in its order; what later words left nothing of is marked.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return marked(work.corrections.all(work.datasets.id_of(dataset_name)))


def _obeyed(store: Store, dataset_name: str, number: int) -> Correction:
    """Find the clusters around a correction again, and give it back."""
    _group(store, dataset_name)
    return next(one for one in all_corrections(store, dataset_name) if one.number == number)


def _group(store: Store, dataset_name: str) -> None:
    group(store, dataset_name, SILENT)
    score(store, dataset_name, SILENT)


def _known(work: Work, dataset_name: str, paths: Sequence[str]) -> Mapping[str, CorrectedFile]:
    """Give the contents of files, by their paths."""
    records = work.files.records(work.datasets.id_of(dataset_name), list(dict.fromkeys(paths)))
    known = {one.path: CorrectedFile(one.content.sha256, one.path) for one in records if one.content is not None}
    unread = {one.path: one.reason for one in records if one.content is None}
    for path in paths:
        if path in unread:
            raise InvalidArgument(f"{shown(path)} could not be read, so it looks like nothing: {unread[path]}")
        if path not in known:
            raise ResourceNotFound(f"The dataset {dataset_name!r} has no file {shown(path)}.")
    return known


def _each_once(known: Mapping[str, CorrectedFile], paths: Sequence[str]) -> list[CorrectedFile]:
    """Give the contents of paths, one file of each."""
    return list({known[path].sha256: known[path] for path in reversed(paths)}.values())[::-1]


def _check_apart(sides: Sequence[Sequence[CorrectedFile]]) -> None:
    seen: dict[bytes, CorrectedFile] = {}
    for side in sides:
        for file in side:
            if file.sha256 in seen:
                one, other = shown(seen[file.sha256].path), shown(file.path)
                same = f"{one} is named twice" if one == other else f"{one} and {other} are byte for byte equal"
                raise InvalidArgument(f"{same}, so they cannot be different. Name them on one side.")
        seen |= {file.sha256: file for file in side}
