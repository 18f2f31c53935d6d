"""Labels: what callers keep as JSON objects with tasks, files and clusters, compared as text."""

from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute


def label(column: InstrumentedAttribute[dict[str, Any]], name: str) -> ColumnElement[str | None]:
    """Give the value of one label as text (``true``, ``1.5``, ``word``); NULL where there is none."""
    entry = func.json_each(type_coerce(column, String)).table_valued("key", "value", "type")
    truth = entry.c.type.in_(("true", "false"))
    value = case((truth, entry.c.type), else_=cast(entry.c.value, String))
    return select(value).where(entry.c.key == name).scalar_subquery()
