import numpy as np

from app.domain.clusters import Relation
from app.domain.files import Content, Measures
from app.matching import candidates, relations
from tests.factories import content

FAR = bytes([0b10101010] * 32)
SECOND = 1_000_000


def frame(name: str, moment: int | None, *, camera: str = "Canon", phash: bytes = bytes(32)) -> Content:
    return content(name, phash=phash, capture_time=moment, camera=camera)


def pairs(*contents: Content) -> set[tuple[int, int]]:
    found = candidates.find(contents, np.ones(len(contents), np.bool_))
    return {(candidate.first, candidate.second) for candidate in found}


def test_frames_of_one_camera_within_seconds_are_candidates_whatever_their_hashes() -> None:
    assert pairs(frame("a", 0), frame("b", 2 * SECOND, phash=FAR)) == {(0, 1)}


def test_frames_of_two_cameras_are_none_by_time_alone() -> None:
    assert pairs(frame("a", 0), frame("b", 0, camera="Nikon", phash=FAR)) == set()


def test_a_frame_without_a_time_is_none_by_time() -> None:
    assert pairs(frame("a", 0), frame("b", None, phash=FAR)) == set()


def test_only_pairs_with_a_new_file_are_candidates() -> None:
    contents = [content("a"), content("b"), content("c")]
    found = candidates.find(contents, np.array([False, False, True]))
    assert {(candidate.first, candidate.second) for candidate in found} == {(0, 2), (1, 2)}


def test_flat_pictures_with_equal_hashes_are_not_proved_by_them() -> None:
    flat = Measures(sharpness=1, texture=2, brightness=0.5)
    first, second = content("a", measures=flat), content("b", measures=flat)
    (candidate,) = candidates.find([first, second], np.ones(2, np.bool_))
    assert candidate.distance == 0
    assert not relations.proved_by_hash(candidate, first, second)


def test_relations_are_named_by_time_turn_and_distance() -> None:
    near = candidates.Candidate(0, 1, 4, 0)
    assert relations.name(near, frame("a", 0), frame("b", SECOND)) is Relation.BURST
    assert relations.name(near, frame("a", 0), frame("b", 3600 * SECOND)) is Relation.RETAKEN
    assert relations.name(near, content("a"), content("b", size=(300, 200))) is Relation.RESAVED
    assert relations.name(near, content("a"), content("b", size=(300, 300))) is Relation.EDITED
    assert relations.name(candidates.Candidate(0, 1, 4, 1), content("a"), content("b")) is Relation.TURNED
