"""The whole path on the photographs beside the project, scored against their truth."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.shared, pytest.mark.timeout(600)]

Scan = Callable[[Path], dict[str, Any]]


def python(*words: str | Path) -> str:
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout


@pytest.fixture
def scan(data_dir: Path) -> Scan:
    return lambda folder: json.loads(python("-m", "app", "scan", folder, "--json", "--data-dir", data_dir))


@pytest.fixture
def score(shared: Path, tmp_path: Path) -> Callable[[Path, dict[str, Any]], dict[str, Any]]:
    def run(truth: Path, found: dict[str, Any]) -> dict[str, Any]:
        (tmp_path / "found.json").write_text(json.dumps(found))
        scored: dict[str, Any] = json.loads(
            python(shared / "tools" / "score.py", truth, tmp_path / "found.json", "--json")
        )
        return scored

    return run


Score = Callable[[Path, dict[str, Any]], dict[str, Any]]
COPIES = (
    "exact", "half", "third", "resave_q30", "bright", "dark", "contrast", "grey", "saturated", "blurred", "turn_90",
    "mirror",
)  # fmt: skip


def test_copies_of_every_plain_kind_meet_their_original(shared: Path, tmp_path: Path, scan: Scan, score: Score) -> None:
    copies = tmp_path / "copies"
    python(shared / "tools" / "make_copies.py", shared / "photos" / "distractors", copies, "--every", "2")
    scored = score(copies / "truth.json", scan(copies))
    assert scored["precision"] >= 0.99
    assert {name: share for name in COPIES if (share := scored["relation"][name]) < 0.95} == {}


def test_doubled_holiday_shots_are_found(shared: Path, scan: Scan, score: Score) -> None:
    series = shared / "photos" / "series" / "spring-cleaning"
    assert score(series / "truth.json", scan(series))["f1"] >= 0.9


def test_the_frames_of_a_burst_are_one_cluster(shared: Path, scan: Scan) -> None:
    found = scan(shared / "photos" / "series" / "iphone-burst")
    frames = {f"IMG_{number}.JPG" for number in range(3606, 3616)}
    clusters = [{Path(file["URI"]).name for file in cluster["Files"]} for cluster in found["SimilarImageClusters"]]
    assert any(frames <= cluster for cluster in clusters)
    assert found["Skipped"] == []


def test_a_hostile_folder_is_read_to_its_end(shared: Path, tmp_path: Path, scan: Scan) -> None:
    folder = tmp_path / "hostile"
    seed = shared / "photos" / "distractors" / "Nikon E775.jpg"
    python(shared / "tools" / "make_hostile.py", seed, folder)
    for path in (shared / "photos" / "hostile").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    hour_ago = time.time() - 3600
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (hour_ago, hour_ago))  # what is damaged and new may still be written
    found = scan(folder)
    skipped = {Path(file["URI"]).name: file["Reason"] for file in found["Skipped"]}
    assert found["Task"]["Status"] == "Succeeded"
    assert all(skipped.values())
    assert 85 <= found["Counts"]["Read"] - len(skipped) <= 95
    for name in ("progressive.jpg", "cmyk.jpg", "png_named_jpg.jpg", "jpg_no_extension", "new%0Aline.jpg"):
        assert name not in skipped
    assert not {name for name in skipped if name.startswith(("fifo", "link_", "directory"))}
    again = scan(folder)
    assert again["Counts"]["Read"] == 0
    assert again["Skipped"] == found["Skipped"]


@pytest.mark.long
def test_a_second_scan_takes_under_a_tenth_of_the_first(shared: Path, tmp_path: Path, scan: Scan) -> None:
    library = tmp_path / "library"
    seeds = shared / "photos" / "distractors"
    python(shared / "tools" / "make_library.py", seeds, library, "300", "--megapixels", "12")
    first, second = scan(library), scan(library)
    assert (first["Counts"]["Read"], second["Counts"]["Read"]) == (300, 0)
    assert second["Timings"]["total"] < first["Timings"]["total"] / 10
    for name in ("Nikon E775.jpg", "Nikon E990.jpg"):
        (library / name).write_bytes((seeds / name).read_bytes())
    assert scan(library)["Counts"]["Read"] == 2


@pytest.mark.long
def test_the_good_frame_of_a_hand_held_burst_is_best_and_spoilt_ones_follow(
    shared: Path, tmp_path: Path, scan: Scan, score: Score
) -> None:
    bursts = tmp_path / "bursts"
    python(shared / "tools" / "make_bursts.py", shared / "photos" / "distractors", bursts, "--seed", "5")
    scored = score(bursts / "truth.json", scan(bursts))
    assert scored["best_seen"] >= 0.95 * scored["best_groups"]
    assert scored["best_right"] >= 0.97
    assert scored["fault_order"] >= 0.98


@pytest.mark.long
def test_the_original_is_best_among_its_copies(shared: Path, tmp_path: Path, scan: Scan, score: Score) -> None:
    copies = tmp_path / "copies"
    python(shared / "tools" / "make_copies.py", shared / "photos" / "distractors", copies, "--every", "2")
    scored = score(copies / "truth.json", scan(copies))
    assert scored["best_seen"] == scored["best_groups"]
    assert scored["best_right"] >= 0.98
