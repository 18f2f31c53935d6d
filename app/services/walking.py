"""Walking: the folders below a bound folder, each once, with the stamps of their files."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.files import Stamp

LEFT_OUT = frozenset(
    {
        "$recycle.bin",
        "@eadir",
        "#recycle",
        "#snapshot",
        "lost+found",
        "system volume information",
        "thumbs",
        "__macosx",
    }
)
"""Folders that hold no photographs of a person's, in lower case; hidden folders are left out too."""

_HALF_WRITTEN = (".part", ".partial", ".crdownload", ".filepart", ".tmp", ".download")
"""How names end, in lower case, while a browser or a copying program writes the file."""


@dataclass(slots=True)
class Walk:
    """One walk, and where it has been: folders seen whole, and folders that could not be listed."""

    visited: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    _identities: set[tuple[int, int]] = field(default_factory=set)

    def folders(self, root: str) -> Iterator[tuple[str, dict[str, Stamp]]]:
        """Give each folder under a root with the stamps of its regular files that are whole; links are not followed.

        The files of a folder that two paths lead to are given once; below the second path there may be other mounts.
        """
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            if folder in self.visited:
                continue
            try:
                again = self._was_here(folder)
                with os.scandir(folder) as entries:
                    listed = sorted(entries, key=lambda entry: entry.name)
            except OSError:
                self.closed.append(folder)
                continue
            self.visited.add(folder)
            below = [entry for entry in listed if entry.is_dir(follow_symlinks=False)]
            yield folder, {} if again else _stamps(listed)
            waiting.extend(entry.path for entry in reversed(below) if _is_wanted(entry.name))

    def _was_here(self, folder: str) -> bool:
        """Tell whether another path led to this very folder before, as those of a bind mount do."""
        status = os.stat(folder)  # noqa: PTH116 (any bytes)
        identity = status.st_dev, status.st_ino
        if identity in self._identities:
            return True
        if status.st_ino:
            self._identities.add(identity)
        return False


def stamp_of(path: str) -> Stamp | None:
    """Give the stamp of a regular file; links, pipes, sockets and devices have none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ino) if stat.S_ISREG(status.st_mode) else None


def _stamps(listed: list[os.DirEntry[str]]) -> dict[str, Stamp]:
    files = (entry for entry in listed if not entry.is_dir(follow_symlinks=False) and not _is_half_written(entry.name))
    stamps = ((entry.path, stamp_of(entry.path)) for entry in files)
    return {path: stamp for path, stamp in stamps if stamp is not None}


def _is_half_written(name: str) -> bool:
    return name.lower().endswith(_HALF_WRITTEN)


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in LEFT_OUT
