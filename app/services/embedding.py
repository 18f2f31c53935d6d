"""Part of step 4: give each picture its embedding, from its thumbnail, before pictures are compared by it."""

from collections.abc import Sequence

import numpy as np

from app.domain.tasks import Stage
from app.imaging.embeddings import SIZE, Embedder, Embeddings
from app.imaging.readers import Readers
from app.progress import Progress
from app.services.thumbnails import restore_thumbnails
from app.store import Store

_BATCH = 32
_TYPE = np.float16
"""Half the bytes; two pictures are as alike by it in three decimals."""


def embed(store: Store, dataset_name: str, readers: Readers, progress: Progress) -> None:
    """Give embeddings to the pictures of a dataset that have none."""
    with store.read() as work:
        digests = work.contents.unembedded(work.datasets.id_of(dataset_name))
    places = list(digests)
    embedder = Embedder()
    progress.report(Stage.CANDIDATES, 0, len(places))
    for start in range(0, len(places), _BATCH):
        batch = places[start : start + _BATCH]
        jpegs = restore_thumbnails(store, [digests[content_id] for content_id in batch], readers)
        found = embedder.embed([jpegs.get(digests[content_id], b"") for content_id in batch]).astype(_TYPE)
        rows = [(content_id, row.tobytes()) for content_id, row in zip(batch, found, strict=True)]
        with store.write() as work:
            work.contents.set_embeddings(rows)
        progress.report(Stage.CANDIDATES, start + len(batch), len(places))


def embeddings_of(stored: Sequence[bytes]) -> Embeddings:
    """Turn n embeddings as they are kept into an (n, 1280) array."""
    return np.frombuffer(b"".join(stored), _TYPE).reshape(len(stored), SIZE).astype(np.float32)
