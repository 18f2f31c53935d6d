"""Describe pictures by their thumbnails: what they show, and how they look. Runs in the isolated processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.imaging.embeddings import Embedder
from app.imaging.sketches import draw_sketch


@dataclass(frozen=True, slots=True)
class Description:
    """``sight``: the code of the embedding, empty for a lost thumbnail; ``sketch``: of ``Sketch.to_bytes``."""

    sight: bytes
    sketch: bytes


def describe(jpegs: Sequence[bytes]) -> list[Description]:
    """Describe thumbnails, in their order."""
    sights = _embedder().sights(jpegs)
    return [
        Description(sight, draw_sketch(jpeg).to_bytes() if sight else b"")
        for sight, jpeg in zip(sights, jpegs, strict=True)
    ]


@cache
def _embedder() -> Embedder:
    """Give the network of this process; the other core has a process of its own."""
    return Embedder(threads=1)
