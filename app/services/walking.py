"""Walking: the folders below a bound folder, each once, with the stamps of their files."""

import fnmatch
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.files import Stamp

_HALF_WRITTEN = (".part", ".partial", ".crdownload", ".filepart", ".tmp", ".download")
"""How names end, in lower case, while a browser or a copying program writes the file."""


@dataclass(slots=True)
class Walk:
    """One walk, and where it has been: folders seen whole, and folders that could not be listed.

    ``left_out`` are patterns of the names of folders that it passes by, in any case; a bound folder is walked whatever
    its name is.
    """

    left_out: Sequence[str] = ()
    visited: set[str] = field(default_factory=set)
    closed: list[str] = field(default_factory=list)
    _identities: set[tuple[int, int]] = field(default_factory=set)
    _patterns: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        # Without any pattern, one that nothing fits.
        patterns = "|".join(fnmatch.translate(pattern.lower()) for pattern in self.left_out)
        self._patterns = re.compile(patterns or "(?!)")

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
            waiting.extend(entry.path for entry in reversed(below) if not self._passes_by(entry.name))

    def leaves_out(self, folder: str, root: str) -> bool:
        """Tell whether the walk of a root passes by a folder below it."""
        return any(self._passes_by(name) for name in Path(folder).relative_to(root).parts)

    def _passes_by(self, name: str) -> bool:
        return self._patterns.match(name.lower()) is not None

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
