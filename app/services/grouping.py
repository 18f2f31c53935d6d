"""Step 6, group: clusters from relations, only where something changed; ids live on where clusters do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.clusters import ClusterKind, Pair
from app.domain.files import StoredContent
from app.domain.tasks import Stage
from app.events import Noun
from app.matching import exposures, groups
from app.progress import Progress
from app.store import Store, Work


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    """Contents whose clusters have to be found again, with all relations among them."""

    contents: dict[int, StoredContent]
    pairs: list[Pair]


def group(store: Store, dataset_name: str, progress: Progress) -> None:
    """Find the clusters around new, changed and lost files again."""
    progress.report(Stage.GROUP, 0, 0)
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        around = _neighbourhood(work, work.contents.ungrouped(dataset_id))
        wanted = _wanted(around)
        heirs = _heirs(wanted, around.contents)
        standing = [_keep(work, dataset_id, members, heirs.get(members), around) for members in wanted]
        alone = around.contents.keys() - set().union(*wanted)
        work.contents.set_grouped(sorted(alone), None)
        before = {stored.cluster_id for stored in around.contents.values() if stored.cluster_id is not None}
        work.clusters.remove(sorted(before - set(standing)))
        emptied = work.clusters.remove_empty(dataset_id)
        if around.contents or emptied:
            work.announce(Noun.CLUSTERS, dataset_name)
    progress.report(Stage.GROUP, len(standing), len(standing))


def _neighbourhood(work: Work, seeds: list[int]) -> _Neighbourhood:
    """Follow the relations from some contents as far as they go."""
    reached, border = set(seeds), list(seeds)
    pairs: dict[tuple[int, int], Pair] = {}
    while border:
        touching = work.pairs.touching(border)
        pairs.update(((pair.first_id, pair.second_id), pair) for pair in touching)
        fresh = {side for pair in touching for side in (pair.first_id, pair.second_id)} - reached
        reached |= fresh
        border = list(fresh)
    return _Neighbourhood(
        {stored.content_id: stored for stored in work.contents.of(sorted(reached))}, list(pairs.values())
    )


def _wanted(around: _Neighbourhood) -> list[frozenset[int]]:
    """Give the sets of contents that form clusters: related ones, and single ones that several files hold."""
    related = groups.partition(
        groups.neighbours_of(around.pairs), lambda content_id: around.contents[content_id].content.sha256
    )
    taken = set().union(*related)
    copies = [
        frozenset({content_id})
        for content_id, stored in around.contents.items()
        if stored.files > 1 and content_id not in taken
    ]
    return related + copies


def _heirs(wanted: Iterable[frozenset[int]], contents: dict[int, StoredContent]) -> dict[frozenset[int], int]:
    """Tell which old cluster lives on in which set.

    A cluster that fell apart lives on in the part that holds most of it; of clusters that became one, the oldest does.
    """
    shares: dict[int, Counter[frozenset[int]]] = {}
    for members in wanted:
        for content_id in members:
            cluster_id = contents[content_id].cluster_id
            if cluster_id is not None:
                shares.setdefault(cluster_id, Counter())[members] += 1
    heirs: dict[frozenset[int], int] = {}
    for cluster_id, parts in sorted(shares.items()):
        largest = max(parts, key=lambda members: (parts[members], _first_digest(members, contents)))
        heirs.setdefault(largest, cluster_id)
    return heirs


def _first_digest(members: frozenset[int], contents: dict[int, StoredContent]) -> bytes:
    return min(contents[content_id].content.sha256 for content_id in members)


def _keep(work: Work, dataset_id: int, members: frozenset[int], heir: int | None, around: _Neighbourhood) -> int:
    """Put a set of contents into its cluster, an old one or a new one; give its number."""
    kind = _kind(members, around)
    if heir is None:
        heir = work.clusters.add(dataset_id, kind)
        work.contents.set_grouped(sorted(members), heir)
        return heir
    held = {stored.content_id for stored in around.contents.values() if stored.cluster_id == heir}
    work.clusters.set_kind(heir, kind, members_changed=held != members)
    if held == members:
        work.contents.keep_grouped(sorted(members))
    else:
        work.contents.set_grouped(sorted(members), heir)
    return heir


def _kind(members: frozenset[int], around: _Neighbourhood) -> ClusterKind:
    headers = [around.contents[content_id].content.header for content_id in members]
    return exposures.kind(
        headers, [pair.relation for pair in around.pairs if members.issuperset((pair.first_id, pair.second_id))]
    )
