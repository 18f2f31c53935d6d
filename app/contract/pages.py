"""Pages of a list: a token carries where the last page ended, and holds only for the list it was given for."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.contract.request import Request
from app.errors import InvalidArgument

_T = TypeVar("_T")
_DEFAULT = 100
_NOT_ITS_LIST = {"next_token", "max_results", "with_fields", "without_total_hits", "request_definition"}
"""What may differ from page to page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[_T]):
    """A part of a list. ``next_token`` is empty if nothing is left; ``total`` counts the whole list where asked for."""

    items: Sequence[_T]
    next_token: str = ""
    total: int | None = None


class Paged(Request):
    """A request for a list in pages. ``next_token``: from the page before; none for the first."""

    next_token: str = ""
    max_results: int = 0

    @property
    def limit(self) -> int:
        """How many entries a page has at most."""
        return self.max_results or _DEFAULT

    def after(self) -> list[object] | None:
        """Give the keys of the last entry of the page before, None for the first page.

        Raises:
            InvalidArgument: the token is none of ours, or one of another list.
        """
        if not self.next_token:
            return None
        try:
            scope, *keys = json.loads(urlsafe_b64decode(self.next_token))
        except (ValueError, TypeError):
            scope, keys = "", []
        if scope != self._scope() or not all(isinstance(key, str | int | float) for key in keys):
            raise InvalidArgument(
                "The parameter NextToken is not valid: it must come from the page before of the same list, "
                "asked for with the same parameters."
            )
        return list(keys)

    def page(self, items: Sequence[_T], last: Sequence[object] | None, total: int | None = None) -> Page[_T]:
        """Make a page that ends with the entry of these keys; None if it is the last."""
        token = "" if last is None else urlsafe_b64encode(json.dumps([self._scope(), *last]).encode()).decode()
        return Page(items, token, total)

    def _scope(self) -> str:
        asked = type(self).__name__ + self.model_dump_json(exclude=_NOT_ITS_LIST)
        return hashlib.sha256(asked.encode()).hexdigest()[:16]
