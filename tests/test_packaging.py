"""The two commands of the README refuse what they cannot do before they install anything, and pin what they install."""

import importlib.metadata
import re
import subprocess
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
    wanted = [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["dev"]]
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
