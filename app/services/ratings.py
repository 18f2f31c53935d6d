"""Stars and labels: what photographs and their sidecars say, what a person gives, and writing that into sidecars."""

import os
from collections.abc import Mapping, Sequence

from app.domain.files import FileRecord
from app.domain.ratings import LONGEST_LABEL, MOST_STARS, REJECTED, RatedFile, Rating, WrittenFile, first_said, label_of
from app.domain.uris import shown
from app.errors import InvalidArgument, ResourceNotFound, SidecarUnusable
from app.events import Noun
from app.imaging.sidecars import Sidecars
from app.services.choosing import follow_ladder
from app.store import Store


def ratings_of(store: Store, paths: Sequence[str]) -> list[RatedFile]:
    """Give the stars and labels of files, in their order: given here, or else in the sidecar, or else in the file.

    Raises:
        ResourceNotFound: no dataset has read one of the files.
    """
    with store.read() as work:
        records = _known(work.ratings.readings(paths), paths)
        given = work.ratings.of(sorted({_digest(record) for record in records}))
    sidecars = Sidecars()
    return [_rated(record, given.get(_digest(record)), sidecars) for record in records]


def rate(store: Store, paths: Sequence[str], stars: int | None, label: str | None) -> list[RatedFile]:
    """Give stars or a label to files, by their content; None leaves what counts now.

    Raises:
        ResourceNotFound: no dataset has read one of the files.
        InvalidArgument: the stars or the label are not valid, or both are None.
    """
    _check(stars, label)
    now_known = ratings_of(store, paths)
    wanted = {
        one.path: Rating(one.rating.stars if stars is None else stars, one.rating.label if label is None else label)
        for one in now_known
    }
    with store.write() as work:
        readings = work.ratings.readings(paths)
        for path, rating in wanted.items():
            work.ratings.give(_digest(_known(readings, [path])[0]), rating)
    _tell(store, [_digest(record) for record in readings.values()])
    return ratings_of(store, paths)


def unrate(store: Store, paths: Sequence[str]) -> int:
    """Take back what was given to files here, by their content; tell to how many contents something was.

    Raises:
        ResourceNotFound: no dataset has read one of the files.
    """
    with store.write() as work:
        digests = sorted({_digest(record) for record in _known(work.ratings.readings(paths), paths)})
        gone = work.ratings.forget(digests)
    _tell(store, digests)
    return gone


def rated_files(store: Store, dataset_name: str) -> list[str]:
    """Give the files of a dataset to which stars or a label were given here.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.ratings.rated_in(work.datasets.id_of(dataset_name))


def write_ratings(store: Store, paths: Sequence[str], *, dry_run: bool) -> list[WrittenFile]:
    """Write what was given here into the sidecars of files, never into the photographs; with ``dry_run`` only say what.

    What cannot be written is told with its file and hinders no other.

    Raises:
        ResourceNotFound: no dataset has read one of the files.
    """
    with store.read() as work:
        records = _known(work.ratings.readings(paths), paths)
        given = work.ratings.of(sorted({_digest(record) for record in records}))
    sidecars = Sidecars()
    return [_written(record, given.get(_digest(record)), sidecars, dry_run=dry_run) for record in records]


def _written(record: FileRecord, given: Rating | None, sidecars: Sidecars, *, dry_run: bool) -> WrittenFile:
    if given is None:
        return WrittenFile(record.path, fault="No stars and no label were given to it here.")
    try:
        found = os.lstat(record.path)
    except OSError as error:
        return WrittenFile(record.path, fault=f"It cannot be found ({error.strerror}).")
    if (found.st_size, found.st_mtime_ns) != (record.stamp.size, record.stamp.mtime_ns):
        return WrittenFile(record.path, fault="It changed since it was read. Scan its folder first.")
    try:
        sidecar, changed = sidecars.write(record.path, given, dry_run=dry_run)
    except SidecarUnusable as error:
        return WrittenFile(record.path, error.path, fault=error.message)
    return WrittenFile(record.path, sidecar, changed)


def _rated(record: FileRecord, given: Rating | None, sidecars: Sidecars) -> RatedFile:
    assert record.content is not None
    header, beside, fault = record.content.header, None, ""
    try:
        packet = sidecars.read(record.path)
        beside = None if packet is None else packet.rating
    except SidecarUnusable as error:
        fault = error.message
    in_file = Rating(header.stars, header.label)
    rating = given or first_said([beside, in_file] if beside else [in_file])
    return RatedFile(record.path, rating, given, beside, in_file, fault)


def _known(readings: Mapping[str, FileRecord], paths: Sequence[str]) -> list[FileRecord]:
    """Give what is known of files, each once."""
    for path in paths:
        if path not in readings:
            raise ResourceNotFound(f"No dataset has read {shown(path)}. Scan its folder first.")
    return [readings[path] for path in dict.fromkeys(paths)]


def _digest(record: FileRecord) -> bytes:
    assert record.content is not None
    return record.content.sha256


def _check(stars: int | None, label: str | None) -> None:
    if stars is None and label is None:
        raise InvalidArgument("Give stars, a label, or both.")
    if stars is not None and not REJECTED <= stars <= MOST_STARS:
        raise InvalidArgument(f"Stars are {REJECTED} (rejected) or 0 to {MOST_STARS}, not {stars}.")
    if label is not None and (label != label_of(label) or not label.isprintable()):
        raise InvalidArgument(f"A label is one line of at most {LONGEST_LABEL} characters.")


def _tell(store: Store, digests: Sequence[bytes]) -> None:
    """Let ladders choose again where stars and labels changed, and say that they did."""
    with store.write() as work:
        held = set(work.ratings.datasets_with(digests))
        names = [name for name in work.datasets.names() if work.datasets.id_of(name) in held]
        for name in names:
            work.clusters.loosen_choices(work.datasets.id_of(name), digests)
            work.announce(Noun.FILES, name)
    for name in names:
        follow_ladder(store, name)
