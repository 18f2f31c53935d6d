"""The pair of keys that lets a program in: made on first use, kept in the data folder, readable by its owner alone."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_pascal

from app.errors import InvalidArgument

_FILE = "endpoint.json"
_OWNER_ONLY = 0o600


class KeyPair(BaseModel):
    """AccessKeyId and AccessKeySecret."""

    model_config = ConfigDict(alias_generator=to_pascal, populate_by_name=True, frozen=True)
    access_key_id: str
    access_key_secret: str

    @classmethod
    def of(cls, data_dir: Path) -> Self:
        """Give the pair of a data folder; the first time it is made.

        Raises:
            InvalidArgument: its file is damaged.
        """
        path = data_dir / _FILE
        if not path.exists():
            _write(path, cls(access_key_id=secrets.token_hex(12), access_key_secret=secrets.token_hex(24)))
        path.chmod(_OWNER_ONLY)
        try:
            return cls.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise InvalidArgument(
                f"The keys in {path} are damaged. Delete that file; the next start makes new ones."
            ) from error


def _write(path: Path, keys: KeyPair) -> None:
    """Write the pair whole or not at all; that of a program which was quicker stays."""
    fresh = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as file:
        file.write(keys.model_dump_json(by_alias=True, indent=1).encode())
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()
