"""The messenger: posts each message to the webhook of the settings, on a thread of its own, and gives up in time."""

import json
import logging
import queue
import threading
import time

import urllib3

from app.domain.messages import Message
from app.settings import Settings
from app.store import Store

_log = logging.getLogger(__name__)

RETRIES = urllib3.Retry(
    total=5,
    backoff_factor=1.0,
    backoff_max=16.0,
    allowed_methods=None,
    redirect=0,
    status_forcelist=(429, 500, 502, 503, 504),
    respect_retry_after_header=False,
)
"""At most six tries within about a minute; where the receiver says that it is elsewhere, that is no delivery."""
TIMEOUT = urllib3.Timeout(connect=5.0, read=10.0)
PATIENCE_SECONDS = 10.0
"""How long the end of the program waits for what is not delivered yet."""


class Messenger:
    """Takes the messages of a catalogue as they are sent. Whoever sends one never waits."""

    def __init__(self, store: Store) -> None:
        self._data_dir = store.data_dir
        self._waiting: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stop_carrying = store.events.carry(self._take)

    def close(self) -> None:
        """Deliver what waits, as long as that does not take long; what is left then is in the log."""
        self._stop_carrying()
        if self._thread is None:
            return
        self._waiting.put(None)
        self._thread.join(PATIENCE_SECONDS)
        if self._thread.is_alive():
            _log.warning("The program ended before all messages could be delivered to the webhook")

    def _take(self, message: Message) -> None:
        self._waiting.put(message)
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver_all, name="messenger", daemon=True)
            self._thread.start()

    def _deliver_all(self) -> None:
        with urllib3.PoolManager(retries=RETRIES, timeout=TIMEOUT) as pool:
            while (message := self._waiting.get()) is not None:
                webhook = Settings.load(self._data_dir).webhook
                if webhook:
                    _deliver(pool, webhook, message)


def _deliver(pool: urllib3.PoolManager, webhook: str, message: Message) -> None:
    begun = time.monotonic()
    try:
        answer = pool.request("POST", webhook, body=json.dumps(message.envelope()), headers=_HEADERS)
    except urllib3.exceptions.HTTPError as error:
        _log.warning("The message %s could not be delivered to the webhook: %s", message.event_id, error)
        return
    if not 200 <= answer.status < 300:
        _log.warning("The webhook answered the message %s with %s", message.event_id, answer.status)
    else:
        _log.info("The message %s was delivered in %.1f s", message.event_id, time.monotonic() - begun)


_HEADERS = {"Content-Type": "application/json", "User-Agent": "shotsift"}
