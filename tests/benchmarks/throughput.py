"""How many files a second ShotSift takes, beside czkawka on the same files, the two in turn.

The libraries are made by tools/make_library.py out of real photographs: synthetic, for speed and never for accuracy.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Rows, arguments, show

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = Path(os.environ.get("SHOTSIFT_SHARED") or ROOT.parent / "shared")
TOOLS = SHARED / "tools"
CORES = 2


def run(python: str | Path, *words: str | Path) -> str:
    """Run a Python program and give what it prints."""
    environment = os.environ | {"RAYON_NUM_THREADS": str(CORES), "PYTHONPATH": str(ROOT)}
    command = [str(python), *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=3600).stdout


def scan(folder: Path) -> dict[str, object]:
    """Find the clusters of a folder with an empty catalogue."""
    with tempfile.TemporaryDirectory() as data_dir:
        found: dict[str, object] = json.loads(
            run(sys.executable, "-m", "app", "scan", folder, "--json", "--data-dir", data_dir)
        )
    return found


def seconds_of(folder: Path, peer_python: str | None) -> dict[str, float]:
    """Let both find the clusters of a folder, from nothing; give the seconds of each."""
    timings = scan(folder)["Timings"]
    assert isinstance(timings, dict)
    taken = {"first": timings["first"], "total - score": timings["total"] - timings["score"]}
    if peer_python:
        taken["czkawka"] = json.loads(run(peer_python, TOOLS / "peers" / "czkawka_groups.py", folder))["seconds"]
    return taken


def measure(folder: Path, name: str, rounds: int, peer_python: str | None) -> dict[str, object]:
    """Give files a second, from the medians of some rounds."""
    count = sum(1 for _ in folder.rglob("*.jpg"))
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for what, seconds in seconds_of(folder, peer_python).items():
            taken[what].append(seconds)
    rate = {what: count / median(seconds) for what, seconds in taken.items()}
    peer = rate.get("czkawka")
    row: dict[str, object] = {"library": name, "files": count}
    row |= {f"{what}, files/s": rate[what] for what in ("first", "total - score")}
    row["czkawka, files/s"] = peer or "not installed"
    row |= {f"ratio of {what}": rate[what] / peer if peer else "" for what in ("first", "total - score")}
    return row


def throughput(counts: dict[int, int], rounds: int, peer_python: str | None) -> Rows:
    """Make a library for each number of megapixels, and measure."""
    rows: Rows = []
    for megapixels, count in counts.items():
        with tempfile.TemporaryDirectory() as folder:
            seeds = SHARED / "photos" / "distractors"
            run(sys.executable, TOOLS / "make_library.py", seeds, folder, str(count), "--megapixels", str(megapixels))
            rows.append(measure(Path(folder), f"{megapixels} megapixels, synthetic", rounds, peer_python))
    return rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--peer-python", default=os.environ.get("SHOTSIFT_PEER_PYTHON"), help="a Python with czkawka")
    parser.add_argument("--count-2", type=int, default=800, metavar="N", help="files of 2 megapixels (800)")
    parser.add_argument("--count-12", type=int, default=200, metavar="N", help="files of 12 megapixels (200)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="a ready library instead")
    told = parser.parse_args()
    if told.folder:
        rows = [measure(told.folder, told.folder.name, told.rounds, told.peer_python)]
    elif told.small:
        rows = throughput({2: 6}, 1, told.peer_python)
    else:
        rows = throughput({12: told.count_12, 2: told.count_2}, told.rounds, told.peer_python)
    show(f"Throughput on {CORES} cores (synthetic)", rows, as_json=told.json)


if __name__ == "__main__":
    main()
