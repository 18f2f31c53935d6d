"""Which members of a cluster are proposed to be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.files import FileMeta, Stamp
from app.domain.judgements import Judgement, Keep
from app.domain.opinions import choose_kept
from tests.factories import content


def files(*names: str) -> list[FileMeta]:
    """Give files of the contents, the best first; ``a2`` is another file of the content ``a``."""
    return [
        FileMeta(place, f"/{name}", Stamp(1, 1, place), content(name[0]), 0.9 - place / 10)
        for place, name in enumerate(names)
    ]


def looking(**looks: tuple[float, ...]) -> dict[bytes, Judgement]:
    return {content(name).sha256: Judgement({}, looks=own) for name, own in looks.items()}


@pytest.mark.parametrize("keep", Keep)
def test_the_best_is_kept_by_each_rule(keep: Keep) -> None:
    assert "/a" in choose_kept(keep, files("a", "b", "c"), looking(a=(0.1,), b=(0.9,)), {content("b").sha256: 0.5})
    assert choose_kept(keep, files("a"), {}, {}) == {"/a"}


def test_the_rule_of_the_best_keeps_nothing_else() -> None:
    unlike = {content("b").sha256: 1.0}
    assert choose_kept(Keep.BEST, files("a", "b"), looking(a=(0.1,), b=(0.9,)), unlike) == {"/a"}


def test_the_one_most_unlike_the_best_is_kept_with_it() -> None:
    unlike = {content("b").sha256: 0.2, content("c").sha256: 0.6, content("d").sha256: 0.4}
    assert choose_kept(Keep.BEST_AND_OTHER, files("a", "b", "c", "d"), {}, unlike) == {"/a", "/c"}


def test_of_two_as_unlike_the_better_is_kept() -> None:
    unlike = {content("b").sha256: 0.6, content("c").sha256: 0.6}
    assert choose_kept(Keep.BEST_AND_OTHER, files("a", "b", "c"), {}, unlike) == {"/a", "/b"}


def test_a_second_file_of_the_best_content_is_not_another_frame() -> None:
    assert choose_kept(Keep.BEST_AND_OTHER, files("a", "a2"), {}, {content("a").sha256: 1.0}) == {"/a"}
    unlike = {content("a").sha256: 1.0, content("b").sha256: 0.1}
    assert choose_kept(Keep.BEST_AND_OTHER, files("a", "a2", "b"), {}, unlike) == {"/a", "/b"}


def test_for_each_person_the_frame_is_kept_in_which_that_person_looks_best() -> None:
    judged = looking(a=(0.9, 0.2, 0.5), b=(0.3, 0.8, 0.5), c=(0.1, 0.4, -1.0))
    assert choose_kept(Keep.EACH_PERSON, files("a", "b", "c"), judged, {}) == {"/a", "/b"}


def test_a_person_who_looks_as_well_in_a_kept_frame_needs_no_other() -> None:
    judged = looking(a=(0.5, 0.1), b=(0.5, 0.1), c=(0.1, 0.9))
    assert choose_kept(Keep.EACH_PERSON, files("a", "b", "c"), judged, {}) == {"/a", "/c"}


def test_where_nobody_is_seen_the_best_alone_is_kept() -> None:
    assert choose_kept(Keep.EACH_PERSON, files("a", "b"), looking(a=(), b=()), {}) == {"/a"}
    assert choose_kept(Keep.EACH_PERSON, files("a", "b"), {}, {}) == {"/a"}


@given(
    st.sampled_from(Keep),
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=6),
    st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1)),
)
def test_no_rule_keeps_less_than_the_best_or_more_than_it_may(
    keep: Keep, looks: list[tuple[float, float]], unlike: dict[str, float]
) -> None:
    names = "abcdef"[: len(looks)]
    judged = looking(**dict(zip(names, looks, strict=True)))
    kept = choose_kept(keep, files(*names), judged, {content(name).sha256: one for name, one in unlike.items()})
    assert "/a" in kept <= {f"/{name}" for name in names}
    assert len(kept) <= {Keep.BEST: 1, Keep.BEST_AND_OTHER: 2, Keep.EACH_PERSON: 3}[keep]
