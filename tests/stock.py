"""Photographs that were scanned once for many tests: a copy of their folder, and of the catalogue that knows it."""

import shutil
from pathlib import Path

from app.imaging.readers import Readers
from app.store import Store
from tests.factories import copy_photos
from tests.services.conftest import Shelf, Stock


def make_stock(photos: Path, root: Path) -> Stock:
    folder = copy_photos(photos, root / "photos")
    with Store(root / "catalogue") as store, Readers(2) as readers:
        Shelf(store, folder, readers).run()
    shutil.copytree(folder, root / "photographs")
    return Stock(folder, root / "photographs", root / "catalogue")


def lay_out(stock: Stock, data_dir: Path) -> Path:
    """Put photographs and catalogue back as they were scanned; give the folder of the photographs."""
    shutil.rmtree(stock.folder)
    shutil.copytree(stock.photographs, stock.folder)
    shutil.copytree(stock.catalogue, data_dir, dirs_exist_ok=True)
    return stock.folder
