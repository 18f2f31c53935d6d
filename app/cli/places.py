"""Files as a person types them, and as the index has them."""

import os
from collections.abc import Sequence
from pathlib import Path

from app.domain.uris import shown
from app.errors import InvalidArgument


def indexed(files: Sequence[str]) -> list[str]:
    """Give files as the index has them: below the real places of their folders."""
    split = [os.path.split(os.path.abspath(file)) for file in files]  # noqa: PTH100 (any bytes)
    return [os.path.join(os.path.realpath(folder), name) for folder, name in split]  # noqa: PTH118 (any bytes)


def folder_of(folder: str) -> str:
    """Give the real place of a folder that is there.

    Raises:
        InvalidArgument: it is not.
    """
    path = os.path.realpath(folder)
    if not os.path.isdir(path):  # noqa: PTH112 (any bytes)
        raise InvalidArgument(f"There is no folder {shown(path)}. Make it first.")
    return path


def read_file(path: Path) -> bytes:
    """Read a file that a person named.

    Raises:
        InvalidArgument: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidArgument(f"{path} cannot be read ({error.strerror}).") from error


def write_file(path: Path, text: str) -> None:
    """Write a file that a person named.

    Raises:
        InvalidArgument: it cannot be written.
    """
    try:
        path.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise InvalidArgument(f"{path} cannot be written ({error.strerror}).") from error
