import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.corrections import Said, Standing, Verdict
from app.matching.groups import neighbours_of, partition


@dataclass(frozen=True)
class Tie:
    first_id: int
    second_id: int
    strength: float


def rank(member: int) -> bytes:
    return hashlib.sha256(str(member).encode()).digest()


def groups_of(*ties: Tie, said: Iterable[Said[int]] = ()) -> set[frozenset[int]]:
    return set(partition(neighbours_of(ties, members=range(10)), rank, Standing(said)))


def same(*names: int) -> Said[int]:
    return Said(Verdict.SAME, [names])


def different(*sides: Collection[int]) -> Said[int]:
    return Said(Verdict.DIFFERENT, sides)


members = st.integers(0, 9)
ties = st.lists(
    st.tuples(members, members, st.integers(1, 10)).filter(lambda tie: tie[0] != tie[1]),
    max_size=25,
    unique_by=lambda tie: frozenset(tie[:2]),
).map(lambda rows: [Tie(min(a, b), max(a, b), strength / 10) for a, b, strength in rows])

verdicts = st.lists(
    st.one_of(
        st.sets(members, min_size=2, max_size=4).map(lambda names: same(*names)),
        st.lists(members, min_size=2, max_size=6, unique=True).map(lambda names: different(names[:1], names[1:])),
        st.lists(members, min_size=2, max_size=6, unique=True).map(
            lambda names: different(*({name} for name in names))
        ),
    ),
    max_size=5,
)


def test_a_chain_is_cut_where_the_evidence_is_weakest() -> None:
    assert groups_of(Tie(1, 2, 0.9), Tie(2, 3, 0.5), Tie(3, 4, 0.9)) == {frozenset({1, 2}), frozenset({3, 4})}


def test_copies_that_meet_in_their_original_are_one_group() -> None:
    assert groups_of(Tie(1, 2, 0.9), Tie(1, 3, 0.6), Tie(1, 4, 0.7)) == {frozenset({1, 2, 3, 4})}


@given(ties, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_arrival(rows: list[Tie], random: "object") -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups_of(*rows) == groups_of(*shuffled)


@given(ties)
def test_every_member_is_related_directly_to_one_centre_of_its_group(rows: list[Tie]) -> None:
    near = neighbours_of(rows)
    for group in groups_of(*rows):
        assert any(all(member == centre or member in near[centre] for member in group) for centre in group)


@given(ties)
def test_groups_are_a_partition_of_at_least_two(rows: list[Tie]) -> None:
    groups = list(groups_of(*rows))
    assert all(len(group) > 1 for group in groups)
    assert sum(len(group) for group in groups) == len(set().union(*groups))


def test_members_told_apart_are_parted_where_the_evidence_is_weakest() -> None:
    star = Tie(1, 2, 0.9), Tie(1, 3, 0.6), Tie(1, 4, 0.7)
    assert groups_of(*star, said=[different({2}, {3})]) == {frozenset({1, 2, 4})}
    assert groups_of(*star, said=[different({2}, {3}, {4})]) == {frozenset({1, 2})}


def test_who_resembles_only_what_it_was_told_apart_from_is_no_centre() -> None:
    apart = Tie(1, 2, 0.9), Tie(1, 3, 0.9), Tie(1, 4, 0.9)
    ties = Tie(1, 5, 0.8), Tie(5, 6, 0.7), Tie(5, 7, 0.7)
    assert groups_of(*apart, *ties, said=[different({1}, {2, 3, 4})]) == {frozenset({1, 5, 6, 7})}


def test_those_kept_from_a_centre_gather_by_themselves() -> None:
    ties = Tie(1, 2, 0.9), Tie(1, 3, 0.6), Tie(1, 4, 0.7), Tie(1, 5, 0.8), Tie(3, 4, 0.5)
    assert groups_of(*ties, said=[different({2, 5}, {3, 4})]) == {frozenset({1, 2, 5}), frozenset({3, 4})}


def test_nothing_is_left_of_a_group_whose_members_are_all_apart_but_one_that_comes_later_finds_its_best() -> None:
    ties = Tie(1, 2, 0.9), Tie(1, 3, 0.8), Tie(2, 3, 0.7)
    said = [different({1}, {2}, {3})]
    assert groups_of(*ties, said=said) == set()
    later = Tie(1, 7, 0.6), Tie(2, 7, 0.8), Tie(3, 7, 0.7)
    assert groups_of(*ties, *later, said=said) == {frozenset({2, 7})}


def test_strangers_that_are_bound_are_one_group_with_the_relations_of_both() -> None:
    ties = Tie(1, 2, 0.9), Tie(3, 4, 0.9)
    assert groups_of(said=[same(1, 3)]) == {frozenset({1, 3})}
    assert groups_of(*ties, said=[same(2, 3)]) == {frozenset({1, 2, 3, 4})}


def test_what_is_bound_is_kept_from_all_from_which_one_of_it_was_told_apart() -> None:
    ties = Tie(1, 2, 0.9), Tie(1, 3, 0.8)
    assert groups_of(*ties, said=[different({1}, {4}), same(2, 4)]) == {frozenset({1, 3}), frozenset({2, 4})}


@given(ties, verdicts)
def test_who_was_told_apart_is_never_together_and_who_is_bound_always(rows: list[Tie], said: list[Said[int]]) -> None:
    standing, groups = Standing(said), groups_of(*rows, said=said)
    for group in groups:
        assert not any(standing.are_apart(one, other) for one, other in combinations(group, 2))
        assert all(standing.bound_to(one) <= group for one in group)
    for one in range(10):
        assert len(standing.bound_to(one)) == 1 or any(one in group for group in groups)


@given(ties, verdicts)
def test_every_member_is_related_to_one_centre_or_bound_to_one_that_is(rows: list[Tie], said: list[Said[int]]) -> None:
    standing, near = Standing(said), neighbours_of(rows, range(10))

    def reach(one: int) -> set[int]:
        bound = standing.bound_to(one)
        return set(bound).union(*(standing.bound_to(other) for member in bound for other in near[member]))

    for group in groups_of(*rows, said=said):
        assert any(group <= reach(centre) for centre in group)


@given(ties, verdicts, st.permutations(range(10)))
def test_groups_with_corrections_do_not_depend_on_the_numbers_of_members(
    rows: list[Tie], said: list[Said[int]], numbers: list[int]
) -> None:
    back = {number: member for member, number in enumerate(numbers)}
    moved = [Tie(numbers[tie.first_id], numbers[tie.second_id], tie.strength) for tie in reversed(rows)]
    renamed = Standing(said).renamed(dict(enumerate(numbers)))
    near = neighbours_of(moved, sorted(numbers, reverse=True))
    found = partition(near, lambda number: rank(back[number]), renamed)
    assert {frozenset(back[number] for number in group) for group in found} == groups_of(*rows, said=said)


def with_copies(all_ties: list[Tie], copies: list[Tie]) -> set[frozenset[int]]:
    members = {side for tie in all_ties for side in (tie.first_id, tie.second_id)}
    near = neighbours_of(all_ties, members)
    return set(partition(near, rank, Standing(), neighbours_of(copies, members)))


def test_what_is_related_to_one_copy_is_related_to_all() -> None:
    crop, resaved, mirrored = Tie(1, 2, 0.6), Tie(2, 3, 0.95), Tie(3, 4, 0.9)
    assert groups_of(crop, resaved, mirrored) == {frozenset({2, 3, 4})}
    assert with_copies([crop, resaved, mirrored], [resaved, mirrored]) == {frozenset({1, 2, 3, 4})}


def test_two_pictures_that_are_no_copies_stay_in_a_chain_that_is_cut() -> None:
    chain = [Tie(1, 2, 0.95), Tie(2, 3, 0.6), Tie(3, 4, 0.6), Tie(4, 5, 0.7)]
    assert with_copies(chain, chain[:1]) == {frozenset({1, 2, 3}), frozenset({4, 5})}


@given(ties, st.randoms(use_true_random=False))
def test_with_copies_groups_do_not_depend_on_the_order_of_arrival(rows: list[Tie], random: "object") -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    copies = [tie for tie in rows if tie.strength > 0.7]
    assert with_copies(rows, copies) == with_copies(shuffled, copies[::-1])


@given(ties, st.lists(st.integers(0, 24), max_size=8))
def test_where_one_is_related_to_all_others_they_are_one_group_whichever_are_copies(
    rows: list[Tie], places: list[int]
) -> None:
    hub = [Tie(-1, member, 0.5) for member in range(10)]
    copies = [tie for place, tie in enumerate(rows) if place in places]
    whole = frozenset(range(-1, 10))
    assert with_copies(rows + hub, copies) == {whole}
    assert groups_of(*rows, *hub, said=[same(1, 2)]) == {whole}


@given(ties, ties)
def test_a_word_on_strangers_changes_nothing_for_the_rest(rows: list[Tie], others: list[Tie]) -> None:
    elsewhere = [Tie(tie.first_id + 10, tie.second_id + 10, tie.strength) for tie in others]
    near = neighbours_of([*rows, *elsewhere], range(20))
    said = Standing([same(10, 11), different({12}, {13})])
    found = {group for group in partition(near, rank, said) if max(group) < 10}
    assert found == groups_of(*rows)
