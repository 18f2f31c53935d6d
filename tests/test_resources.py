"""The files beside the program are found from a checkout, and no icon lacks or is too many."""

import re
from pathlib import Path

from app import resources

_NAMES = re.compile(r'"([a-z]+(?:-[a-z0-9]+)*)"')


def test_every_icon_is_used_and_the_licence_lies_beside_them() -> None:
    folder = resources.path("icons")
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (Path(resources.__file__).parent / "ui").rglob("*.py")
    )
    used = set(_NAMES.findall(sources))
    unused = {path.stem for path in folder.glob("*.svg")} - used
    assert unused == set()
    assert (folder / "LICENSE").read_text(encoding="utf-8").startswith("ISC")
