"""How well ShotSift and its peers find what belongs together: pairwise precision and F1 against the truth.

A peer is shown at that of a few settings which is best on the set, which favours it. Peers: czkawka, imagededup and
dupeGuru, run by the drivers in tools/peers with the Python of --peer-python.
"""

import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app import __version__
from tests.benchmarks.figures import Rows, arguments, show
from tests.benchmarks.throughput import SHARED, TOOLS, run, scan, throughput

PHOTOS = SHARED / "photos"
Setting = tuple[str, ...]
PEERS: dict[str, tuple[str, list[Setting]]] = {
    "czkawka": ("import czkawka", [("czkawka_groups.py", str(distance)) for distance in (5, 10, 15, 20, 30)]),
    "imagededup": (
        "import importlib.util as u, sys; sys.exit(u.find_spec('imagededup') is None)",
        [("imagededup_groups.py", "PHash", str(distance)) for distance in (5, 10, 15, 20)],
    ),
    "dupeGuru": (
        "import sys; sys.path.insert(0, '/usr/share/dupeguru'); import core.pe.scanner",
        [("dupeguru_groups.py", str(match)) for match in (80, 90, 95)],
    ),
}


def copies(to: Path) -> None:
    run(sys.executable, TOOLS / "make_copies.py", PHOTOS / "distractors", to, "--every", "2", "--seed", "11")


def bursts(to: Path) -> None:
    run(sys.executable, TOOLS / "make_bursts.py", PHOTOS / "distractors", to, "--seed", "5")


def scenes(to: Path) -> None:
    run(sys.executable, TOOLS / "make_scenes.py", PHOTOS / "distractors", to)


def spring_cleaning(to: Path) -> None:
    shutil.copytree(PHOTOS / "series" / "spring-cleaning", to)


def formats(to: Path) -> None:
    """Put the formats among photographs that are alone, which the truth then knows as such."""
    shutil.copytree(PHOTOS / "formats", to)
    truth = json.loads((to / "truth.json").read_text("utf-8"))
    for path in (PHOTOS / "distractors").iterdir():
        if path.suffix.lower() == ".jpg":
            shutil.copy2(path, to / path.name)
            truth["groups"][f"alone {path.name}"] = [path.name]
    (to / "truth.json").write_text(json.dumps(truth), "utf-8")


SETS: dict[str, Callable[[Path], None]] = {
    "copies (synthetic)": copies,
    "bursts (synthetic)": bursts,
    "sweeps and brackets (synthetic)": scenes,
    "spring-cleaning (real)": spring_cleaning,
    "formats and distractors (real)": formats,
}


def installed(peer_python: str | None) -> list[str]:
    """Tell which peers are there."""
    if not peer_python:
        return []
    tried = {
        name: subprocess.run([peer_python, "-c", code], capture_output=True, check=False)
        for name, (code, _) in PEERS.items()
    }
    return [name for name, done in tried.items() if done.returncode == 0]


def scored(folder: Path, found: str) -> dict[str, float]:
    """Score clusters against the truth that lies in the folder."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(found)
        file.flush()
        answer: dict[str, float] = json.loads(
            run(sys.executable, TOOLS / "score.py", folder / "truth.json", file.name, "--json")
        )
    return answer


def best_of_peer(folder: Path, name: str, peer_python: str) -> str:
    """Give precision and F1 of a peer at its best setting, and which that is."""
    rated = []
    for driver, *words in PEERS[name][1]:
        try:
            found = run(peer_python, TOOLS / "peers" / driver, folder, *words).splitlines()[-1]
        except subprocess.CalledProcessError:
            continue
        score = scored(folder, found)
        rated.append((score["f1"], score["precision"], " ".join(words)))
    if not rated:
        return "failed"
    f1, precision, words_of_best = max(rated)
    return f"{precision:.3f} / {f1:.3f} ({words_of_best})"


def row_of(name: str, peers: list[str], peer_python: str | None) -> dict[str, object]:
    """Make a set, let everybody find its clusters, and score them."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "set"
        SETS[name](folder)
        ours = scored(folder, json.dumps(scan(folder)))
        row: dict[str, object] = {"set": name, "files": int(ours["files"])}
        row["ShotSift precision / F1"] = f"{ours['precision']:.3f} / {ours['f1']:.3f}"
        row["best frame right"] = _share(ours, "best_right")
        row["faults ranked below"] = _share(ours, "fault_order")
        for peer in PEERS:
            there = peer_python is not None and peer in peers
            row[f"{peer} (best setting)"] = best_of_peer(folder, peer, str(peer_python)) if there else "not installed"
    return row


def _share(score: dict[str, float], name: str) -> str:
    return f"{score[name]:.3f}" if name in score else ""


def versions(peer_python: str | None) -> str:
    listing = (
        "import importlib.metadata as m; names = ('czkawka', 'imagededup');"
        "print(*sorted(f'{d.name} {d.version}' for d in m.distributions() if d.name in names), sep=', ')"
    )
    peers = run(peer_python, "-c", listing).strip() if peer_python else ""
    today = dt.datetime.now(dt.UTC).date()
    return ", ".join(
        filter(None, [str(today), f"ShotSift {__version__}", peers, f"Python {platform.python_version()}"])
    )


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--peer-python", default=os.environ.get("SHOTSIFT_PEER_PYTHON"), help="a Python with the peers")
    told = parser.parse_args()
    peers = installed(told.peer_python)
    names = ["spring-cleaning (real)"] if told.small else list(SETS)
    rows: Rows = [row_of(name, peers, told.peer_python) for name in names]
    show(f"Accuracy: pairwise precision / F1; {versions(told.peer_python)}", rows, as_json=told.json)
    counts, rounds = ({2: 6}, 1) if told.small else ({12: 100, 2: 300}, 3)
    speeds = throughput(counts, rounds, told.peer_python if "czkawka" in peers else None)
    show("Speed on 2 cores (synthetic libraries)", speeds, as_json=told.json)


if __name__ == "__main__":
    main()
