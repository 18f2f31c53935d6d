"""The evidence: pairs of contents that may belong together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, aliased

from app.domain.pairs import EXPOSURES, MAX_DISTANCE, Alikeness, Kinship, Link, Pair, Relation
from app.store.batches import batches
from app.store.tables import ContentRow, PairRow

_KEY = ("first_id", "second_id")
_FIELDS = tuple(field.name for field in fields(Pair))
"""What is known of a pair has columns of the same names."""
_RELATIONS = {str(relation): relation for relation in Relation}


class Pairs:
    """Pairs by their two contents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, pairs: Iterable[Pair]) -> None:
        """Keep pairs, in place of what was known of the same two contents."""
        rows = [{name: getattr(pair, name) for name in _FIELDS} for pair in pairs]
        if not rows:
            return
        statement = insert(PairRow)
        kept = {name: statement.excluded[name] for name in _FIELDS if name not in _KEY}
        self._session.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=kept), rows)

    def of(self, first_id: int, second_id: int) -> Pair | None:
        """Give what is known of two contents."""
        row = self._session.get(PairRow, (min(first_id, second_id), max(first_id, second_id)))
        if row is None:
            return None
        values = {name: getattr(row, name) for name in _FIELDS}
        return Pair(**values | {"relation": Relation(row.relation)})

    def touching(self, content_ids: Sequence[int], alikeness: Alikeness, cosine: float) -> Iterator[Link]:
        """Give the pairs of these contents that count; one of two of them comes twice.

        ``cosine``: how alike by their embeddings those must be for which nothing else speaks.
        """
        for ids in batches(content_ids):
            yield from self._links(or_(PairRow.first_id.in_(ids), PairRow.second_id.in_(ids)), alikeness, cosine)

    def all(self, dataset_id: int, alikeness: Alikeness, cosine: float) -> Iterator[Link]:
        """Give all pairs of a dataset that count."""
        own = select(ContentRow.id).where(ContentRow.dataset_id == dataset_id)
        return self._links(PairRow.first_id.in_(own), alikeness, cosine)

    def within(self, cluster_ids: Sequence[int], strength: float) -> Iterator[Kinship]:
        """Give how the contents of each cluster are related to each other, as far as it counts."""
        first, second = aliased(ContentRow), aliased(ContentRow)
        wanted = (
            select(first.sha256, second.sha256, PairRow.relation)
            .join(first, first.id == PairRow.first_id)
            .join(second, second.id == PairRow.second_id)
            .where(first.cluster_id == second.cluster_id, PairRow.strength >= strength)
        )
        for ids in batches(cluster_ids):
            for one, other, relation in self._session.execute(wanted.where(first.cluster_id.in_(ids))):
                yield Kinship(one, other, _RELATIONS[relation])

    def _links(self, condition: ColumnElement[bool], alikeness: Alikeness, cosine: float) -> Iterator[Link]:
        wanted = select(PairRow.first_id, PairRow.second_id, PairRow.strength, PairRow.relation)
        looked_at = or_(PairRow.distance <= MAX_DISTANCE, PairRow.timed, PairRow.cosine >= cosine)
        wanted = wanted.where(condition, PairRow.strength >= alikeness.strength, looked_at)
        if alikeness.copies_only:
            wanted = wanted.where(PairRow.relation.not_in(EXPOSURES))
        # Past the mapper, which takes as long as SQLite.
        for first_id, second_id, strength, relation in self._session.connection().execute(wanted).all():
            yield Link(first_id, second_id, strength, _RELATIONS[relation])
