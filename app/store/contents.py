"""The contents of a dataset: pictures by their digest, and where each stands in the clusters."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.files import Content, Header, Measures, StoredContent
from app.domain.times import now
from app.store.batches import batches
from app.store.tables import ClusterRow, ContentRow, FileRow, PairRow

_HEADER: Final = tuple(field.name for field in fields(Header))
"""What a picture says of itself has columns of the same names."""


class Contents:
    """Contents by their numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, dataset_id: int, content: Content) -> int:
        """Keep a content, and note that its files change; give its number."""
        values = {"dataset_id": dataset_id, **_columns(content)}
        fresh = {"matched": False, "grouped": False}
        statement = insert(ContentRow).values(values | fresh)
        # A newer program may read more out of the same bytes.
        again = {name: values[name] for name in _HEADER} | {"grouped": False}
        statement = statement.on_conflict_do_update(index_elements=["dataset_id", "sha256"], set_=again)
        content_id: int = self._session.execute(statement.returning(ContentRow.id)).scalar_one()
        self._touch_clusters([content_id])
        return content_id

    def loosen(self, content_ids: Sequence[int]) -> None:
        """Note that files of these contents went away; contents without a file go with their relations."""
        for ids in batches(content_ids):
            self._touch_clusters(ids)
            near = (
                select(PairRow.first_id)
                .where(PairRow.second_id.in_(ids))
                .union(select(PairRow.second_id).where(PairRow.first_id.in_(ids)))
            )
            self._session.execute(
                update(ContentRow).where(or_(ContentRow.id.in_(ids), ContentRow.id.in_(near))).values(grouped=False)
            )
            held = select(FileRow.content_id).where(FileRow.content_id.in_(ids))
            self._session.execute(delete(ContentRow).where(ContentRow.id.in_(ids), ContentRow.id.not_in(held)))

    def unmatched(self, dataset_id: int) -> list[int]:
        """Give the numbers of contents that no task has compared yet."""
        return self._numbers(dataset_id, ContentRow.matched.is_(False))

    def ungrouped(self, dataset_id: int) -> list[int]:
        """Give the numbers of compared contents whose clusters have to be found again."""
        return self._numbers(dataset_id, and_(ContentRow.grouped.is_(False), ContentRow.matched.is_(True)))

    def all(self, dataset_id: int) -> list[StoredContent]:
        """Give all contents of a dataset, in the order of their numbers."""
        return self._stored(ContentRow.dataset_id == dataset_id)

    def of(self, content_ids: Sequence[int]) -> list[StoredContent]:
        """Give contents by their numbers."""
        return [stored for ids in batches(content_ids) for stored in self._stored(ContentRow.id.in_(ids))]

    def by_cluster(self, cluster_ids: Sequence[int]) -> dict[int, list[StoredContent]]:
        """Give the contents of clusters, by the cluster's number."""
        members: dict[int, list[StoredContent]] = {cluster_id: [] for cluster_id in cluster_ids}
        for ids in batches(cluster_ids):
            for stored in self._stored(ContentRow.cluster_id.in_(ids)):
                assert stored.cluster_id is not None
                members[stored.cluster_id].append(stored)
        return members

    def unembedded(self, dataset_id: int) -> dict[int, bytes]:
        """Give the contents without an embedding: their numbers and digests."""
        rows = self._session.execute(
            select(ContentRow.id, ContentRow.sha256)
            .where(ContentRow.dataset_id == dataset_id, ContentRow.embedding.is_(None))
            .order_by(ContentRow.id)
        )
        return {row.id: row.sha256 for row in rows}

    def embeddings(self, dataset_id: int) -> dict[int, bytes]:
        """Give the embeddings of all contents that have one, by their numbers."""
        rows = self._session.execute(
            select(ContentRow.id, ContentRow.embedding).where(
                ContentRow.dataset_id == dataset_id, ContentRow.embedding.is_not(None)
            )
        )
        return {row.id: row.embedding for row in rows}

    def set_embeddings(self, embeddings: Iterable[tuple[int, bytes | None]]) -> None:
        rows = [{"id": content_id, "embedding": embedding} for content_id, embedding in embeddings]
        if rows:
            self._session.execute(update(ContentRow), rows)

    def set_matched(self, content_ids: Sequence[int]) -> None:
        """Note that contents are compared with all others; their clusters have to be found."""
        self._set(content_ids, matched=True, grouped=False)

    def unscored(self, dataset_id: int) -> list[int]:
        """Give the numbers of clusters whose members have no score yet."""
        return list(
            self._session.scalars(
                select(ContentRow.cluster_id)
                .where(ContentRow.dataset_id == dataset_id, ContentRow.cluster_id.is_not(None))
                .where(ContentRow.image_score.is_(None))
                .distinct()
            )
        )

    def set_grouped(self, content_ids: Sequence[int], cluster_id: int | None) -> None:
        """Put contents into a cluster, or (None) leave them alone; their scores were those of other company."""
        self._set(content_ids, grouped=True, cluster_id=cluster_id, image_score=None)

    def keep_grouped(self, content_ids: Sequence[int]) -> None:
        """Note that these contents stay with each other as they are."""
        self._set(content_ids, grouped=True)

    def set_scores(self, scores: Iterable[tuple[int, float]]) -> None:
        rows = [{"id": content_id, "image_score": score} for content_id, score in scores]
        if rows:
            self._session.execute(update(ContentRow), rows)

    def _set(self, content_ids: Sequence[int], **values: object) -> None:
        for ids in batches(content_ids):
            self._session.execute(update(ContentRow).where(ContentRow.id.in_(ids)).values(**values))

    def _touch_clusters(self, content_ids: Sequence[int]) -> None:
        touched = select(ContentRow.cluster_id).where(ContentRow.id.in_(content_ids))
        self._session.execute(update(ClusterRow).where(ClusterRow.id.in_(touched)).values(update_time=now()))

    def _numbers(self, dataset_id: int, condition: ColumnElement[bool]) -> list[int]:
        return list(self._session.scalars(select(ContentRow.id).where(ContentRow.dataset_id == dataset_id, condition)))

    def _stored(self, condition: ColumnElement[bool]) -> list[StoredContent]:
        rows = self._session.execute(
            select(ContentRow, func.count(FileRow.id))
            .join(FileRow, FileRow.content_id == ContentRow.id)
            .where(condition)
            .group_by(ContentRow.id)
            .order_by(ContentRow.id)
        )
        return [StoredContent(row.id, content_of(row), files, row.cluster_id) for row, files in rows]


def content_of(row: ContentRow | Row[Any]) -> Content:
    """Turn a row, or one with its columns, into its value."""
    return Content(
        sha256=row.sha256,
        phash=row.phash,
        header=Header(**{name: getattr(row, name) for name in _HEADER}),
        measures=Measures(row.sharpness, row.texture, row.brightness, row.clipped),
    )


def _columns(content: Content) -> dict[str, object]:
    return {
        "sha256": content.sha256,
        "phash": content.phash,
        **{name: getattr(content.header, name) for name in _HEADER},
        **asdict(content.measures),
    }
