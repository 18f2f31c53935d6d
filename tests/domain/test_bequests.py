"""What a keeper inherits: nothing of its own is lost, and what is doubtful is shown and not taken."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bequests import (
    NOTHING,
    Conflict,
    Metadata,
    Part,
    bequeath,
    first_heard,
    keywords_of,
    metres_between,
    position_of,
    text_of,
)

HERE, NEAR, FAR = (48.85, 2.29), (48.8505, 2.2905), (48.86, 2.29)
METADATA = st.builds(
    Metadata,
    stars=st.none() | st.integers(-1, 5),
    label=st.sampled_from(["", "Red", "red", "Blue"]),
    keywords=st.lists(st.sampled_from(["sea", "Sea", "cafe\u0301", "caf\u00e9", "ice"]), max_size=3).map(tuple),
    caption=st.sampled_from(["", "At the sea", "At  the sea", "Elsewhere"]),
    position=st.sampled_from([None, HERE, NEAR, FAR]),
)
REJECTED = st.dictionaries(st.sampled_from("abcdef"), METADATA, max_size=4)


@given(METADATA, REJECTED)
def test_nothing_of_the_keeper_is_lost(keeper: Metadata, rejected: dict[str, Metadata]) -> None:
    gains, _ = bequeath(keeper, list(rejected.items()))
    assert not (keeper.stars and gains.stars)
    assert not (keeper.label and gains.label)
    assert not (keeper.caption and gains.caption)
    assert not (keeper.position and gains.position)
    own = keywords_of(keeper.keywords)
    assert not gains.keywords or gains.keywords[: len(own)] == own


@given(METADATA, REJECTED, st.randoms(use_true_random=False))
def test_the_order_of_the_rejected_does_not_matter(
    keeper: Metadata, rejected: dict[str, Metadata], chance: Random
) -> None:
    there = list(rejected.items())
    chance.shuffle(there)
    assert bequeath(keeper, there) == bequeath(keeper, list(rejected.items()))


@given(METADATA, REJECTED)
def test_who_has_inherited_inherits_nothing_more(keeper: Metadata, rejected: dict[str, Metadata]) -> None:
    gains, _ = bequeath(keeper, list(rejected.items()))
    after = first_heard([replace(gains, stars=gains.stars or None), keeper])
    assert bequeath(after, list(rejected.items()))[0] == NOTHING


@given(METADATA, REJECTED)
def test_all_that_the_rejected_say_is_with_the_keeper_or_told(keeper: Metadata, rejected: dict[str, Metadata]) -> None:
    gains, conflicts = bequeath(keeper, list(rejected.items()))
    has = first_heard([gains, keeper])
    told = {(one.part, one.path) for one in conflicts}
    for path, one in rejected.items():
        assert not one.label or one.label.lower() == has.label.lower() or (Part.LABEL, path) in told
        assert not one.caption or one.caption.split() == has.caption.split() or (Part.CAPTION, path) in told
        assert keywords_of((*has.keywords, *one.keywords)) == keywords_of(has.keywords)
        near = one.position is None or (has.position and metres_between(one.position, has.position) <= 100)
        assert near or (Part.POSITION, path) in told


def test_a_keeper_without_stars_gets_the_most_that_a_rejected_one_has() -> None:
    rejected = [("a", Metadata(stars=2)), ("b", Metadata(stars=4)), ("c", Metadata(stars=-1))]
    for none in (None, 0):
        assert bequeath(Metadata(stars=none), rejected) == (Metadata(stars=4), ())
    gains, conflicts = bequeath(Metadata(stars=2), rejected)
    assert gains == NOTHING
    assert conflicts == (Conflict(Part.STARS, "b", 2, 4),)


def test_that_a_program_rejected_a_photograph_is_not_passed_on() -> None:
    assert bequeath(NOTHING, [("a", Metadata(stars=-1)), ("b", Metadata(stars=0))]) == (NOTHING, ())


def test_labels_that_do_not_agree_are_told_with_each_file_and_not_taken() -> None:
    assert bequeath(NOTHING, [("b", Metadata(label="red")), ("a", Metadata(label="Red"))]) == (
        Metadata(label="Red"),
        (),
    )
    gains, conflicts = bequeath(NOTHING, [("b", Metadata(label="Blue")), ("a", Metadata(label="Red"))])
    assert gains == NOTHING
    assert conflicts == (Conflict(Part.LABEL, "a", "", "Red"), Conflict(Part.LABEL, "b", "", "Blue"))


def test_a_caption_of_the_keeper_stays_and_the_other_is_told() -> None:
    gains, conflicts = bequeath(Metadata(caption="Mine"), [("a", Metadata(caption="Other"))])
    assert (gains, conflicts) == (NOTHING, (Conflict(Part.CAPTION, "a", "Mine", "Other"),))


def test_keywords_are_joined_without_doubles_of_other_case_the_keepers_first() -> None:
    keeper = Metadata(keywords=("Sea", "caf\u00e9"))
    rejected = [("b", Metadata(keywords=("ice",))), ("a", Metadata(keywords=("SEA", "cafe\u0301", "Sky")))]
    assert bequeath(keeper, rejected)[0].keywords == ("Sea", "caf\u00e9", "Sky", "ice")
    assert bequeath(keeper, [("a", Metadata(keywords=("sea",)))])[0] == NOTHING


def test_a_position_is_taken_only_if_all_agree_within_a_hundred_metres() -> None:
    here, near, far = (Metadata(position=place) for place in (HERE, NEAR, FAR))
    assert bequeath(NOTHING, [("a", here), ("b", near), ("c", NOTHING)]) == (here, ())
    gains, conflicts = bequeath(NOTHING, [("a", here), ("b", far)])
    assert gains == NOTHING
    assert conflicts == (Conflict(Part.POSITION, "a", None, HERE), Conflict(Part.POSITION, "b", None, FAR))
    assert bequeath(here, [("a", near), ("b", far)]) == (NOTHING, (Conflict(Part.POSITION, "b", HERE, FAR),))


def test_distances_are_those_over_the_ground() -> None:
    assert metres_between((0, 0), (0, 1)) == pytest.approx(111_195, rel=1e-3)
    assert metres_between((60, 179.9999), (60, -179.9999)) == pytest.approx(11.1, rel=1e-2)
    assert metres_between((90, 0), (-90, 0)) == pytest.approx(20_015_000, rel=1e-3)


def test_what_devices_write_without_a_fix_is_no_position() -> None:
    assert position_of(0, 0) is None
    assert position_of(float("nan"), 2) is None
    assert position_of(91, 2) is None
    assert position_of(-33.9, 151.2) == (-33.9, 151.2)


def test_texts_lose_what_no_xmp_can_hold() -> None:
    assert text_of(" one\r\ntwo\0\x07\ud800 \ufffe") == "one\ntwo"
    assert keywords_of([" a\n b ", "", "A B", "\0"]) == ("a b",)
