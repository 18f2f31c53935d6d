"""The clusters of a dataset."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.clusters import Cluster, ClusterKind, ClusterOrder
from app.domain.identities import new_cluster_id
from app.domain.times import now
from app.store.batches import batches
from app.store.files import Files
from app.store.labels import label
from app.store.pages import Key, page
from app.store.tables import ClusterRow, ContentRow


class Clusters:
    """Clusters by their numbers."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, dataset_id: int, kind: ClusterKind) -> int:
        """Make a cluster with an id that was never used; give its number."""
        moment = now()
        row = ClusterRow(
            dataset_id=dataset_id,
            object_id=new_cluster_id(),
            kind=kind,
            create_time=moment,
            update_time=moment,
            custom_labels={},
        )
        self._session.add(row)
        self._session.flush()
        return row.id

    def set_kind(self, cluster_id: int, kind: ClusterKind, *, members_changed: bool) -> None:
        values: dict[str, object] = {"kind": kind}
        if members_changed:
            values["update_time"] = now()
        self._session.execute(update(ClusterRow).where(ClusterRow.id == cluster_id).values(values))

    def remove(self, cluster_ids: Sequence[int]) -> None:
        for ids in batches(cluster_ids):
            self._session.execute(delete(ClusterRow).where(ClusterRow.id.in_(ids)))

    def remove_empty(self, dataset_id: int) -> int:
        """Delete the clusters whose members all went at once; tell how many."""
        held = select(ContentRow.cluster_id).where(ContentRow.dataset_id == dataset_id)
        held = held.where(ContentRow.cluster_id.is_not(None))
        empty = delete(ClusterRow).where(ClusterRow.dataset_id == dataset_id, ClusterRow.id.not_in(held))
        return len(self._session.execute(empty.returning(ClusterRow.id)).all())

    def all(self, dataset_id: int) -> list[Cluster]:
        """Give all clusters of a dataset, the last changed first; members by ImageScore, then by path."""
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
        return [
            Cluster(
                object_id=row.object_id,
                kind=ClusterKind(row.kind),
                members=tuple(sorted(members[row.id], key=lambda member: (-(member.image_score or 0.0), member.path))),
                create_time=row.create_time,
                update_time=row.update_time,
                custom_labels=row.custom_labels,
            )
            for row in rows
        ]
