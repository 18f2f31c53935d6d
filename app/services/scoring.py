"""Step 8, score: the ImageScore of each member of a cluster, among the members of that cluster."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.domain.faces import Face
from app.domain.files import StoredContent
from app.domain.frames import Frame
from app.domain.judgements import Confidence, Judgement, Weights, confidence, scores
from app.domain.pairs import AS_USUAL, EXPOSURES, Link
from app.domain.parts import judge
from app.domain.sketches import Sketch
from app.domain.tasks import Stage
from app.events import Noun
from app.matching import geometry
from app.matching.persons import match_persons
from app.progress import Progress
from app.services.choosing import follow_ladder
from app.store import Store, Work

_BATCH = 20
"""Clusters in one transaction; others may write between two."""
_REFERENCES = 3
_ITSELF = np.eye(2, 3)


def score(store: Store, dataset_name: str, progress: Progress) -> None:
    """Judge the members of new and changed clusters, score them, and keep both."""
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        cluster_ids = work.contents.unscored(dataset_id)
        weights = work.datasets.ranking(dataset_id).weights
    for start in range(0, len(cluster_ids), _BATCH):
        progress.report(Stage.SCORE, start, len(cluster_ids))
        _score_some(store, dataset_name, cluster_ids[start : start + _BATCH], weights)
    progress.report(Stage.SCORE, len(cluster_ids), len(cluster_ids))
    follow_ladder(store, dataset_name)


def rank(store: Store, dataset_name: str) -> None:
    """Score all clusters of a dataset again from what they were judged by, after a person changed the weights."""
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        judged = work.qualities.judged_clusters(dataset_id)
        _keep(work, judged, work.datasets.ranking(dataset_id).weights)
        work.announce(Noun.CLUSTERS, dataset_name)


def _score_some(store: Store, dataset_name: str, cluster_ids: Sequence[int], weights: Weights) -> None:
    """Judge and score a few clusters in one transaction, so that nobody changes them meanwhile."""
    with store.write() as work:
        clusters = {number: members for number, members in work.contents.by_cluster(cluster_ids).items() if members}
        judged = {number: dict(_judged(store, work, members)) for number, members in clusters.items()}
        work.qualities.put_judgements(one for judgements in judged.values() for one in judgements.items())
        _keep(work, judged, weights)
        work.announce(Noun.CLUSTERS, dataset_name)


def _keep(work: Work, judged: Mapping[int, Mapping[int, Judgement]], weights: Weights) -> None:
    """Keep the scores of the members of clusters, and how sure the best of each is."""
    kinds = work.clusters.kinds(list(judged))
    scored: dict[int, float] = {}
    sure: dict[int, Confidence | None] = {}
    for cluster_id, members in judged.items():
        judgements = list(members.values())
        found = scores(judgements, weights)
        scored.update(zip(members, found, strict=True))
        sure[cluster_id] = None if kinds[cluster_id].protected else confidence(judgements, found, weights)
    work.contents.set_scores(scored.items())
    work.clusters.set_confidence(sure)


def _judged(store: Store, work: Work, members: Sequence[StoredContent]) -> list[tuple[int, Judgement]]:
    """Judge the members of one cluster against each other."""
    numbers = [member.content_id for member in members]
    qualities = work.qualities.of(numbers)
    sketches = store.thumbnails.get_sketches([member.content.sha256 for member in members])
    drawn = [Sketch.from_bytes(sketches.get(member.content.sha256, b"")) for member in members]
    places = _places(drawn, [member.content.sha256 for member in members])
    copies = _copies(members, list(work.pairs.touching(numbers, AS_USUAL, 0.0)))
    frames = [
        Frame(
            header=member.content.header,
            measures=member.content.measures,
            quality=qualities.get(member.content_id),
            place=places[place],
            copies=copies[member.content_id],
        )
        for place, member in enumerate(members)
    ]
    return list(zip(numbers, judge(frames, _persons(frames)), strict=True))


def _persons(frames: Sequence[Frame]) -> list[list[int | None]]:
    """Find the same persons in the frames, by their places in the reference."""
    return match_persons([[_laid_back(face, frame.place) for face in _faces(frame)] for frame in frames])


def _faces(frame: Frame) -> tuple[Face, ...]:
    return frame.quality.faces if frame.quality else ()


def _laid_back(face: Face, place: NDArray[np.float64] | None) -> Face:
    """Give a face of a frame where it lies in the reference."""
    if place is None:
        return face
    turn, shift = place[:, :2], place[:, 2]
    size = 1 / max(float(np.sqrt(abs(np.linalg.det(turn)))), 1e-3)
    x, y = np.linalg.solve(turn, (face.x + face.width / 2, face.y + face.height / 2) - shift)
    width, height = face.width * size, face.height * size
    return replace(face, x=float(x) - width / 2, y=float(y) - height / 2, width=width, height=height)


def _places(drawn: Sequence[Sketch], digests: Sequence[bytes]) -> list[NDArray[np.float64] | None]:
    """Lay the frames of a cluster on one of them: on that with most points, or another on which more of them lie."""
    order = sorted(range(len(drawn)), key=lambda place: (-len(drawn[place].points), digests[place]))
    best: list[NDArray[np.float64] | None] = []
    for reference in order[:_REFERENCES]:
        found = [
            _ITSELF if place == reference else geometry.place(drawn[reference], sketch)
            for place, sketch in enumerate(drawn)
        ]
        if not best or _unplaced(found) < _unplaced(best):
            best = found
        if not _unplaced(best):
            break
    return best


def _unplaced(places: Sequence[NDArray[np.float64] | None]) -> int:
    return sum(place is None for place in places)


def _copies(members: Sequence[StoredContent], links: Sequence[Link]) -> dict[int, int]:
    """Give each member the number of the copies of one picture that it belongs to."""
    group = {member.content_id: member.content_id for member in members}

    def root(one: int) -> int:
        while group[one] != one:
            one = group[one]
        return one

    same_pixels: dict[bytes, int] = {}
    for member in members:
        if member.content.pixels:
            group[member.content_id] = same_pixels.setdefault(member.content.pixels, member.content_id)
    for link in links:
        if link.relation not in EXPOSURES and link.first_id in group and link.second_id in group:
            group[root(link.first_id)] = root(link.second_id)
    return {one: root(one) for one in group}
