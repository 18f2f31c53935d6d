import numpy as np
from numpy.typing import NDArray

from app.domain.clusters import Relation
from app.domain.files import Content, Measures
from app.matching import candidates, relations
from tests.factories import content

FAR = bytes([0b10101010] * 32)
SECOND = 1_000_000
NOON = 1_700_000_000 * SECOND


def frame(name: str, moment: int | None, *, camera: str = "Canon", phash: bytes = bytes(32)) -> Content:
    return content(name, phash=phash, capture_time=moment, camera=camera)


def somewhat_alike(count: int) -> NDArray[np.float32]:
    """Embeddings that are near enough only for pictures that one camera took within seconds."""
    common = np.full((count, 1), np.sqrt(0.25), np.float32)
    return np.hstack([common, unlike(count) * np.float32(np.sqrt(0.75))])


def unlike(count: int) -> NDArray[np.float32]:
    """Embeddings of pictures that have nothing in common."""
    return np.eye(count, 8, dtype=np.float32)


def pairs(*contents: Content) -> set[tuple[int, int]]:
    found = candidates.find(contents, somewhat_alike(len(contents)), np.ones(len(contents), np.bool_))
    return {(candidate.first, candidate.second) for candidate in found}


def test_frames_of_one_camera_within_seconds_are_candidates_whatever_their_hashes() -> None:
    assert pairs(frame("a", 0), frame("b", 2 * SECOND, phash=FAR)) == {(0, 1)}


def test_time_alone_makes_no_candidate() -> None:
    frames = [frame("a", 0), frame("b", 2 * SECOND, phash=FAR)]
    assert candidates.find(frames, unlike(2), np.ones(2, np.bool_)) == []


def test_frames_between_two_others_do_not_change_whether_these_are_a_candidate() -> None:
    frames = [frame(str(number), number * SECOND // 10, phash=FAR if number % 2 else bytes(32)) for number in range(12)]
    all_found = candidates.find(frames, somewhat_alike(12), np.ones(12, np.bool_))
    assert {(one.first, one.second) for one in all_found} >= {(0, 11)}


def test_frames_of_two_cameras_are_none_by_time_alone() -> None:
    assert pairs(frame("a", 0), frame("b", 0, camera="Nikon", phash=FAR)) == set()


def test_a_frame_without_a_time_is_none_by_time() -> None:
    assert pairs(frame("a", 0), frame("b", None, phash=FAR)) == set()


def test_pictures_that_show_the_like_are_candidates_whatever_their_hashes() -> None:
    contents = [content(name, phash=phash) for name, phash in (("a", bytes(32)), ("b", FAR), ("c", FAR[::-1]))]
    alike = np.array([[1, 0], [0.6, 0.8], [-1, 0]], np.float32)
    found = candidates.find(contents, alike, np.array([True, False, False]))
    assert {(one.first, one.second) for one in found if one.distance > candidates.MAX_DISTANCE} == {(0, 1)}
    assert candidates.find(contents[:2], alike[:2], np.array([False, False])) == []


def test_only_pairs_with_a_new_file_are_candidates() -> None:
    contents = [content("a"), content("b"), content("c")]
    found = candidates.find(contents, unlike(3), np.array([False, False, True]))
    assert {(candidate.first, candidate.second) for candidate in found} == {(0, 2), (1, 2)}


def test_flat_pictures_with_equal_hashes_are_not_proved_by_them() -> None:
    flat = Measures(sharpness=1, texture=2, brightness=0.5)
    first, second = content("a", measures=flat), content("b", measures=flat)
    (candidate,) = candidates.find([first, second], unlike(2), np.ones(2, np.bool_))
    assert candidate.distance == 0
    assert not relations.proved_by_hash(candidate, first, second)


def test_relations_are_named_by_time_turn_and_distance() -> None:
    near = candidates.Candidate(0, 1, 4, 0)
    assert relations.name(near, frame("a", NOON), frame("b", NOON + SECOND)) is Relation.BURST
    assert relations.name(near, frame("a", NOON), frame("b", NOON + 3600 * SECOND)) is Relation.RETAKEN
    assert relations.name(near, content("a"), content("b", size=(300, 200))) is Relation.RESAVED
    assert relations.name(near, content("a"), content("b", size=(300, 300))) is Relation.EDITED
    assert relations.name(candidates.Candidate(0, 1, 4, 1), content("a"), content("b")) is Relation.TURNED
