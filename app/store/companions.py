"""Companions as the catalogue keeps them: name, kind and bytes of each, beside the file that they go with."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from app.domain.companions import Companion, CompanionKind


def companions_of(path: str, kept: Sequence[Sequence[Any]]) -> tuple[Companion, ...]:
    """Give the companions of a file by what is kept of them."""
    if not kept:
        return ()
    folder = os.path.dirname(path)  # noqa: PTH120 (as text, which is quick)
    return tuple(
        Companion(os.path.join(folder, name), CompanionKind(kind), size)  # noqa: PTH118 (as text, which is quick)
        for name, kind, size in kept
    )


def to_keep(companions: Iterable[Companion]) -> list[list[object]]:
    """Give what is kept of companions."""
    return [[os.path.basename(one.path), one.kind.value, one.size] for one in companions]  # noqa: PTH119 (any bytes)
