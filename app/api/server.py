"""The server: uvicorn on 127.0.0.1 and no other address, made to answer in JSON also what is no http."""

import socket
from collections.abc import Iterable

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.api.endpoint import MAX_BYTES, Endpoint, refusal
from app.api.keys import KeyPair
from app.api.places import Places
from app.api.signatures import Signatures
from app.errors import CallRefused, InvalidArgument
from app.services.operations import Hands
from app.store import Store

ADDRESS = "127.0.0.1"
_CLOSE_SECONDS = 3


class Server:
    """The endpoint of a catalogue at a port of its own."""

    def __init__(self, store: Store, hands: Hands, port: int = 0, allowed: Iterable[str] = ()) -> None:
        """Take the port (0: any free one), and make the keys if there are none.

        Raises:
            InvalidArgument: the port is taken, or the file of the keys is damaged.
        """
        self.keys = KeyPair.of(store.data_dir)
        try:
            self._socket = socket.create_server((ADDRESS, port))
        except (OSError, OverflowError) as error:
            raise InvalidArgument(f"The port {port} cannot be used ({error}). Choose another, or 0 for any.") from error
        port = self._socket.getsockname()[1]
        self.address = f"{ADDRESS}:{port}"
        hosts = {self.address, f"localhost:{port}"}
        endpoint = Endpoint(store, hands, Signatures(self.keys), Places(store, allowed), hosts)
        self._server = uvicorn.Server(
            uvicorn.Config(
                endpoint.application(),
                http=_Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                h11_max_incomplete_event_size=MAX_BYTES,
                timeout_graceful_shutdown=_CLOSE_SECONDS,
            )
        )

    def run(self) -> None:
        """Take calls until ``close``, or until the process is told to end."""
        self._server.run([self._socket])

    def close(self) -> None:
        """Let ``run`` come to its end, from any thread."""
        self._server.should_exit = True


class _Protocol(H11Protocol):
    """http/1.1 whose refusals are JSON, as all other answers."""

    def send_400_response(self, msg: str) -> None:
        answer = refusal(CallRefused("InvalidRequest", msg))
        headers = [*answer.raw_headers, (b"connection", b"close")]
        for event in (
            h11.Response(status_code=answer.status_code, headers=headers, reason=b"Bad Request"),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
