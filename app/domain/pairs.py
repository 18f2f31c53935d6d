"""Pairs of pictures that may belong together: what speaks for them, and what a person asks of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Relation(StrEnum):
    """Why two pictures belong together. Files of one content are exact copies and need no relation."""

    SAME_PIXELS = "same pixels"
    """Only what the files say of themselves differs."""
    RESAVED = "resaved"
    TURNED = "turned"
    CROPPED = "cropped"
    """One is a part of the other, or framed."""
    EDITED = "edited"
    BURST = "burst"
    BRACKET = "bracket"
    """Two frames of one camera, close in time, that differ in exposure."""
    FOCUS_STACK = "focus stack"
    """Two frames of one camera, close in time and equal in exposure, that differ in focus."""
    RETAKEN = "retaken"
    """Another exposure of the same picture, not close in time or with no time known."""


COPIES = frozenset({Relation.SAME_PIXELS, Relation.RESAVED, Relation.TURNED})
"""Relations of one picture to itself, saved again or turned."""
EXPOSURES = frozenset({Relation.BURST, Relation.BRACKET, Relation.FOCUS_STACK, Relation.RETAKEN})
"""Relations of pictures that were taken apart, however alike they are."""


MAX_DISTANCE = 80
"""Hamming distance of two phashes beyond which they do not speak for a pair; of all strangers one in 50,000 lies below.
"""
_REACH = ((750, 0.35), (1_500, 0.4), (6_000, 0.45), (30_000, 0.5), (200_000, 0.6))
_REACH_BEYOND = 0.65


def least_cosine(photographs: int) -> float:
    """Give how alike two of so many photographs must be by their embeddings alone to be laid on each other.

    Of all strangers one in a hundred is alike to 0.35, three in a thousand to 0.45, one in ten thousand to 0.6; the
    more there are, the more of them come before each other, so that in a big library only the nearest are looked at.
    """
    return next((cosine for bound, cosine in _REACH if photographs < bound), _REACH_BEYOND)


STRICT, DEFAULT, LOOSE = 0.65, 0.5, 0.35
"""How strong the evidence of a pair has to be: the three values with a name."""
COPY = 0.85
"""From here on copies count as one picture: what is related to one of them is related to all."""
FAINTEST = 0.25
"""Evidence that is fainter is not kept: no setting asks for less."""


@dataclass(frozen=True, slots=True)
class Alikeness:
    """How alike pictures of one cluster are, as a person set it for a dataset.

    ``strength``: what the evidence of a pair must reach, ``FAINTEST`` to 1. ``copies_only``: other exposures, such as
    the frames of a burst, do not count. ``across_folders``: files of one folder do not count.
    """

    strength: float = DEFAULT
    copies_only: bool = False
    across_folders: bool = False


AS_USUAL = Alikeness()


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known of two contents that may belong together, ``first_id < second_id``.

    ``strength``, 0 to 1, is what the evidence comes down to (matching/relations). ``distance`` is the Hamming distance
    of their phashes in the best of eight orientations, 0 to 256, ``orientation`` that of the first. ``cosine`` tells
    how alike they are by their embeddings, ``timed`` whether one camera took them within seconds. The rest is how one
    lies on the other (matching/geometry), all zero where their hashes were proof enough.
    """

    first_id: int
    second_id: int
    relation: Relation
    strength: float
    distance: int
    orientation: int = 0
    cosine: float = 0.0
    timed: bool = False
    matches: int = 0
    inliers: int = 0
    cells: int = 0
    coverage: float = 0.0
    extent: float = 0.0
    angle: float = 0.0
    agreement: float = 0.0


class Member(NamedTuple):
    """A content as grouping needs it; ``files`` is how many hold it."""

    content_id: int
    sha256: bytes
    pixels: bytes
    cluster_id: int | None
    files: int


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two contents of one cluster are related, by their digests."""

    first: bytes
    second: bytes
    relation: Relation


def are_copies(sha256s: Iterable[bytes], kinships: Sequence[Kinship]) -> bool:
    """Tell whether contents are one picture: related through copies, edits or crops, and none taken apart."""
    if any(kinship.relation in EXPOSURES for kinship in kinships):
        return False
    home = {sha256: {sha256} for sha256 in sha256s}
    for kinship in kinships:
        if home[kinship.first] is not home[kinship.second]:
            joined = home[kinship.first] | home[kinship.second]
            home.update(dict.fromkeys(joined, joined))
    return all(len(joined) == len(home) for joined in home.values())


class Link(NamedTuple):
    """A pair as grouping needs it."""

    first_id: int
    second_id: int
    strength: float
    relation: Relation


def lie_apart(folders: Mapping[int, str], first_id: int, second_id: int) -> bool:
    """Tell whether the files of two contents do not all lie in one folder, by the folder that holds all of each."""
    return first_id not in folders or folders[first_id] != folders.get(second_id)
