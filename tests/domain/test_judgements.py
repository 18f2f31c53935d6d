"""ImageScores are weighted means, and confidence has to be earned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.judgements import (
    BALANCED,
    PRESETS,
    Confidence,
    Judgement,
    Part,
    Preset,
    Ranking,
    confidence,
    scores,
)

WEIGHTS = BALANCED.weights
ALL = dict.fromkeys(Part, 1.0)


def judged(**parts: float) -> Judgement:
    """Give a measured frame, perfect but for some parts."""
    return Judgement({**ALL, **{Part(name): value for name, value in parts.items()}})


def sure(*judgements: Judgement) -> Confidence:
    return confidence(judgements, scores(judgements, WEIGHTS), WEIGHTS)


def test_a_perfect_frame_has_1_and_one_with_nothing_0() -> None:
    assert scores([judged(), Judgement(dict.fromkeys(Part, 0.0))], WEIGHTS) == [1, 0]


def test_a_score_is_the_mean_of_the_parts_by_their_weights() -> None:
    weights = {Part.SHARPNESS: 3.0, Part.EXPOSURE: 1.0}
    one = Judgement({Part.SHARPNESS: 0.5, Part.EXPOSURE: 0.9})
    assert scores([one, one], weights) == pytest.approx([0.6, 0.6])


def test_a_part_that_one_frame_lacks_does_not_count() -> None:
    without = Judgement({Part.SHARPNESS: 0.5, Part.EXPOSURE: 1.0})
    sharp_with_shut_eyes = Judgement({Part.SHARPNESS: 1.0, Part.EXPOSURE: 1.0, Part.EYES: 0.0})
    found = scores([without, sharp_with_shut_eyes], WEIGHTS)
    assert found == scores([without, Judgement({Part.SHARPNESS: 1.0, Part.EXPOSURE: 1.0})], WEIGHTS)
    assert found[1] == 1 > found[0]


@pytest.mark.parametrize("part", list(Part))
def test_each_part_lowers_a_score_unless_its_weight_is_0(part: Part) -> None:
    frames = [judged(), judged(**{part: 0.0})]
    assert scores(frames, dict.fromkeys(Part, 1.0))[1] == pytest.approx(0.9)
    assert scores(frames, {**dict.fromkeys(Part, 1.0), part: 0.0}) == [1, 1]


def test_frames_that_share_no_part_that_counts_are_as_good() -> None:
    assert scores([Judgement({Part.EYES: 1.0}), Judgement({Part.SMILE: 0.0})], WEIGHTS) == [0.5, 0.5]
    assert scores([judged(), judged(sharpness=0)], {}) == [0.5, 0.5]
    assert scores([], WEIGHTS) == []


parts = st.dictionaries(st.sampled_from(Part), st.floats(0, 1))
weightings = st.dictionaries(st.sampled_from(Part), st.integers(0, 100).map(lambda tenths: tenths / 10))


@given(st.lists(parts.map(Judgement), min_size=1, max_size=8), weightings)
def test_scores_lie_between_0_and_1_and_do_not_know_the_order(
    frames: list[Judgement], weights: dict[Part, float]
) -> None:
    found = scores(frames, weights)
    assert all(0 <= value <= 1 for value in found)
    assert scores(frames[::-1], weights) == found[::-1]


@given(st.lists(parts.map(Judgement), min_size=2, max_size=6), weightings, st.floats(0.5, 2))
def test_only_the_ratio_of_weights_counts(frames: list[Judgement], weights: dict[Part, float], factor: float) -> None:
    more = {part: weight * factor for part, weight in weights.items()}
    if sum(weights.values()) > 0.01:
        assert scores(frames, more) == pytest.approx(scores(frames, weights), abs=2e-6)


@pytest.mark.parametrize("preset", Preset)
def test_each_preset_weighs_every_part(preset: Preset) -> None:
    assert PRESETS[preset].keys() == set(Part)
    assert all(0 <= weight <= 10 for weight in PRESETS[preset].values())


def test_own_weights_replace_those_of_the_preset_and_no_others() -> None:
    mine = Ranking(Preset.ACTION, {Part.SMILE: 2.0}).weights
    assert mine == {**PRESETS[Preset.ACTION], Part.SMILE: 2.0}
    assert Ranking().weights == PRESETS[Preset.BALANCED]


def test_presets_value_what_they_are_named_for() -> None:
    sharp_but_shut, soft_but_open = judged(eyes=0.0), judged(sharpness=0.45)
    sure_of = {
        preset: scores([sharp_but_shut, soft_but_open], PRESETS[preset]) for preset in (Preset.PEOPLE, Preset.ACTION)
    }
    assert sure_of[Preset.PEOPLE][1] > sure_of[Preset.PEOPLE][0]
    assert sure_of[Preset.ACTION][0] > sure_of[Preset.ACTION][1]
    smaller, copy = judged(resolution=0.5), judged(originality=0.6)
    assert scores([smaller, copy], PRESETS[Preset.COPIES])[0] > scores([smaller, copy], PRESETS[Preset.COPIES])[1]


def test_a_clear_lead_in_all_that_counts_is_sure() -> None:
    assert sure(judged(), judged(sharpness=0.5)) is Confidence.HIGH
    assert sure(judged(sharpness=0.5), judged(), judged(exposure=0.3)) is Confidence.HIGH


def test_without_a_lead_nothing_is_sure() -> None:
    assert sure(judged(), judged()) is Confidence.LOW
    assert sure(judged(), judged(sharpness=0.98)) is Confidence.LOW
    assert sure(judged(), judged(sharpness=0.92)) is Confidence.MEDIUM


def test_a_lead_against_a_part_that_counts_is_not_quite_sure() -> None:
    assert sure(judged(eyes=0.85), judged(sharpness=0.2)) is Confidence.MEDIUM
    assert sure(judged(eyes=0.9), judged(sharpness=0.2)) is Confidence.HIGH


def test_a_part_that_hardly_counts_casts_no_doubt() -> None:
    assert sure(judged(contrast=0.5), judged(sharpness=0.2)) is Confidence.HIGH


def test_the_doubt_is_cast_by_the_second_and_not_by_the_worst() -> None:
    best, second, worst = judged(eyes=0.85), judged(sharpness=0.2, eyes=0.85), judged(sharpness=0)
    assert sure(best, second, worst) is Confidence.HIGH
    assert sure(best, judged(sharpness=0.2), judged(sharpness=0, eyes=0, motion=0)) is Confidence.MEDIUM


def test_the_lead_is_that_over_the_second_and_not_over_the_worst() -> None:
    assert sure(judged(), judged(sharpness=0), judged()) is Confidence.LOW


def test_nothing_is_sure_where_a_frame_was_not_measured() -> None:
    rough = {Part.SHARPNESS: 0.2, Part.RESOLUTION: 0.5}
    blind = Judgement(rough)
    best = Judgement({Part.SHARPNESS: 1.0, Part.RESOLUTION: 1.0})
    assert not blind.measured
    assert sure(best, blind) is Confidence.MEDIUM
    assert sure(judged(), judged(sharpness=0.5), blind) is not Confidence.HIGH


def test_the_only_content_of_a_cluster_is_surely_the_best() -> None:
    assert sure(judged(sharpness=0.1)) is Confidence.HIGH
