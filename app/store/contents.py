"""The contents of a dataset: pictures by their digest, and where each stands in the clusters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, delete, func, or_, select, type_coerce, union, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.dml import ReturningInsert

from app.domain.files import Compared, Content, Header, Known, Measures, StoredContent
from app.domain.pairs import Member
from app.domain.times import now
from app.store.batches import batches
from app.store.tables import ClusterRow, ContentRow, FileRow, PairRow

_HEADER: Final = tuple(field.name for field in fields(Header))
"""What a picture says of itself has columns of the same names."""
_MEASURES: Final = tuple(field.name for field in fields(Measures))
_ROWS = 10_000
_KNOWN = (
    ContentRow.id,
    ContentRow.sha256,
    ContentRow.phash,
    ContentRow.sight,
    ContentRow.texture,
    ContentRow.camera,
    ContentRow.capture_time,
    ContentRow.burst_id,
    ContentRow.compared,
)
_MEMBERS = select(ContentRow.id, ContentRow.sha256, ContentRow.pixels, ContentRow.cluster_id)
_HELD: Final = type_coerce(FileRow.content_id, Integer)
_HOLDERS = select(_HELD, func.count()).where(FileRow.content_id.is_not(None)).group_by(FileRow.content_id)
_HEADERS = select(ContentRow.id, *(getattr(ContentRow, name) for name in _HEADER))
_MOVE = "UPDATE contents SET cluster_id = ?, image_score = NULL WHERE id = ?"


class Contents:
    """Contents by their numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, dataset_id: int, content: Content) -> int:
        """Keep a content, and note that its files change; give its number."""
        fresh = {"dataset_id": dataset_id, "compared": Compared.NOT, "grouped": False}
        row = self._session.execute(_PUT, fresh | _columns(content)).one()
        if row.cluster_id is not None:
            self._touch_clusters([row.id])
        return int(row.id)

    def loosen(self, content_ids: Sequence[int]) -> None:
        """Note that files of these contents went away; contents without a file go with their relations."""
        for ids in batches(content_ids):
            self._touch_clusters(ids)
            # Where a person bound pictures, members of a cluster need not be related to each other.
            near = union(
                select(PairRow.first_id).where(PairRow.second_id.in_(ids)),
                select(PairRow.second_id).where(PairRow.first_id.in_(ids)),
                mates_of(ContentRow.id.in_(ids)),
            )
            self._session.execute(
                update(ContentRow).where(or_(ContentRow.id.in_(ids), ContentRow.id.in_(near))).values(grouped=False)
            )
            held = select(FileRow.content_id).where(FileRow.content_id.in_(ids))
            gone = and_(ContentRow.id.in_(ids), ContentRow.id.not_in(held))
            self.unscore_mates(self._session.scalars(select(ContentRow.id).where(gone)).all())
            self._session.execute(delete(ContentRow).where(gone))

    def count(self, dataset_id: int) -> int:
        """Count the contents of a dataset."""
        counted = select(func.count()).select_from(ContentRow).where(ContentRow.dataset_id == dataset_id)
        return self._session.scalar(counted) or 0

    def uncompare_all(self, dataset_id: int) -> None:
        """Note that contents have to be compared again with what is less alike."""
        fully = (ContentRow.dataset_id == dataset_id, ContentRow.compared == Compared.FULLY)
        self._session.execute(update(ContentRow).where(*fully).values(compared=Compared.BY_HASH))

    def uncompared(self, dataset_id: int, stage: Compared) -> bool:
        """Tell whether there are contents that were not compared so far."""
        return bool(self._numbers(dataset_id, ContentRow.compared < stage, limit=1))

    def twins_of(self, dataset_id: int, content_ids: Sequence[int]) -> set[int]:
        """Give the contents that have the pixels of others, these among them."""
        found: set[int] = set()
        for ids in batches(content_ids):
            pixels = select(ContentRow.pixels).where(ContentRow.id.in_(ids), ContentRow.pixels != b"")
            found.update(self._numbers(dataset_id, ContentRow.pixels.in_(pixels)))
        return found

    def ungrouped(self, dataset_id: int) -> list[int]:
        """Give the numbers of compared contents whose clusters have to be found again."""
        return self._numbers(dataset_id, and_(ContentRow.grouped.is_(False), ContentRow.compared > Compared.NOT))

    def known(self, dataset_id: int) -> Iterator[Known]:
        """Give what all contents of a dataset are compared by, in the order of their digests."""
        rows = self._session.execute(
            select(*_KNOWN)
            .where(ContentRow.dataset_id == dataset_id)
            .order_by(ContentRow.sha256)
            .execution_options(yield_per=_ROWS)
        )
        return (Known(*row) for row in rows)

    def known_of(self, content_ids: Sequence[int]) -> list[Known]:
        """Give what contents are compared by, in the order of their digests."""
        wanted = select(*_KNOWN).where(ContentRow.id.in_(content_ids)).order_by(ContentRow.sha256)
        return [Known(*row) for row in self._session.execute(wanted)]

    def members(self, dataset_id: int, content_ids: Sequence[int] | None) -> dict[int, Member]:
        """Give contents as grouping needs them, by their numbers; None stands for all of the dataset."""
        read = self._session.connection()  # past the mapper, which takes as long as SQLite
        files: dict[int, int] = {}
        for condition in _conditions(FileRow.content_id, content_ids):
            held = read.execute(_HOLDERS.where(*condition).having(func.count() > 1)).all()
            files |= {row[0]: row[1] for row in held}
        found: dict[int, Member] = {}
        for condition in _conditions(ContentRow.id, content_ids):
            rows = read.execute(_MEMBERS.where(ContentRow.dataset_id == dataset_id, *condition)).all()  # not one by one
            found |= {row[0]: Member(*row, files.get(row[0], 1)) for row in rows}
        return found

    def folders(self, dataset_id: int, content_ids: Sequence[int] | None) -> dict[int, str]:
        """Give the folders of those contents whose files all lie in one; None stands for all of the dataset."""
        one = func.min(FileRow.folder)
        held = _HOLDERS.with_only_columns(_HELD, one).having(one == func.max(FileRow.folder))
        return {
            content_id: folder
            for condition in _conditions(FileRow.content_id, content_ids)
            for content_id, folder in self._session.execute(held.where(FileRow.dataset_id == dataset_id, *condition))
        }

    def headers(self, content_ids: Sequence[int]) -> dict[int, Header]:
        """Give what contents say of themselves, by their numbers."""
        return {
            content_id: Header(*header)
            for condition in _conditions(ContentRow.id, content_ids)
            for content_id, *header in self._session.connection().execute(_HEADERS.where(*condition)).all()
        }

    def of_digests(self, dataset_id: int, digests: Sequence[bytes]) -> list[StoredContent]:
        """Give contents by their digests."""
        own = ContentRow.dataset_id == dataset_id
        return [one for part in batches(digests) for one in self._stored(and_(own, ContentRow.sha256.in_(part)))]

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

    def undescribed(self, dataset_id: int) -> dict[int, bytes]:
        """Give the contents that were not described yet: their numbers and digests."""
        rows = self._session.execute(
            select(ContentRow.id, ContentRow.sha256)
            .where(ContentRow.dataset_id == dataset_id, ContentRow.sight.is_(None))
            .order_by(ContentRow.id)
        )
        return {row.id: row.sha256 for row in rows}

    def set_sights(self, sights: Iterable[tuple[int, bytes | None]]) -> None:
        """Keep what contents show, by their numbers."""
        self._session.execute(update(ContentRow), [{"id": content_id, "sight": sight} for content_id, sight in sights])

    def set_compared(self, content_ids: Sequence[int], stage: Compared) -> None:
        """Note that contents are compared with all others so far; their clusters have to be found."""
        self._set(content_ids, compared=stage, grouped=False)

    def loosen_all(self, dataset_id: int) -> None:
        """Note that all clusters of a dataset have to be found again."""
        settled = (ContentRow.dataset_id == dataset_id, ContentRow.grouped.is_(True))
        self._session.execute(update(ContentRow).where(*settled).values(grouped=False))

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

    def move(self, moves: Iterable[tuple[int, int | None]]) -> None:
        """Put contents into other clusters, or (None) leave them alone; their scores were those of other company."""
        rows = [(cluster_id, content_id) for content_id, cluster_id in moves]
        if rows:
            self._session.connection().exec_driver_sql(_MOVE, rows)  # as it is, for one photograph in three may move

    def unscore(self, cluster_ids: Sequence[int]) -> None:
        """Note that the members of clusters have other company now, by which they are scored."""
        for ids in batches(cluster_ids):
            scored = (ContentRow.cluster_id.in_(ids), ContentRow.image_score.is_not(None))
            self._session.execute(update(ContentRow).where(*scored).values(image_score=None))

    def unscore_mates(self, content_ids: Sequence[int]) -> None:
        """Note that these, and all that share clusters with them, are to be scored anew."""
        for ids in batches(content_ids):
            mates = ContentRow.id.in_(mates_of(ContentRow.id.in_(ids)))
            self._session.execute(update(ContentRow).where(mates).values(image_score=None))

    def set_grouped(self, dataset_id: int, content_ids: Sequence[int] | None) -> None:
        """Note that the clusters of contents follow from all that is known; None stands for all of the dataset."""
        for condition in _conditions(ContentRow.id, content_ids):
            loose = (ContentRow.dataset_id == dataset_id, ContentRow.grouped.is_(False), *condition)
            self._session.execute(
                update(ContentRow).where(*loose).values(grouped=True).execution_options(synchronize_session=False)
            )

    def set_scores(self, scores: Iterable[tuple[int, float]]) -> None:
        rows = [{"id": content_id, "image_score": score} for content_id, score in scores]
        if rows:
            self._session.execute(update(ContentRow), rows)

    def _set(self, content_ids: Sequence[int], **values: object) -> None:
        for ids in batches(content_ids):
            self._session.execute(update(ContentRow).where(ContentRow.id.in_(ids)).values(**values))

    def _touch_clusters(self, content_ids: Sequence[int]) -> None:
        touched = select(ContentRow.cluster_id).where(ContentRow.id.in_(content_ids))
        self._session.execute(
            update(ClusterRow).where(ClusterRow.id.in_(touched)).values(update_time=now(), climbed=False)
        )

    def _numbers(self, dataset_id: int, condition: ColumnElement[bool], limit: int | None = None) -> list[int]:
        wanted = select(ContentRow.id).where(ContentRow.dataset_id == dataset_id, condition).limit(limit)
        return list(self._session.scalars(wanted))

    def _stored(self, condition: ColumnElement[bool]) -> list[StoredContent]:
        rows = self._session.execute(
            select(*ContentRow.__table__.c, func.count(FileRow.id).label("files"))
            .join(FileRow, FileRow.content_id == ContentRow.id)
            .where(condition)
            .group_by(ContentRow.id)
            .order_by(ContentRow.id)
        )
        return [StoredContent(row.id, content_of(row), row.files, row.cluster_id) for row in rows]


def content_of(row: ContentRow | Row[Any, *tuple[Any, ...]]) -> Content:
    """Turn a row, or one with its columns, into its value."""
    return Content(
        sha256=row.sha256,
        phash=row.phash,
        header=Header(**{name: getattr(row, name) for name in _HEADER}),
        measures=Measures(row.sharpness, row.texture, row.brightness, row.clipped),
        pixels=row.pixels,
    )


def _conditions(
    number: InstrumentedAttribute[Any], content_ids: Sequence[int] | None
) -> Iterator[tuple[ColumnElement[bool], ...]]:
    """Give the conditions under which contents are chosen by their number, one after the other."""
    if content_ids is None:
        yield ()
    else:
        yield from ((number.in_(ids),) for ids in batches(content_ids))


def mates_of(condition: ColumnElement[bool]) -> Select[int]:
    """Select the numbers of the contents that share a cluster with those of a condition, themselves among them."""
    clusters = select(ContentRow.cluster_id).where(condition, ContentRow.cluster_id.is_not(None))
    return select(ContentRow.id).where(ContentRow.cluster_id.in_(clusters))


def _columns(content: Content) -> dict[str, object]:
    return {
        "sha256": content.sha256,
        "phash": content.phash,
        "pixels": content.pixels,
        **{name: getattr(content.header, name) for name in _HEADER},
        **asdict(content.measures),
    }


def _statement_to_put() -> ReturningInsert[Any]:
    """Make the statement once: for each content anew it would take longer than SQLite itself."""
    table = ContentRow.metadata.tables[ContentRow.__tablename__]
    statement = insert(table)
    # A newer program may read more out of the same bytes.
    read = {name: statement.excluded[name] for name in ("phash", "pixels", *_HEADER, *_MEASURES)}
    statement = statement.on_conflict_do_update(index_elements=["dataset_id", "sha256"], set_=read | {"grouped": False})
    return statement.returning(table.c.id, table.c.cluster_id)


_PUT: Final = _statement_to_put()
