"""Pages of a list by the keys of the last entry, so that what comes and goes meanwhile shifts nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute, Session


@dataclass(frozen=True, slots=True)
class Key:
    """What a list is sorted by; the last key of a list has to be unique, and none may be NULL."""

    column: ColumnElement[Any] | InstrumentedAttribute[Any]
    descending: bool = False


def page(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    keys: Sequence[Key],
    after: Sequence[object] | None,
    limit: int,
) -> tuple[list[Row[*tuple[Any, ...]]], list[object] | None]:
    """Give at most ``limit`` rows behind the entry with the keys ``after``, and the keys of the last if more remain."""
    names = [f"key_{place}" for place in range(len(keys))]
    statement = statement.add_columns(*(key.column.label(name) for name, key in zip(names, keys, strict=True)))
    if after is not None:
        statement = statement.where(_behind(keys, after))
    statement = statement.order_by(*(key.column.desc() if key.descending else key.column.asc() for key in keys))
    rows = list(session.execute(statement.limit(limit + 1)))
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], [getattr(rows[limit - 1], name) for name in names]


def _behind(keys: Sequence[Key], after: Sequence[object]) -> ColumnElement[bool]:
    """Say that a row comes behind the entry with these keys."""
    ways: list[ColumnElement[bool]] = [false()]
    for place, (key, value) in enumerate(zip(keys, after, strict=True)):
        same = [before.column == known for before, known in zip(keys[:place], after, strict=False)]
        ways.append(and_(*same, key.column < value if key.descending else key.column > value))
    return or_(*ways)
