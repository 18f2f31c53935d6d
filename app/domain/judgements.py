"""Judgements: how good a frame is among the frames of its cluster, in parts, and what a person wants of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

Region = tuple[float, float, float, float]
"""Left, top, width and height as shares of the picture the right way up."""


class Part(StrEnum):
    """What an ImageScore is made of; each part 0 to 1, 1 as good as the best of the cluster."""

    SHARPNESS = "sharpness"
    MOTION = "motion"
    EXPOSURE = "exposure"
    NOISE = "noise"
    EYES = "eyes"
    SMILE = "smile"
    FRAMING = "framing"
    CONTRAST = "contrast"
    RESOLUTION = "resolution"
    ORIGINALITY = "originality"


class Preset(StrEnum):
    """Weights with a name."""

    BALANCED = "balanced"
    PEOPLE = "people"
    ACTION = "action"
    LANDSCAPE = "landscape"
    COPIES = "copies"


_BALANCED = {
    Part.SHARPNESS: 0.3,
    Part.MOTION: 0.1,
    Part.EXPOSURE: 0.28,
    Part.NOISE: 0.05,
    Part.EYES: 0.2,
    Part.SMILE: 0.05,
    Part.FRAMING: 0.05,
    Part.CONTRAST: 0.03,
    Part.RESOLUTION: 0.04,
    Part.ORIGINALITY: 0.4,
}
Weights = Mapping[Part, float]
PRESETS: Mapping[Preset, Weights] = MappingProxyType(
    {
        Preset.BALANCED: _BALANCED,
        Preset.PEOPLE: _BALANCED | {Part.EYES: 0.4, Part.SMILE: 0.15, Part.FRAMING: 0.1},
        Preset.ACTION: _BALANCED | {Part.SHARPNESS: 0.45, Part.MOTION: 0.2, Part.SMILE: 0.0},
        Preset.LANDSCAPE: _BALANCED | {Part.EXPOSURE: 0.4, Part.NOISE: 0.1, Part.EYES: 0.05, Part.SMILE: 0.0},
        Preset.COPIES: _BALANCED | {Part.ORIGINALITY: 0.8, Part.RESOLUTION: 0.15},
    }
)


class Keep(StrEnum):
    """Which frames of a cluster are proposed to be kept."""

    BEST = "best"
    BEST_AND_OTHER = "best and other"
    """The best, and the one that is most unlike it."""
    EACH_PERSON = "each person"
    """The best, and for each person the frame in which that person looks best."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """By what the frames of a dataset are ranked and kept: a preset, and the weights that a person changed in it."""

    preset: Preset = Preset.BALANCED
    own: Weights = field(default_factory=lambda: MappingProxyType({}))
    keep: Keep = Keep.BEST

    @property
    def weights(self) -> Weights:
        return {**PRESETS[self.preset], **self.own}


BALANCED = Ranking()


class Confidence(StrEnum):
    """How sure it is that the best frame is the best. Only what is high takes part in accepting many at once."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of one frame among the frames of its cluster; what was not measured is missing in ``parts``.

    ``ev``: by how much it is brighter than the frame whose exposure is the measure, in stops. ``burnt`` and ``black``:
    shares of the picture without drawing in the lights and shadows, beyond those of the frame with the least.
    ``camera_lost``: it says nothing of its camera while a copy does. ``scope``: how much of the scene it shows, of the
    copy that shows most. ``border``: share of it that is a frame or a banner. ``coding``: JPEG quality. ``pixels``:
    megapixels. ``subject``: where sharpness was compared. ``persons``: how many people are looked at, how many have
    their eyes open, closed, or cannot be told, how many smile; ``cut``: faces that only this frame cuts. ``faces``: the
    regions that these words speak of.
    """

    parts: Mapping[Part, float]
    ev: float = 0.0
    burnt: float = 0.0
    black: float = 0.0
    camera_lost: bool = False
    scope: float = 1.0
    border: float = 0.0
    coding: int | None = None
    pixels: float = 0.0
    subject: Region | None = None
    persons: int = 0
    eyes_open: int = 0
    eyes_closed: int = 0
    smiling: int = 0
    cut: int = 0
    faces: tuple[Region, ...] = ()
    looks: tuple[float, ...] = field(default=())
    """How well each person of the cluster looks in this frame, 0 to 1; -1 where the person is not seen."""

    @property
    def measured(self) -> bool:
        """Whether the frame was looked at closely."""
        return Part.EXPOSURE in self.parts


def scores(judgements: Sequence[Judgement], weights: Weights) -> list[float]:
    """Give the ImageScore of each frame, 0 to 1: the weighted mean of the parts that all frames have."""
    shared = [part for part in Part if all(part in one.parts for one in judgements)]
    total = sum(weights.get(part, 0.0) for part in shared)
    if total <= 0:
        return [0.5] * len(judgements)
    return [round(sum(weights.get(part, 0.0) * one.parts[part] for part in shared) / total, 6) for one in judgements]


_GAP_HIGH, _GAP_MEDIUM = 0.04, 0.015
_WORSE = 0.12
"""By how much the best may be worse in a part that counts, and still be the best beyond doubt."""
_COUNTS = 0.04


def confidence(judgements: Sequence[Judgement], found: Sequence[float], weights: Weights) -> Confidence:
    """Say how sure the best is: by its lead, and by whether the parts that count agree."""
    if len(judgements) < 2:
        return Confidence.HIGH
    order = sorted(range(len(found)), key=lambda place: -found[place])
    best, second = judgements[order[0]], judgements[order[1]]
    lead = found[order[0]] - found[order[1]]
    counting = [part for part in best.parts if weights.get(part, 0.0) >= _COUNTS and part in second.parts]
    agree = all(best.parts[part] >= second.parts[part] - _WORSE for part in counting)
    if lead >= _GAP_HIGH and agree and all(one.measured for one in judgements):
        return Confidence.HIGH
    return Confidence.MEDIUM if lead >= _GAP_MEDIUM else Confidence.LOW
