"""The companions of photographs as they lie on the disk now."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.domain.companions import Companion, CompanionKind, Shot, shots
from app.domain.files import KnownFile, Stamp
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
        return () if shot is None else _settled(shot, _size, is_film_of)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The photographs of one folder that have companions, by path, and the paths of all these companions."""

    companions: Mapping[str, tuple[Companion, ...]]
    parts: frozenset[str]


def gather(files: Mapping[str, Stamp], known: Mapping[str, KnownFile]) -> Gathered:
    """Tell which files of one folder go with another. A film that was known to is not opened again."""

    def is_film(film: str, face: str) -> bool:
        before = known.get(face)
        proven = before is not None and before.stamp == files[face] and _film(film) in before.companions
        return proven or is_film_of(film, face)

    def _film(path: str) -> Companion:
        return Companion(path, CompanionKind.FILM, files[path].size)

    together = (shot for shot in shots(files) if shot.companions or shot.films)
    found = {shot.face: _settled(shot, lambda path: files[path].size, is_film) for shot in together}
    companions = {face: own for face, own in found.items() if own}
    return Gathered(companions, frozenset(one.path for own in companions.values() for one in own))


def _settled(shot: Shot, size_of: Callable[[str], int], is_film: Callable[[str, str], bool]) -> tuple[Companion, ...]:
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
