"""What the page of a dataset reads of the catalogue, away from the window's thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clusters import Cluster, ClusterKind
from app.domain.files import SkippedFile
from app.domain.judgements import Confidence
from app.services import clusters, deletions, files
from app.store import Store
from app.ui.gallery_model import GalleryContent, arrange


@dataclass(frozen=True, slots=True)
class Waiting:
    """The ids of clusters that nothing was decided in: those of high confidence, and those of exact copies."""

    sure: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageReading:
    """The page of a dataset. ``content`` is None if its clusters are the same as before.

    ``returned`` are the paths of photographs that a person rejected before and that came back.
    """

    name: str
    content: GalleryContent | None
    waiting: Waiting
    skipped: list[SkippedFile]
    returned: tuple[str, ...]


def read_page(store: Store, name: str, before: tuple[Cluster, ...]) -> PageReading:
    """Read a dataset; ``before`` are the clusters that are known."""
    content = arrange(clusters.all_clusters(store, name))
    same = bool(before) and content.clusters == before
    returned = tuple(record.path for record in deletions.returned_files(store, name))
    waiting = _waiting(content.clusters)
    return PageReading(name, None if same else content, waiting, files.all_skipped(store, name), returned)


def _waiting(found: Sequence[Cluster]) -> Waiting:
    undecided = [cluster for cluster in found if not (cluster.kind.protected or cluster.decided)]
    return Waiting(
        tuple(one.object_id for one in undecided if one.confidence is Confidence.HIGH),
        tuple(one.object_id for one in undecided if one.kind is ClusterKind.EXACT),
    )
