"""The journal: deletions, and what became of each file of them, written before and after each move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, insert, or_, select, update
from sqlalchemy.orm import Session

from app.domain.deletions import Basis, DeletedFile, Deletion, End, Evidence, FileState
from app.domain.times import now
from app.domain.uris import path_of, uri_of
from app.errors import ResourceNotFound
from app.store.batches import batches
from app.store.decisions import as_json, decided_of
from app.store.deletion_tables import DeletedRow, DeletionRow
from app.store.person_tables import DecisionRow
from app.store.tables import ContentRow, FileRow

_ENDED = 0
"""The process of a deletion that none carries out."""
_UNSETTLED = (FileState.MOVING, FileState.MARKING, FileState.LINKING, FileState.RESTORING, FileState.PURGING)
_AWAY = (FileState.MOVED, FileState.LOST, FileState.PURGED)
_TABLE = DeletedRow.metadata.tables[DeletedRow.__tablename__]


class Deletions:
    """Deletions and their files by numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, dataset_name: str, end: End, folder: str, lock: tuple[int, float]) -> int:
        """Open a deletion that a process is about to carry out; give its number."""
        place = uri_of(folder) if folder else ""
        row = DeletionRow(
            dataset_name=dataset_name, end=end, folder=place, moment=now(), pid=lock[0], pid_started=lock[1]
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def hold(self, deletion_id: int, lock: tuple[int, float] | None) -> None:
        """Note which process works on a deletion; None if none does any longer."""
        pid, started = lock or (_ENDED, 0.0)
        held = update(DeletionRow).where(DeletionRow.id == deletion_id)
        self._session.execute(held.values(pid=pid, pid_started=started))

    def held(self) -> dict[int, tuple[int, float]]:
        """Give the processes that deletions name as theirs, living or not, by the number of the deletion."""
        rows = select(DeletionRow.id, DeletionRow.pid, DeletionRow.pid_started).where(DeletionRow.pid != _ENDED)
        return {row.id: (row.pid, row.pid_started) for row in self._session.execute(rows)}

    def add(self, files: Sequence[DeletedFile]) -> list[DeletedFile]:
        """Write files into the journal; give them with their numbers."""
        last = self._session.scalar(select(func.max(DeletedRow.id))) or 0
        rows = [_values(file) | {"id": number} for number, file in enumerate(files, last + 1)]
        if rows:
            self._session.connection().execute(insert(_TABLE), rows)
        return [replace(file, number=number) for number, file in enumerate(files, last + 1)]

    def record(self, files: Iterable[DeletedFile]) -> None:
        """Write what became of files: state, place, target and fault."""
        rows = [
            {
                "number": file.number,
                "state": file.state,
                "place": _uri(file.place),
                "target": _uri(file.target),
                "fault": file.fault,
            }
            for file in files
        ]
        if rows:
            self._session.connection().execute(_RECORD, rows)

    def files(self, deletion_id: int, states: Iterable[FileState] | None = None) -> list[DeletedFile]:
        """Give the files of a deletion in the order of the journal, all or those of some states."""
        conditions: list[ColumnElement[bool]] = [DeletedRow.deletion_id == deletion_id]
        if states is not None:
            conditions.append(DeletedRow.state.in_(list(states)))
        return self._files(select(DeletedRow).where(*conditions))

    def unsettled(self) -> list[DeletedFile]:
        """Give the files of which the journal says that they are being moved, whichever process does so."""
        return self._files(select(DeletedRow).where(DeletedRow.state.in_(_UNSETTLED)))

    def all(self) -> list[Deletion]:
        """Give all deletions, the last first."""
        return self._deletions(None)

    def get(self, deletion_id: int) -> Deletion:
        """Give a deletion.

        Raises:
            ResourceNotFound: there is none of this number.
        """
        found = self._deletions(deletion_id)
        if not found:
            raise ResourceNotFound(f"There is no deletion {deletion_id}. `shotsift deletion list` shows all.")
        return found[0]

    def rejected_before(self, sha256s: Sequence[bytes]) -> dict[bytes, DeletedFile]:
        """Give of contents that a person rejected once, and did not take back, the last deletion's file."""
        found: dict[bytes, DeletedFile] = {}
        for part in batches(sha256s):
            gone = (DeletedRow.sha256.in_(part), DeletedRow.companion == "", DeletedRow.state.in_(_AWAY))
            found |= {file.evidence.sha256: file for file in self._files(select(DeletedRow).where(*gone))}
        return found

    def returned(self, dataset_id: int) -> list[str]:
        """Give the paths of files of a dataset whose contents a person rejected once, if nothing is decided on them.

        A copy that was rejected beside its twin did not come back with that.
        """
        gone = (DeletedRow.companion == "", DeletedRow.state.in_(_AWAY), DeletedRow.keeper_sha256 != DeletedRow.sha256)
        rejected = select(DeletedRow.sha256).where(*gone)
        decided = select(DecisionRow.sha256).where(DecisionRow.dataset_id == dataset_id)
        rows = (
            select(FileRow.uri)
            .join(ContentRow, ContentRow.id == FileRow.content_id)
            .where(FileRow.dataset_id == dataset_id)
            .where(ContentRow.sha256.in_(rejected), ContentRow.sha256.not_in(decided))
        )
        return [path_of(uri) for uri in self._session.scalars(rows.order_by(FileRow.uri))]

    def _files(self, rows: Select[DeletedRow]) -> list[DeletedFile]:
        return [_file(row) for row in self._session.scalars(rows.order_by(DeletedRow.id))]

    def _deletions(self, deletion_id: int | None) -> list[Deletion]:
        counted = select(DeletionRow, *_COUNTS).outerjoin(DeletedRow, DeletedRow.deletion_id == DeletionRow.id)
        if deletion_id is not None:
            counted = counted.where(DeletionRow.id == deletion_id)
        rows = self._session.execute(counted.group_by(DeletionRow.id).order_by(DeletionRow.id.desc()))
        return [_deletion(row.DeletionRow, row._asdict()) for row in rows]


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((and_(*conditions), 1), else_=0)), 0)


_MOVED = DeletedRow.state.in_([FileState.MOVED, FileState.RESTORING, FileState.PURGING])
_DONE = or_(_MOVED, DeletedRow.state.in_([FileState.MARKED, FileState.LINKED]))
_FREED = or_(_MOVED, DeletedRow.state == FileState.LINKED)
_COUNTS = (
    _count(_DONE, DeletedRow.companion == "").label("photos"),
    _count(_DONE).label("files"),
    func.coalesce(func.sum(case((_FREED, DeletedRow.size), else_=0)), 0).label("size"),
    _count(DeletedRow.state == FileState.RESTORED).label("restored"),
    _count(DeletedRow.state == FileState.REFUSED).label("refused"),
    _count(DeletedRow.state.in_([FileState.LOST, FileState.PURGED])).label("lost"),
)
_RECORD = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("number"))
    .values(**{name: bindparam(name) for name in ("state", "place", "target", "fault")})
)


def _values(file: DeletedFile) -> dict[str, object]:
    return {
        "deletion_id": file.deletion_id,
        "photo": file.photo,
        "uri": uri_of(file.path),
        "companion": file.companion,
        "size": file.evidence.size,
        "mtime_ns": file.evidence.mtime_ns,
        "inode": file.evidence.inode,
        "sha256": file.evidence.sha256,
        "basis": file.basis,
        "reason": file.reason,
        "keeper": None if file.keeper is None else uri_of(file.keeper),
        "keeper_sha256": file.keeper_sha256,
        "decided": as_json(file.decided),
        "state": file.state,
        "place": _uri(file.place),
        "target": _uri(file.target),
        "fault": file.fault,
    }


def _uri(path: str) -> str:
    return uri_of(path) if path else ""


def _path(uri: str) -> str:
    return path_of(uri) if uri else ""


def _file(row: DeletedRow) -> DeletedFile:
    return DeletedFile(
        number=row.id,
        deletion_id=row.deletion_id,
        photo=row.photo,
        path=path_of(row.uri),
        companion=row.companion,
        evidence=Evidence(row.size, row.mtime_ns, row.inode, row.sha256),
        basis=Basis(row.basis),
        reason=row.reason,
        keeper=None if row.keeper is None else path_of(row.keeper),
        keeper_sha256=row.keeper_sha256,
        decided=decided_of(row.decided),
        state=FileState(row.state),
        place=_path(row.place),
        target=_path(row.target),
        fault=row.fault,
    )


def _deletion(row: DeletionRow, counts: Mapping[str, Any]) -> Deletion:
    return Deletion(
        deletion_id=row.id,
        dataset_name=row.dataset_name,
        end=End(row.end),
        folder=_path(row.folder),
        moment=row.moment,
        ended=row.pid == _ENDED,
        photos=counts["photos"],
        files=counts["files"],
        size=counts["size"],
        restored=counts["restored"],
        refused=counts["refused"],
        lost=counts["lost"],
    )
