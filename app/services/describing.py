"""Describe: what each picture shows and how it looks, from its thumbnail, before pictures are compared by it."""

from collections.abc import Iterator, Sequence

from app.domain.tasks import Stage
from app.imaging.describing import Description, describe
from app.imaging.readers import Readers
from app.progress import Progress
from app.services.thumbnails import restore_thumbnails
from app.store import Store

_BATCH = 32


def describe_pictures(store: Store, dataset_name: str, readers: Readers, progress: Progress) -> None:
    """Describe the pictures of a dataset that have not been described."""
    with store.read() as work:
        digests = work.contents.undescribed(work.datasets.id_of(dataset_name))
    numbers = list(digests)
    progress.report(Stage.DESCRIBE, 0, len(numbers))
    made = _described(store, list(digests.values()), readers)
    for done, found in enumerate(made):
        batch = numbers[done * _BATCH : (done + 1) * _BATCH]
        with store.write() as work:
            work.contents.set_sights(
                (content_id, description.sight) for content_id, description in zip(batch, found, strict=True)
            )
        progress.report(Stage.DESCRIBE, done * _BATCH + len(batch), len(numbers))


def sketches_of(store: Store, sha256s: Sequence[bytes], readers: Readers) -> dict[bytes, bytes]:
    """Give the sketches of pictures, and draw those again that are lost."""
    found = store.thumbnails.get_sketches(sha256s)
    lost = [digest for digest in sha256s if digest not in found]
    drawn = (description.sketch for part in _described(store, lost, readers) for description in part)
    return found | dict(zip(lost, drawn, strict=True))


def _described(store: Store, sha256s: Sequence[bytes], readers: Readers) -> Iterator[list[Description]]:
    """Describe pictures in batches, and keep their sketches."""
    batches = [sha256s[start : start + _BATCH] for start in range(0, len(sha256s), _BATCH)]
    parts = (_thumbnails(store, batch, readers) for batch in batches)
    for batch, found in zip(batches, readers.run(describe, parts), strict=True):
        store.thumbnails.put_sketches(
            {digest: description.sketch for digest, description in zip(batch, found, strict=True)}
        )
        yield found


def _thumbnails(store: Store, sha256s: Sequence[bytes], readers: Readers) -> list[bytes]:
    jpegs = restore_thumbnails(store, sha256s, readers)
    return [jpegs.get(digest, b"") for digest in sha256s]
