"""Conditions on files in the words of the database."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, cast, func, literal, not_, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.types import String

from app.domain.files import CONTENT_TYPES, FileStatus
from app.domain.queries import (
    LABELS,
    Aggregated,
    Aggregation,
    Comparing,
    Comparison,
    Condition,
    Joined,
    Junction,
    Kind,
    SortField,
    Summary,
    kind_of,
)
from app.store.labels import label
from app.store.pages import Key
from app.store.tables import ContentRow, FileRow

_MICROSECOND = 1000
_MINUTE = 60 * 10**9
_IMAGE = "image"
_COLUMNS: dict[str, ColumnElement[Any]] = {
    "URI": FileRow.uri.expression,
    "Filename": FileRow.name.expression,
    "ObjectStatus": FileRow.status.expression,
    "Reason": FileRow.reason.expression,
    "MediaType": literal(_IMAGE),
    "ContentType": case(CONTENT_TYPES, value=ContentRow.format),
    "FormatName": ContentRow.format.expression,
    "FileHash": func.lower(func.hex(ContentRow.sha256)),
    "CustomId": FileRow.custom_id.expression,
    "Size": FileRow.size.expression,
    "ImageWidth": ContentRow.width.expression,
    "ImageHeight": ContentRow.height.expression,
    "Orientation": ContentRow.orientation.expression,
    "ImageScore.OverallQualityScore": ContentRow.image_score.expression,
    "ProduceTime": ContentRow.capture_time * _MICROSECOND - func.coalesce(ContentRow.offset_minutes, 0) * _MINUTE,
    "FileModifiedTime": FileRow.mtime_ns.expression,
    "CreateTime": FileRow.create_time.expression,
    "UpdateTime": FileRow.update_time.expression,
}


def fitting(dataset_id: int, condition: Condition | None) -> list[ColumnElement[bool]]:
    """Say which files of a dataset fit, out of ``FileRow`` left joined with ``ContentRow``."""
    known = FileRow.status.in_((FileStatus.INDEXED, FileStatus.UNREADABLE))
    return [FileRow.dataset_id == dataset_id, known, *([] if condition is None else [_holds(condition)])]


def sort_keys(fields: Sequence[SortField]) -> list[Key]:
    """Give the keys to sort by; what a file does not have counts as least. The last key makes them unique."""
    keys = [Key(func.coalesce(_column(field.field), _least(field.field)), field.descending) for field in fields]
    return [*keys, Key(FileRow.uri.expression, descending=fields[-1].descending)]


def aggregate(session: Session, files: Select[FileRow, ContentRow], aggregation: Aggregation, limit: int) -> Aggregated:
    """Sum up the files that a statement gives; ``limit``: of the groups only the largest."""
    column = _column(aggregation.field)
    if aggregation.summary is Summary.GROUP:
        statement = files.where(column.is_not(None)).with_only_columns(cast(column, String), func.count())
        rows = session.execute(statement.group_by(column).order_by(func.count().desc(), column).limit(limit))
        return Aggregated(aggregation, groups=[(value, count) for value, count in rows])
    functions: dict[Summary, ColumnElement[Any]] = {
        Summary.MIN: func.min(column),
        Summary.MAX: func.max(column),
        Summary.AVERAGE: func.avg(column),
        Summary.SUM: func.sum(column),
        Summary.COUNT: func.count(column),
        Summary.DISTINCT: func.count(column.distinct()),
    }
    value = session.scalar(files.with_only_columns(functions[aggregation.summary]))
    return Aggregated(aggregation, None if value is None else float(value))


def _holds(condition: Condition) -> ColumnElement[bool]:
    if isinstance(condition, Joined):
        parts = [_holds(part) for part in condition.parts]
        if condition.junction is Junction.NOT:
            return not_(func.coalesce(or_(*parts), literal(value=False)))
        return or_(*parts) if condition.junction is Junction.OR else and_(*parts)
    return _compares(condition)


def _compares(condition: Comparing) -> ColumnElement[bool]:
    return _COMPARISONS[condition.comparison](_column(condition.field), condition.value)


_COMPARISONS: dict[Comparison, Callable[[ColumnElement[Any], object], ColumnElement[bool]]] = {
    Comparison.EQ: lambda column, value: column == value,
    Comparison.GT: lambda column, value: column > value,
    Comparison.GTE: lambda column, value: column >= value,
    Comparison.LT: lambda column, value: column < value,
    Comparison.LTE: lambda column, value: column <= value,
    Comparison.PREFIX: lambda column, value: func.substr(column, 1, len(str(value))) == str(value),
    Comparison.PHRASE: lambda column, value: func.instr(func.lower(column), func.lower(str(value))) > 0,
    Comparison.EXIST: lambda column, _: and_(column.is_not(None), column != ""),
}


def _column(field: str) -> ColumnElement[Any]:
    prefix, _, name = field.partition(".")
    return label(FileRow.custom_labels, name) if prefix == LABELS else _COLUMNS[field]


def _least(field: str) -> str | int:
    return "" if kind_of(field) is Kind.TEXT else -1


def joined_files() -> Select[FileRow, ContentRow]:
    """Give all files, each with its content where it has one."""
    return select(FileRow, ContentRow).join(ContentRow, ContentRow.id == FileRow.content_id, isouter=True)
