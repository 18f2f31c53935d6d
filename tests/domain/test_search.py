"""How far the members of a cluster are looked at: only as far as it decides, and to an end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clusters import ClusterKind
from app.domain.faces import Face
from app.domain.qualities import Search, Searched, further_search
from tests.faces import face

LARGE, SMALL = face(size=0.2), face(size=0.1)
BURST = ClusterKind.BURST


def member(number: int, search: Search | None = None, *faces: Face, kind: ClusterKind = BURST) -> Searched:
    return Searched(1, number, bytes([number]) * 32, kind, search, faces)


def wanted(*members: Searched) -> list[Search | None]:
    """Give what is asked for each member."""
    asked = further_search(members)
    assert asked.keys() <= {one.sha256 for one in members}
    return [asked.get(one.sha256) for one in members]


@pytest.mark.parametrize("kind", list(ClusterKind))
def test_files_of_one_content_need_no_look(kind: ClusterKind) -> None:
    assert wanted(member(1, kind=kind)) == [None]


@pytest.mark.parametrize("kind", [ClusterKind.EXACT, ClusterKind.BRACKET, ClusterKind.FOCUS_STACK])
def test_no_faces_are_looked_for_where_people_do_not_decide(kind: ClusterKind) -> None:
    assert wanted(member(1, kind=kind), member(2, Search.NONE, kind=kind)) == [Search.NONE, None]


@pytest.mark.parametrize("kind", [ClusterKind.BURST, ClusterKind.NEAR])
def test_large_faces_are_looked_for_once_in_all_that_are_compared(kind: ClusterKind) -> None:
    first = member(1, kind=kind), member(2, Search.NONE, kind=kind), member(3, Search.PLAIN, LARGE, kind=kind)
    assert wanted(*first) == [Search.PLAIN, Search.PLAIN, None]


def test_small_faces_are_looked_for_in_bursts_only() -> None:
    for kind in ClusterKind:
        faces = member(1, Search.PLAIN, SMALL, kind=kind), member(2, Search.PLAIN, kind=kind)
        expected = Search.THOROUGH if kind is BURST else None
        assert wanted(*faces) == [expected, expected]


def test_a_burst_with_the_same_large_faces_is_not_searched_further() -> None:
    assert wanted(member(1, Search.PLAIN, LARGE, SMALL), member(2, Search.PLAIN, LARGE, SMALL)) == [None, None]


def test_a_burst_whose_frames_do_not_show_the_same_faces_is_searched_further() -> None:
    assert wanted(member(1, Search.PLAIN, LARGE), member(2, Search.PLAIN)) == [Search.THOROUGH] * 2
    assert wanted(member(1, Search.PLAIN, LARGE), member(2, Search.PLAIN, LARGE, LARGE)) == [Search.THOROUGH] * 2


def test_a_burst_with_small_faces_only_is_searched_further() -> None:
    assert wanted(member(1, Search.PLAIN, SMALL), member(2, Search.PLAIN, LARGE)) == [Search.THOROUGH] * 2


def test_where_no_faces_are_found_one_frame_is_tried_for_all() -> None:
    none = [member(number, Search.PLAIN) for number in (1, 2, 3)]
    assert wanted(*none) == [Search.THOROUGH, None, None]
    tried = replace(none[0], search=Search.THOROUGH)
    assert wanted(tried, *none[1:]) == [None, None, None]
    found = replace(tried, faces=(SMALL,))
    assert wanted(found, *none[1:]) == [None, Search.THOROUGH, Search.THOROUGH]


frames = st.lists(
    st.tuples(st.none() | st.sampled_from(Search), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=7
)


@given(st.sampled_from(ClusterKind), frames)
def test_doing_what_is_asked_ends_after_three_rounds_and_never_repeats_itself(
    kind: ClusterKind, given_: list[tuple[Search | None, int, int]]
) -> None:
    known = [
        member(
            place,
            search,
            *(LARGE,) * (large if search else 0),
            *(SMALL,) * (small if search is Search.THOROUGH else 0),
            kind=kind,
        )
        for place, (search, large, small) in enumerate(given_)
    ]
    for _ in range(3):
        asked = further_search(known)
        for place, one in enumerate(known):
            search = asked.get(one.sha256)
            if search is None:
                continue
            assert one.search is None or search > one.search
            _, large, small = given_[place]
            faces = (LARGE,) * (large if search else 0) + (SMALL,) * (small if search is Search.THOROUGH else 0)
            known[place] = replace(one, search=search, faces=faces)
    assert further_search(known) == {}
    if len(known) > 1:
        least = Search.PLAIN if kind in {ClusterKind.BURST, ClusterKind.NEAR} else Search.NONE
        assert all(one.search is not None and one.search >= least for one in known)
