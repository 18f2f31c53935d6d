"""Steps 4 and 5, candidates and relate: which new pictures show the same as any other, and by what evidence."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from app.domain.clusters import Pair
from app.domain.files import StoredContent
from app.domain.tasks import Stage
from app.imaging.readers import Readers
from app.matching import candidates, geometry, relations
from app.matching.candidates import Candidate
from app.matching.geometry import Features
from app.progress import Progress
from app.services.embedding import embeddings_of
from app.services.thumbnails import restore_thumbnails
from app.store import Store

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Search:
    """The contents of a dataset, the numbers of those that are new, and the pairs worth a look."""

    contents: list[StoredContent]
    new: list[int]
    candidates: list[Candidate]


def find_candidates(store: Store, dataset_name: str, progress: Progress) -> Search:
    """Find the pairs of pictures that are worth a look, of which at least one is new."""
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        new = work.contents.unmatched(dataset_id)
        contents = work.contents.all(dataset_id) if new else []
        kept = work.contents.embeddings(dataset_id) if new else {}
    # What was read after the embedding, by another program or the watcher, is left to the next task.
    contents = [stored for stored in contents if stored.content_id in kept]
    new = [content_id for content_id in new if content_id in kept]
    # By what they are, not by when they came: an alignment of two pictures may depend on which is laid on the other.
    contents.sort(key=lambda stored: stored.content.sha256)
    unmatched = set(new)
    flags = np.array([stored.content_id in unmatched for stored in contents], dtype=np.bool_)
    embeddings = embeddings_of([kept[stored.content_id] for stored in contents])
    found = candidates.find([stored.content for stored in contents], embeddings, flags)
    progress.report(Stage.CANDIDATES, len(found), len(found))
    return Search(contents, new, found)


def relate(store: Store, search: Search, readers: Readers, progress: Progress) -> None:
    """Decide the candidates and keep the pairs that belong together.

    The new contents count as compared once all of it is kept, so that a task that was stopped is taken up again.
    """
    total = len(search.candidates)
    for start in range(0, total, _BATCH):
        batch = search.candidates[start : start + _BATCH]
        doubtful = {candidate for candidate in batch if _is_doubtful(candidate, search.contents)}
        views = _Views(store, search.contents, doubtful, readers)
        pairs: list[Pair] = []
        for done, candidate in enumerate(batch, start=start):
            progress.report(Stage.RELATE, done, total)
            pairs += _decide(candidate, search.contents, doubtful, views)
        with store.write() as work:
            work.pairs.put(pairs)
    progress.report(Stage.RELATE, total, total)
    with store.write() as work:
        work.contents.set_matched(search.new)


def _is_doubtful(candidate: Candidate, contents: Sequence[StoredContent]) -> bool:
    """Tell whether the hashes alone do not prove a candidate."""
    first, second = contents[candidate.first].content, contents[candidate.second].content
    return not relations.proved_by_hash(candidate, first, second)


def _decide(
    candidate: Candidate, contents: Sequence[StoredContent], doubtful: Set[Candidate], views: "_Views"
) -> list[Pair]:
    """Give the pair of a candidate if it is one; in doubt the pictures are laid on each other."""
    first, second = contents[candidate.first], contents[candidate.second]
    if candidate not in doubtful:
        return [_pair(first, second, candidate, None)]
    alignment = geometry.align(views.of(candidate.first, candidate.orientation), views.of(candidate.second, 0))
    if not relations.proved_by_alignment(alignment, by_sight_alone=candidate.by_sight_alone):
        return []
    return [_pair(first, second, candidate, alignment)]


class _Views:
    """The keypoints of pictures in the orientations asked for, found once each."""

    def __init__(
        self, store: Store, contents: Sequence[StoredContent], found: Set[Candidate], readers: Readers
    ) -> None:
        places = {place for candidate in found for place in (candidate.first, candidate.second)}
        digests = {place: contents[place].content.sha256 for place in places}
        jpegs = restore_thumbnails(store, list(digests.values()), readers)
        self._greys = {place: geometry.decode(jpegs.get(digest, b"")) for place, digest in digests.items()}
        self._known: dict[tuple[int, int], Features] = {}

    def of(self, place: int, orientation: int) -> Features:
        if (place, orientation) not in self._known:
            turned = geometry.turn(self._greys[place], orientation)
            self._known[place, orientation] = geometry.describe(turned)
        return self._known[place, orientation]


def _pair(
    first: StoredContent, second: StoredContent, candidate: Candidate, alignment: geometry.Alignment | None
) -> Pair:
    first_id, second_id = sorted((first.content_id, second.content_id))
    return Pair(
        first_id=first_id,
        second_id=second_id,
        relation=relations.name(candidate, first.content, second.content),
        distance=candidate.distance,
        strength=relations.strength(candidate, alignment),
    )
