"""What hangs on the pointer: the folders meant by dropped folders and files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(data: QMimeData) -> list[str]:
    """Return the paths of this computer in what is dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def folders_of(paths: Sequence[str]) -> list[str]:
    """Return each folder once: dropped ones themselves, and those that dropped files lie in. It looks at the disk."""
    places = [Path(path) for path in paths]
    folders = [place.resolve() if place.is_dir() else place.resolve().parent for place in places]
    return [str(folder) for folder in dict.fromkeys(folders)]
