"""Steps 4 and 5, candidates and relate: which new pictures show the same as any other, and by what evidence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.files import Compared, Known
from app.domain.pairs import FAINTEST, Pair, least_cosine
from app.domain.tasks import Stage
from app.imaging.readers import Readers
from app.matching import candidates, relations
from app.matching.candidates import Candidates, Pictures
from app.matching.geometry import ALIGNMENT, Alignments, Bench, align_pairs
from app.progress import Progress
from app.services.describing import sketches_of
from app.store import Store

_BATCH = 500
_PHASH_BYTES = 32
_SIGHT_BYTES = candidates.SIGHT_BITS // 8


@dataclass(frozen=True, slots=True)
class Search:
    """The pictures of a dataset with their digests, and which of them are new."""

    pictures: Pictures
    digests: list[bytes]
    new: NDArray[np.bool_]

    @property
    def new_numbers(self) -> list[int]:
        return [int(number) for number in self.pictures.numbers[self.new]]


def relate_by_hash(store: Store, dataset_name: str, progress: Progress) -> None:
    """Find quickly what hashes alone prove, so that a person sees clusters while the rest is looked at."""
    search = _search(store, dataset_name, Compared.BY_HASH)
    found = candidates.find_upright(search.pictures, search.new)
    progress.report(Stage.FIRST, 0, 0)
    _keep(store, search, found, np.zeros(len(found), ALIGNMENT))
    with store.write() as work:
        work.contents.set_compared(search.new_numbers, Compared.BY_HASH)


def relate(store: Store, dataset_name: str, readers: Readers, progress: Progress) -> None:
    """Find all pairs of pictures that may belong together, at least one of them new, and keep what speaks for them.

    The new ones count as compared once all of it is kept, so that a task that was stopped is taken up again.
    """
    _follow_count(store, dataset_name)
    search = _search(store, dataset_name, Compared.FULLY)
    min_cosine = least_cosine(len(search.digests))
    found = candidates.find(search.pictures, search.new, min_cosine)
    progress.report(Stage.CANDIDATES, len(found), len(found))
    _keep(store, search, found.chosen(found.proved), np.zeros(int(found.proved.sum()), ALIGNMENT))
    doubtful = found.chosen(~found.proved)
    parts = [doubtful.chosen(slice(start, start + _BATCH)) for start in range(0, len(doubtful), _BATCH)]
    benches = (_bench(store, search, part, readers) for part in parts)
    done = 0
    for part, alignments in zip(parts, readers.run(align_pairs, benches), strict=True):
        _keep(store, search, part, alignments)
        done += len(part)
        progress.report(Stage.RELATE, done, len(doubtful))
    with store.write() as work:
        work.contents.set_compared(search.new_numbers, Compared.FULLY)
        if search.digests:
            work.datasets.set_reach(work.datasets.id_of(dataset_name), min_cosine)


def _follow_count(store: Store, dataset_name: str) -> None:
    """Note what has to be done again since so many photographs came or went that less or more counts as alike."""
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        before, now = work.datasets.reach(dataset_id), least_cosine(work.contents.count(dataset_id))
        if before not in {0, now}:
            work.contents.loosen_all(dataset_id)
        if now < before:
            work.contents.uncompare_all(dataset_id)


def evidence_of(store: Store, dataset_name: str, known: Sequence[Known], readers: Readers) -> tuple[bool, Pair]:
    """Lay one of two pictures on the other, whatever speaks for them; tell also whether a task would do so."""
    search = _arranged(known, Compared.FULLY)
    with store.read() as work:
        min_cosine = least_cosine(work.contents.count(work.datasets.id_of(dataset_name)))
    looked_at = len(candidates.find(search.pictures, np.ones(2, np.bool_), min_cosine)) > 0
    part = candidates.of_two(search.pictures)
    alignments = np.zeros(1, ALIGNMENT) if part.proved.all() else align_pairs(_bench(store, search, part, readers))
    strengths = _strengths(search.pictures, part, alignments)
    return looked_at, next(
        _pairs(search.pictures, part, alignments, strengths if looked_at else np.zeros_like(strengths))
    )


def _search(store: Store, dataset_name: str, stage: Compared) -> Search:
    """Give all pictures of a dataset if some were not compared so far, in the order of their digests.

    By what they are, not by when they came: an alignment of two pictures may depend on which is laid on the other.
    """
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        wanted = work.contents.uncompared(dataset_id, stage)
        known = work.contents.known(dataset_id) if wanted else iter(())
        # What was read after the describing, by another program or the watcher, is left to the next task.
        rows = (row for row in known if row.sight is not None or stage is Compared.BY_HASH)
        return _arranged(rows, stage)


def _arranged(rows: Iterable[Known], stage: Compared) -> Search:
    """Lay rows into arrays, a few thousand at a time, so that a million of them never are in memory as values."""
    cameras: dict[str, int] = {}
    bursts: dict[str, int] = {}
    digests: list[bytes] = []
    columns: dict[str, bytearray] = {name: bytearray() for name in ("phashes", "sights")}
    numbers, textures, bodies, moments, burst_numbers, new, seen = [], [], [], [], [], [], []
    for place, row in enumerate(rows):
        numbers.append(row.content_id)
        digests.append(row.sha256)
        columns["phashes"] += row.phash
        columns["sights"] += row.sight or bytes(_SIGHT_BYTES)
        seen.append(bool(row.sight))
        textures.append(row.texture)
        timed = bool(row.camera) and row.capture_time is not None
        bodies.append(cameras.setdefault(row.camera, len(cameras)) if timed else -1 - place)
        moments.append(row.capture_time or 0)
        burst_numbers.append(bursts.setdefault(row.burst_id, len(bursts)) if row.burst_id else -1 - place)
        new.append(row.compared < stage)
    pictures = Pictures(
        numbers=np.array(numbers, np.int64),
        phashes=np.frombuffer(bytes(columns["phashes"]), np.uint8).reshape(-1, _PHASH_BYTES),
        sights=np.frombuffer(bytes(columns["sights"]), np.uint8).reshape(-1, _SIGHT_BYTES),
        seen=np.array(seen, np.bool_),
        textures=np.array(textures, np.float32),
        cameras=np.array(bodies, np.int64),
        moments=np.array(moments, np.int64),
        bursts=np.array(burst_numbers, np.int64),
    )
    return Search(pictures, digests, np.array(new, np.bool_))


def _bench(store: Store, search: Search, part: Candidates, readers: Readers) -> Bench:
    """Get the sketches of some candidates together, each once."""
    places = np.unique(np.concatenate([part.first, part.second]))
    digests = [search.digests[place] for place in places]
    sketches = sketches_of(store, digests, readers)
    first, second = np.searchsorted(places, part.first), np.searchsorted(places, part.second)
    return Bench([sketches[digest] for digest in digests], list(zip(first.tolist(), second.tolist(), strict=True)))


def _keep(store: Store, search: Search, part: Candidates, alignments: Alignments) -> None:
    """Weigh the evidence of candidates, and keep those that any setting may ask for."""
    pictures = search.pictures
    strengths = _strengths(pictures, part, alignments)
    chosen = strengths >= FAINTEST
    part, alignments, strengths = part.chosen(chosen), alignments[chosen], strengths[chosen]
    for start in range(0, len(part), _BATCH):
        span = slice(start, start + _BATCH)
        with store.write() as work:
            numbers = np.concatenate([pictures.numbers[part.first[span]], pictures.numbers[part.second[span]]])
            contents = {stored.content_id: stored.content for stored in work.contents.of(np.unique(numbers).tolist())}
            pairs = list(_pairs(pictures, part.chosen(span), alignments[span], strengths[span]))
            work.pairs.put(
                relations.named(pair, contents[pair.first_id], contents[pair.second_id])
                for pair in pairs
                if pair.first_id in contents
                and pair.second_id in contents
                and not relations.are_twins(contents[pair.first_id], contents[pair.second_id])
            )


def _strengths(pictures: Pictures, part: Candidates, alignments: Alignments) -> NDArray[np.float32]:
    texture = np.minimum(pictures.textures[part.first], pictures.textures[part.second])
    by_alignment = relations.strength_by_alignment(alignments, texture, part.by_sight_alone)
    return np.where(part.proved, relations.strength_by_hash(part.distance, part.cosine, texture), by_alignment)


def _pairs(
    pictures: Pictures, part: Candidates, alignments: Alignments, strengths: NDArray[np.float32]
) -> Iterator[Pair]:
    """Turn arrays into pairs by the numbers of their contents, not named yet."""
    for place in range(len(part)):
        first_id, second_id = int(pictures.numbers[part.first[place]]), int(pictures.numbers[part.second[place]])
        turn = int(part.orientation[place])
        yield Pair(
            first_id=min(first_id, second_id),
            second_id=max(first_id, second_id),
            relation=relations.UNNAMED,
            strength=round(float(strengths[place]), 4),
            distance=int(part.distance[place]),
            orientation=turn,
            cosine=round(float(part.cosine[place]), 3),
            timed=bool(part.timed[place]),
            **{name: alignments[name][place].item() for name in ALIGNMENT.names or ()},
        )
