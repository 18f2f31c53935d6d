"""The endpoint: one address that takes calls of IMM's protocol and answers each with a JSON object."""

import logging
from collections.abc import Collection

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from app.api.calls import Call
from app.api.places import Places
from app.api.signatures import Signatures
from app.contract.answers import Answer
from app.domain.identities import new_request_id
from app.errors import CallRefused, InvalidArgument, ShotSiftError, StoreTooNew, StoreUnavailable
from app.services.operations import Hands, perform, read_request
from app.store import Store

_log = logging.getLogger(__name__)

MAX_BYTES = 1 << 20
"""Of a request line with its headers, and of a body."""
_STATUS = {"NoPermission": 403, "HostNotAllowed": 403}
_BAD_REQUEST, _INTERNAL = 400, 500


class Endpoint:
    """Takes calls: first the protocol, then the operation. ``hosts``: the names by which it may be called."""

    def __init__(
        self, store: Store, hands: Hands, signatures: Signatures, places: Places, hosts: Collection[str]
    ) -> None:
        self._store = store
        self._hands = hands
        self._signatures = signatures
        self._places = places
        self._hosts = hosts

    def application(self) -> Starlette:
        """Give what a server of ASGI runs."""
        return Starlette(
            routes=[Route("/", self._take, methods=["GET", "POST"])],
            exception_handlers={HTTPException: _no_call, Exception: _fault},
        )

    async def _take(self, request: Request) -> JSONResponse:
        request_id = new_request_id()
        try:
            call = Call(request.method, request.url.query, _headers(request), await _body(request))
            answer = await run_in_threadpool(self._do, call, request_id)
        except ShotSiftError as error:
            return refusal(error, request_id)
        return JSONResponse(answer)

    def _do(self, call: Call, request_id: str) -> Answer:
        if call.headers.get("host", "") not in self._hosts:
            raise CallRefused("HostNotAllowed", "This endpoint answers only to 127.0.0.1 and localhost, with its port.")
        self._signatures.check(call)
        parameters = call.parameters()
        if not call.action:
            raise InvalidArgument("The parameter Action is required but not provided.")
        if not parameters.get("ProjectName"):
            raise InvalidArgument("The parameter ProjectName is required but not provided.")
        asked = read_request(call.action, parameters, request_id)
        self._places.check(asked.opens)
        return perform(self._store, self._hands, asked)


def refusal(error: ShotSiftError, request_id: str = "") -> JSONResponse:
    """Give the answer that tells of an error in the contract's form."""
    internal = isinstance(error, StoreUnavailable | StoreTooNew)
    status = _INTERNAL if internal else _STATUS.get(error.code, _BAD_REQUEST)
    return _error(status, error.code, error.message, request_id)


def _error(status: int, code: str, message: str, request_id: str = "") -> JSONResponse:
    content = {"RequestId": request_id or new_request_id(), "HostId": "127.0.0.1", "Code": code, "Message": message}
    return JSONResponse(content | {"Recommend": ""}, status)


async def _no_call(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else _BAD_REQUEST
    return _error(status, "InvalidRequest", "This endpoint takes GET and POST at the path /, and nothing else.")


async def _fault(request: Request, error: Exception) -> JSONResponse:
    _log.error("A fault in a call", exc_info=error)
    return _error(_INTERNAL, "InternalError", "A fault in ShotSift; its log has more.")


def _headers(request: Request) -> dict[str, str]:
    """Give the headers; one that is there twice stands as a list, as the signature has it."""
    found: dict[str, str] = {}
    for name, value in request.headers.items():
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise InvalidArgument(f"The body has more than {MAX_BYTES} bytes.")
    return bytes(body)
