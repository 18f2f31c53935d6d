"""Describe pictures by their thumbnails: what they show, and how they look. Runs in the isolated processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.imaging.embeddings import Embedder
from app.imaging.sketches import decode, draw_sketch


@dataclass(frozen=True, slots=True)
class Description:
    """``sight``: the code of the embedding, empty for a lost thumbnail; ``sketch``: of ``Sketch.to_bytes``."""

    sight: bytes
    sketch: bytes


def describe(jpegs: Sequence[bytes]) -> list[Description]:
    """Describe thumbnails, in their order."""
    pictures = [decode(jpeg) for jpeg in jpegs]
    sights = _embedder().sights(pictures)
    return [
        Description(sight, draw_sketch(picture).to_bytes() if sight else b"")
        for sight, picture in zip(sights, pictures, strict=True)
    ]


@cache
def _embedder() -> Embedder:
    """Give the network of this process; the other core has a process of its own."""
    return Embedder(threads=1)
