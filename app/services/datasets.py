"""Datasets: create, show, delete (contract: CreateDataset, GetDataset, ListDatasets, DeleteDataset)."""

from app.domain.datasets import Dataset, check_dataset_name, check_description
from app.errors import ResourceAlreadyExists
from app.events import Noun
from app.store import Store


def create_dataset(store: Store, name: str, description: str = "") -> Dataset:
    """CreateDataset: make an empty dataset.

    Raises:
        InvalidArgument: the name or the description breaks its rule.
        ResourceAlreadyExists: the name is taken.
    """
    check_dataset_name(name)
    check_description(description)
    with store.write() as work:
        if name in work.datasets.names():
            raise ResourceAlreadyExists(f"The dataset {name!r} exists already.")
        work.datasets.add(name, description)
        work.announce(Noun.DATASETS, name)
        return work.datasets.get(name)


def get_dataset(store: Store, name: str) -> Dataset:
    """GetDataset, with statistics.

    Raises:
        ResourceNotFound: there is none of this name.
    """
    with store.read() as work:
        return work.datasets.get(name)


def list_datasets(store: Store) -> list[Dataset]:
    """ListDatasets, in the order of their names."""
    with store.read() as work:
        return work.datasets.all()


def delete_dataset(store: Store, name: str) -> None:
    """DeleteDataset: forget a dataset with all that is known of its files. The photographs stay where they are.

    Raises:
        ResourceNotFound: there is none of this name.
    """
    with store.write() as work:
        work.datasets.delete(name)
        work.announce(Noun.DATASETS, name)
