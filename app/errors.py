"""What may go wrong, as exceptions that carry the facts.

Each error has the ``code`` of the contract, and a message that says what happened, to which thing, and what to do.
A message is written for the person who reads it; the facts stay beside it as attributes.
"""

import os


class ShotSiftError(Exception):
    """An expected failure: the world is to blame, not the program."""

    code = "InternalError"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidArgument(ShotSiftError):
    """A value given from outside does not follow its rule."""

    code = "InvalidArgument"


class ClusterEmptied(InvalidArgument):
    """Decisions that would reject all photographs of a cluster, which is to be said in so many words."""

    def __init__(self, object_id: str, count: int) -> None:
        super().__init__(
            f"That would reject all {count} photographs of a cluster. Keep one of them, or reject the whole cluster: "
            f"`shotsift decision reject-all {object_id}`."
        )
        self.object_id = object_id
        self.count = count


class ResourceNotFound(ShotSiftError):
    """A dataset, binding, task, cluster or file that does not exist."""

    code = "ResourceNotFound"


class ResourceAlreadyExists(ShotSiftError):
    """A name or a folder that is taken."""

    code = "ResourceAlreadyExists"


class LimitExceeded(ShotSiftError):
    """More of something than the contract allows."""

    code = "LimitExceededError"


class Cancelled(ShotSiftError):
    """A person asked a running task to stop."""

    code = "Canceled"

    def __init__(self) -> None:
        super().__init__("Stopped before the end; what was done is kept.")


class SidecarUnusable(ShotSiftError):
    """An XMP file beside a photograph that cannot be read or written."""

    code = "SidecarUnusable"

    def __init__(self, path: str, reason: str) -> None:
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
        super().__init__(f"The sidecar {name} cannot be used: {reason}.")
        self.path = path
        self.reason = reason


class CallRefused(ShotSiftError):
    """A call that the local endpoint does not let in, or that asks for what it may not open."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ExtraMissing(ShotSiftError):
    """A part of the program that was not installed with it."""

    code = "ExtraMissing"

    def __init__(self, extra: str, module: str) -> None:
        super().__init__(
            f"This needs the extra {extra!r}, which is not installed ({module} is missing). "
            f"Install it with: pip install 'shotsift[{extra}]'"
        )
        self.extra = extra
        self.module = module


class ScreenMissing(ShotSiftError):
    """The window was asked for where nothing can show one."""

    code = "ScreenMissing"

    def __init__(self) -> None:
        super().__init__(
            "There is no screen for the window. Start it on a desktop, or use `shotsift scan FOLDER` in the terminal."
        )


class StoreTooNew(ShotSiftError):
    """A catalogue written by a newer version of the program."""

    code = "StoreTooNew"

    def __init__(self, path: str, revision: str) -> None:
        super().__init__(
            f"The catalogue {path} was written by a newer version of ShotSift (revision {revision}). "
            "Update ShotSift, or choose another data folder with --data-dir."
        )
        self.path = path
        self.revision = revision


class StoreUnavailable(ShotSiftError):
    """A catalogue that cannot be opened or written: a full disk, a read-only folder, a damaged file."""

    code = "StoreUnavailable"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"The catalogue {path} cannot be used ({reason}). Check that its disk is writable and has space, "
            "or choose another data folder with --data-dir."
        )
        self.path = path
        self.reason = reason
