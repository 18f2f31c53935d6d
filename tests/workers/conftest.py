"""A folder of photographs that was scanned already."""

from pathlib import Path

import pytest

from tests.services.conftest import Stock
from tests.stock import lay_out, make_stock


@pytest.fixture(scope="session")
def stock(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Stock:
    return make_stock(photos, tmp_path_factory.mktemp("stock"))


@pytest.fixture
def scanned(stock: Stock, data_dir: Path) -> Path:
    """The folder that the catalogue in ``data_dir`` knows."""
    return lay_out(stock, data_dir)
