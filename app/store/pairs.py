"""The evidence: pairs of contents that were found to belong together."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.domain.clusters import Pair, Relation
from app.store.batches import batches
from app.store.tables import PairRow


class Pairs:
    """Pairs by their two contents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, pairs: Iterable[Pair]) -> None:
        """Keep pairs, in place of what was known of the same two contents."""
        rows = [
            {
                "first_id": pair.first_id,
                "second_id": pair.second_id,
                "relation": pair.relation,
                "distance": pair.distance,
                "strength": pair.strength,
            }
            for pair in pairs
        ]
        if not rows:
            return
        statement = insert(PairRow)
        kept = {name: statement.excluded[name] for name in ("relation", "distance", "strength")}
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["first_id", "second_id"], set_=kept), rows
        )

    def touching(self, content_ids: Sequence[int]) -> list[Pair]:
        """Give all pairs of these contents."""
        found: dict[tuple[int, int], Pair] = {}
        for ids in batches(content_ids):
            rows = self._session.scalars(
                select(PairRow).where(or_(PairRow.first_id.in_(ids), PairRow.second_id.in_(ids)))
            )
            for row in rows:
                found[row.first_id, row.second_id] = Pair(
                    row.first_id, row.second_id, Relation(row.relation), row.distance, row.strength
                )
        return list(found.values())
