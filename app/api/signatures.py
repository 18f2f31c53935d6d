"""Signatures: ACS3-HMAC-SHA256, which proves that a call comes from an owner of the keys, and only once.

https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
"""

import hashlib
import hmac
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from app.api.calls import Call
from app.api.keys import KeyPair
from app.errors import CallRefused

_ALGORITHM = "ACS3-HMAC-SHA256"
_AUTHORIZATION = re.compile(
    rf"{_ALGORITHM} +Credential=(?P<key>[^,]*), *SignedHeaders=(?P<names>[^,]*), *Signature=(?P<signature>[^,]*)"
)
_ALWAYS_SIGNED = ("host", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce")
_WINDOW_SECONDS = 900.0


class Signatures:
    """Lets in what is signed with a pair of keys, is fresh, and was not let in before.

    What was let in is remembered here only, so nothing from before the start is let in again.
    """

    def __init__(self, keys: KeyPair, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._clock = clock
        self._start = float(int(clock()))  # a call's date has whole seconds
        self._nonces: dict[str, float] = {}

    def check(self, call: Call) -> None:
        """Let a call in, or not.

        Raises:
            CallRefused: it is not signed, or not rightly; it is too old; it was let in before.
        """
        signed = self._signed_headers(call)
        moment = self._moment(call.headers["x-acs-date"])
        expected = sign(call, signed.group("names").split(";"), self._keys.access_key_secret)
        if not (
            hmac.compare_digest(signed.group("key").encode(), self._keys.access_key_id.encode())
            and hmac.compare_digest(signed.group("signature").lower().encode(), expected.encode())
        ):
            raise CallRefused(
                "SignatureDoesNotMatch",
                "The signature does not match, or the AccessKeyId is another. `shotsift serve` shows the keys.",
            )
        if call.headers["x-acs-content-sha256"].lower() != hashlib.sha256(call.body).hexdigest():
            raise CallRefused("SignatureDoesNotMatch", "The body is not the one that was signed.")
        self._remember(call.headers["x-acs-signature-nonce"], moment)

    def _signed_headers(self, call: Call) -> re.Match[str]:
        """Give the parts of the Authorization header; all that matters must be signed, and there."""
        signed = _AUTHORIZATION.fullmatch(call.headers.get("authorization", "").strip())
        if signed is None:
            raise CallRefused(
                "IncompleteSignature",
                f"The call is not signed. Sign it by {_ALGORITHM}; `shotsift serve` shows the keys.",
            )
        names = signed.group("names").split(";")
        wanted = [*_ALWAYS_SIGNED, *(["x-acs-action"] if "x-acs-action" in call.headers else [])]
        if missing := [name for name in {*wanted, *names} if name not in names or name not in call.headers]:
            raise CallRefused(
                "IncompleteSignature", f"These headers are missing or not signed: {', '.join(sorted(missing))}."
            )
        return signed

    def _moment(self, date: str) -> float:
        try:
            moment = datetime.strptime(date, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp()
        except ValueError as error:
            raise CallRefused(
                "InvalidTimeStamp.Format", f"The date {date!r} is none; it is YYYY-MM-DDThh:mm:ssZ, in UTC."
            ) from error
        if moment < self._start or abs(moment - self._clock()) > _WINDOW_SECONDS:
            raise CallRefused(
                "InvalidTimeStamp.Expired", f"The date {date} is too far from now, or from before this endpoint began."
            )
        return moment

    def _remember(self, nonce: str, moment: float) -> None:
        if nonce in self._nonces:
            raise CallRefused("SignatureNonceUsed", "This nonce was used before; each call needs a new one.")
        oldest = self._clock() - _WINDOW_SECONDS
        self._nonces = {known: of for known, of in self._nonces.items() if of >= oldest}
        self._nonces[nonce] = moment


def sign(call: Call, signed_headers: list[str], secret: str) -> str:
    """Give the signature of a call, as lower-case hexadecimal digits."""
    query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(call.pairs))
    headers = "".join(f"{name}:{call.headers[name].strip()}\n" for name in signed_headers)
    body = hashlib.sha256(call.body).hexdigest()
    canonical = "\n".join([call.method, "/", query, headers, ";".join(signed_headers), body])
    text = f"{_ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _quoted(text: str) -> str:
    return quote(text, safe="~")
