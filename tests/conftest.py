"""Fixtures of every test: real photographs, a home folder of its own, a place for the catalogue."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that no test reads or changes what belongs to the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("SHOTSIFT_DATA_DIR", "DBUS_SESSION_BUS_ADDRESS"):  # no test shows anything on a person's desktop
        monkeypatch.delenv(name, raising=False)
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    (home / "data").mkdir()
    return home


@pytest.fixture
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder for the catalogue, outside tmp_path: photographs and catalogue never share a folder."""
    return tmp_path_factory.mktemp("catalogue")


@pytest.fixture(scope="session")
def photos() -> Path:
    """The small real photographs that come with the project; their ORIGIN.txt says what is there."""
    return ROOT / "tests" / "photos"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The photographs and tools beside the project. A test that asks for them is marked ``shared``."""
    folder = Path(os.environ.get("SHOTSIFT_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"SHOTSIFT_SHARED: no folder {folder}")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the long tests last, whatever was asked for: a quick failure is told early."""
    items.sort(key=lambda item: item.get_closest_marker("long") is not None)
