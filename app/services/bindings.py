"""Bindings: the folders of a dataset (contract: CreateBinding, ListBindings, DeleteBinding)."""

import os
from collections.abc import Sequence
from pathlib import Path

from app.domain.datasets import MAX_BINDINGS, Binding, check_dataset_name, slug
from app.domain.uris import shown
from app.errors import InvalidArgument, LimitExceeded, ResourceAlreadyExists, ResourceNotFound
from app.events import Noun
from app.store import Store, Work


def create_binding(store: Store, dataset_name: str, folder: str) -> Binding:
    """CreateBinding: let a dataset watch a folder.

    Raises:
        InvalidArgument: the folder does not exist.
        ResourceNotFound: there is no such dataset.
        ResourceAlreadyExists: the dataset watches it already.
        LimitExceeded: the dataset has ten folders.
    """
    path = check_folder(folder)
    with store.write() as work:
        if path in _paths(work, dataset_name):
            raise ResourceAlreadyExists(f"The dataset {dataset_name!r} watches {shown(path)} already.")
        _add(work, dataset_name, path)
        return next(binding for binding in work.bindings.of(dataset_name) if binding.path == path)


def list_bindings(store: Store, dataset_name: str | None = None) -> list[Binding]:
    """ListBindings, of one dataset or of all.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        if dataset_name is None:
            return work.bindings.all()
        return list(work.datasets.get(dataset_name).bindings)


def delete_binding(store: Store, dataset_name: str, folder: str) -> None:
    """DeleteBinding: no longer watch a folder. What is known of its files stays.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not watch this folder.
    """
    path = os.path.realpath(folder)
    with store.write() as work:
        if not work.bindings.delete(work.datasets.id_of(dataset_name), path):
            raise ResourceNotFound(f"The dataset {dataset_name!r} does not watch {shown(path)}.")
        work.announce(Noun.BINDINGS, dataset_name)


def bind_folders(store: Store, folders: Sequence[str], dataset_name: str | None = None) -> str:
    """Find or make the dataset of some folders, and let it watch them all; give its name.

    Without a name it is the dataset that watches the first folder already, else a new one named after that folder.

    Raises:
        InvalidArgument: a folder does not exist, or the name is not valid.
        LimitExceeded: the dataset would have more than ten folders.
    """
    paths = [check_folder(folder) for folder in folders]
    with store.write() as work:
        name = dataset_name or _name_of_watcher(work, paths[0])
        taken = work.datasets.names()
        if name is None or name not in taken:
            title = shown(Path(paths[0]).name or paths[0])[:256]
            name = slug(title, taken) if name is None else check_dataset_name(name)
            work.datasets.add(name, title)
            work.announce(Noun.DATASETS, name)
        known = _paths(work, name)
        for path in dict.fromkeys(paths):
            if path not in known:
                _add(work, name, path)
        return name


def check_folder(folder: str) -> str:
    """Give the real, absolute path of a folder.

    Raises:
        InvalidArgument: there is none.
    """
    path = os.path.realpath(folder)
    if not Path(path).is_dir():
        raise InvalidArgument(f"There is no folder {shown(path)}. Check the spelling, or connect its drive.")
    return path


def _name_of_watcher(work: Work, path: str) -> str | None:
    return next((binding.dataset_name for binding in work.bindings.all() if binding.path == path), None)


def _paths(work: Work, dataset_name: str) -> set[str]:
    return {binding.path for binding in work.bindings.of(dataset_name)}


def _add(work: Work, dataset_name: str, path: str) -> None:
    dataset_id = work.datasets.id_of(dataset_name)
    if len(_paths(work, dataset_name)) >= MAX_BINDINGS:
        raise LimitExceeded(
            f"The dataset {dataset_name!r} watches {MAX_BINDINGS} folders, the most it can. "
            "Add a folder that contains several of them, or make another dataset."
        )
    work.bindings.add(dataset_id, path)
    work.announce(Noun.BINDINGS, dataset_name)
