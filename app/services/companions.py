"""The companions of photographs as they lie on the disk now."""

import os
from collections.abc import Callable
from dataclasses import replace

from app.domain.companions import Companion, Shot, shots


class Companions:
    """The companions of photographs. Each folder is listed once, so one of these serves for one errand only."""

    def __init__(self) -> None:
        self._shots: dict[str, dict[str, Shot]] = {}

    def of(self, path: str) -> tuple[Companion, ...]:
        """Give the files that go where a photograph goes, by path, with their sizes.

        There are none of a file that is itself a companion, and none where the folder cannot be listed.
        """
        folder = os.path.dirname(path)  # noqa: PTH120 (as text, which is quick)
        if folder not in self._shots:
            self._shots[folder] = {shot.face: shot for shot in shots(_files(folder))}
        shot = self._shots[folder].get(path)
        return () if shot is None else settled(shot, _size)


def settled(shot: Shot, size_of: Callable[[str], int]) -> tuple[Companion, ...]:
    """Give the companions of a photograph with their sizes."""
    return tuple(replace(companion, size=size_of(companion.path)) for companion in shot.companions)


def _files(folder: str) -> list[str]:
    """List the regular files of a folder; none of one that cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return [entry.path for entry in entries if entry.is_file(follow_symlinks=False)]
    except OSError:
        return []


def _size(path: str) -> int:
    """Give the size of a file; 0 if it went away meanwhile."""
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0
