"""The files of a dataset: paths, stamps, what became of each when it was read."""

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.files import Content, FileMeta, FileStatus, KnownFile, SkippedFile, Stamp
from app.domain.times import now
from app.domain.uris import path_of, uri_of
from app.store.batches import batches
from app.store.contents import Contents, content_of
from app.store.tables import ContentRow, FileRow


class Files:
    """Files by their paths."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._contents = Contents(session)

    def put_read(self, dataset_id: int, path: str, stamp: Stamp, content: Content) -> None:
        """Keep a picture that was read, in place of what was known of its path."""
        content_id = self._contents.put(dataset_id, content)
        self._put(dataset_id, path, stamp, {"status": FileStatus.INDEXED, "reason": "", "content_id": content_id})

    def put_unread(self, dataset_id: int, path: str, stamp: Stamp, status: FileStatus, reason: str) -> None:
        """Keep what became of a file that is no picture or cannot be read."""
        self._put(dataset_id, path, stamp, {"status": status, "reason": reason, "content_id": None})

    def known_in(self, dataset_id: int, folder: str) -> dict[str, KnownFile]:
        """Give what is known of the files that lie directly in a folder, by path."""
        rows = self._session.execute(_KNOWN.where(FileRow.dataset_id == dataset_id, FileRow.folder == uri_of(folder)))
        return {
            path: KnownFile(row.id, path, Stamp(row.size, row.mtime_ns, row.inode), FileStatus(row.status))
            for row in rows
            if (path := path_of(row.uri))
        }

    def folders(self, dataset_id: int) -> list[str]:
        """Give all folders that hold a file of the dataset."""
        return [
            path_of(uri)
            for uri in self._session.scalars(select(FileRow.folder).where(FileRow.dataset_id == dataset_id).distinct())
        ]

    def move(self, file_id: int, path: str) -> None:
        """Note that a file lies elsewhere now."""
        self._session.execute(update(FileRow).where(FileRow.id == file_id).values(**_place(path), update_time=now()))

    def remove(self, file_ids: Sequence[int]) -> None:
        """Forget files; the photographs themselves are not touched."""
        for ids in batches(file_ids):
            gone = self._session.scalars(delete(FileRow).where(FileRow.id.in_(ids)).returning(FileRow.content_id))
            self._contents.loosen([content_id for content_id in gone if content_id is not None])

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

    def _put(self, dataset_id: int, path: str, stamp: Stamp, values: dict[str, object]) -> None:
        moment = now()
        before = self._session.scalar(
            select(FileRow.content_id).where(FileRow.dataset_id == dataset_id, FileRow.uri == uri_of(path))
        )
        values = values | _stamped(stamp) | {"update_time": moment}
        statement = insert(FileRow).values(dataset_id=dataset_id, create_time=moment, **_place(path), **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["dataset_id", "uri"], set_=values))
        if before is not None and before != values["content_id"]:
            self._contents.loosen([before])


_KNOWN = select(FileRow.id, FileRow.uri, FileRow.size, FileRow.mtime_ns, FileRow.inode, FileRow.status)
# Columns, not entities, which take three times as long; a dataset may have a hundred thousand members.
_MEMBERS = select(
    FileRow.id.label("file_id"),
    FileRow.uri,
    FileRow.size,
    FileRow.mtime_ns,
    FileRow.inode,
    *(column for column in ContentRow.__table__.columns if column.key not in {"id", "dataset_id"}),
).join(ContentRow, ContentRow.id == FileRow.content_id)


def _place(path: str) -> dict[str, object]:
    return {"uri": uri_of(path), "folder": uri_of(str(PurePath(path).parent))}


def _stamped(stamp: Stamp) -> dict[str, object]:
    return {"size": stamp.size, "mtime_ns": stamp.mtime_ns, "inode": stamp.inode}


def _meta(row: Row[Any]) -> FileMeta:
    stamp = Stamp(row.size, row.mtime_ns, row.inode)
    return FileMeta(row.file_id, path_of(row.uri), stamp, content_of(row), row.image_score)
