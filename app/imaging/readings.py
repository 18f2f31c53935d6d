"""What comes back from an isolated reader: one of four answers for each file."""

from dataclasses import dataclass

from app.domain.files import Content, Stamp


@dataclass(frozen=True, slots=True)
class Reading:
    """A picture that was read. ``thumbnail`` is a JPEG, right way up."""

    stamp: Stamp
    content: Content
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that claims to be a picture and cannot be read, and why. ``stamp`` is empty where it could not be had."""

    stamp: Stamp | None
    reason: str


@dataclass(frozen=True, slots=True)
class NoPicture:
    """A file that is no picture, neither by name nor by content."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Vanished:
    """A file that is gone, or no longer a regular file, since it was found."""


Answer = Reading | Unreadable | NoPicture | Vanished
