"""The quality of a file: what a closer look at one frame measures, to be judged among the frames of its cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.domain.clusters import ClusterKind
from app.domain.faces import Face

CELLS = 16
"""The picture is measured in 16 by 16 cells."""
DIRECTIONS = 4
_FINE = ("finest 0", "finest 45", "finest 90", "finest 135", "fine 0", "fine 45", "fine 90", "fine 135")
_CHANNELS = (*_FINE, "middle", "coarse", "light")
_STEPS = 16.0
"""Kept in sixteenths of an octave."""

Cells = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Detail:
    """What a picture holds in each of its cells; arrays of (16, 16), rows before columns.

    ``finest`` and ``fine`` (4, 16, 16): mean squared gradients across 0, 45, 90 and 135 degrees, where the long side
    has 1,600 and 800 pixels, without those that noise makes; ``middle`` and ``coarse``: of all directions, at 400 and
    200 pixels; grey levels squared. ``light``: mean linear light, 0 to 1.
    """

    finest: Cells
    fine: Cells
    middle: Cells
    coarse: Cells
    light: Cells

    def to_bytes(self) -> bytes:
        """Give a byte a value, by its logarithm."""
        energies = np.concatenate([self.finest, self.fine, self.middle[None], self.coarse[None]])
        light = np.sqrt(np.clip(self.light, 0, 1)) * 255
        logs = np.log2(1 + energies) * _STEPS
        return np.concatenate([logs, light[None]]).round().clip(0, 255).astype(np.uint8).tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Detail":
        """Turn what ``to_bytes`` gave into values again."""
        planes = np.frombuffer(kept, np.uint8).reshape(len(_CHANNELS), CELLS, CELLS).astype(np.float32)
        energies = np.exp2(planes / np.float32(_STEPS)) - 1
        return cls(
            energies[:DIRECTIONS],
            energies[DIRECTIONS : 2 * DIRECTIONS],
            energies[8],
            energies[9],
            (planes[10] / np.float32(255)) ** 2,
        )


class Search(IntEnum):
    """How thoroughly faces were looked for; each costs more than the one before."""

    NONE = 0
    PLAIN = 1
    THOROUGH = 2
    """Small ones too."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The measures of one frame.

    ``detail``: of ``Detail.to_bytes``. ``burnt`` and ``black``: shares of the pixels without any drawing in the lights
    and in the shadows, 0 to 1. ``contrast``: standard deviation of the grey levels, 0 to 1. ``noise``: its standard
    deviation in grey levels where the picture is plain. ``border``: share of the picture that is one flat colour along
    its edges, as frames and banners are. ``coding``: JPEG quality 1 to 100 by its tables, 100 for what loses nothing,
    None for what does not say. ``search``: how faces were looked for, and ``faces`` those that were found.
    """

    detail: bytes
    burnt: float
    black: float
    contrast: float
    noise: float
    border: float
    coding: int | None
    search: Search = Search.NONE
    faces: tuple[Face, ...] = ()


UNMEASURED = Quality(b"", 0.0, 0.0, 0.0, 0.0, 0.0, None)
"""In place of the measures of a file that cannot be measured."""


@dataclass(frozen=True, slots=True)
class Searched:
    """How far a member of a cluster was looked at; ``search`` is None where nobody did."""

    cluster_id: int
    content_id: int
    sha256: bytes
    kind: ClusterKind
    search: Search | None
    faces: tuple[Face, ...]


_LARGE = 0.15
"""Height of a face in shares of the picture's, from which smaller ones do not decide."""


def further_search(members: Sequence[Searched]) -> dict[bytes, Search]:
    """Say which members of one cluster are still to be looked at, and how; nothing once all is known that decides.

    People are looked for where several exposures are compared. Small faces are searched for, at their cost, only if
    the frames of a burst do not show the same large ones; where there are none at all, in one frame first.
    """
    if len(members) == 1:
        return {}  # files of one content: there is nothing to compare
    if members[0].kind is ClusterKind.EXACT or members[0].kind.protected:
        return {one.sha256: Search.NONE for one in members if one.search is None}
    plain = {one.sha256: Search.PLAIN for one in members if one.search is None or one.search < Search.PLAIN}
    if plain or members[0].kind is not ClusterKind.BURST:
        return plain
    left = {one.sha256: Search.THOROUGH for one in members if one.search is not Search.THOROUGH}
    if not any(one.faces for one in members):
        tried = len(left) < len(members)
        return {} if tried else dict(list(left.items())[:1])
    alike = len({len(one.faces) for one in members}) == 1
    return {} if alike and all(one.faces[0].height >= _LARGE for one in members) else left
