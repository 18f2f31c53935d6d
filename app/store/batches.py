"""Long lists in parts: the bound parameters of one statement stay below SQLite's limit."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T")
_SIZE = 500


def batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Give the parts of a sequence, in its order."""
    for start in range(0, len(items), _SIZE):
        yield items[start : start + _SIZE]
