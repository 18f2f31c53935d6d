"""What a person said of photographs since the window was opened, so that it can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.times import now
from app.store import Store


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said. ``about``: the number of a correction, or the id of a cluster whose best was chosen.

    ``take_back`` undoes it, away from the window's thread; ``moment`` is when it was said, in nanoseconds.
    """

    dataset_name: str
    about: int | str
    summary: str
    take_back: Callable[[Store], object] = field(compare=False)
    moment: int = field(default_factory=now, compare=False)
