"""Queries over files: conditions on fields, joined by and, or, not; sorted, or summed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

LABELS = "CustomLabels"


class Kind(Enum):
    """What the values of a field are."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"


FIELDS = {
    "URI": Kind.TEXT,
    "Filename": Kind.TEXT,
    "ObjectStatus": Kind.TEXT,
    "Reason": Kind.TEXT,
    "MediaType": Kind.TEXT,
    "ContentType": Kind.TEXT,
    "FormatName": Kind.TEXT,
    "FileHash": Kind.TEXT,
    "CustomId": Kind.TEXT,
    "Size": Kind.NUMBER,
    "ImageWidth": Kind.NUMBER,
    "ImageHeight": Kind.NUMBER,
    "Orientation": Kind.NUMBER,
    "ImageScore.OverallQualityScore": Kind.NUMBER,
    "ProduceTime": Kind.MOMENT,
    "FileModifiedTime": Kind.MOMENT,
    "CreateTime": Kind.MOMENT,
    "UpdateTime": Kind.MOMENT,
}
"""The fields that can be asked for, besides ``CustomLabels.<name>``, which are text."""


class Comparison(StrEnum):
    """How a field is compared with a value."""

    EQ = "eq"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    PREFIX = "prefix"
    PHRASE = "match-phrase"
    EXIST = "exist"


class Junction(StrEnum):
    """How conditions are joined. ``NESTED``: all of them hold of one element of a field."""

    AND = "and"
    OR = "or"
    NOT = "not"
    NESTED = "nested"


@dataclass(frozen=True, slots=True)
class Comparing:
    """A field compared with a value: text, a number, or nanoseconds since the epoch."""

    field: str
    comparison: Comparison
    value: str | float | int = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions joined; ``NOT``: none of them holds."""

    junction: Junction
    parts: "Sequence[Condition]"


Condition = Comparing | Joined


@dataclass(frozen=True, slots=True)
class SortField:
    """A field to sort by."""

    field: str
    descending: bool = True


class Summary(StrEnum):
    """A number over all files that fit."""

    MIN = "min"
    MAX = "max"
    AVERAGE = "average"
    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A field, and what is wanted of its values."""

    field: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Aggregated:
    """A number over all files that fit, or the sizes of groups by value, the largest first."""

    aggregation: Aggregation
    value: float | None = None
    groups: Sequence[tuple[str, int]] = ()


def kind_of(field: str) -> Kind | None:
    """Tell what the values of a field are; None if there is no such field."""
    prefix, dot, name = field.partition(".")
    if prefix == LABELS and dot and name:
        return Kind.TEXT
    return FIELDS.get(field)
