"""Temporaries: files that are made beside others and take their place whole, or are swept away."""

import os
import secrets
from contextlib import suppress

_SUFFIX = ".part"
"""No scan looks at files that end so."""


def temporary(path: str) -> str:
    """Give the name of a new file beside another."""
    folder = os.path.dirname(path)  # noqa: PTH120 (any bytes)
    return os.path.join(folder, f"{_prefix(path)}{secrets.token_hex(8)}{_SUFFIX}")  # noqa: PTH118 (any bytes)


def sweep(path: str) -> None:
    """Drop what a program left beside a file that was killed while it made another in its place."""
    folder = os.path.dirname(path)  # noqa: PTH120 (any bytes)
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 (any bytes)
            if name.startswith(_prefix(path)) and name.endswith(_SUFFIX):
                os.unlink(os.path.join(folder, name))  # noqa: PTH108, PTH118 (any bytes; our own)


def _prefix(path: str) -> str:
    name = os.path.basename(path)  # noqa: PTH119 (any bytes)
    return f".shotsift-{os.fsdecode(os.fsencode(name)[:150])}-"
