"""Calls: what came in over http, whole, before anybody believes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from app.errors import InvalidArgument

FORM = "application/x-www-form-urlencoded"
_PROTOCOL = {
    "AccessKeyId",
    "Action",
    "Format",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
}
"""Parameters of the protocol itself, which no operation has."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request of http. Names of headers are in lower case."""

    method: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the query, as often as they are there."""
        return parse_qsl(self.query, keep_blank_values=True)

    @property
    def action(self) -> str:
        """The operation that is asked for."""
        return self.headers.get("x-acs-action") or dict(self._all_pairs()).get("Action", "")

    def parameters(self) -> dict[str, object]:
        """Give the parameters of the operation, from the query and from a form.

        Raises:
            InvalidArgument: one is given twice.
        """
        found: dict[str, object] = {}
        for name, value in self._all_pairs():
            if name in found:
                raise InvalidArgument(f"The parameter {name} is given twice.")
            if name not in _PROTOCOL:
                found[name] = value
        return found

    def _all_pairs(self) -> list[tuple[str, str]]:
        if not self.headers.get("content-type", "").startswith(FORM):
            return self.pairs
        return self.pairs + parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)
