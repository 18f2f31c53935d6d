"""Places: the folders that calls may have opened, which are the bound ones and those that the owner allowed."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.domain.uris import shown
from app.errors import CallRefused
from app.services.bindings import all_bindings
from app.store import Store


class Places:
    """Bound folders, as they are at the time, and allowed ones; links are resolved before anything is compared."""

    def __init__(self, store: Store, allowed: Iterable[str]) -> None:
        self._store = store
        self._allowed = [os.path.realpath(folder) for folder in allowed]

    def check(self, paths: Iterable[str]) -> None:
        """Let paths be opened, or not.

        Raises:
            CallRefused: one lies in no bound and no allowed folder.
        """
        open_folders = [*self._allowed, *(binding.path for binding in all_bindings(self._store))]
        for path in paths:
            real = os.path.realpath(path)
            if not any(Path(real).is_relative_to(folder) for folder in open_folders):
                raise CallRefused(
                    "NoPermission",
                    f"{shown(path)} lies in no folder that this endpoint may open. The folders of bindings are open "
                    "to it; its owner opens another with `shotsift serve --allow FOLDER`.",
                )
