"""The rules of the house that no linter knows. Where one fails, a noun is missing or something is in the wrong room."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "app").rglob("*.py"))
REVISIONS = ROOT / "app" / "store" / "migrations"
QT_ROOMS = ("app.ui", "app.main")
QT_WORKERS = ("app.workers.desk", "app.workers.trash")
LONGEST = {"main_window.py": 200}
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
MACHINE_PATH = re.compile(r"(?<![\w.~}\])/-])/(?:work|root|home)(?![\w.-])")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|pkg\.dev|registry\.npmjs|index[-_]url|find[-_]links", re.IGNORECASE)


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def within(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(room + ".") for room in rooms)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked() -> list[Path]:
    if shutil.which("git") is None:
        pytest.skip("no git")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("no git checkout")
    return [ROOT / file for file in listing.stdout.split("\0") if file and (ROOT / file).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path.relative_to(ROOT), content.decode("utf-8")


def layout() -> list[str]:
    section = (ROOT / "README.md").read_text("utf-8").split("\n## Layout\n")[1]
    return section.split("```")[1].splitlines()[1:]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_opens_with_a_sentence(path: Path) -> None:
    assert ast.get_docstring(tree(path)), "say in one sentence what the module is for"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_longer_than_its_noun(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST.get(path.name, 300), "a noun is missing: part it"


@pytest.mark.parametrize("path", [path for path in MODULES if not path.is_relative_to(REVISIONS)], ids=name)
def test_no_function_is_longer_than_forty_lines(path: Path) -> None:
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    too_long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 40]
    assert not too_long, "name a step of it"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_name_says_manager(path: Path) -> None:
    classes = [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
    vague = [class_ for class_ in classes if re.search(r"(Manager|Handler|Utils?)$|^Base[A-Z]", class_)]
    assert not vague, "say what it is"
    assert not {"utils", "common", "managers", "mixed"} & set(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_window_and_its_desk_import_qt(path: Path) -> None:
    of_qt = [module for module in imports(path) if module.split(".")[0] == "PySide6"]
    if within(name(path), QT_WORKERS):
        assert all(module.startswith("PySide6.QtCore") for module in of_qt), "workers need no more of Qt than QtCore"
    elif not within(name(path), QT_ROOMS):
        assert not of_qt


def test_everything_but_the_window_runs_without_qt() -> None:
    modules = [name(path) for path in MODULES if not path.is_relative_to(REVISIONS)]
    free = [module for module in modules if not within(module, QT_ROOMS + QT_WORKERS) and module != "app.__main__"]
    code = "import importlib, sys; sys.modules['PySide6'] = None; [importlib.import_module(m) for m in sys.argv[1:]]"
    done = subprocess.run(
        [sys.executable, "-c", code, *free], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", [path for path in MODULES if name(path) != "app.ui.tokens"], ids=name)
def test_colours_are_tokens(path: Path) -> None:
    strings = [node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)]
    prose = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree(path))
        if hasattr(node, "body")
        and isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    }
    colours = [text for text in strings if isinstance(text, str) and text not in prose and HEX_COLOUR.search(text)]
    assert not colours, "a colour has its name in app/ui/tokens.py"


def test_style_sheets_name_their_colours() -> None:
    sheets = (ROOT / "resources").rglob("*.qss")
    assert not [path for path in sheets if HEX_COLOUR.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("folder", sorted((ROOT / "resources" / "demo").iterdir()), ids=lambda folder: folder.name)
def test_demo_photographs_are_small_and_say_whose_they_are(folder: Path) -> None:
    assert (folder / "LICENSE").is_file()
    assert (folder / "ORIGIN.txt").is_file()
    photographs = [path for path in folder.iterdir() if path.name not in {"LICENSE", "ORIGIN.txt"}]
    assert photographs
    assert max(path.stat().st_size for path in photographs) < 300_000


def test_no_text_names_a_place_on_one_machine() -> None:
    places = [
        f"{path}:{number}: {line.strip()}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line) or REGISTRY.search(line)
    ]
    assert not places


def test_the_readme_lists_the_folders_of_the_project() -> None:
    listed = {line.split("/")[0] for line in layout() if line and not line.startswith(" ")}
    assert listed == {path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT}


def test_the_readme_lists_the_rooms_of_the_app() -> None:
    lines = layout()
    start = next(number for number, line in enumerate(lines, 1) if line.startswith("app/"))
    rooms = {line.split()[0] for line in takewhile(lambda line: line.startswith("  "), lines[start:])}
    there = {path.relative_to(ROOT / "app").parts[0] for path in tracked() if path.is_relative_to(ROOT / "app")}
    assert rooms == there - {"__init__.py", "__main__.py"}
