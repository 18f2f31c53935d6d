"""The choices of a dataset: best shots that a person or its ladder chose, by their digests."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import and_, case, delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.choices import Agreement, Choice, Proposer, Source
from app.domain.uris import path_of, uri_of
from app.store.batches import batches
from app.store.ladders import because_as_json, because_of
from app.store.person_tables import ChoiceRow
from app.store.tables import ContentRow

_KEY = ("dataset_id", "sha256", "source")


class Choices:
    """Choices by who chose and by digest."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, dataset_id: int, choices: Iterable[Choice]) -> None:
        """Keep choices, in place of those of the same contents by the same source."""
        rows = [
            {
                "dataset_id": dataset_id,
                "source": choice.source,
                "sha256": choice.sha256,
                "uri": uri_of(choice.path),
                "ladder": choice.ladder,
                "because": because_as_json(choice.because),
                "proposed_by": choice.proposed_by or "",
                "agreed": choice.agreed,
                "moment": choice.moment,
            }
            for choice in choices
        ]
        if rows:
            statement = insert(ChoiceRow)
            kept = {name: statement.excluded[name] for name in rows[0] if name not in _KEY}
            self._session.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=kept), rows)

    def remove(self, dataset_id: int, source: Source, sha256s: Sequence[bytes] | None) -> int:
        """Forget the choices of a source among contents, or (None) all of them; tell how many there were."""
        own = delete(ChoiceRow).where(ChoiceRow.dataset_id == dataset_id, ChoiceRow.source == source)
        if sha256s is None:
            return len(self._session.execute(own.returning(ChoiceRow.moment)).all())
        return sum(
            len(self._session.execute(own.where(ChoiceRow.sha256.in_(part)).returning(ChoiceRow.moment)).all())
            for part in batches(sha256s)
        )

    def of_clusters(self, cluster_ids: Sequence[int]) -> dict[int, list[Choice]]:
        """Give the choices among the members of clusters, by the cluster's number."""
        found: dict[int, list[Choice]] = defaultdict(list)
        same = and_(ContentRow.sha256 == ChoiceRow.sha256, ContentRow.dataset_id == ChoiceRow.dataset_id)
        for ids in batches(cluster_ids):
            rows = select(ChoiceRow, ContentRow.cluster_id).join(ContentRow, same)
            for row, cluster_id in self._session.execute(rows.where(ContentRow.cluster_id.in_(ids))):
                assert cluster_id is not None
                found[cluster_id].append(_choice(row))
        return found

    def all(self, dataset_id: int) -> list[Choice]:
        """Give all choices of a dataset, those of the person first, the first made first."""
        rows = select(ChoiceRow).where(ChoiceRow.dataset_id == dataset_id)
        order = (ChoiceRow.source.desc(), ChoiceRow.moment, ChoiceRow.sha256)
        return [_choice(row) for row in self._session.scalars(rows.order_by(*order))]

    def agreement(self) -> Agreement:
        """Count the choices of a person in all datasets, and those that were other than what was proposed."""
        other = func.sum(case((ChoiceRow.agreed, 0), else_=1))
        rows = select(ChoiceRow.proposed_by, func.count(), other).where(ChoiceRow.source == Source.PERSON)
        found = {
            by: (made, not_agreed)
            for by, made, not_agreed in self._session.execute(rows.group_by(ChoiceRow.proposed_by))
        }
        return Agreement(*found.get(Proposer.SCORE, (0, 0)), *found.get(Proposer.LADDER, (0, 0)))


def _choice(row: ChoiceRow) -> Choice:
    return Choice(
        sha256=row.sha256,
        path=path_of(row.uri),
        source=Source(row.source),
        moment=row.moment,
        ladder=row.ladder,
        because=because_of(row.because),
        proposed_by=Proposer(row.proposed_by) if row.proposed_by else None,
        agreed=row.agreed,
    )
