"""The Trash of the system, by Qt, with the place of each file in it known. Only QtCore: no application is needed."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QFile

from app.services.moving import TrashMissing, mount_point

_INFO = ".trashinfo"


class SystemTrash:
    """Moves files to the Trash; on Linux it follows the FreeDesktop specification, as Qt does."""

    def takes(self, folder: str) -> bool:
        """Tell whether files of a folder can go to a Trash on the same drive: never to one on another, by copying."""
        if sys.platform != "linux":
            return True
        device = _device(folder)
        home = _home_trash().parent
        home.mkdir(parents=True, exist_ok=True)  # without it Qt finds no Trash
        if device == _device(str(home)):
            return True
        root = mount_point(folder)
        own = [place for place in _trash_folders(root) if os.access(place, os.W_OK | os.X_OK)]
        return bool(own) or os.access(root, os.W_OK | os.X_OK)

    def put(self, path: str) -> str:
        """Move a file to the Trash; give its place there.

        Raises:
            TrashMissing: there is no Trash for it.
            OSError: it cannot be moved.
        """
        folder = os.path.dirname(path)  # noqa: PTH120 (any bytes)
        if not self.takes(folder):
            raise TrashMissing
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(13, os.strerror(13), path)
        file = QFile(path)
        if not file.moveToTrash():
            if not os.path.lexists(path):
                raise FileNotFoundError(2, os.strerror(2), path)
            raise TrashMissing(0, file.errorString(), path)
        return file.fileName()

    def find(self, path: str) -> list[str]:
        """Give the places of all files in the Trash that came from a path."""
        if sys.platform != "linux":
            return []
        folder = os.path.dirname(path)  # noqa: PTH120 (any bytes)
        root = mount_point(folder)
        places = list(_noted(_home_trash(), path))
        for trash in _trash_folders(root):
            places += _noted(Path(trash), os.path.relpath(path, root))
            places += _noted(Path(trash), path)
        return places

    def forget(self, place: str) -> None:
        """Drop what the Trash notes of a file that was taken out of it."""
        where = Path(place)
        if sys.platform == "linux":
            (where.parent.parent / "info" / f"{where.name}{_INFO}").unlink(missing_ok=True)
        elif sys.platform == "win32" and where.name.startswith("$R"):
            where.with_name(f"$I{where.name[2:]}").unlink(missing_ok=True)


def _home_trash() -> Path:
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (data if data.is_absolute() else Path.home() / ".local" / "share") / "Trash"


def _trash_folders(root: str) -> list[str]:
    """Give the Trash folders of this user on a drive other than that of the home folder, those that exist."""
    own = [os.path.join(root, ".Trash", str(os.getuid())), os.path.join(root, f".Trash-{os.getuid()}")]  # noqa: PTH118 (any bytes)
    return [folder for folder in own if os.path.isdir(folder)]  # noqa: PTH112 (any bytes)


def _noted(trash: Path, path: str) -> Iterator[str]:
    """Give the files of a Trash folder of which it notes that they came from a path."""
    wanted = {f"Path={quoted}" for quoted in (quote_from_bytes(os.fsencode(path)), path)}
    try:
        notes = [entry for entry in os.scandir(trash / "info") if entry.name.endswith(_INFO)]
    except OSError:
        return
    for note in notes:
        try:
            lines = Path(note.path).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        except OSError:
            continue
        came = next((line for line in lines if line.startswith("Path=")), "")
        meant = "Path=" + os.fsdecode(unquote_to_bytes(came.removeprefix("Path=").encode("utf-8", "surrogateescape")))
        place = trash / "files" / note.name.removesuffix(_INFO)
        if (came in wanted or meant == f"Path={path}") and os.path.lexists(place):
            yield str(place)


def _device(folder: str) -> int:
    return os.stat(folder).st_dev  # noqa: PTH116 (any bytes)
