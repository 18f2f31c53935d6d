"""The companions of photographs as they lie on the disk now."""

import os
from collections.abc import Callable
from dataclasses import replace

from app.domain.companions import Companion, CompanionKind, Shot, shots
from app.imaging.live_photos import is_film_of


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


def settled(
    shot: Shot, size_of: Callable[[str], int], is_film: Callable[[str, str], bool] = is_film_of
) -> tuple[Companion, ...]:
    """Give the companions of a photograph with their sizes, and those of its films that prove to be its own."""
    films = (Companion(film, CompanionKind.FILM) for film in shot.films if is_film(film, shot.face))
    found = sorted((*shot.companions, *films), key=lambda companion: companion.path)
    return tuple(replace(companion, size=size_of(companion.path)) for companion in found)


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
