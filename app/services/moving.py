"""Moving: the one thing that is ever done to a photograph. A move is a rename that never replaces what is there."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Collection, Sequence
from functools import cache
from pathlib import Path, PurePath
from typing import Protocol

from app.domain.plans import Why

QUARANTINE = ".shotsift-rejected"
"""The folder of rejected photographs on a drive without a Trash; no scan ever looks into it."""

_RENAME_NOREPLACE = 1
_RENAME_EXCL = 4
_AT_FDCWD = -100
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}
_WHYS = {
    errno.ENOENT: Why.GONE,
    errno.EACCES: Why.DENIED,
    errno.EPERM: Why.DENIED,
    errno.EROFS: Why.DENIED,
    errno.ENOSPC: Why.FULL,
    errno.EDQUOT: Why.FULL,
    errno.ENAMETOOLONG: Why.NAME_TOO_LONG,
    errno.EXDEV: Why.OTHER_DRIVE,
    errno.EEXIST: Why.TAKEN,
    errno.EBUSY: Why.BUSY,
    errno.ETXTBSY: Why.BUSY,
}


class TrashMissing(OSError):
    """There is no Trash for files of a folder."""


class Trash(Protocol):
    """The Trash of the system. What it does to a file is a move, and its place is known afterwards."""

    def takes(self, folder: str) -> bool:
        """Tell whether files of a folder can go to a Trash on the same drive."""

    def put(self, path: str) -> str:
        """Move a file to the Trash; give its place there.

        Raises:
            TrashMissing: there is no Trash for it.
            OSError: it cannot be moved.
        """

    def find(self, path: str) -> list[str]:
        """Give the places of all files in the Trash that came from a path."""

    def forget(self, place: str) -> None:
        """Drop what the Trash notes of a file that was taken out of it."""


def move(source: str, target: str) -> None:
    """Rename a file, on one drive, to a name that is not taken.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be moved; one of ``EXDEV`` lies on another drive, and nothing is copied.
    """
    if sys.platform == "win32":
        os.rename(source, target)  # noqa: PTH104 (any bytes; it never replaces here)
        return
    try:
        _exclusive_rename()(os.fsencode(source), os.fsencode(target))
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
        # A file system without exclusive renames, such as NFS: look, then rename.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target) from error
        os.rename(source, target)  # noqa: PTH104 (any bytes)


def why(error: OSError) -> Why:
    """Say why a file could not be moved."""
    return _WHYS.get(error.errno or 0, Why.FAILED)


def beside_all(paths: Sequence[str], taken: Collection[str], folder: str | None = None) -> dict[str, str]:
    """Give places for the files of one photograph: their own, or with one number for all where one of them is taken.

    ``taken`` are places that are spoken for; ``folder`` is where the places are, if not where the files are.
    """
    number = 1
    while True:
        places = {path: _numbered(path, number, folder) for path in paths}
        if not any(place in taken or os.path.lexists(place) for place in places.values()):
            return places
        number += 1


def _numbered(path: str, number: int, folder: str | None) -> str:
    whole = PurePath(path) if folder is None else PurePath(folder, PurePath(path).name)
    if number == 1:
        return str(whole)
    stem, dot, rest = whole.name.partition(".")
    return str(whole.with_name(f"{stem} ({number}){dot}{rest}"))


def quarantine_of(folder: str, homes: tuple[str, ...]) -> str | None:
    """Give the quarantine for files of a folder: at the root of its drive, or beside or in a bound folder.

    ``homes`` are the bound folders of its dataset, of which those above it count. None if none of them can be written.
    """
    own = [home for home in homes if os.path.commonpath([home, folder]) == home]
    device = os.stat(folder).st_dev  # noqa: PTH116 (any bytes)
    beside = [str(Path(home).parent) for home in own]
    for root in (mount_point(folder), *beside, *own, folder):
        place = os.path.join(root, QUARANTINE)  # noqa: PTH118 (any bytes)
        if _can_hold(place if os.path.isdir(place) else root, device):  # noqa: PTH112 (any bytes)
            return place
    return None


def _can_hold(folder: str, device: int) -> bool:
    try:
        on_device = os.stat(folder).st_dev == device  # noqa: PTH116 (any bytes)
    except OSError:
        return False
    return on_device and os.access(folder, os.W_OK | os.X_OK)


def mount_point(folder: str) -> str:
    """Give the root of the drive that a folder lies on."""
    while not os.path.ismount(folder) and os.path.dirname(folder) != folder:  # noqa: PTH120 (any bytes)
        folder = os.path.dirname(folder)  # noqa: PTH120 (any bytes)
    return folder


@cache
def _exclusive_rename() -> Callable[[bytes, bytes], None]:
    """Give the system's rename that fails where the target exists."""
    library = ctypes.CDLL(None, use_errno=True)
    found = getattr(library, "renamex_np" if sys.platform == "darwin" else "renameat2", None)

    def rename(source: bytes, target: bytes) -> None:
        if found is None:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
        if sys.platform == "darwin":
            failed = found(source, target, ctypes.c_uint(_RENAME_EXCL))
        else:
            failed = found(_AT_FDCWD, source, _AT_FDCWD, target, ctypes.c_uint(_RENAME_NOREPLACE))
        if failed:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), os.fsdecode(source))

    return rename
