"""The clusters of a dataset."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.clusters import Cluster, ClusterKind, ClusterOrder, by_score
from app.domain.identities import new_cluster_id
from app.domain.judgements import Confidence
from app.domain.times import now
from app.store.batches import batches
from app.store.choices import Choices
from app.store.decisions import Decisions
from app.store.files import Files
from app.store.labels import label
from app.store.pages import Key, page
from app.store.tables import ClusterRow, ContentRow


class Clusters:
    """Clusters by their numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, dataset_id: int, kinds: Sequence[ClusterKind]) -> list[int]:
        """Make clusters with ids that were never used; give their numbers."""
        moment = now()
        last = self._session.scalar(select(func.max(ClusterRow.id))) or 0
        rows = [
            {
                "id": number,
                "dataset_id": dataset_id,
                "object_id": new_cluster_id(),
                "kind": kind,
                "create_time": moment,
                "update_time": moment,
                "custom_labels": {},
            }
            for number, kind in enumerate(kinds, last + 1)
        ]
        if rows:
            # Numbered here and past the mapper: asking SQLite for each number takes several times as long.
            self._session.connection().execute(insert(ClusterRow), rows)
        return [last + 1 + place for place in range(len(rows))]

    def set_kinds(self, kinds: Mapping[int, ClusterKind]) -> None:
        """Say what clusters are."""
        for kind in ClusterKind:
            for ids in batches([cluster_id for cluster_id, own in kinds.items() if own is kind]):
                other = update(ClusterRow).where(ClusterRow.id.in_(ids), ClusterRow.kind != kind)
                self._session.execute(other.values(kind=kind, climbed=False))

    def set_confidence(self, found: Mapping[int, Confidence | None]) -> None:
        """Say how sure it is which member of clusters is the best; None where none is to be."""
        rows = [{"id": cluster_id, "confidence": one or ""} for cluster_id, one in found.items()]
        if rows:
            self._session.execute(update(ClusterRow), rows)

    def touch(self, cluster_ids: Sequence[int]) -> None:
        """Note that members of clusters came or went."""
        moment = now()
        for ids in batches(cluster_ids):
            self._session.execute(
                update(ClusterRow).where(ClusterRow.id.in_(ids)).values(update_time=moment, climbed=False)
            )

    def remove(self, cluster_ids: Sequence[int]) -> None:
        for ids in batches(cluster_ids):
            self._session.execute(delete(ClusterRow).where(ClusterRow.id.in_(ids)))

    def remove_empty(self, dataset_id: int) -> int:
        """Delete the clusters whose members all went at once; tell how many."""
        held = select(ContentRow.id).where(ContentRow.cluster_id == ClusterRow.id).exists()
        empty = delete(ClusterRow).where(ClusterRow.dataset_id == dataset_id, ~held)
        return len(self._session.execute(empty.returning(ClusterRow.id)).all())

    def place_of(self, object_id: str) -> tuple[int, int] | None:
        """Give the numbers of the dataset and of a cluster by its id; None if there is none."""
        row = self._session.execute(
            select(ClusterRow.dataset_id, ClusterRow.id).where(ClusterRow.object_id == object_id)
        ).first()
        return None if row is None else (row.dataset_id, row.id)

    def kinds(self, cluster_ids: Sequence[int]) -> dict[int, ClusterKind]:
        """Give what clusters are, by their numbers."""
        rows = (
            row
            for ids in batches(cluster_ids)
            for row in self._session.execute(select(ClusterRow.id, ClusterRow.kind).where(ClusterRow.id.in_(ids)))
        )
        return {row.id: ClusterKind(row.kind) for row in rows}

    def numbers(self, dataset_id: int) -> list[int]:
        """Give the numbers of all clusters of a dataset."""
        return list(
            self._session.scalars(
                select(ClusterRow.id).where(ClusterRow.dataset_id == dataset_id).order_by(ClusterRow.id)
            )
        )

    def loosen_choices(self, dataset_id: int, sha256s: Sequence[bytes] | None) -> None:
        """Note that the ladder of a dataset has to choose again in the clusters of contents, or (None) in all."""
        own = update(ClusterRow).where(ClusterRow.dataset_id == dataset_id).values(climbed=False)
        if sha256s is None:
            self._session.execute(own)
            return
        for ids in batches(self.holding(dataset_id, sha256s)):
            self._session.execute(own.where(ClusterRow.id.in_(ids)))

    def unclimbed(self, dataset_id: int) -> list[int]:
        """Give the numbers of clusters in which the ladder of their dataset has to choose."""
        rows = select(ClusterRow.id).where(ClusterRow.dataset_id == dataset_id, ClusterRow.climbed.is_(False))
        return list(self._session.scalars(rows.order_by(ClusterRow.id)))

    def set_climbed(self, clusters: Sequence[Cluster]) -> None:
        """Note that a ladder chose in clusters, unless they changed since they were given."""
        rows = [{"cluster": cluster.object_id, "seen": cluster.update_time} for cluster in clusters]
        if rows:
            self._session.connection().execute(_CLIMBED, rows)

    def of(self, cluster_ids: Sequence[int]) -> list[Cluster]:
        """Give clusters by their numbers."""
        return [
            cluster
            for ids in batches(cluster_ids)
            for cluster in self._clusters(
                self._session.scalars(select(ClusterRow).where(ClusterRow.id.in_(ids)).order_by(ClusterRow.id)).all()
            )
        ]

    def holding(self, dataset_id: int, sha256s: Sequence[bytes]) -> list[int]:
        """Give the numbers of the clusters that contents are in."""
        found: set[int] = set()
        for part in batches(sha256s):
            held = select(ContentRow.cluster_id).where(ContentRow.dataset_id == dataset_id)
            numbers = self._session.scalars(held.where(ContentRow.sha256.in_(part)))
            found.update(number for number in numbers if number is not None)
        return sorted(found)

    def homes(self, dataset_id: int, sha256s: Sequence[bytes]) -> dict[bytes, int]:
        """Give the numbers of the clusters that contents are in, by digest; nothing for those that are alone."""
        own = select(ContentRow.sha256, ContentRow.cluster_id).where(ContentRow.dataset_id == dataset_id)
        rows = (
            row for part in batches(sha256s) for row in self._session.execute(own.where(ContentRow.sha256.in_(part)))
        )
        return {row.sha256: row.cluster_id for row in rows if row.cluster_id is not None}

    def all(self, dataset_id: int) -> list[Cluster]:
        """Give all clusters of a dataset, the last changed first; members as ``Cluster`` orders them."""
        rows = self._session.scalars(
            select(ClusterRow)
            .where(ClusterRow.dataset_id == dataset_id)
            .order_by(ClusterRow.update_time.desc(), ClusterRow.object_id)
        ).all()
        return self._clusters(rows)

    def page(
        self, dataset_id: int, order: ClusterOrder, after: Sequence[object] | None, limit: int
    ) -> tuple[list[Cluster], list[object] | None]:
        """Give a page of the clusters of a dataset that have all the labels asked for."""
        statement = select(ClusterRow).where(ClusterRow.dataset_id == dataset_id)
        for name, value in order.labels.items():
            statement = statement.where(label(ClusterRow.custom_labels, name) == value)
        moment = ClusterRow.create_time if order.by_create_time else ClusterRow.update_time
        keys = [Key(moment, order.descending), Key(ClusterRow.object_id, order.descending)]
        rows, last = page(self._session, statement, keys, after, limit)
        return self._clusters([row.ClusterRow for row in rows]), last

    def _clusters(self, rows: Sequence[ClusterRow]) -> list[Cluster]:
        members = Files(self._session).of_clusters(row.id for row in rows)
        choices = Choices(self._session).of_clusters([row.id for row in rows])
        decided = Decisions(self._session).of_clusters(members)
        clusters = (
            Cluster(
                object_id=row.object_id,
                kind=ClusterKind(row.kind),
                confidence=Confidence(row.confidence) if row.confidence else None,
                members=tuple(by_score(members[row.id])),
                create_time=row.create_time,
                update_time=row.update_time,
                custom_labels=row.custom_labels,
                decided=decided.get(row.id, {}),
            )
            for row in rows
        )
        return [cluster.with_choice(choices.get(row.id, ())) for row, cluster in zip(rows, clusters, strict=True)]


_TABLE = ClusterRow.metadata.tables[ClusterRow.__tablename__]
_CLIMBED = (
    update(_TABLE)
    .where(_TABLE.c.object_id == bindparam("cluster"), _TABLE.c.update_time == bindparam("seen"))
    .values(climbed=True)
)
