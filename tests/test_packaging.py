"""The two commands of the README refuse what they cannot do before they install anything, and pin what they install."""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    command = [str(ROOT / "packaging" / "run"), *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=20)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    lines = (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.partition("==") for line in lines if not line.startswith("#")]
    assert all(equals for _, equals, _ in pins), "a constraint is name==version"
    return {plain(name): version for name, _, version in pins}


def test_help_tells_how_to_use_it(tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: packaging/run [FOLDER]")


@pytest.mark.parametrize("arguments", [("no such folder",), ("",), ("--fast",), (".", "..")])
def test_wrong_usage_is_one_line_and_status_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"packaging/run: error: .*\n", done.stderr)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    assert run("a.jpg", cwd=tmp_path).returncode == 2


def test_every_library_that_is_pulled_in_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [Requirement(text) for text in [*project["dependencies"], *extras["dev"], *extras["api"]]]
    pins, seen = pinned(), set[str]()
    while wanted:
        requirement = wanted.pop()
        name = plain(requirement.name)
        assert name in pins, f"{name} is not in packaging/constraints.txt"
        assert requirement.specifier.contains(pins[name]), f"{requirement} forbids {pins[name]}"
        if name not in seen:
            seen.add(name)
            below = [Requirement(text) for text in importlib.metadata.requires(name) or []]
            wanted += [one for one in below if one.marker is None or one.marker.evaluate({"extra": ""})]
    assert pins.keys() == seen, "no longer needed"


@pytest.mark.long
def test_a_wheel_runs_without_the_checkout(tmp_path: Path) -> None:
    source, place = tmp_path / "source", tmp_path / "place"
    shutil.copytree(ROOT / "app", source / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", source / "resources")
    (source / "resources" / "screenshots").mkdir(exist_ok=True)
    (source / "resources" / "screenshots" / "of a page.png").touch()
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {"HOME": str(tmp_path)}

    def python(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    place.mkdir()
    python("-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(source))
    (wheel,) = tmp_path.glob("*.whl")
    python("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(place), str(wheel))

    assert python("-m", "app", "--version").startswith("shotsift ")
    lookup = "from app.resources import path; print(path('icons', 'crown.svg'), path('demo'), sep='\\n')"
    icon, demo = map(Path, python("-c", lookup).splitlines())
    assert icon.is_relative_to(place / "app" / "_resources")
    assert icon.is_file()
    assert any(demo.rglob("*.JPG"))
    assert not (place / "app" / "_resources" / "screenshots").exists()
    listed = python("-m", "app", "dataset", "list", "--json", "--data-dir", str(tmp_path / "data"))
    assert "Datasets" in json.loads(listed)
    assert list((tmp_path / "data").glob("*.db*")) or list((tmp_path / "data").glob("*.sqlite*"))
