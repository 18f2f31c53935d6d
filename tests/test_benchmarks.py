"""The benchmarks still run: a very small run of each prints its figures."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.long
@pytest.mark.parametrize(
    "name",
    [
        "matching_scale",
        "regrouping",
        "scoring",
        "deleting",
        pytest.param("throughput", marks=pytest.mark.shared),
        pytest.param("accuracy", marks=pytest.mark.shared),
    ],
)
def test_a_small_run_of_each_benchmark_prints_its_figures(name: str, request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("shared"):
        request.getfixturevalue("shared")
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--small", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=100)
    tables = [json.loads(line) for line in done.stdout.splitlines()]
    assert tables
    assert all(table["rows"] for table in tables)
