"""What the exposures of pictures that look alike are to each other."""

from dataclasses import replace

import pytest

from app.domain.clusters import ClusterKind
from app.domain.files import Header
from app.domain.pairs import Relation
from app.matching import exposures

SECOND = 1_000_000
NOON = 1_700_000_000 * SECOND
WRONG_CLOCK = 946_685_000 * SECOND
"""Minutes after the first of January 2000."""
CANON = Header(
    "JPEG", 600, 400, camera="Canon EOS R5", subsecond=True, capture_time=NOON, exposure_seconds=1 / 125, iso=100
)


def shot(seconds: float = 0.0, **values: object) -> Header:
    moment = NOON + round(seconds * SECOND)
    return replace(CANON, **{"capture_time": moment, **values})  # type: ignore[arg-type]


def bracket(*steps: float, **values: object) -> list[Header]:
    """Frames 0.3 s apart, so many EV from the first."""
    return [
        shot(place * 0.3, exposure_seconds=2**step / 125, exposure_bias=step, **values)
        for place, step in enumerate(steps)
    ]


def test_frames_of_one_body_within_ten_seconds_are_a_burst_and_later_ones_taken_again() -> None:
    assert exposures.relation(shot(), shot(0.1)) is Relation.BURST
    assert exposures.relation(shot(), shot(10)) is Relation.BURST
    assert exposures.relation(shot(), shot(10.1)) is Relation.RETAKEN


def test_a_copy_keeps_what_its_original_says_and_is_no_other_exposure() -> None:
    original = shot(0.25, sequence=7, burst_id="A")
    assert exposures.relation(original, replace(original, width=300, height=200)) is None
    assert exposures.relation(original, replace(original, exposure_seconds=0.00801, sequence=None)) is None
    assert exposures.relation(original, shot(0, subsecond=False, burst_id="A")) is None


def test_the_frames_of_two_bodies_of_one_model_are_never_one_burst() -> None:
    first = shot(0, camera="Canon EOS R5 11", serial="11")
    second = shot(0.1, camera="Canon EOS R5 22", serial="22")
    assert exposures.gap(first, second) is None
    assert exposures.relation(first, second) is Relation.RETAKEN


def test_a_copy_that_lost_its_serial_number_is_of_the_same_body() -> None:
    first, second = shot(0, camera="Canon EOS R5 11", serial="11"), shot(0.1)
    assert exposures.gap(first, second) == SECOND // 10
    assert exposures.relation(first, second) is Relation.BURST


def test_whole_second_clocks_tell_two_exposures_by_number_or_settings() -> None:
    first = shot(subsecond=False, sequence=7)
    assert exposures.gap(first, first) == 0
    assert exposures.relation(first, replace(first, sequence=8)) is Relation.BURST
    assert exposures.relation(first, replace(first, exposure_seconds=1 / 160)) is Relation.BURST
    assert exposures.relation(first, first) is None


def test_a_missing_sub_second_is_no_gap() -> None:
    assert exposures.gap(shot(0.9), shot(0, subsecond=False)) == 0
    assert exposures.relation(shot(0.9), shot(0, subsecond=False)) is None


def test_two_time_zones_are_one_clock() -> None:
    first = shot(0, offset_minutes=0)
    assert exposures.gap(first, shot(3600.5, offset_minutes=60)) == SECOND // 2


def test_without_a_time_or_a_camera_nothing_is_known() -> None:
    assert exposures.gap(shot(), shot(capture_time=None)) is None
    assert exposures.relation(shot(), shot(capture_time=None)) is None
    assert exposures.relation(shot(camera=""), shot(1, camera="")) is None


@pytest.mark.parametrize("begun", [0, WRONG_CLOCK, 1_230_768_000 * SECOND - SECOND // 10])
def test_a_clock_that_was_never_set_proves_nothing(begun: int) -> None:
    first, second = (shot(capture_time=begun + tenth * SECOND // 10, sequence=tenth) for tenth in (1, 3))
    assert exposures.gap(first, second) is None
    assert exposures.relation(replace(first, sequence=None), replace(second, sequence=None)) is None
    assert exposures.relation(first, second) is Relation.RETAKEN


def test_a_burst_id_joins_frames_whose_clocks_are_wrong() -> None:
    first, second = (shot(capture_time=WRONG_CLOCK + second * 3600 * SECOND, burst_id="A") for second in (0, 1))
    assert exposures.relation(first, second) is Relation.BURST
    assert exposures.relation(first, replace(second, burst_id="B")) is None


def test_consecutive_numbers_join_frames_without_a_clock_and_not_against_one() -> None:
    first, second = (shot(capture_time=None, sequence=number) for number in (41, 42))
    assert exposures.relation(first, second) is Relation.BURST
    assert exposures.relation(shot(0, sequence=41), shot(3600, sequence=42)) is Relation.RETAKEN


@pytest.mark.parametrize("steps", [(0, -1, 1), (-2, 0, 2), (0, -0.667, 0.667), (0, -1, 1, -2, 2), (0, -3, 3, 0, -3, 3)])
def test_jumping_exposures_are_a_bracket(steps: tuple[float, ...]) -> None:
    frames = bracket(*steps)
    assert exposures.relation(frames[0], frames[1]) is Relation.BRACKET
    assert exposures.is_bracket(frames)
    assert exposures.is_bracket(frames[::-1])
    assert exposures.kind(frames, [Relation.BRACKET]) is ClusterKind.BRACKET


def test_seven_frames_a_third_apart_are_a_bracket_if_the_camera_says_so() -> None:
    thirds = [step / 3 for step in (0, -1, 1, -2, 2, -3, 3)]
    assert exposures.is_bracket(bracket(*thirds, bracketed=True))
    assert not exposures.is_bracket(bracket(*thirds[:3]))


def test_two_frames_are_a_bracket_only_if_the_camera_says_so() -> None:
    assert exposures.is_bracket(bracket(0, -1, bracketed=True))
    assert not exposures.is_bracket(bracket(0, -1))
    assert exposures.kind(bracket(0, -1), [Relation.BRACKET]) is ClusterKind.BURST


def test_a_bracket_is_told_by_the_bias_where_no_exposure_is_known() -> None:
    frames = [replace(frame, exposure_seconds=None, iso=None) for frame in bracket(0, -2, 2, -4, 4)]
    assert exposures.is_bracket(frames)


def test_a_setting_that_makes_up_for_another_is_no_bracket() -> None:
    frames = [shot(place, exposure_seconds=2**place / 125, iso=100 * 2 ** (4 - place)) for place in range(4)]
    assert exposures.relation(frames[0], frames[3]) is Relation.BURST
    assert not exposures.is_bracket(frames)


@pytest.mark.parametrize(
    "steps", [[place * 0.15 for place in range(10)], [0, 0.1, 1.5], [0, 0.1, 0.2, 2, 0.3, 0.4], [0, 1, 0, 1, 0]]
)
def test_a_burst_whose_exposure_drifted_or_has_an_outlier_is_no_bracket(steps: list[float]) -> None:
    frames = bracket(*steps)
    assert not exposures.is_bracket(frames)
    assert exposures.kind(frames, [Relation.BURST, Relation.BRACKET]) is ClusterKind.BURST


def test_frames_of_a_bracket_wait_for_long_exposures() -> None:
    frames = [shot(start, exposure_seconds=long) for start, long in ((0, 8), (9, 2), (12, 30))]
    assert exposures.is_bracket(frames)
    assert exposures.relation(shot(0), shot(15, exposure_seconds=1 / 500)) is Relation.RETAKEN


def test_copies_among_a_bracket_leave_it_one_unless_they_are_most_of_it() -> None:
    frames = bracket(0, -1, 1)
    bare = Header("JPEG", 600, 400)
    assert exposures.is_bracket([*frames, frames[0], bare])
    assert not exposures.is_bracket([*frames, *[bare] * 4])


def test_the_exposures_of_two_bodies_are_no_bracket() -> None:
    frames = [replace(frame, camera=f"Canon EOS R5 {n}", serial=str(n)) for n, frame in enumerate(bracket(0, -1, 1))]
    assert not exposures.is_bracket(frames)


def test_many_frames_whose_focus_wanders_one_way_are_a_focus_stack() -> None:
    frames = [shot(place * 0.2, focus_distance=0.3 * 1.1**place) for place in range(6)]
    assert exposures.relation(frames[0], frames[1]) is Relation.FOCUS_STACK
    assert exposures.kind(frames, [Relation.FOCUS_STACK]) is ClusterKind.FOCUS_STACK
    assert not exposures.is_focus_stack(frames[:4])
    assert not exposures.is_focus_stack([*frames, shot(2, focus_distance=0.3)])


def test_two_frames_are_a_focus_stack_if_the_camera_says_so() -> None:
    frames = [shot(place, focus_bracketed=True) for place in (0, 1)]
    assert exposures.is_focus_stack(frames)
    assert not exposures.is_focus_stack([shot(0), shot(1)])


def test_a_cluster_without_other_exposures_is_of_near_duplicates_or_of_exact_copies() -> None:
    assert exposures.kind([shot(), shot()], [Relation.RESAVED, Relation.SAME_PIXELS]) is ClusterKind.NEAR
    assert exposures.kind([shot(), shot()], [Relation.SAME_PIXELS]) is ClusterKind.EXACT
    assert exposures.kind([shot()], []) is ClusterKind.EXACT
    assert [kind for kind in ClusterKind if kind.protected] == [ClusterKind.BRACKET, ClusterKind.FOCUS_STACK]
