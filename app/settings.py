"""What a person chose for the window, kept as JSON in the data folder; and where that folder is."""

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import BaseModel, Field, PrivateAttr, ValidationError

_FILE = "settings.json"


def default_data_dir() -> Path:
    """Give the folder of catalogue, thumbnails, settings and log: SHOTSIFT_DATA_DIR, or the user's data folder."""
    chosen = os.environ.get("SHOTSIFT_DATA_DIR")
    return Path(chosen) if chosen else user_data_path("shotsift", appauthor=False)


class Settings(BaseModel, validate_assignment=True):
    """Preferences of the window. Unknown or broken values fall back to the defaults."""

    theme: Literal["system", "dark", "light"] = "system"
    thumbnail_height: int = Field(default=120, ge=96, le=320)
    _path: Path = PrivateAttr()

    @classmethod
    def load(cls, data_dir: Path) -> "Settings":
        """Read the settings of a data folder; a missing or damaged file gives the defaults."""
        path = data_dir / _FILE
        try:
            settings = cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            settings = cls()
        settings._path = path
        return settings

    def save(self) -> None:
        """Write the settings beside the catalogue, whole or not at all."""
        fresh = self._path.with_suffix(".new")
        fresh.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        fresh.replace(self._path)
