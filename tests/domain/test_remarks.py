"""What speaks for and against a frame: few remarks, true ones, with figures that a person can check."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contract.remark_sentences import said
from app.domain.judgements import BALANCED, Judgement, Part
from app.domain.parts import judge
from app.domain.remarks import Ground, Remark, remarks
from tests.spoils import COMMON, FAULTS, framed, make_burst

WEIGHTS = BALANCED.weights
ALL = dict.fromkeys(Part, 1.0)
WHERE = (0.25, 0.5, 0.25, 0.25)


def judged(parts: dict[Part, float] | None = None, **facts: object) -> Judgement:
    """Give a measured frame, perfect but for some parts."""
    return Judgement({**ALL, **(parts or {})}, **{"subject": WHERE, **facts})  # type: ignore[arg-type]


def against(other: Judgement, best: Judgement | None = None) -> tuple[Remark, ...]:
    return remarks([best or judged(), other], 0, WEIGHTS)[1]


def for_best(best: Judgement, *others: Judgement) -> tuple[Remark, ...]:
    return remarks([best, *others], 0, WEIGHTS)[0]


def grounds(found: tuple[Remark, ...]) -> list[Ground]:
    return [one.ground for one in found]


def test_a_spoilt_frame_is_told_its_own_fault(photos: Path, tmp_path: Path) -> None:
    names = (*COMMON, "moved a little")
    made = make_burst(photos / "spring-cleaning" / "ae_0.JPG", tmp_path, *names)
    found = judge(framed(list(made.values())))
    told = dict(zip(names, remarks(found, 0, WEIGHTS), strict=True))
    assert grounds(told["defocused"])[0] is Ground.SOFTER
    assert grounds(told["moved"])[0] in {Ground.MOVED, Ground.SOFTER}
    assert grounds(told["moved a little"])[0] is Ground.MOVED
    assert grounds(told["under"])[0] is Ground.DARKER
    assert grounds(told["over"])[0] is Ground.BRIGHTER
    assert Ground.BURNT in grounds(told["over"])
    assert told["under"][0].value == pytest.approx(2.5, abs=0.3)
    assert FAULTS.keys() >= set(names)
    assert not {Ground.EQUAL, Ground.NOT_MEASURED} & {one.ground for own in told.values() for one in own}


@pytest.mark.parametrize(
    ("other", "remark", "words"),
    [
        (judged({Part.SHARPNESS: 0.5}), Remark(Ground.SOFTER, value=0.5, regions=(WHERE,)), "less sharp"),
        (
            judged({Part.SHARPNESS: 0.5, Part.MOTION: 0.4}),
            Remark(Ground.MOVED, value=0.5, regions=(WHERE,)),
            "blurred by motion",
        ),
        (judged({Part.EXPOSURE: 0.5}, ev=-1.27), Remark(Ground.DARKER, value=1.3), "1.3 EV darker"),
        (judged({Part.EXPOSURE: 0.5}, ev=0.8), Remark(Ground.BRIGHTER, value=0.8), "0.8 EV brighter"),
        (
            judged({Part.EXPOSURE: 0.5}, burnt=0.2),
            Remark(Ground.BURNT, value=0.2),
            "highlights clipped (20% of the picture)",
        ),
        (
            judged({Part.EXPOSURE: 0.5}, black=0.2),
            Remark(Ground.BLACK, value=0.2),
            "shadows clipped (20% of the picture)",
        ),
        (
            judged({Part.EYES: 0.5}, eyes_closed=1, persons=2, faces=(WHERE,)),
            Remark(Ground.EYES_CLOSED, 1, 2, regions=(WHERE,)),
            "1 of 2 with eyes closed",
        ),
        (judged({Part.FRAMING: 0.5}, cut=1, persons=2), Remark(Ground.CUT_FACES, 1, 2), "1 of 2 faces cut by the edge"),
        (judged({Part.NOISE: 0.5}), Remark(Ground.NOISIER), "more noise"),
        (judged({Part.CONTRAST: 0.5}), Remark(Ground.FLATTER), "less contrast"),
        (
            judged({Part.RESOLUTION: 0.5}, pixels=3),
            Remark(Ground.SMALLER, value=3, other=12),
            "3.0 megapixels, the best has 12.0",
        ),
        (judged({Part.ORIGINALITY: 0.5}, camera_lost=True), Remark(Ground.CAMERA_LOST), "lost what the camera wrote"),
        (
            judged({Part.ORIGINALITY: 0.5}, scope=0.8),
            Remark(Ground.CROPPED, value=0.8),
            "shows only 80% of the picture",
        ),
        (judged({Part.ORIGINALITY: 0.5}, scope=0.8, border=0.2), Remark(Ground.FRAMED), "has a frame or a banner"),
        (
            judged({Part.ORIGINALITY: 0.5}, coding=40),
            Remark(Ground.COMPRESSED, value=40, other=92),
            "saved with less quality (40 against 92 of 100)",
        ),
        (judged({Part.ORIGINALITY: 0.5}, coding=91), Remark(Ground.EDITED), "likely saved again"),
    ],
)  # fmt: skip
def test_what_is_worse_than_in_the_best_is_said_with_its_figure(other: Judgement, remark: Remark, words: str) -> None:
    assert against(other, judged(pixels=12, coding=92)) == (remark,)
    assert said(remark) == words


def test_fewer_smiles_are_told_only_if_they_are_fewer() -> None:
    best = judged(smiling=3, persons=4)
    fewer = judged({Part.SMILE: 0.5}, smiling=1, persons=4)
    assert against(fewer, best) == (Remark(Ground.FEWER_SMILES, 1, 4, other=3),)
    assert said(against(fewer, best)[0]) == "1 of 4 smile, 3 in the best"
    assert grounds(against(judged({Part.SMILE: 0.5}, smiling=3, persons=4), best)) == [Ground.EQUAL]


@pytest.mark.parametrize(
    ("part", "facts", "ground", "words"),
    [
        (Part.SHARPNESS, {}, Ground.SHARPEST, "sharpest of 2"),
        (Part.EXPOSURE, {}, Ground.WELL_EXPOSED, "well exposed"),
        (Part.NOISE, {}, Ground.CLEANEST, "least noise of 2"),
        (Part.EYES, {"eyes_open": 3, "persons": 3}, Ground.EYES_OPEN, "3 of 3 with eyes open"),
        (Part.SMILE, {"smiling": 2, "persons": 3}, Ground.SMILES, "2 of 3 smile"),
        (Part.RESOLUTION, {"pixels": 12}, Ground.LARGEST, "most pixels (12.0 megapixels)"),
        (Part.ORIGINALITY, {}, Ground.ORIGINAL, "most likely the original of 2"),
    ],
)
def test_the_best_is_praised_for_what_it_leads_in(
    part: Part, facts: dict[str, object], ground: Ground, words: str
) -> None:
    found = for_best(judged(None, **facts), judged({part: 0.4}))
    assert grounds(found) == [ground]
    assert said(found[0]) == words


def test_the_best_is_not_praised_for_what_another_does_better() -> None:
    best, sharper, soft = judged({Part.SHARPNESS: 0.7}), judged({Part.EXPOSURE: 0}), judged({Part.SHARPNESS: 0.1})
    assert grounds(for_best(best, sharper, soft)) == [Ground.WELL_EXPOSED]


def test_the_best_is_among_the_sharpest_if_another_is_a_little_sharper() -> None:
    best, sharper, soft = judged({Part.SHARPNESS: 0.97}), judged({Part.EXPOSURE: 0.9}), judged({Part.SHARPNESS: 0.2})
    assert Ground.SHARP in grounds(for_best(best, sharper, soft))
    assert Ground.SHARPEST not in grounds(for_best(best, sharper, soft))


def test_the_heaviest_reason_comes_first() -> None:
    found = against(judged({Part.NOISE: 0.2, Part.SHARPNESS: 0.4, Part.CONTRAST: 0.5}))
    assert grounds(found) == [Ground.SOFTER, Ground.NOISIER, Ground.FLATTER]


def test_nothing_is_said_of_a_part_without_weight() -> None:
    other = judged({Part.SHARPNESS: 0.2})
    assert remarks([judged(), other], 0, {**WEIGHTS, Part.SHARPNESS: 0.0}) == [(Remark(Ground.EQUAL),)] * 2


def test_a_frame_that_is_better_in_all_and_not_chosen_is_not_blamed() -> None:
    assert grounds(remarks([judged(), judged({Part.SHARPNESS: 0.2})], 1, WEIGHTS)[0]) == [Ground.EQUAL]


def test_frames_that_are_not_measured_say_so() -> None:
    blind = Judgement({Part.SHARPNESS: 0.2, Part.RESOLUTION: 1.0})
    assert remarks([blind, blind], 0, WEIGHTS) == [(Remark(Ground.NOT_MEASURED),)] * 2
    assert remarks([judged(), blind], 0, WEIGHTS)[1] == (Remark(Ground.NOT_MEASURED),)


def test_equal_frames_say_that_nothing_tells_them_apart() -> None:
    assert remarks([judged(), judged()], 1, WEIGHTS) == [(Remark(Ground.EQUAL),)] * 2


def test_the_only_content_of_a_cluster_needs_no_remark() -> None:
    assert remarks([judged()], 0, WEIGHTS) == [()]


frames = st.builds(
    Judgement,
    st.dictionaries(st.sampled_from(Part), st.floats(0, 1), min_size=0),
    ev=st.floats(-4, 4), burnt=st.floats(0, 1), black=st.floats(0, 1), camera_lost=st.booleans(),
    scope=st.floats(0.1, 1), border=st.floats(0, 1), coding=st.none() | st.integers(1, 100), pixels=st.floats(0, 100),
    subject=st.none() | st.just(WHERE), persons=st.integers(0, 9), eyes_open=st.integers(0, 9),
    eyes_closed=st.integers(0, 9), smiling=st.integers(0, 9), cut=st.integers(0, 9),
)  # fmt: skip


@given(st.lists(frames, min_size=1, max_size=6), st.data())
def test_each_of_several_frames_has_one_to_three_different_remarks_that_can_be_said(
    judgements: list[Judgement], data: st.DataObject
) -> None:
    best = data.draw(st.integers(0, len(judgements) - 1))
    found = remarks(judgements, best, WEIGHTS)
    assert len(found) == len(judgements)
    for own in found:
        assert len(set(own)) == len(own) <= 3
        assert bool(own) == (len(judgements) > 1)
        assert all(said(one) for one in own)


def test_each_ground_has_its_words() -> None:
    assert all(said(Remark(ground, 1, 2, 0.3, 0.4)) for ground in Ground)
