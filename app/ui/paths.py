"""Folders as a person writes them."""

from pathlib import Path

from app.domain.uris import shown

_HOME = str(Path.home())


def folder_name(path: str) -> str:
    """Return what a folder is called, without the folders above it."""
    return shown(path.rpartition("/")[2] or path)


def short(path: str) -> str:
    """Return a path with ``~`` for the home folder, in characters that can be shown."""
    if path == _HOME or path.startswith(_HOME + "/"):
        path = "~" + path.removeprefix(_HOME)
    return shown(path)
