"""Puts the folder `resources` into the wheel as `app/_resources`; all else about the package is in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithResources(build_py):
    """Builds the modules, then copies the resources, which an editable install reads where they lie."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "app", "_resources")
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(ROOT / "resources", target, ignore=shutil.ignore_patterns("screenshots"))


setup(cmdclass={"build_py": BuildWithResources})
