"""What comes back from an isolated reader: one of four answers for each file."""

from dataclasses import dataclass

from app.domain.files import Content, Stamp
from app.domain.qualities import Quality


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture that was read. ``thumbnail`` is a JPEG, right way up."""

    stamp: Stamp
    content: Content
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that claims to be a picture and cannot be read, and why.

    ``final``: it will not be better until the file changes, so it is not tried again before.
    """

    reason: str
    final: bool = True


STILL_WRITTEN = Unreadable("It is still being written and will be read again", final=False)
"""The answer to a file that changes while it is looked at."""


@dataclass(frozen=True, slots=True)
class NoPicture:
    """A file that is no picture, neither by name nor by content."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Vanished:
    """A file that is gone, or no longer a regular file, since it was found."""


Answer = Reading | Unreadable | NoPicture | Vanished
MeasureAnswer = Quality | Unreadable | Vanished
"""What comes back for a file that is looked at closely."""
