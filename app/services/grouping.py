"""Step 6, group: clusters from relations, only where something changed; ids live on where clusters do."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from app.domain.clusters import ClusterKind
from app.domain.corrections import Standing
from app.domain.files import Header
from app.domain.pairs import COPIES, COPY, Alikeness, Link, Member, Relation, least_cosine, lie_apart
from app.domain.tasks import Stage
from app.events import Noun
from app.matching import exposures, groups
from app.progress import Progress
from app.store import Store, Work

_MANY = 2000
"""Seeds from which it is quicker to read all relations of a dataset than to follow them step by step."""

_SERIES = {Relation.BRACKET, Relation.FOCUS_STACK}


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """Contents whose clusters have to be found again, with all relations among them that count.

    ``folders`` that hold all files of a content, where only what lies in several counts.
    """

    members: dict[int, Member]
    links: list[Link]
    standing: Standing[int]
    folders: dict[int, str]


def group(store: Store, dataset_name: str, progress: Progress, stage: Stage = Stage.GROUP) -> None:
    """Find the clusters around new, changed and lost files again."""
    progress.report(stage, 0, 0)
    with store.write() as work:
        seeds = work.contents.ungrouped(work.datasets.id_of(dataset_name))
        found = _regroup(work, dataset_name, seeds if len(seeds) <= _MANY else None)
    progress.report(stage, found, found)


def regroup(work: Work, dataset_name: str) -> None:
    """Find all clusters of a dataset again, within a transaction that changed what counts."""
    _regroup(work, dataset_name, None)


def _regroup(work: Work, dataset_name: str, seeds: list[int] | None) -> int:
    """Find the clusters around contents again; None stands for all of the dataset. Tell how many were found."""
    dataset_id = work.datasets.id_of(dataset_name)
    with _uncollected():
        around = _neighbourhood(work, dataset_id, work.datasets.alikeness(dataset_id), seeds)
        wanted = _wanted(around)
        changed = _settle(work, dataset_id, around, wanted)
    emptied = work.clusters.remove_empty(dataset_id)
    if changed or emptied:
        work.announce(Noun.CLUSTERS, dataset_name)
    return len(wanted)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage: among so many values that are all in use it takes a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _neighbourhood(work: Work, dataset_id: int, alikeness: Alikeness, seeds: list[int] | None) -> _Neighbourhood:
    """Follow the relations from loose contents as far as they go, and note that these are not loose any longer."""
    standing = work.corrections.standing(dataset_id)
    cosine = least_cosine(work.contents.count(dataset_id))
    if seeds is None:
        members, links = work.contents.members(dataset_id, None), list(work.pairs.all(dataset_id, alikeness, cosine))
    else:
        follow = partial(work.pairs.touching, alikeness=alikeness, cosine=cosine)
        reached, links = _followed(work, dataset_id, seeds, follow, standing)
        members = work.contents.members(dataset_id, sorted(reached))
    work.contents.set_grouped(dataset_id, seeds)
    links += _twins(members.values())
    folders: dict[int, str] = {}
    if alikeness.across_folders:
        folders = work.contents.folders(dataset_id, seeds and sorted(members))
        links = [link for link in links if lie_apart(folders, link.first_id, link.second_id)]
    return _Neighbourhood(members, links, standing, folders)


def _followed(
    work: Work,
    dataset_id: int,
    seeds: list[int],
    touching: Callable[[list[int]], Iterator[Link]],
    standing: Standing[int],
) -> tuple[set[int], list[Link]]:
    """Follow relations, equal pixels, and what a person bound."""
    reached, border = set(seeds), list(seeds)
    links: set[Link] = set()
    while border:
        found = set(touching(border))
        links |= found
        fresh = {side for link in found for side in (link.first_id, link.second_id)}
        fresh |= work.contents.twins_of(dataset_id, border)
        fresh = fresh.union(*map(standing.bound_to, border)) - reached
        reached |= fresh
        border = list(fresh)
    return reached, list(links)


def _twins(members: Iterable[Member]) -> list[Link]:
    """Relate those that have the same pixels to one of them, so that the relations do not grow with their square."""
    first: dict[bytes, Member] = {}
    links = []
    for member in sorted((one for one in members if one.pixels), key=lambda member: member.sha256):
        twin = first.setdefault(member.pixels, member)
        if twin is not member:
            links.append(Link(twin.content_id, member.content_id, 1.0, Relation.SAME_PIXELS))
    return links


def _wanted(around: _Neighbourhood) -> list[frozenset[int]]:
    """Give the sets of contents that form clusters: related ones, and single ones that several files hold."""
    members = around.members
    spoken_of = [content_id for content_id in members if around.standing.speaks_of(content_id)]
    related = groups.partition(
        groups.neighbours_of(around.links, spoken_of),
        lambda content_id: members[content_id].sha256,
        around.standing,
        groups.neighbours_of(link for link in around.links if _is_copy(link)),
    )
    taken = set().union(*related)
    copies = [
        frozenset({content_id})
        for content_id, member in members.items()
        if member.files > 1 and content_id not in taken and content_id not in around.folders
    ]
    return related + copies


def _is_copy(link: Link) -> bool:
    """Tell whether two contents are one picture, but for how it was saved or turned."""
    return link.strength >= COPY and link.relation in COPIES


def _settle(work: Work, dataset_id: int, around: _Neighbourhood, wanted: list[frozenset[int]]) -> bool:
    """Bring the clusters into line with what is wanted, writing only what differs; tell whether anything did."""
    members = around.members
    heirs = _heirs(wanted, members)
    kinds = _kinds(work, wanted, around)
    fresh = [one for one in wanted if one not in heirs]
    new = dict(zip(fresh, work.clusters.add(dataset_id, [kinds[one] for one in fresh]), strict=True))
    clusters = heirs | new
    places = {content_id: clusters[one] for one in wanted for content_id in one}
    moves = [
        (content_id, places.get(content_id))
        for content_id, member in members.items()
        if member.cluster_id != places.get(content_id)
    ]
    touched = {members[content_id].cluster_id for content_id, _ in moves} | {cluster_id for _, cluster_id in moves}
    changed = sorted(set(heirs.values()) & touched)
    work.contents.move(moves)
    work.contents.unscore(changed)
    work.clusters.touch(changed)
    work.clusters.set_kinds({heir: kinds[one] for one, heir in heirs.items()})
    before = {member.cluster_id for member in members.values() if member.cluster_id is not None}
    work.clusters.remove(sorted(before - set(clusters.values())))
    return bool(members)


def _heirs(wanted: Iterable[frozenset[int]], members: dict[int, Member]) -> dict[frozenset[int], int]:
    """Tell which old cluster lives on in which set.

    A cluster that fell apart lives on in the part that holds most of it; of clusters that became one, the oldest does.
    """
    shares: dict[int, Counter[frozenset[int]]] = {}
    for one in wanted:
        for content_id in one:
            cluster_id = members[content_id].cluster_id
            if cluster_id is not None:
                shares.setdefault(cluster_id, Counter())[one] += 1
    heirs: dict[frozenset[int], int] = {}
    for cluster_id, parts in sorted(shares.items()):
        heirs.setdefault(_largest(parts, members) if len(parts) > 1 else next(iter(parts)), cluster_id)
    return heirs


def _largest(parts: Counter[frozenset[int]], members: dict[int, Member]) -> frozenset[int]:
    return max(parts, key=lambda one: (parts[one], min(members[content_id].sha256 for content_id in one)))


def _kinds(work: Work, wanted: Iterable[frozenset[int]], around: _Neighbourhood) -> dict[frozenset[int], ClusterKind]:
    """Say what each set is, from the relations inside it and, where exposures differ, from what their cameras wrote."""
    relations: dict[frozenset[int], set[Relation]] = {one: set() for one in wanted}
    homes = {content_id: one for one in relations for content_id in one}
    for link in around.links:
        home = homes.get(link.first_id)
        if home is not None and link.second_id in home:
            relations[home].add(link.relation)
    series = [one for one, found in relations.items() if not found.isdisjoint(_SERIES)]
    headers = work.contents.headers(sorted(set().union(*series)))
    return {one: _kind(one, found, headers) for one, found in relations.items()}


def _kind(one: frozenset[int], relations: set[Relation], headers: dict[int, Header]) -> ClusterKind:
    if len(one) == 1:
        return ClusterKind.EXACT
    if not relations:
        return ClusterKind.NEAR  # a person bound them
    return exposures.kind([headers[content_id] for content_id in one if content_id in headers], relations)
