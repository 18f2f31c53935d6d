"""The files of a dataset: paths, stamps, what became of each when it was read."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.orm import Session

from app.domain.files import Content, FileMeta, FileRecord, FileStatus, SkippedFile, Stamp
from app.domain.queries import Aggregated, Aggregation, Condition, SortField
from app.domain.times import now
from app.domain.uris import path_of, uri_of
from app.store.batches import batches
from app.store.companions import companions_of
from app.store.contents import Contents, content_of
from app.store.pages import page
from app.store.places import place_of
from app.store.queries import aggregate, fitting, joined_files, sort_keys
from app.store.tables import ContentRow, DatasetRow, FileRow

_FRESH = {"status": FileStatus.WAITING, "reason": "", "custom_labels": {}}
UNREAD = Stamp(0, -1, 0)
"""The stamp of a file that has to be read whatever its own stamp is."""


class Files:
    """Files by their paths."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._contents = Contents(session)

    def put_read(self, dataset_id: int, path: str, stamp: Stamp, content: Content) -> None:
        """Keep a picture that was read, in place of what was known of its path.

        One that was taken out of the dataset stays out as long as it is the same picture.
        """
        before, removed = self._before(dataset_id, path)
        if removed == content.sha256:
            self._put(dataset_id, path, stamp, {}, before)
            return
        content_id = self._contents.put(dataset_id, content)
        values = {"status": FileStatus.INDEXED, "reason": "", "content_id": content_id, "removed_sha256": None}
        self._put(dataset_id, path, stamp, values, before)

    def put_unread(self, dataset_id: int, path: str, stamp: Stamp, status: FileStatus, reason: str) -> None:
        """Keep what became of a file that is no picture or cannot be read."""
        values: dict[str, object] = {"status": status, "reason": reason, "content_id": None, "removed_sha256": None}
        self._put(dataset_id, path, stamp, values, self._before(dataset_id, path)[0])

    def ask(
        self, dataset_id: int, path: str, custom_id: str | None, custom_labels: Mapping[str, object] | None
    ) -> None:
        """Note that a file is to be read by hand, with what its caller keeps with it; None leaves that as it is."""
        values: dict[str, object] = {"removed_sha256": None, "manual": True, **_custom(custom_id, custom_labels)}
        if self._status(dataset_id, path) in {None, FileStatus.REMOVED}:
            values |= {"status": FileStatus.WAITING, "reason": "", "content_id": None}
        self._put(dataset_id, path, UNREAD, values, self._before(dataset_id, path)[0])

    def drop_waiting(self, dataset_id: int, paths: Sequence[str]) -> None:
        """Forget files that were asked for by hand and are not there."""
        for uris in batches([uri_of(path) for path in paths]):
            waiting = (FileRow.dataset_id == dataset_id, FileRow.status == FileStatus.WAITING)
            self._session.execute(delete(FileRow).where(*waiting, FileRow.uri.in_(uris)))

    def set_custom(
        self, dataset_id: int, path: str, custom_id: str | None, custom_labels: Mapping[str, object] | None
    ) -> bool:
        """Change what a caller keeps with a file; None leaves that as it is. Tell whether the file is known."""
        found = self._session.execute(
            update(FileRow)
            .where(*fitting(dataset_id, None), FileRow.uri == uri_of(path))
            .values(update_time=now(), **_custom(custom_id, custom_labels))
            .returning(FileRow.id)
        )
        return found.first() is not None

    def take_out(self, dataset_id: int, paths: Sequence[str]) -> int:
        """Take files out of the dataset until they are asked for by hand or change; tell how many were in."""
        removed = 0
        for uris in batches([uri_of(path) for path in paths]):
            rows = self._session.execute(joined_files().where(*fitting(dataset_id, None), FileRow.uri.in_(uris))).all()
            removed += len(rows)
            digests = [{"id": row.FileRow.id, "removed_sha256": _digest(row.ContentRow)} for row in rows]
            contents = [row.ContentRow.id for row in rows if row.ContentRow is not None]
            gone = {"status": FileStatus.REMOVED, "reason": "", "content_id": None, "update_time": now()}
            if digests:
                self._session.execute(update(FileRow), [gone | digest for digest in digests])
                self._contents.loosen(contents)
        return removed

    def records(self, dataset_id: int, paths: Sequence[str]) -> list[FileRecord]:
        """Give all that is known of files, in the order of ``paths``; of those that are in the dataset."""
        found: dict[str, FileRecord] = {}
        for uris in batches([uri_of(path) for path in paths]):
            statement = joined_files().where(*fitting(dataset_id, None), FileRow.uri.in_(uris))
            records = (record_of(row.FileRow, row.ContentRow) for row in self._session.execute(statement))
            found |= {record.path: record for record in records}
        return [found[path] for path in paths if path in found]

    def query(
        self,
        dataset_id: int,
        condition: Condition | None,
        fields: Sequence[SortField],
        after: Sequence[object] | None,
        limit: int,
    ) -> tuple[list[FileRecord], list[object] | None]:
        """Give a page of the files that fit."""
        statement = joined_files().where(*fitting(dataset_id, condition))
        rows, last = page(self._session, statement, sort_keys(fields), after, limit)
        return [record_of(row.FileRow, row.ContentRow) for row in rows], last

    def aggregate(self, dataset_id: int, condition: Condition | None, asked: Aggregation, limit: int) -> Aggregated:
        """Sum up the files that fit."""
        return aggregate(self._session, joined_files().where(*fitting(dataset_id, condition)), asked, limit)

    def count(self, dataset_id: int, condition: Condition | None) -> int:
        """Count the files that fit."""
        statement = joined_files().where(*fitting(dataset_id, condition)).with_only_columns(func.count())
        return self._session.scalar(statement) or 0

    def remove(self, file_ids: Sequence[int]) -> None:
        """Forget files; the photographs themselves are not touched."""
        for ids in batches(file_ids):
            gone = self._session.scalars(delete(FileRow).where(FileRow.id.in_(ids)).returning(FileRow.content_id))
            self._contents.loosen([content_id for content_id in gone if content_id is not None])

    def remove_paths(self, paths: Sequence[str]) -> set[str]:
        """Forget files in all datasets, by their paths; give the names of those that knew one."""
        names: set[str] = set()
        # One dataset after the other: the index of paths begins with the dataset.
        for dataset_id, name in self._session.execute(select(DatasetRow.id, DatasetRow.name)).all():
            for uris in batches([uri_of(path) for path in paths]):
                own = select(FileRow.id).where(FileRow.dataset_id == dataset_id, FileRow.uri.in_(uris))
                known = self._session.scalars(own).all()
                names |= {name} if known else set()
                self.remove(known)
        return names

    def skipped(self, dataset_id: int) -> list[SkippedFile]:
        """Give the files that claim to be pictures and cannot be read, in the order of their URIs."""
        rows = self._session.execute(
            select(FileRow.uri, FileRow.reason)
            .where(FileRow.dataset_id == dataset_id, FileRow.status == FileStatus.UNREADABLE)
            .order_by(FileRow.uri)
        )
        return [SkippedFile(path_of(row.uri), row.reason) for row in rows]

    def of_clusters(self, cluster_ids: Iterable[int]) -> dict[int, list[FileMeta]]:
        """Give the members of clusters, by the cluster's number."""
        ids = list(cluster_ids)
        members: dict[int, list[FileMeta]] = {cluster_id: [] for cluster_id in ids}
        for part in batches(ids):
            for row in self._session.execute(_MEMBERS.where(ContentRow.cluster_id.in_(part))):
                members[row.cluster_id].append(_meta(row))
        return members

    def holding(self, dataset_id: int, sha256s: Sequence[bytes]) -> list[FileMeta]:
        """Give all files of a dataset that hold contents."""
        held = _MEMBERS.where(FileRow.dataset_id == dataset_id)
        return [
            _meta(row)
            for part in batches(sha256s)
            for row in self._session.execute(held.where(ContentRow.sha256.in_(part)).order_by(FileRow.uri))
        ]

    def paths_of(self, sha256s: Sequence[bytes]) -> dict[bytes, str]:
        """Give one path for each digest that some file has."""
        found: dict[bytes, str] = {}
        for part in batches(sha256s):
            rows = self._session.execute(
                select(ContentRow.sha256, func.min(FileRow.uri))
                .join(FileRow, FileRow.content_id == ContentRow.id)
                .where(ContentRow.sha256.in_(part))
                .group_by(ContentRow.sha256)
            )
            found.update((digest, path_of(uri)) for digest, uri in rows)
        return found

    def _put(self, dataset_id: int, path: str, stamp: Stamp, values: Mapping[str, object], before: int | None) -> None:
        """Keep a file; ``before`` is the number of the content that it had."""
        moment = now()
        values = {**values, **_stamped(stamp), "update_time": moment}
        fresh = {"dataset_id": dataset_id, "create_time": moment, **_FRESH, **place_of(path)}
        self._session.execute(_putting(frozenset(values)), {**fresh, **values})
        if before is not None and before != values.get("content_id", before):
            self._contents.loosen([before])

    def _before(self, dataset_id: int, path: str) -> tuple[int | None, bytes | None]:
        """Give the content that a file has until now, and the digest under which it was taken out."""
        row = self._session.execute(_BEFORE, {"dataset_id": dataset_id, "uri": uri_of(path)}).first()
        return (row.content_id, row.removed_sha256) if row else (None, None)

    def _status(self, dataset_id: int, path: str) -> str | None:
        return self._session.scalar(
            select(FileRow.status).where(FileRow.dataset_id == dataset_id, FileRow.uri == uri_of(path))
        )


# Columns, not entities, which take three times as long; a dataset may have a hundred thousand members.
_MEMBERS = select(
    FileRow.id.label("file_id"),
    FileRow.uri,
    FileRow.size,
    FileRow.mtime_ns,
    FileRow.inode,
    FileRow.companions,
    *(column for column in ContentRow.__table__.columns if column.key not in {"id", "dataset_id"}),
).join(ContentRow, ContentRow.id == FileRow.content_id)

# Statements that are made once: for each file anew they would take longer than SQLite.
_FILES = FileRow.metadata.tables[FileRow.__tablename__]
_BEFORE = select(_FILES.c.content_id, _FILES.c.removed_sha256).where(
    _FILES.c.dataset_id == bindparam("dataset_id"), _FILES.c.uri == bindparam("uri")
)


@cache
def _putting(names: frozenset[str]) -> Insert:
    """Give the statement that keeps a file; these columns change if it is known."""
    statement = insert(_FILES)
    changed = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=["dataset_id", "uri"], set_=changed)


def _stamped(stamp: Stamp) -> dict[str, object]:
    return {"size": stamp.size, "mtime_ns": stamp.mtime_ns, "inode": stamp.inode}


def _meta(row: Row[*tuple[Any, ...]]) -> FileMeta:
    path = path_of(row.uri)
    companions = companions_of(path, row.companions)
    return FileMeta(row.file_id, path, _stamp(row), content_of(row), row.image_score, companions)


def _stamp(row: FileRow | Row[*tuple[Any, ...]]) -> Stamp:
    return Stamp(row.size, row.mtime_ns, row.inode)


def record_of(row: FileRow, content: ContentRow | None) -> FileRecord:
    """Turn the row of a file, with that of its content, into its value."""
    path = path_of(row.uri)
    return FileRecord(
        path=path,
        stamp=_stamp(row),
        status=FileStatus(row.status),
        reason=row.reason,
        content=None if content is None else content_of(content),
        image_score=None if content is None else content.image_score,
        custom_id=row.custom_id,
        custom_labels=row.custom_labels,
        create_time=row.create_time,
        update_time=row.update_time,
        companions=companions_of(path, row.companions),
    )


def _custom(custom_id: str | None, custom_labels: Mapping[str, object] | None) -> dict[str, object]:
    values: dict[str, object] = {}
    if custom_id is not None:
        values["custom_id"] = custom_id
    if custom_labels is not None:
        values["custom_labels"] = dict(custom_labels)
    return values


def _digest(content: ContentRow | None) -> bytes:
    """Give the digest under which a file is taken out; nothing for one that could not be read."""
    return b"" if content is None else content.sha256
