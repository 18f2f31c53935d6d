"""A real catalogue, real readers and a folder of real photographs."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.clusters import Cluster
from app.imaging.readers import Readers
from app.services.bindings import bind_folders
from app.services.clustering import Outcome, cluster_photographs
from app.services.clusters import all_clusters
from app.store import Store
from tests.factories import copy_photos


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    with Readers(2) as readers:
        yield readers


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with Store(data_dir) as store:
        yield store


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    return copy_photos(photos, tmp_path / "photos")


class Shelf:
    """A dataset of one folder, and its clusters."""

    def __init__(self, store: Store, folder: Path, readers: Readers) -> None:
        self.store = store
        self.folder = folder
        self.name = bind_folders(store, [str(folder)])
        self.readers = readers

    def run(self) -> Outcome:
        return cluster_photographs(self.store, self.name, self.readers)

    def clusters(self) -> list[Cluster]:
        return all_clusters(self.store, self.name)


@dataclass(frozen=True)
class Stock:
    """Photographs that were scanned once: a copy of their folder, and of the catalogue that knows it."""

    folder: Path
    photographs: Path
    catalogue: Path


@pytest.fixture(scope="session")
def stock(photos: Path, readers: Readers, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """Scan the photographs once for all tests, which takes longer than what they test."""
    root = tmp_path_factory.mktemp("stock")
    folder = copy_photos(photos, root / "photos")
    with Store(root / "catalogue") as store:
        Shelf(store, folder, readers).run()
    shutil.copytree(folder, root / "photographs")
    return Stock(folder, root / "photographs", root / "catalogue")


@pytest.fixture
def stocked(stock: Stock, data_dir: Path, readers: Readers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A shelf whose photographs were scanned already, on a drive whose root is beside them."""
    monkeypatch.setattr("app.services.moving.mount_point", lambda folder: str(stock.folder.parent))
    for left in stock.folder.parent.iterdir():
        if left not in {stock.photographs, stock.catalogue}:
            shutil.rmtree(left)
    shutil.copytree(stock.photographs, stock.folder)
    shutil.copytree(stock.catalogue, data_dir, dirs_exist_ok=True)
    with Store(data_dir) as store:
        yield Shelf(store, stock.folder, readers)


@pytest.fixture
def shelf(store: Store, folder: Path, readers: Readers) -> Shelf:
    return Shelf(store, folder, readers)


@pytest.fixture
def shelf_of(readers: Readers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Shelf]]:
    """Make a shelf with a fresh catalogue for any folder."""
    stores: list[Store] = []

    def make(folder: Path) -> Shelf:
        stores.append(Store(tmp_path_factory.mktemp("fresh")))
        return Shelf(stores[-1], folder, readers)

    yield make
    for store in stores:
        store.close()
