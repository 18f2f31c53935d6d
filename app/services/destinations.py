"""Destinations: where each rejected file would go, known and told before anything is moved."""

import os

from app.domain.deletions import End
from app.domain.plans import Why
from app.services.moving import Trash, quarantine_of

TRASH = "trash"
IN_PLACE = "in place"
"""What a plan says of files that stay where they are: those that are only marked, or become links."""


class Destinations:
    """Where files go, told once for each folder."""

    def __init__(self, trash: Trash, homes: tuple[str, ...], end: End, folder: str) -> None:
        self._trash = trash
        self._homes = homes
        self._end = end
        self._folder = folder
        self._known: dict[str, str | Why] = {}

    def of(self, path: str) -> str | Why:
        """Give where a file goes: ``trash``, a folder, or why it cannot go."""
        folder = os.path.dirname(path)  # noqa: PTH120 (any bytes)
        if folder not in self._known:
            try:
                self._known[folder] = self._look(folder)
            except OSError:
                self._known[folder] = Why.GONE
        return self._known[folder]

    def _look(self, folder: str) -> str | Why:
        if self._end in {End.LABELS, End.REFLINK, End.HARDLINK}:
            return IN_PLACE
        if not os.access(folder, os.W_OK | os.X_OK):
            return Why.DENIED
        if self._end is End.FOLDER:
            same = os.stat(folder).st_dev == os.stat(self._folder).st_dev  # noqa: PTH116 (any bytes)
            return self._folder if same else Why.OTHER_DRIVE
        if self._trash.takes(folder):
            return TRASH
        return quarantine_of(folder, self._homes) or Why.NO_PLACE
