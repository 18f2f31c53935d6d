"""The endpoint as its users have it: `shotsift serve` as a process, and IMM's own SDK as its client."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alibabacloud_imm20200930 import models
from alibabacloud_imm20200930.client import Client as ImmClient
from alibabacloud_tea_openapi.models import Config

from tests.factories import copy_photos


@dataclass
class Served:
    """A running endpoint. ``open_folder`` was allowed by its owner; ``data_dir`` is that of its catalogue."""

    address: str
    key_id: str
    secret: str
    data_dir: Path
    open_folder: Path

    def client(self, **changed: Any) -> ImmClient:
        config = {"access_key_id": self.key_id, "access_key_secret": self.secret, "endpoint": self.address}
        return ImmClient(Config(**(config | {"protocol": "HTTP", "region_id": "local"} | changed)))


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory, photos: Path) -> Iterator[Callable[[], Served]]:
    """Start endpoints, each on a catalogue of its own."""
    running: list[subprocess.Popen[str]] = []

    def begin() -> Served:
        data_dir, home = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("home")
        folder = copy_photos(photos, tmp_path_factory.mktemp("open") / "photos").parent
        command = [sys.executable, "-m", "app", "serve", "--json", "--allow", str(folder), "--data-dir", str(data_dir)]
        environment = os.environ | {"HOME": str(home)}
        process = subprocess.Popen(command, text=True, stdout=subprocess.PIPE, env=environment)
        running.append(process)
        assert process.stdout is not None
        shown = json.loads(process.stdout.readline())
        return Served(shown["Endpoint"], shown["AccessKeyId"], shown["AccessKeySecret"], data_dir, folder)

    yield begin
    for process in running:
        with process:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0


@pytest.fixture(scope="session")
def served(start: Callable[[], Served]) -> Served:
    return start()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


class Album:
    """A dataset of its own on an endpoint, for one test."""

    def __init__(self, served: Served, name: str) -> None:
        self.served = served
        self.name = name
        self.client = served.client()
        self.folder = served.open_folder / name

    def call(self, operation: str, **fields: Any) -> dict[str, Any]:
        """Call an operation through the SDK; give the answer's body in the contract's names."""
        return call(self.client, operation, **({"dataset_name": self.name} | fields))

    def fill(self) -> None:
        shutil.copytree(self.served.open_folder / "photos", self.folder)


def call(client: ImmClient, operation: str, **fields: Any) -> dict[str, Any]:
    request = getattr(models, f"{operation}Request")(**({"project_name": "default"} | fields))
    verb = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation).lstrip("_")
    answer = getattr(client, verb)(request)
    assert answer.status_code == 200
    body: dict[str, Any] = answer.body.to_map()
    assert body["RequestId"] == body["RequestId"].upper()
    return body


@pytest.fixture
def album(served: Served, request: pytest.FixtureRequest) -> Album:
    """A dataset that exists already, named after the test."""
    album = Album(served, re.sub(r"[^A-Za-z0-9_-]", "-", request.node.name[-100:]))
    album.call("CreateDataset")
    return album
