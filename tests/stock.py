"""Photographs that were scanned once for many tests: a copy of their folder, and of the catalogue that knows it."""

import os
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
    _link_all(folder, root / "photographs")
    return Stock(folder, root / "photographs", root / "catalogue")


def lay_out(stock: Stock, data_dir: Path) -> Path:
    """Put photographs and catalogue back as they were scanned; give the folder of the photographs."""
    shutil.rmtree(stock.folder)
    _link_all(stock.photographs, stock.folder)
    shutil.copytree(stock.catalogue, data_dir, dirs_exist_ok=True)
    return stock.folder


def _link_all(folder: Path, to: Path) -> None:
    """Give the files of a folder a second place; they stay the same files, so that nothing has to be read again."""
    to.mkdir()
    for file in folder.iterdir():
        os.link(file, to / file.name)
