"""Files as a person types them, and as the index has them."""

import os
from collections.abc import Sequence


def indexed(files: Sequence[str]) -> list[str]:
    """Give files as the index has them: below the real places of their folders."""
    split = [os.path.split(os.path.abspath(file)) for file in files]  # noqa: PTH100 (any bytes)
    return [os.path.join(os.path.realpath(folder), name) for folder, name in split]  # noqa: PTH118 (any bytes)
