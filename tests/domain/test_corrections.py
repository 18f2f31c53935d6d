"""What stands of all that was said: of each two pictures the last word counts."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.corrections import CorrectedFile, Correction, Said, Standing, Verdict, marked

NAMES = "abcdef"


def same(names: str) -> Said[str]:
    return Said(Verdict.SAME, [names])


def different(*sides: str) -> Said[str]:
    return Said(Verdict.DIFFERENT, sides)


sides = st.lists(st.text(NAMES, min_size=1, max_size=3), min_size=2, max_size=4).map(
    lambda sides: [
        "".join(c for c in dict.fromkeys(side) if not any(c in s for s in sides[:i])) for i, side in enumerate(sides)
    ]
)
acts = st.lists(
    st.one_of(
        st.text(NAMES, min_size=2, max_size=4).map(same),
        sides.map(lambda sides: different(*(side for side in sides if side))),
    ),
    max_size=8,
)


def test_files_of_different_sides_are_apart_and_those_of_one_side_are_not() -> None:
    standing = Standing([different("ab", "c", "d")])
    apart = {one + other for one, other in combinations("abcd", 2) if standing.are_apart(one, other)}
    assert apart == {"ac", "ad", "bc", "bd", "cd"}


def test_binding_reaches_as_far_as_pictures_are_bound() -> None:
    assert Standing([same("ab"), same("cd"), same("bc")]).bound_to("a") == set("abcd")


def test_same_takes_back_different_even_between_those_that_are_bound_through_others() -> None:
    standing = Standing([same("ab"), different("a", "d"), same("cd"), same("bc")])
    assert standing.bound_to("d") == set("abcd")
    assert not standing.are_apart("a", "d")


def test_different_unties_what_leaves_and_the_rest_stays_bound() -> None:
    standing = Standing([same("ab"), same("bc"), different("a", "c")])
    assert standing.bound_to("a") == {"a"}
    assert standing.bound_to("c") == {"b", "c"}
    assert standing.are_apart("a", "c")


def test_what_is_bound_stays_bound_through_a_picture_that_is_not_there() -> None:
    standing = Standing([same("ab"), same("bc"), different("a", "d")]).renamed({"a": 1, "c": 3, "d": 4})
    assert standing.bound_to(1) == {1, 3}
    assert standing.are_apart(1, 4)


def test_a_correction_of_which_nothing_is_left_is_marked() -> None:
    def act(number: int, said: Said[str]) -> Correction:
        files = tuple(tuple(CorrectedFile(name.encode(), name) for name in side) for side in said.sides)
        return Correction(number, said.verdict, files, number)

    said = [different("a", "b", "c"), same("ab"), different("d", "e"), same("de"), different("d", "e")]
    acts = marked([act(number, one) for number, one in enumerate(said)])
    assert [one.overruled for one in acts] == [False, False, False, True, False]


@given(acts)
def test_bound_pictures_are_never_apart_and_binding_is_a_partition(said: list[Said[str]]) -> None:
    standing = Standing(said)
    for one in NAMES:
        bound = standing.bound_to(one)
        assert one in bound
        assert all(standing.bound_to(other) == bound for other in bound)
        assert not any(standing.are_apart(one, other) for other in bound)


@given(acts, acts.filter(bool))
def test_the_last_word_stands_whole(before: list[Said[str]], then: list[Said[str]]) -> None:
    last = then[0]
    standing = Standing([*before, last])
    if last.verdict is Verdict.SAME:
        assert len({standing.bound_to(one) for one in last.sides[0]}) == 1
    else:
        for side, other in combinations(last.sides, 2):
            assert all(standing.are_apart(a, b) and standing.are_apart(b, a) for a in side for b in other)
