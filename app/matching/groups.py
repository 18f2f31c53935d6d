"""Groups from pairs, as a partition: a function of the set of members and pairs, never of their order.

Every member of a group is related directly to one centre, so that no chain joins strangers: of a~b~c~d with a unlike
d, the weakest link is cut.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol


class Link(Protocol):
    """A pair of members and how strongly they belong together, 0 to 1."""

    @property
    def first_id(self) -> int: ...
    @property
    def second_id(self) -> int: ...
    @property
    def strength(self) -> float: ...


Neighbours = Mapping[int, Mapping[int, float]]


def neighbours_of(links: Iterable[Link]) -> dict[int, dict[int, float]]:
    """Give for each member its related members with the strength of the relation."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for link in links:
        near[link.first_id][link.second_id] = link.strength
        near[link.second_id][link.first_id] = link.strength
    return dict(near)


def partition(near: Neighbours, rank: Callable[[int], bytes]) -> list[frozenset[int]]:
    """Part related members into groups of at least two.

    Args:
        near: the relations, both ways.
        rank: settles ties by what a member is, not by when it came.
    """
    groups: dict[int, set[int]] = defaultdict(set)
    for component in _components(near):
        centres = _centres(component, near, rank)
        for member in component:
            groups[member if member in centres else _home(member, centres, near, rank)].add(member)
    return [frozenset(group) for group in groups.values() if len(group) > 1]


def _components(near: Neighbours) -> list[set[int]]:
    """Give the sets of members that relations connect, over however many steps."""
    components: list[set[int]] = []
    seen: set[int] = set()
    for start in near:
        if start in seen:
            continue
        component, border = {start}, [start]
        while border:
            fresh = near[border.pop()].keys() - component
            component |= fresh
            border.extend(fresh)
        seen |= component
        components.append(component)
    return components


def _centres(component: set[int], near: Neighbours, rank: Callable[[int], bytes]) -> set[int]:
    """Choose centres so that each member is one or is related to one: the best connected first."""
    centres: set[int] = set()
    left = set(component)

    def weight(member: int) -> tuple[int, float, bytes]:
        around = near[member].keys() & left
        return len(around), round(sum(near[member][other] for other in around), 9), rank(member)

    while left:
        centre = max(left, key=weight)
        centres.add(centre)
        left -= near[centre].keys()
        left.discard(centre)
    return centres


def _home(member: int, centres: set[int], near: Neighbours, rank: Callable[[int], bytes]) -> int:
    """Give the centre to which a member is related most strongly."""
    return max(near[member].keys() & centres, key=lambda centre: (near[member][centre], rank(centre)))
