"""Neighbours: hears what other programs change in the same catalogue, on a thread of its own."""

import logging
import threading

from app.errors import StoreUnavailable
from app.store import Store

_log = logging.getLogger(__name__)

SECONDS_BETWEEN = 1.0


class Neighbours:
    """Asks the catalogue from time to time; what it hears is announced like what this program changes itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="neighbours", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hear nothing more."""
        self._closing.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._closing.wait(SECONDS_BETWEEN):
            try:
                self._store.hear_others()
            except StoreUnavailable as error:
                _log.warning("Nothing is heard of other programs: %s", error.message)
