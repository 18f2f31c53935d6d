"""Concerns: what a person should know before files go, found in the catalogue and beside the files."""

import os
from collections.abc import Iterable, Sequence
from typing import Protocol

from app.domain.companions import CompanionKind
from app.domain.files import FileMeta
from app.domain.plans import Concern, PlannedFile, Warned
from app.domain.ratings import Rating, first_said
from app.services.companions import Companions
from app.services.destinations import IN_PLACE, TRASH
from app.store import Work


class Chosen(Protocol):
    """A photograph to go, and what stays in its place."""

    @property
    def file(self) -> FileMeta: ...

    @property
    def keeper(self) -> FileMeta | None: ...


class Concerns:
    """What speaks against the plan of some photographs."""

    def __init__(self, work: Work, chosen: Sequence[Chosen]) -> None:
        self._keepers = {one.file.path: (one.file, one.keeper) for one in chosen}
        files = [file for pair in self._keepers.values() for file in pair if file is not None]
        self._given = work.ratings.of(sorted({file.sha256 for file in files}))

    def about(self, planned: Iterable[PlannedFile], companions: Companions) -> tuple[Warned, ...]:
        """Give the concerns about files of a plan, in its order."""
        return tuple(warned for one in planned for warned in self._about(one, companions))

    def _about(self, planned: PlannedFile, companions: Companions) -> Iterable[Warned]:
        if planned.destination not in {TRASH, IN_PLACE}:
            yield Warned(planned.path, Concern.NO_TRASH, planned.destination)
        file, keeper = self._keepers.get(planned.path, (None, None))
        if file is None or keeper is None or planned.keeper != keeper.path:
            return
        stars, other = self._rating(file).stars or 0, self._rating(keeper).stars or 0
        if stars > other:
            yield Warned(planned.path, Concern.RATED_HIGHER, f"{stars} > {other}")
        if file.header.edited and not keeper.header.edited:
            yield Warned(planned.path, Concern.EDITED)
        if _has_raw(file.path, companions) and not _has_raw(keeper.path, companions):
            yield Warned(planned.path, Concern.ONLY_RAW)
        if _drive(file.path) != _drive(keeper.path):
            yield Warned(planned.path, Concern.OTHER_DRIVE, keeper.path)

    def _rating(self, file: FileMeta) -> Rating:
        return self._given.get(file.sha256) or first_said([Rating(file.header.stars, file.header.label)])


def _has_raw(path: str, companions: Companions) -> bool:
    return any(one.kind is CompanionKind.RAW for one in companions.of(path))


def _drive(path: str) -> int | None:
    try:
        return os.stat(os.path.dirname(path)).st_dev  # noqa: PTH116, PTH120 (any bytes)
    except OSError:
        return None
