"""Explain: why two photographs are, or are not, in one cluster, and which setting would change it."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.explanations import Explanation, Reason
from app.domain.files import Compared, StoredContent
from app.domain.pairs import EXPOSURES, FAINTEST, Alikeness, Pair, lie_apart
from app.domain.uris import shown
from app.errors import ResourceNotFound
from app.imaging.readers import Readers
from app.matching import exposures, relations
from app.services.relating import evidence_of
from app.store import Store, Work


def explain(store: Store, dataset_name: str, paths: tuple[str, str], readers: Readers) -> Explanation:
    """Say why two photographs of a dataset are together or apart, from what is kept of them.

    Raises:
        ResourceNotFound: there is no such dataset, or it has not read one of the files.
    """
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        alikeness = work.datasets.alikeness(dataset_id)
        first, second = (_content_of(work, dataset_name, path) for path in paths)
        kept = work.pairs.of(first.content_id, second.content_id)
        known = work.contents.known_of([first.content_id, second.content_id])
    if first.content_id == second.content_id:
        together = first.cluster_id is not None
        reason = Reason.SAME_FILE if paths[0] == paths[1] else Reason.SAME_BYTES if together else Reason.ONE_FOLDER
        return Explanation(together, reason, alikeness)
    looked_at, made = evidence_of(store, dataset_name, known, readers)
    pair = relations.named(kept or made, first.content, second.content)
    found = Explanation(
        together=first.cluster_id is not None and first.cluster_id == second.cluster_id,
        reason=Reason.RELATED,
        alikeness=alikeness,
        pair=pair,
        looked_at=looked_at,
        gap=exposures.gap(first.content.header, second.content.header),
        one_camera=first.content.header.camera == second.content.header.camera != "",
    )
    with store.read() as work:
        said = _said(work, dataset_id, pair)
        if said is not None:
            return replace(found, reason=said)
        apart = _lie_apart(work, dataset_id, pair)
        obstacle = _obstacle(pair, alikeness, apart=apart)
        if found.together:
            return found if obstacle is None else _through(work, found, first)
        compared = all(one.compared == Compared.FULLY for one in known)
        return replace(found, reason=obstacle or (Reason.CUT if compared else Reason.NOT_COMPARED))


def find_dataset(store: Store, paths: Sequence[str]) -> str:
    """Give the first dataset, in the order of names, that has read all of some files.

    Raises:
        ResourceNotFound: none has.
    """
    with store.read() as work:
        for name in work.datasets.names():
            records = work.files.records(work.datasets.id_of(name), list(dict.fromkeys(paths)))
            if len([record for record in records if record.content is not None]) == len(set(paths)):
                return name
    listed = " and ".join(shown(path) for path in paths)
    both, folders = ("both ", "their folders") if len(set(paths)) > 1 else ("", "its folder")
    raise ResourceNotFound(f"No dataset has read {both}{listed}. Scan {folders} into one dataset first.")


def _content_of(work: Work, dataset_name: str, path: str) -> StoredContent:
    dataset_id = work.datasets.id_of(dataset_name)
    record = next(iter(work.files.records(dataset_id, [path])), None)
    if record is None or record.content is None:
        raise ResourceNotFound(
            f"The dataset {dataset_name!r} has not read the file {shown(path)}. Scan its folder first."
        )
    return work.contents.of_digests(dataset_id, [record.content.sha256])[0]


def _said(work: Work, dataset_id: int, pair: Pair) -> Reason | None:
    """Give what a person said of two pictures."""
    standing = work.corrections.standing(dataset_id)
    if standing.are_apart(pair.first_id, pair.second_id):
        return Reason.SAID_DIFFERENT
    return Reason.SAID_SAME if pair.second_id in standing.bound_to(pair.first_id) else None


def _lie_apart(work: Work, dataset_id: int, pair: Pair) -> bool:
    folders = work.contents.folders(dataset_id, [pair.first_id, pair.second_id])
    return lie_apart(folders, pair.first_id, pair.second_id)


def _obstacle(pair: Pair, alikeness: Alikeness, *, apart: bool) -> Reason | None:
    """Say why the evidence between two pictures does not count, if it does not."""
    if pair.strength < FAINTEST:
        return Reason.UNLIKE
    if pair.strength < alikeness.strength:
        return Reason.TOO_FAINT
    if alikeness.copies_only and pair.relation in EXPOSURES:
        return Reason.OTHER_EXPOSURE
    if alikeness.across_folders and not apart:
        return Reason.ONE_FOLDER
    return None


def _through(work: Work, found: Explanation, first: StoredContent) -> Explanation:
    """Name a third member of the cluster by which the two are in it: one that both belong to, or the first does."""
    assert found.pair is not None
    sides = (found.pair.first_id, found.pair.second_id)
    near = [
        {link.second_id if link.first_id == side else link.first_id for link in links}
        for side, links in ((side, work.pairs.touching([side], found.alikeness, 0.0)) for side in sides)
    ]
    assert first.cluster_id is not None
    cluster = {stored.content_id: stored for stored in work.contents.by_cluster([first.cluster_id])[first.cluster_id]}
    third = sorted((near[0] & near[1] or near[0] | near[1]) & cluster.keys() - set(sides))
    paths = work.files.paths_of([cluster[third[0]].content.sha256]) if third else {}
    return replace(found, reason=Reason.THROUGH, through=next(iter(paths.values()), ""))
