"""Folders as a person writes them."""

from pathlib import Path

from app.domain.uris import shown

_HOME = str(Path.home())


def short(path: str) -> str:
    """Return a path with ``~`` for the home folder, in characters that can be shown."""
    if path == _HOME or path.startswith(_HOME + "/"):
        path = "~" + path.removeprefix(_HOME)
    return shown(path)
