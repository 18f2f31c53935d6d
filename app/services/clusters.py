"""Clusters of a dataset (contract: QuerySimilarImageClusters)."""

from app.domain.clusters import Cluster
from app.store import Store


def list_clusters(store: Store, dataset_name: str) -> list[Cluster]:
    """Give all clusters, the last changed first; the members of each by ImageScore, best first, then by path.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.clusters.all(work.datasets.id_of(dataset_name))
