"""A person is the face that stays about where it was; what is seen once is nobody."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.faces import Face
from app.matching.persons import match_persons
from tests.faces import face

GROUP = [face(0.2), face(0.4), face(0.6), face(0.8)]


def moved(one: Face, x: float, y: float = 0.0, larger: float = 1.0) -> Face:
    return replace(one, x=one.x + x, y=one.y + y, width=one.width * larger, height=one.height * larger)


def test_each_person_of_a_group_is_one_through_all_frames() -> None:
    frames = [GROUP, [GROUP[2], GROUP[0], GROUP[3], GROUP[1]], GROUP[::-1]]
    assert match_persons(frames) == [[0, 1, 3], [1, 3, 2], [2, 0, 1], [3, 2, 0]]


def test_a_shake_and_a_step_of_one_face_do_not_lose_a_person() -> None:
    shaken = [moved(one, 0.02, -0.03, 1.1) for one in GROUP]
    stepped = [*GROUP[:3], moved(GROUP[3], 0.1)]
    assert match_persons([GROUP, shaken, stepped]) == [[place] * 3 for place in range(4)]


def test_two_who_step_the_same_way_are_not_taken_for_each_other() -> None:
    frames = [[face(0.4), face(0.5)], [face(0.46), face(0.56)]]
    assert match_persons(frames) == [[0, 0], [1, 1]]


def test_one_who_goes_further_than_a_face_and_a_half_is_not_the_same() -> None:
    assert match_persons([[face(0.2)], [face(0.4)]]) == []


def test_a_face_of_another_size_is_not_the_same() -> None:
    assert match_persons([[face(size=0.1)], [face(size=0.2)]]) == []


def test_whoever_is_in_half_of_the_frames_counts_and_a_chance_face_does_not() -> None:
    frames = [[face(0.2), face(0.5)], [face(0.2)], [face(0.2), face(0.5)], [face(0.2), face(0.8)]]
    assert match_persons(frames) == [[0, 0, 0, 0], [1, None, 1, None]]
    assert match_persons([[face()], []]) == []
    assert match_persons([[face()]]) == []
    assert match_persons([]) == []


def test_whoever_is_missing_where_most_faces_are_counts_too() -> None:
    frames = [[face(0.1), face(0.3), face(0.5)], [face(0.1), face(0.8)], [face(0.1), face(0.8)], [face(0.1)]]
    assert match_persons(frames) == [[0, 0, 0, 0], [None, 1, 1, None]]


places = st.floats(0.05, 0.95).map(lambda value: round(value, 2))
bursts = st.lists(
    st.lists(st.builds(face, places, places, size=st.sampled_from([0.08, 0.1, 0.15])), max_size=5), max_size=6
)


@given(bursts, st.randoms(use_true_random=False))
def test_the_order_of_the_frames_does_not_matter(frames: list[list[Face]], chance: object) -> None:
    order = list(range(len(frames)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    shuffled = match_persons([frames[place] for place in order])
    straight = [[person[place] for place in order] for person in match_persons(frames)]

    def seen(persons: list[list[int | None]]) -> list[list[tuple[float, ...] | None]]:
        return [
            [
                None if place is None else (faces[place].x, faces[place].y, faces[place].width)
                for faces, place in zip([frames[place] for place in order], person, strict=True)
            ]
            for person in persons
        ]

    assert seen(shuffled) == seen(straight)


@given(bursts)
def test_a_face_is_of_one_person_at_most(frames: list[list[Face]]) -> None:
    persons = match_persons(frames)
    for frame, faces in enumerate(frames):
        taken = [person[frame] for person in persons if person[frame] is not None]
        assert len(taken) == len(set(taken)) <= len(faces)
    assert all(len(frames) - person.count(None) >= max(2, len(frames) / 2) for person in persons)
