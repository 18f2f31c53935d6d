"""Selectors: which tags or labels something must have, written ``key=value``, several with commas between."""

import json

from app.errors import InvalidArgument


def selected(parameter: str, text: str) -> dict[str, str]:
    """Read a selector; an empty one selects all.

    Raises:
        InvalidArgument: a part of it has no key or no ``=``.
    """
    wanted: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key, equals, value = part.partition("=")
        if not key.strip() or not equals:
            raise InvalidArgument(f"The parameter {parameter} is not valid: {part!r} is not of the form key=value.")
        wanted[key.strip()] = value.strip()
    return wanted


def as_text(value: object) -> str:
    """Give the value of a tag as the text that a selector compares it with."""
    return value if isinstance(value, str) else json.dumps(value)
