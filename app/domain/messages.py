"""Messages: what is told when a task ends or files are indexed, in IMM's envelope, and where it goes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.datasets import PROJECT_NAME
from app.errors import InvalidArgument

_TOPIC = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}")
_MILLISECOND = 10**6


@dataclass(frozen=True, slots=True)
class Notification:
    """Where a message goes: to topics, each a file of JSON lines in the data folder."""

    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A message. ``content`` is the object that the envelope carries as text; ``moment`` in ns since the epoch."""

    event_id: str
    event_type: str
    moment: int
    content: Mapping[str, object]
    notification: Notification

    def envelope(self) -> dict[str, str]:
        """Give the message as IMM sends it; ``content`` has to be decoded a second time."""
        return {
            "id": self.event_id,
            "source": "acs.imm",
            "type": self.event_type,
            "subject": f"acs:imm:local:local:{PROJECT_NAME}/{self.event_type}",
            "time": str(self.moment // _MILLISECOND),
            "content": json.dumps(self.content, ensure_ascii=False),
        }


def check_topic(name: str) -> str:
    """Return the name of a topic if it can be that of a file.

    Raises:
        InvalidArgument: it cannot.
    """
    if not _TOPIC.fullmatch(name):
        raise InvalidArgument(
            f"The topic name {name!r} is not valid: 1 to 255 of A-Z, a-z, 0-9, _ and -, beginning with none of _ and -."
        )
    return name
