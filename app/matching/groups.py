"""Groups from pairs, as a partition: a function of the set of members, pairs and what a person said, never of an order.

Every member of a group is related directly to one centre, so that no chain joins strangers: of a~b~c~d with a unlike
d, the weakest link is cut. Copies of one picture, saved again or turned, count as one: they hang on one of them, and
what is related to one is related to all. A person's word outranks that: members that were bound are one, with the
relations of all of them, and members that were told apart are never in one group, not through a third either.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set
from typing import Protocol

from app.domain.corrections import Standing


class Link(Protocol):
    """A pair of members and how strongly they belong together, 0 to 1."""

    @property
    def first_id(self) -> int: ...
    @property
    def second_id(self) -> int: ...
    @property
    def strength(self) -> float: ...


Neighbours = Mapping[int, Mapping[int, float]]
Rank = Callable[[int], bytes]


def neighbours_of(links: Iterable[Link], members: Iterable[int] = ()) -> dict[int, dict[int, float]]:
    """Give for each member its related members with the strength of the relation; ``members`` may have none."""
    near: dict[int, dict[int, float]] = defaultdict(dict, {member: {} for member in members})
    for link in links:
        near[link.first_id][link.second_id] = link.strength
        near[link.second_id][link.first_id] = link.strength
    return dict(near)


def partition(
    near: Neighbours, rank: Rank, standing: Standing[int] | None = None, copies: Neighbours | None = None
) -> list[frozenset[int]]:
    """Part related and bound members into groups of at least two.

    Args:
        near: the relations of all members, both ways.
        rank: settles ties by what a member is, not by when it came.
        standing: what a person said of the members.
        copies: of the relations of all members those of copies that count as one picture.
    """
    said = standing or Standing()
    groups: list[Set[int]] = []
    knotted: dict[int, Mapping[int, float]] = {}
    copied, loose = set(copies or ()), _Knots((), (), rank, said)
    for component in _components(near):
        spoken_of = any(map(said.speaks_of, component))
        if not spoken_of and max(len(near[member]) for member in component) == len(component) - 1:
            groups.append(component)  # one of them is related to all others
        elif spoken_of or not component.isdisjoint(copied):
            knotted.update((member, near[member]) for member in component)
        else:
            groups += _parted(component, near, rank, loose)
    groups += _knotted(knotted, rank, said, copies)
    return [frozenset(group) for group in groups if len(group) > 1]


def _knotted(
    near: Neighbours, rank: Rank, standing: Standing[int], copies: Neighbours | None
) -> Iterator[frozenset[int]]:
    """Part members of which some are bound, told apart, or copies of others."""
    if copies is None:
        ties: Iterable[frozenset[int]] = _bound(near, standing)
    else:
        ties = partition({member: copies.get(member, {}) for member in near}, rank, standing)
    knots = _Knots(near, ties, rank, standing)
    links = knots.links(near)
    for component in _components(links):
        yield from (knots.untied(group) for group in _parted(component, links, rank, knots))


def _bound(members: Collection[int], standing: Standing[int]) -> Iterator[frozenset[int]]:
    """Give the sets of members that a person bound."""
    seen: set[int] = set()
    for member in members:
        if member not in seen:
            bound = frozenset(other for other in standing.bound_to(member) if other in members)
            seen |= bound
            yield bound


class _Knots:
    """Members tied into one, each knot named by the member that ranks first in it."""

    def __init__(
        self, members: Collection[int], ties: Iterable[frozenset[int]], rank: Rank, standing: Standing[int]
    ) -> None:
        self._standing = standing
        self._members = {min(tie, key=rank): tie for tie in ties}
        self._name = {member: name for name, tie in self._members.items() for member in tie}
        for member in members:
            if member not in self._name:
                self._name[member], self._members[member] = member, frozenset({member})
        self._disputed = {self._name[member] for member in members if standing.may_be_apart(member)}

    def are_apart(self, knot: int, others: Set[int]) -> bool:
        """Tell whether any member of a knot was told apart from any of others."""
        if knot not in self._disputed:
            return False
        return any(
            self._standing.are_apart(one, another)
            for other in others & self._disputed
            for one in self._members[knot]
            for another in self._members[other]
        )

    def links(self, near: Neighbours) -> dict[int, dict[int, float]]:
        """Give the relations between knots that are not apart: the strongest of their members' counts."""
        links: dict[int, dict[int, float]] = {knot: {} for knot in self._members}
        for member, around in near.items():
            knot = self._name[member]
            for neighbour, strength in around.items():
                other = self._name[neighbour]
                if other != knot and not self.are_apart(knot, {other}):
                    links[knot][other] = max(strength, links[knot].get(other, 0.0))
        return links

    def untied(self, knots: Iterable[int]) -> frozenset[int]:
        return frozenset().union(*(self._members[knot] for knot in knots))


def _components(near: Neighbours) -> list[set[int]]:
    """Give the sets of members that relations connect, over however many steps."""
    components: list[set[int]] = []
    seen: set[int] = set()
    for start in near:
        if start in seen:
            continue
        component, border = {start, *near[start]}, list(near[start])
        while border:
            fresh = near[border.pop()].keys() - component
            component |= fresh
            border.extend(fresh)
        seen |= component
        components.append(component)
    return components


def _parted(component: set[int], near: Neighbours, rank: Rank, knots: _Knots) -> list[set[int]]:
    """Gather a component round centres; those whom a person keeps from every one are gathered by themselves."""
    groups: list[set[int]] = []
    left = set(component)
    while left:
        gathered = _gathered(left, _centres(left, near, rank), near, rank, knots)
        groups += gathered
        left -= set().union(*gathered)
    return groups


def _centres(members: set[int], near: Neighbours, rank: Rank) -> set[int]:
    """Choose centres so that each member is one or is related to one: the best connected first."""
    centres: set[int] = set()
    left = set(members)

    def weight(member: int) -> tuple[int, float, bytes]:
        around = near[member].keys() & left
        return len(around), round(sum(near[member][other] for other in around), 9), rank(member)

    while left:
        centre = max(left, key=weight)
        centres.add(centre)
        left -= near[centre].keys()
        left.discard(centre)
    return centres


def _gathered(members: set[int], centres: set[int], near: Neighbours, rank: Rank, knots: _Knots) -> list[set[int]]:
    """Put each member to the centre to which it is related most strongly, the strongest first.

    It goes to the next one if its group holds a member from which it is apart, so that the weaker relation is cut.
    """
    groups = {centre: {centre} for centre in centres}
    homeless = members - centres
    ties = [(near[member][centre], centre, member) for member in homeless for centre in near[member].keys() & centres]
    ties.sort(key=lambda tie: (tie[0], rank(tie[1]), rank(tie[2])), reverse=True)
    for _, centre, member in ties:
        if member in homeless and not knots.are_apart(member, groups[centre]):
            groups[centre].add(member)
            homeless.discard(member)
    return list(groups.values())
