"""Stars and labels: what a person says of a photograph, here or in another program."""

from collections.abc import Iterable
from dataclasses import dataclass

REJECTED, MOST_STARS = -1, 5
LONGEST_LABEL = 64
"""Characters of a label that count."""


@dataclass(frozen=True, slots=True)
class Rating:
    """Stars and label of one photograph.

    ``stars`` is 1 to 5, 0 for none, -1 for one that another program rejected; nothing where nobody said. ``label`` is a
    word of the person's or of their program, such as ``Red``; empty for none.
    """

    stars: int | None = None
    label: str = ""


UNRATED = Rating()


def stars_of(number: float) -> int | None:
    """Take a number of stars as programs write it; nothing if it is none."""
    return round(number) if REJECTED <= number <= MOST_STARS else None


def label_of(text: str) -> str:
    """Take a label as programs write it: one line, not too long."""
    return " ".join(text.split())[:LONGEST_LABEL]


def first_said(sources: Iterable[Rating]) -> Rating:
    """Give the stars and the label of the first source that says any."""
    found = list(sources)
    return Rating(
        next((one.stars for one in found if one.stars is not None), None),
        next((one.label for one in found if one.label), ""),
    )


@dataclass(frozen=True, slots=True)
class RatedFile:
    """What is said of one file, and what counts: what was given here, or else its sidecar, or else the file itself.

    ``given`` and ``sidecar`` are empty where there is none. ``fault``: why its sidecar cannot be read, if it cannot.
    """

    path: str
    rating: Rating
    given: Rating | None
    sidecar: Rating | None
    in_file: Rating
    fault: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What became of the sidecar of one file; ``fault`` says why nothing could be written."""

    path: str
    sidecar: str = ""
    changed: bool = False
    fault: str = ""
