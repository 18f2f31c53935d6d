"""Bindings: the folders of a dataset, and how each is (contract: CreateBinding and its sisters)."""

import os
from collections.abc import Sequence
from pathlib import Path

from app.contract.pages import Page
from app.contract.requests import (
    CreateBinding,
    DeleteBinding,
    GetBinding,
    ListBindings,
    LocateBinding,
    ResumeBinding,
    StopBinding,
)
from app.domain.datasets import Binding, BindingState, check_dataset_name, slug
from app.domain.files import KnownFile
from app.domain.uris import shown
from app.errors import InvalidArgument, LimitExceeded, ResourceAlreadyExists
from app.events import Noun
from app.progress import SILENT
from app.services.grouping import group
from app.services.locating import move_bindings, move_files
from app.services.scoring import score
from app.store import Store, Work


def create_binding(store: Store, request: CreateBinding) -> Binding:
    """CreateBinding: let a dataset watch a folder.

    Raises:
        InvalidArgument: the folder does not exist.
        ResourceNotFound: there is no such dataset.
        ResourceAlreadyExists: the dataset watches it already.
        LimitExceeded: the dataset has as many folders as it takes.
    """
    name, path = request.dataset_name, check_folder(request.folder)
    with store.write() as work:
        if path in _paths(work, name):
            raise ResourceAlreadyExists(f"The dataset {name!r} watches {shown(path)} already.")
        _add(work, name, path)
        return work.bindings.get(name, path)


def get_binding(store: Store, request: GetBinding) -> Binding:
    """GetBinding.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not watch this folder.
    """
    with store.read() as work:
        work.datasets.id_of(request.dataset_name)
        path = _as_kept(_paths(work, request.dataset_name), request.folder)
        return work.bindings.get(request.dataset_name, path)


def list_bindings(store: Store, request: ListBindings) -> Page[Binding]:
    """ListBindings: a page of the folders of one dataset or of all.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    folder = None if request.folder is None else os.path.realpath(request.folder)
    with store.read() as work:
        if request.dataset_name:
            work.datasets.id_of(request.dataset_name)
        return request.page(*work.bindings.page(request.dataset_name, folder, request.after(), request.limit))


def all_bindings(store: Store) -> list[Binding]:
    """Give all bindings, in the order of dataset and URI."""
    with store.read() as work:
        return work.bindings.all()


def stop_binding(store: Store, request: StopBinding) -> Binding:
    """StopBinding: pause the watching of a folder; what is known of its files stays.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not watch this folder.
    """
    return _set_state(store, request, BindingState.STOPPED, request.reason)


def resume_binding(store: Store, request: ResumeBinding) -> Binding:
    """ResumeBinding: go on watching a folder; what was missed is caught up with.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not watch this folder.
    """
    return _set_state(store, request, BindingState.READY, "")


def locate_binding(store: Store, request: LocateBinding) -> Binding:
    """LocateBinding: a bound folder lies elsewhere now; it need not be where it was any longer.

    What is known of the files below it follows, with what callers keep with them, as do bindings below it. Where the
    dataset knows a file at the new place already, that stays and the old one is forgotten.

    Raises:
        InvalidArgument: the new folder does not exist, or holds none of the known files.
        ResourceNotFound: there is no such dataset, or it does not watch the old folder.
        ResourceAlreadyExists: the dataset watches the new folder already.
    """
    name, new = request.dataset_name, check_folder(request.new_folder)
    with store.write() as work:
        dataset_id, bound = work.datasets.id_of(name), _paths(work, name)
        old = _as_kept(bound, request.folder)
        work.bindings.get(name, old)
        if new in bound:
            raise ResourceAlreadyExists(f"The dataset {name!r} watches {shown(new)} already.")
        forgotten = move_files(work, dataset_id, old, new)
        move_bindings(work, dataset_id, bound, old, new)
        for noun in (Noun.BINDINGS, Noun.FILES, Noun.CLUSTERS):
            work.announce(noun, name)
        located = work.bindings.get(name, new)
    if forgotten:
        group(store, name, SILENT)
        score(store, name, SILENT)
    return located


def delete_binding(store: Store, request: DeleteBinding) -> None:
    """DeleteBinding: no longer watch a folder. What is known of its files stays.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not watch this folder.
    """
    name = request.dataset_name
    with store.write() as work:
        dataset_id = work.datasets.id_of(name)
        path = _as_kept(_paths(work, name), request.folder)
        work.bindings.get(name, path)
        work.bindings.delete(dataset_id, path)
        work.announce(Noun.BINDINGS, name)


def forget_files(store: Store, dataset_name: str, folder: str) -> int:
    """Forget the files below a folder that no other binding has and nobody asked for by hand; say how many photographs.

    Their clusters change at once. The photographs themselves are not touched.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.write() as work:
        files = _only_below(work, dataset_name, folder)
        work.files.remove([file.file_id for file in files])
        if files:
            work.announce(Noun.FILES, dataset_name)
    if files:
        group(store, dataset_name, SILENT)
        score(store, dataset_name, SILENT)
    return sum(file.is_picture for file in files)


def count_files(store: Store, dataset_name: str, folder: str) -> int:
    """Count the photographs that :func:`forget_files` would forget.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return sum(file.is_picture for file in _only_below(work, dataset_name, folder))


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


def _set_state(store: Store, request: StopBinding | ResumeBinding, state: BindingState, reason: str) -> Binding:
    name = request.dataset_name
    with store.write() as work:
        work.datasets.id_of(name)
        path = _as_kept(_paths(work, name), request.folder)
        binding = work.bindings.get(name, path)
        if work.bindings.set_state(binding, state, binding.phase, reason):
            work.announce(Noun.BINDINGS, name)
        return work.bindings.get(name, path)


def _only_below(work: Work, dataset_name: str, folder: str) -> list[KnownFile]:
    """Give the files that belong to a dataset only because they lie below a folder."""
    others = tuple(path.rstrip("/") + "/" for path in _paths(work, dataset_name) - {folder})
    known = work.places.known_below(work.datasets.id_of(dataset_name), folder)
    return [file for file in known if not file.manual and not file.path.startswith(others)]


def _name_of_watcher(work: Work, path: str) -> str | None:
    return next((binding.dataset_name for binding in work.bindings.all() if binding.path == path), None)


def _paths(work: Work, dataset_name: str) -> set[str]:
    return {binding.path for binding in work.bindings.of(dataset_name)}


def _as_kept(bound: set[str], folder: str) -> str:
    """Give a folder as a dataset keeps it: where a bound one was, there may be a link to its new place now."""
    return folder if folder in bound else os.path.realpath(folder)


def _add(work: Work, dataset_name: str, path: str) -> None:
    dataset = work.datasets.get(dataset_name)
    if len(dataset.bindings) >= dataset.limits.bind_count:
        raise LimitExceeded(
            f"The dataset {dataset_name!r} watches {len(dataset.bindings)} folders, the most it can. "
            "Add a folder that contains several of them, or make another dataset."
        )
    work.bindings.add(work.datasets.id_of(dataset_name), path)
    work.announce(Noun.BINDINGS, dataset_name)
