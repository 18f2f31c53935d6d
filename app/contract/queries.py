"""SimpleQuery as it comes in: checked, and turned into conditions on the fields that are stored."""

from app.contract.requests import InputQuery, SimpleQuery
from app.domain.queries import (
    FIELDS,
    LABELS,
    Comparing,
    Comparison,
    Condition,
    Joined,
    Junction,
    Kind,
    SortField,
    kind_of,
)
from app.domain.times import moment_of
from app.errors import InvalidArgument

MAX_CONDITIONS = 100
MAX_DEPTH = 5
MAX_SORT_FIELDS = 5
_PARENTS = {LABELS, "ImageScore"}


def condition_of(query: InputQuery) -> Condition:
    """Turn a query into a condition.

    Raises:
        InvalidArgument: an operation, a field or a value is none, or it is too deep or too long.
    """
    if (conditions := _count(query)) > MAX_CONDITIONS:
        raise InvalidArgument(f"The Query has {conditions} conditions; {MAX_CONDITIONS} are allowed.")
    return _condition(query, depth=1)


def sort_fields(request: SimpleQuery) -> list[SortField]:
    """Give the fields to sort by; an order that is not given is ``desc``.

    Raises:
        InvalidArgument: a field or an order is none, or there are too many.
    """
    names = [name.strip() for name in request.sort.split(",") if name.strip()]
    orders = [order.strip().lower() for order in request.order.split(",") if order.strip()]
    if len(names) > MAX_SORT_FIELDS:
        raise InvalidArgument(f"The parameter Sort has {len(names)} fields; {MAX_SORT_FIELDS} are allowed.")
    if len(orders) > max(1, len(names)):
        raise InvalidArgument("The parameter Order has more entries than Sort.")
    if wrong := next((order for order in orders if order not in {"asc", "desc"}), None):
        raise InvalidArgument(f"The parameter Order is not valid: {wrong!r} is neither asc nor desc.")
    if not names:
        names = ["URI"]
    orders += ["desc"] * (len(names) - len(orders))
    return [SortField(known_field(name), order == "desc") for name, order in zip(names, orders, strict=True)]


def known_field(name: str) -> str:
    """Return the name of a field that is stored.

    Raises:
        InvalidArgument: none has this name.
    """
    if kind_of(name) is None:
        raise InvalidArgument(f"There is no field {name!r}; the fields are {', '.join(FIELDS)} and {LABELS}.NAME.")
    return name


def _count(query: InputQuery) -> int:
    return 1 + sum(_count(part) for part in query.sub_queries)


def _condition(query: InputQuery, depth: int) -> Condition:
    if depth > MAX_DEPTH:
        raise InvalidArgument(f"The Query is nested deeper than {MAX_DEPTH} levels.")
    operation = "lt" if query.operation == "It" else query.operation  # the reference misprints it so
    if operation in set(Junction):
        return _joined(Junction(operation), query, depth)
    if operation not in set(Comparison):
        raise InvalidArgument(f"There is no operation {operation!r} for a Query.")
    return _comparing(Comparison(operation), query)


def _joined(junction: Junction, query: InputQuery, depth: int) -> Joined:
    if not query.sub_queries:
        raise InvalidArgument(f"The operation {junction} of a Query needs SubQueries.")
    if junction is Junction.NESTED and query.field not in _PARENTS:
        raise InvalidArgument(f"The operation nested takes one of the fields {', '.join(sorted(_PARENTS))}.")
    return Joined(junction, [_condition(part, depth + 1) for part in query.sub_queries])


def _comparing(comparison: Comparison, query: InputQuery) -> Comparing:
    field = known_field(query.field)
    if comparison is Comparison.EXIST:
        return Comparing(field, comparison)
    if query.value is None:
        raise InvalidArgument(f"The operation {comparison} on {field} needs a Value.")
    kind = kind_of(field)
    if comparison in {Comparison.PREFIX, Comparison.PHRASE} and kind is not Kind.TEXT:
        raise InvalidArgument(f"The operation {comparison} is for text; {field} is none.")
    if kind is Kind.MOMENT:
        return Comparing(field, comparison, moment_of(query.value))
    if kind is Kind.NUMBER:
        return Comparing(field, comparison, _number(field, query.value))
    return Comparing(field, comparison, query.value)


def _number(field: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if number != number:  # noqa: PLR0124 (not a number)
        raise InvalidArgument(f"The Value {text!r} for {field} is no number.")
    return number
