"""What a person chose, kept as JSON in the data folder; and where that folder is."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, Field, PrivateAttr, ValidationError

from app.errors import InvalidArgument

_FILE = "settings.json"
LEFT_OUT = (
    ".*",
    "$RECYCLE.BIN",
    "RECYCLER",
    "System Volume Information",
    "lost+found",
    "@eaDir",
    "@Recently-Snapshot",
    "@Recycle",
    "#recycle",
    "#snapshot",
    "~snapshot",
    "Thumbs",
    "__MACOSX",
    "*.lrdata",
)
"""Folders that hold no photographs of a person's: hidden ones, trash, snapshots, thumbnails and previews."""


def default_data_dir() -> Path:
    """Give the folder of catalogue, thumbnails, settings and log: SHOTSIFT_DATA_DIR, or the user's data folder."""
    chosen = os.environ.get("SHOTSIFT_DATA_DIR")
    return Path(chosen) if chosen else user_data_path("shotsift", appauthor=False)


def _address(address: str) -> str:
    """Take the address of a webhook as it is written, or nothing."""
    parts = urlsplit(address)
    if address and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("it must begin with http:// or https:// and name a host")
    return address


class Settings(BaseModel, validate_assignment=True):
    """What a person chose. Unknown or broken values fall back to the defaults.

    ``theme`` and ``thumbnail_height`` are the window's; ``left_out`` are the names of folders that are not looked into,
    as patterns with ``*``, ``?`` and ``[]``, in any case; ``notify`` says when the desktop is told of the end of a task
    (``away``: while the window is not in front); ``endpoint`` lets the window answer other programs, at
    ``endpoint_port`` (0: any free one); ``webhook`` is where messages are posted (empty: nowhere).
    """

    theme: Literal["system", "dark", "light"] = "system"
    thumbnail_height: int = Field(default=120, ge=96, le=320)
    left_out: list[Annotated[str, Field(min_length=1, pattern="^[^/]*$")]] = list(LEFT_OUT)
    notify: Literal["away", "always", "never"] = "away"
    endpoint: bool = False
    endpoint_port: int = Field(default=0, ge=0, le=65535)
    webhook: Annotated[str, AfterValidator(_address)] = ""
    _path: Path = PrivateAttr()
    _before: dict[str, Any] = PrivateAttr()

    @classmethod
    def load(cls, data_dir: Path) -> "Settings":
        """Read the settings of a data folder; a missing or damaged file gives the defaults."""
        path = data_dir / _FILE
        try:
            settings = cls.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            settings = cls()
        settings._path = path
        settings._before = settings.model_dump()
        return settings

    def change(self, name: str, value: object) -> None:
        """Change one setting by its name.

        Raises:
            InvalidArgument: there is none of this name, or it cannot have this value.
        """
        if name not in type(self).model_fields:
            raise InvalidArgument(
                f"There is no setting {name!r}. The settings are {', '.join(type(self).model_fields)}."
            )
        try:
            setattr(self, name, value)
        except ValidationError as error:
            raise InvalidArgument(
                f"The setting {name} cannot be {value!r}: {error.errors()[0]['msg'].removeprefix('Value error, ')}. "
                f"Now it is {getattr(self, name)!r}."
            ) from error

    def save(self) -> None:
        """Write beside the catalogue, whole or not at all, what was changed here; what others changed stays."""
        whole = Settings.load(self._path.parent)
        for name, value in self.model_dump().items():
            if value != self._before[name]:
                setattr(whole, name, value)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(whole.model_dump_json(indent=1, exclude_defaults=True), encoding="utf-8")
        fresh.replace(self._path)
        self._before = self.model_dump()
