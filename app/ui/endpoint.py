"""The local endpoint beside the window: on and off as the settings say, and what other programs need to know of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import ExtraMissing
from app.store import Store
from app.workers.desk import Desk
from app.workers.runner import Runner

if TYPE_CHECKING:
    from app.api.server import Server


class Endpoint(QObject):
    """Says by ``changed`` that it is there now, or no longer."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._server: Server | None = None
        self._wanted = False

    @property
    def address(self) -> str:
        """Where it answers; empty while it does not."""
        return self._server.address if self._server is not None else ""

    @property
    def keys(self) -> tuple[str, str]:
        """AccessKeyId and AccessKeySecret; empty while it does not answer."""
        keys = self._server.keys if self._server is not None else None
        return (keys.access_key_id, keys.access_key_secret) if keys is not None else ("", "")

    def open(self, port: int) -> None:
        """Begin to answer at a port (0: any free one). What goes wrong is told by the desk."""
        self._wanted = True
        self._desk.take_in(lambda store, runner: _serve(store, runner, port), self._on_open)

    def close(self) -> None:
        """No longer answer."""
        self._wanted = False
        if self._server is not None:
            self._server.close()
            self._server = None
            self.changed.emit()

    def _on_open(self, server: "Server") -> None:
        if not self._wanted:
            server.close()
            return
        self._server = server
        self.changed.emit()


def _serve(store: Store, runner: Runner, port: int) -> "Server":
    try:
        from app.api.server import Server  # noqa: PLC0415 (an extra that few need)
    except ModuleNotFoundError as error:
        raise ExtraMissing("api", str(error.name)) from error
    return Server(store, runner, port)
