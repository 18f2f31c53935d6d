"""Datasets: create, show, change, delete (contract: CreateDataset and its sisters)."""

from dataclasses import replace

from app.contract.pages import Page
from app.contract.requests import CreateDataset, DeleteDataset, GetDataset, ListDatasets, UpdateDataset
from app.domain.datasets import Dataset, Limits
from app.errors import InvalidArgument, ResourceAlreadyExists
from app.events import Noun
from app.store import Store


def create_dataset(store: Store, request: CreateDataset) -> Dataset:
    """CreateDataset: make an empty dataset.

    Raises:
        ResourceAlreadyExists: the name is taken.
    """
    name = request.dataset_name
    with store.write() as work:
        if name in work.datasets.names():
            raise ResourceAlreadyExists(f"The dataset {name!r} exists already.")
        work.datasets.add(name, request.description or "", request.template_id or "", _limits(request, Limits()))
        work.announce(Noun.DATASETS, name)
        return work.datasets.get(name)


def get_dataset(store: Store, request: GetDataset) -> Dataset:
    """GetDataset, with statistics.

    Raises:
        ResourceNotFound: there is none of this name.
    """
    with store.read() as work:
        return work.datasets.get(request.dataset_name)


def list_datasets(store: Store, request: ListDatasets) -> Page[Dataset]:
    """ListDatasets, in the order of their names."""
    with store.read() as work:
        return request.page(*work.datasets.page(request.prefix, request.after(), request.limit))


def all_datasets(store: Store) -> list[Dataset]:
    """Give all datasets, in the order of their names."""
    with store.read() as work:
        return work.datasets.all()


def update_dataset(store: Store, request: UpdateDataset) -> Dataset:
    """UpdateDataset: what is not given stays as it is.

    Raises:
        ResourceNotFound: there is none of this name.
    """
    name = request.dataset_name
    with store.write() as work:
        before = work.datasets.get(name)
        description = before.description if request.description is None else request.description
        template_id = before.template_id if request.template_id is None else request.template_id
        work.datasets.change(name, description, template_id, _limits(request, before.limits))
        work.announce(Noun.DATASETS, name)
        return work.datasets.get(name)


def delete_dataset(store: Store, request: DeleteDataset) -> None:
    """DeleteDataset: an empty one.

    Raises:
        ResourceNotFound: there is none of this name.
        InvalidArgument: it still has bindings or files.
    """
    with store.write() as work:
        dataset = work.datasets.get(request.dataset_name)
        if dataset.bindings or dataset.statistics.files or dataset.statistics.skipped:
            raise InvalidArgument(
                f"The dataset {dataset.name!r} still has {len(dataset.bindings)} bindings and "
                f"{dataset.statistics.files + dataset.statistics.skipped} files; delete them first."
            )
        work.datasets.delete(dataset.name)
        work.announce(Noun.DATASETS, dataset.name)


def forget_dataset(store: Store, name: str) -> None:
    """Forget a dataset with its bindings and all that is known of its files. The photographs stay where they are.

    Raises:
        ResourceNotFound: there is none of this name.
    """
    with store.write() as work:
        work.datasets.delete(name)
        work.announce(Noun.DATASETS, name)


def _limits(request: CreateDataset | UpdateDataset, before: Limits) -> Limits:
    given = {
        "bind_count": request.dataset_max_bind_count,
        "file_count": request.dataset_max_file_count,
        "entity_count": request.dataset_max_entity_count,
        "relation_count": request.dataset_max_relation_count,
        "total_file_size": request.dataset_max_total_file_size,
    }
    return replace(before, **{name: value for name, value in given.items() if value is not None})
