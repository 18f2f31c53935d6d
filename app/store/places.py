"""Where the files of a dataset lie, and what a scan compares them with."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from app.domain.companions import Companion
from app.domain.files import FileStatus, KnownFile, Stamp
from app.domain.times import now
from app.domain.uris import path_of, shown, uri_of
from app.store.batches import batches
from app.store.companions import companions_of, to_keep
from app.store.tables import FileRow


class Places:
    """Files by the folders they lie in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known_in(self, dataset_id: int, folder: str) -> dict[str, KnownFile]:
        """Give what is known of the files that lie directly in a folder, by path."""
        rows = self._session.execute(_KNOWN.where(FileRow.dataset_id == dataset_id, FileRow.folder == uri_of(folder)))
        return {file.path: file for file in map(_known, rows)}

    def known_below(self, dataset_id: int, folder: str) -> list[KnownFile]:
        """Give what is known of the files anywhere below a folder, in the order of their URIs."""
        start = uri_of(folder).rstrip("/")
        # Behind all that begins with the folder and "/" comes the next character, "0".
        below = (FileRow.uri > f"{start}/", FileRow.uri < f"{start}0")
        rows = self._session.execute(_KNOWN.where(FileRow.dataset_id == dataset_id, *below).order_by(FileRow.uri))
        return [_known(row) for row in rows]

    def folders(self, dataset_id: int) -> list[str]:
        """Give all folders that hold a file of the dataset."""
        return [
            path_of(uri)
            for uri in self._session.scalars(select(FileRow.folder).where(FileRow.dataset_id == dataset_id).distinct())
        ]

    def move(self, file_id: int, path: str) -> None:
        """Note that a file lies elsewhere now."""
        self._session.execute(update(FileRow).where(FileRow.id == file_id).values(**place_of(path), update_time=now()))

    def relocate(self, moves: Iterable[tuple[int, str]]) -> None:
        """Note that files lie elsewhere now, one after the other; on which device is not known yet."""
        moment = now()
        rows = [{"file_id": file_id, **place_of(path), "device": "", "moment": moment} for file_id, path in moves]
        if rows:
            self._session.connection().execute(_RELOCATED, rows)

    def note_seen(self, seen: Iterable[tuple[int, int, str]]) -> None:
        """Note inode and device of files by their numbers: the same files, on a device that was not known."""
        rows = [{"file_id": file_id, "inode": inode, "device": device} for file_id, inode, device in seen]
        if rows:
            # The table, not the entity, which would complain of a file that was forgotten meanwhile.
            self._session.connection().execute(_SEEN, rows)

    def note_device(self, dataset_id: int, paths: Sequence[str], device: str) -> None:
        """Note the device of files that were read."""
        for uris in batches([uri_of(path) for path in paths]):
            chosen = (FileRow.dataset_id == dataset_id, FileRow.uri.in_(uris))
            self._session.execute(update(FileRow).where(*chosen).values(device=device))

    def note_companions(self, dataset_id: int, found: Mapping[str, Sequence[Companion]]) -> None:
        """Note the companions of files by the paths of these."""
        rows = [
            {"dataset": dataset_id, "place": uri_of(path), "kept": to_keep(companions)}
            for path, companions in found.items()
        ]
        if rows:
            self._session.connection().execute(_ACCOMPANIED, rows)


_FILES = FileRow.metadata.tables[FileRow.__tablename__]
_SEEN = (
    update(_FILES)
    .where(_FILES.c.id == bindparam("file_id"))
    .values(inode=bindparam("inode"), device=bindparam("device"))
)
_ACCOMPANIED = (
    update(_FILES)
    .where(_FILES.c.dataset_id == bindparam("dataset"), _FILES.c.uri == bindparam("place"))
    .values(companions=bindparam("kept"))
)
_RELOCATED = (
    update(_FILES)
    .where(_FILES.c.id == bindparam("file_id"))
    .values(**{name: bindparam(name) for name in ("uri", "folder", "name", "device")}, update_time=bindparam("moment"))
)
_KNOWN = select(
    FileRow.id,
    FileRow.uri,
    FileRow.size,
    FileRow.mtime_ns,
    FileRow.inode,
    FileRow.status,
    FileRow.device,
    FileRow.manual,
    FileRow.companions,
)


def place_of(path: str) -> dict[str, object]:
    """Give the columns that say where a file lies."""
    whole = PurePath(path)
    return {"uri": uri_of(path), "folder": uri_of(str(whole.parent)), "name": shown(whole.name)}


def _known(row: Row[int, str, int, int, int, str, str, bool, list[Any]]) -> KnownFile:
    path, stamp = path_of(row.uri), Stamp(row.size, row.mtime_ns, row.inode)
    companions = companions_of(path, row.companions)
    return KnownFile(row.id, path, stamp, FileStatus(row.status), row.device, row.manual, companions)
