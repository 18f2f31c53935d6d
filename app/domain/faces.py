"""A face in a picture: where it is, how large, and what can be told of its eyes, its smile and its sharpness."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

LEAST_PIXELS = 60
"""Height of a face in the picture that is looked at; below, nothing is said of eyes and smile."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face, in shares of the picture's width and height as it is seen upright.

    ``x``, ``y``, ``width`` and ``height``: the box from the brows to the chin, 0 to 1; it may reach over the edge.
    ``pixels``: height of the box in pixels of the picture at full size, ``read_pixels`` of the one that was looked at.
    ``score``: how sure it is that this is a face, 0.5 to 1. ``blink_left`` and ``blink_right``: how far the person's
    own left and right eye is shut, 0 to 1; ``smile``: 0 to 1; ``sharpness``: above 0, to be compared only among
    pictures of one person. They are ``None`` where they could not be measured: too small, turned away, at the edge.
    ``cut``: the edge of the picture cuts the head.
    """

    x: float
    y: float
    width: float
    height: float
    pixels: float
    read_pixels: float
    score: float
    blink_left: float | None = None
    blink_right: float | None = None
    smile: float | None = None
    sharpness: float | None = None
    cut: bool = False

    def to_list(self) -> list[float | None]:
        """Give the fields as a short list for JSON."""
        values = (None if value is None else float(value) for value in astuple(self))
        return [
            None if value is None else int(value) if value.is_integer() else float(f"{value:.4g}") for value in values
        ]

    @classmethod
    def from_list(cls, kept: Sequence[float | None]) -> "Face":
        """Turn what ``to_list`` gave into a face again.

        Raises:
            ValueError: the list is not one of a face.
        """
        *numbers, cut = kept
        if len(numbers) != _NUMBERS or None in numbers[:_NEEDED]:
            raise ValueError(f"not a face: {list(kept)}")
        values = [None if value is None else float(value) for value in numbers]
        return cls(*values, cut=bool(cut))  # type: ignore[arg-type, misc]


_NUMBERS, _NEEDED = 11, 7
"""Fields before ``cut``, and those of them that every face has."""
