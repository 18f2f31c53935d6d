import hashlib
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from app.matching.groups import neighbours_of, partition


@dataclass(frozen=True)
class Tie:
    first_id: int
    second_id: int
    strength: float


def rank(member: int) -> bytes:
    return hashlib.sha256(str(member).encode()).digest()


def groups_of(*ties: Tie) -> set[frozenset[int]]:
    return set(partition(neighbours_of(ties), rank))


members = st.integers(0, 9)
ties = st.lists(
    st.tuples(members, members, st.integers(1, 10)).filter(lambda tie: tie[0] != tie[1]),
    max_size=25,
    unique_by=lambda tie: frozenset(tie[:2]),
).map(lambda rows: [Tie(min(a, b), max(a, b), strength / 10) for a, b, strength in rows])


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
