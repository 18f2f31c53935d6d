"""Thumbnails: small pictures of photographs, from their cache; what the cache lost is made again."""

from collections.abc import Sequence

from app.imaging.readers import Readers
from app.imaging.readings import Reading
from app.store import Store


def get_thumbnails(store: Store, sha256s: Sequence[bytes]) -> dict[bytes, bytes]:
    """Give the thumbnails that are there, by digest: JPEG, at most 320 pixels, the right way up."""
    return store.thumbnails.get(sha256s)


def restore_thumbnails(store: Store, sha256s: Sequence[bytes], readers: Readers) -> dict[bytes, bytes]:
    """Give thumbnails, and read the photographs again whose thumbnails are lost."""
    found = store.thumbnails.get(sha256s)
    lost = [digest for digest in sha256s if digest not in found]
    if not lost:
        return found
    with store.read() as work:
        paths = work.files.paths_of(lost)
    made = {
        answer.content.sha256: answer.thumbnail
        for _, answer in readers.read(paths.values())
        if isinstance(answer, Reading)
    }
    store.thumbnails.put(made)
    return found | made
