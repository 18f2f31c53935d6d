"""News: what was changed by whom, so that programs which use one catalogue at once hear of each other."""

from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.domain.times import now
from app.events import Change, Noun
from app.store.tables import NewsRow

_KEPT_NS = 10 * 60 * 10**9
"""Whoever does not ask for so long was asleep, and reads everything again anyway."""


class News:
    """Changes in the order of their commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, program: str, changes: Iterable[Change]) -> None:
        """Write down what a program changes in this transaction."""
        moment = now()
        self._session.execute(delete(NewsRow).where(NewsRow.moment < moment - _KEPT_NS))
        rows = [
            {"program": program, "noun": change.noun.value, "dataset_name": change.dataset_name, "moment": moment}
            for change in changes
        ]
        self._session.execute(insert(NewsRow), rows)

    def last(self) -> int:
        """Give the number of the newest entry; 0 if there is none."""
        return self._session.scalar(select(func.max(NewsRow.id))) or 0

    def of_others(self, program: str, after: int) -> frozenset[Change]:
        """Give what other programs than this changed after an entry."""
        rows = self._session.execute(
            select(NewsRow.noun, NewsRow.dataset_name).where(NewsRow.id > after, NewsRow.program != program).distinct()
        )
        return frozenset(Change(Noun(row.noun), row.dataset_name) for row in rows)
