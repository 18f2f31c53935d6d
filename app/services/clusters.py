"""Clusters of a dataset (contract: QuerySimilarImageClusters)."""

import json
from collections.abc import Sequence

from app.contract.pages import Page
from app.contract.requests import Order, QuerySimilarImageClusters
from app.contract.selectors import as_text, selected
from app.domain.clusters import Cluster, ClusterOrder
from app.errors import InvalidArgument
from app.store import Store


def all_clusters(store: Store, dataset_name: str) -> list[Cluster]:
    """Give all clusters, the last changed first; the members of each by ImageScore, best first, then by path.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.clusters.all(work.datasets.id_of(dataset_name))


def some_clusters(store: Store, object_ids: Sequence[str]) -> list[Cluster]:
    """Give clusters by their ids; those that are gone are left out."""
    with store.read() as work:
        places = [work.clusters.place_of(object_id) for object_id in object_ids]
        return work.clusters.of([number for place in places if place is not None for number in place[1:]])


def query_clusters(store: Store, request: QuerySimilarImageClusters) -> Page[Cluster]:
    """QuerySimilarImageClusters: a page of clusters; the members of each by ImageScore, best first, then by path.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: NextToken or CustomLabels are not valid.
    """
    order = ClusterOrder(
        by_create_time=request.sort == "CreateTime",
        descending=request.order is Order.DESCENDING,
        labels=_labels(request.custom_labels),
    )
    with store.read() as work:
        dataset_id = work.datasets.id_of(request.dataset_name)
        return request.page(*work.clusters.page(dataset_id, order, request.after(), request.limit))


def _labels(text: str) -> dict[str, str]:
    """Read the labels to filter by: a JSON object, or ``key=value``."""
    if not text.lstrip().startswith("{"):
        return selected("CustomLabels", text)
    try:
        labels = json.loads(text)
    except ValueError as error:
        raise InvalidArgument(f"The parameter CustomLabels is not valid: it is no JSON ({error}).") from error
    return {name: as_text(value) for name, value in labels.items()}
