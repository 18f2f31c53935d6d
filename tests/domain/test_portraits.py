"""The eyes, smiles and sharpness of persons are judged against their own in the other frames."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.faces import Face
from app.domain.portraits import Portrait, judge_portraits
from app.imaging.faces import find_faces
from app.imaging.sketches import Picture
from app.matching.persons import match_persons
from tests.faces import face, load, resize, shut_eyes


def alone(*faces: Face | None) -> list[Portrait]:
    """Judge one person through frames."""
    return judge_portraits([[one] if one else [] for one in faces], [[0 if one else None for one in faces]])


def eyes(portraits: Sequence[Portrait]) -> str:
    """Give a letter a frame: open, closed, or unknown."""
    return "".join("o" * one.eyes_open + "c" * one.eyes_closed + "?" * one.eyes_unknown for one in portraits)


def test_eyes_that_are_shut_in_one_frame_and_open_in_another_are_closed() -> None:
    portraits = alone(face(blink=0.05), face(blink=0.55), face(blink=0.1))
    assert eyes(portraits) == "oco"
    assert [one.eyes for one in portraits] == [1, 0, 1]
    assert [one.closed_faces for one in portraits] == [(), (0,), ()]


def test_narrow_eyes_are_not_closed_in_every_frame() -> None:
    assert eyes(alone(face(blink=0.4), face(blink=0.44), face(blink=0.38))) == "ooo"
    assert "c" not in eyes(alone(face(blink=0.5), face(blink=0.55), face(blink=0.47)))


def test_eyes_that_are_a_little_less_open_than_before_are_open() -> None:
    assert eyes(alone(face(blink=0.02), face(blink=0.28))) == "oo"
    assert eyes(alone(face(blink=0.02), face(blink=0.34))) == "o?"
    assert eyes(alone(face(blink=0.02), face(blink=0.42))) == "oc"


def test_eyes_that_are_shut_in_all_frames_cannot_be_told_from_narrow_ones() -> None:
    portraits = alone(face(blink=0.6), face(blink=0.65))
    assert eyes(portraits) == "??"
    assert [one.eyes for one in portraits] == [None, None]


def test_the_same_rise_tells_less_of_a_small_face() -> None:
    assert eyes(alone(face(blink=0.25, pixels=300), face(blink=0.46, pixels=300))) == "oc"
    assert eyes(alone(face(blink=0.25, pixels=62), face(blink=0.46, pixels=62))) == "o?"


def test_eyes_that_narrow_in_a_laugh_are_not_closed() -> None:
    serious, laughing = face(blink=0.1, smile=0.1), face(blink=0.46, smile=0.95)
    assert eyes(alone(serious, laughing)) == "o?"
    assert eyes(alone(face(blink=0.1, smile=0.95), laughing)) == "oc"
    assert eyes(alone(serious, replace(laughing, blink_left=0.6, blink_right=0.6))) == "oc"


def test_a_wink_is_no_closed_eyes() -> None:
    assert eyes(alone(face(blink=0.05), replace(face(blink=0.05), blink_left=0.7))) == "oo"


def test_the_one_eye_that_can_be_seen_is_judged_by_itself() -> None:
    profile = replace(face(blink=0.6), blink_right=None)
    assert eyes(alone(face(blink=0.05), profile)) == "oc"


def test_nothing_is_said_of_eyes_that_were_not_measured() -> None:
    portraits = alone(*[face(blink=None, smile=None, sharpness=None)] * 2)
    assert eyes(portraits) == "??"
    assert {(one.eyes, one.smile, one.sharpness, one.smiling) for one in portraits} == {(None, None, None, None)}


def test_the_frame_in_which_most_of_a_group_look_good_wins() -> None:
    shut = [(0, 2), (1,), (0, 1, 2, 3)]
    frames = [
        [face(0.2 * (place + 1), blink=0.6 if place in places else 0.05) for place in range(4)] for places in shut
    ]
    portraits = judge_portraits(frames, match_persons(frames))
    assert [one.eyes for one in portraits] == [0.5, 0.75, 0]
    assert [one.eyes_closed for one in portraits] == [2, 1, 4]
    assert [one.closed_faces for one in portraits] == shut


def test_a_frame_does_not_win_by_hiding_somebody() -> None:
    frames = [[face(0.2), face(0.6)], [face(0.2)], [face(0.2), face(0.6)]]
    portraits = judge_portraits(frames, match_persons(frames))
    assert [one.persons for one in portraits] == [2, 1, 2]
    assert [one.eyes for one in portraits] == [1, 0.75, 1]


def test_a_smile_counts_against_the_best_of_the_same_person() -> None:
    frames = [[face(0.2, smile=0.9), face(0.6, smile=0.1)], [face(0.2, smile=0.3), face(0.6, smile=0.1)]]
    portraits = judge_portraits(frames, match_persons(frames))
    assert [one.smile for one in portraits] == [1, 0.7]
    assert [one.smiling for one in portraits] == [1, 0]


def test_sharpness_counts_against_the_sharpest_of_the_same_person() -> None:
    frames = [
        [face(0.2, sharpness=0.08), face(0.6, sharpness=0.01)],
        [face(0.2, sharpness=0.04), face(0.6, sharpness=0.01)],
    ]
    assert [one.sharpness for one in judge_portraits(frames, match_persons(frames))] == [1, 0.75]


def test_a_cut_face_counts_where_it_is_whole_in_another_frame() -> None:
    assert [one.cut for one in alone(face(cut=True), face())] == [1, 0]
    assert [one.cut for one in alone(face(cut=True), face(cut=True))] == [0, 0]


def test_without_persons_there_is_nothing_to_judge() -> None:
    assert judge_portraits([[face()], []], []) == [Portrait(), Portrait()]
    assert judge_portraits([], []) == []


measured = st.one_of(st.none(), st.floats(0, 1))
people = st.lists(
    st.one_of(
        st.none(), st.builds(face, blink=measured, smile=measured, sharpness=measured, pixels=st.floats(60, 900))
    ),
    min_size=1,
    max_size=6,
)


@given(people)
def test_a_person_is_never_closed_in_every_frame_and_all_shares_are_between_0_and_1(row: list[Face | None]) -> None:
    portraits = alone(*row)
    seen = eyes(portraits)
    assert len(seen) == sum(one is not None for one in row)
    assert "c" not in seen or "o" in seen or "?" in seen
    for share in (value for one in portraits for value in (one.eyes, one.smile, one.sharpness)):
        assert share is None or 0 <= share <= 1


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_the_frames_does_not_matter(row: list[Face | None], chance: object) -> None:
    order = list(range(len(row)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    straight = alone(*row)
    assert alone(*[row[place] for place in order]) == [straight[place] for place in order]


@pytest.fixture(scope="module")
def frames(photos: Path) -> list[Picture]:
    """Five frames of a portrait at a hand's shake from each other; in the third the eyes are shut."""
    portrait = load(photos / "portrait" / "astronaut.jpeg")
    shut = shut_eyes(portrait)
    starts = ((0, 0), (4, 6), (8, 2), (3, 9), (7, 7))
    return [(shut if place == 2 else portrait)[top:, left:] for place, (left, top) in enumerate(starts)]


@pytest.mark.parametrize(("scale", "expected"), [(0.5, "?????"), (0.65, "oocoo"), (1.0, "oocoo"), (3.0, "oocoo")])
@pytest.mark.parametrize("step", [1, -1])
def test_shut_eyes_are_seen_in_pictures_and_small_faces_are_not_judged(
    frames: list[Picture], scale: float, expected: str, step: int
) -> None:
    pictures = [resize(np.ascontiguousarray(frame[:, ::step]), scale) for frame in frames]
    found = [find_faces(picture, thorough=True) for picture in pictures]
    assert eyes(judge_portraits(found, match_persons(found))) == expected
