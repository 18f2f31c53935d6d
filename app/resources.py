"""Where the files beside the program lie, icons and demo photographs: in a checkout, a wheel or a bundle."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# A wheel and a frozen bundle carry the folder inside the package; in a checkout it lies beside it.
_INSTALLED = _PACKAGE / "_resources"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"


def path(*parts: str) -> Path:
    """Return the path of a file or folder of the resources, such as ``path("icons", "crown.svg")``."""
    return _ROOT.joinpath(*parts)
