"""Remarks: what speaks for and against a frame among the frames of its cluster, as facts that a person can check.

Nothing here is a text: terminal and window have their own words for each remark.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.judgements import Judgement, Part, Region, Weights

_MOST = 3
_TOLD = 0.008
"""What a part has to add to or take from the score, by its weight, before it is spoken of."""
_NEAR = 0.05
"""By how much another may be better in a part for which the best is praised."""
_DARKER = 0.3
"""Stops from which a frame is called darker or brighter."""
_LOST = 0.02
"""Share of the picture without drawing that is worth a word."""
_STILL = 0.75
_CROP, _BORDER, _CODING = 0.97, 0.02, 3


class Ground(StrEnum):
    """What a remark is about."""

    SHARPEST = "sharpest"
    SHARP = "sharp"
    """Among the sharpest."""
    SOFTER = "softer"
    MOVED = "moved"
    """Blurred in one direction: the camera or the subject moved."""
    WELL_EXPOSED = "well exposed"
    DARKER = "darker"
    BRIGHTER = "brighter"
    BURNT = "burnt"
    BLACK = "black"
    EYES_OPEN = "eyes open"
    EYES_CLOSED = "eyes closed"
    SMILES = "smiles"
    FEWER_SMILES = "fewer smiles"
    CUT_FACES = "cut faces"
    NOISIER = "noisier"
    CLEANEST = "cleanest"
    FLATTER = "flatter"
    LARGEST = "largest"
    SMALLER = "smaller"
    ORIGINAL = "original"
    """The only copies that still say which camera took them, or those that show most of the picture."""
    CAMERA_LOST = "camera lost"
    CROPPED = "cropped"
    FRAMED = "framed"
    COMPRESSED = "compressed"
    EDITED = "edited"
    EQUAL = "equal"
    """Nothing that is measured tells the frame from the best."""
    NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``count`` ``of`` so many, or a ``value`` against that of the best, ``other``; where to look."""

    ground: Ground
    count: int = 0
    of: int = 0
    value: float = 0.0
    other: float = 0.0
    regions: tuple[Region, ...] = ()


def remarks(judgements: Sequence[Judgement], best: int, weights: Weights) -> list[tuple[Remark, ...]]:
    """Give up to three remarks on each frame: what speaks for the best, and what speaks against each other.

    ``best``: the place of the frame that is proposed.
    """
    if len(judgements) < 2:
        return [()] * len(judgements)
    return [
        _for_best(judgements, best, weights) if place == best else _against(judgement, judgements[best], weights)
        for place, judgement in enumerate(judgements)
    ]


def _for_best(judgements: Sequence[Judgement], best: int, weights: Weights) -> tuple[Remark, ...]:
    own = judgements[best]
    if not own.measured:
        return (Remark(Ground.NOT_MEASURED),)
    others = [judgement for place, judgement in enumerate(judgements) if place != best]
    leads = []
    for part, value in own.parts.items():
        values = [other.parts[part] for other in others if part in other.parts]
        lead = weights.get(part, 0.0) * (value - sum(values) / len(values)) if values else 0.0
        remark = _praise(part, own, judgements)
        if lead >= _TOLD and remark is not None:
            leads.append((lead, remark))
    return _strongest(leads) or (Remark(Ground.EQUAL),)


def _praise(part: Part, own: Judgement, judgements: Sequence[Judgement]) -> Remark | None:
    """Say what is good in a part, if hardly any other is better in it."""
    most = max(one.parts.get(part, 0.0) for one in judgements)
    if own.parts[part] < most - _NEAR or part not in _PRAISES:
        return None
    if part is Part.SHARPNESS and own.parts[part] < most:
        return Remark(Ground.SHARP, of=len(judgements), regions=_subject(own))
    return _PRAISES[part](own, len(judgements))


_PRAISES: Mapping[Part, Callable[[Judgement, int], Remark | None]] = {
    Part.SHARPNESS: lambda own, count: Remark(Ground.SHARPEST, of=count, regions=_subject(own)),
    Part.EXPOSURE: lambda _, count: Remark(Ground.WELL_EXPOSED, of=count),
    Part.NOISE: lambda _, count: Remark(Ground.CLEANEST, of=count),
    Part.EYES: lambda own, _: Remark(Ground.EYES_OPEN, own.eyes_open, own.persons) if own.eyes_open else None,
    Part.SMILE: lambda own, _: Remark(Ground.SMILES, own.smiling, own.persons) if own.smiling else None,
    Part.RESOLUTION: lambda own, _: Remark(Ground.LARGEST, value=own.pixels),
    Part.ORIGINALITY: lambda _, count: Remark(Ground.ORIGINAL, of=count),
}


def _against(own: Judgement, best: Judgement, weights: Weights) -> tuple[Remark, ...]:
    if not own.measured:
        return (Remark(Ground.NOT_MEASURED),)
    faults = []
    for part, value in own.parts.items():
        lag = weights.get(part, 0.0) * (best.parts.get(part, value) - value)
        if lag >= _TOLD:
            share = [(lag, remark) for remark in _blame(part, own, best)]
            faults += [(amount / (1 + place), remark) for place, (amount, remark) in enumerate(share)]
    return _strongest(faults) or (Remark(Ground.EQUAL),)


def _blame(part: Part, own: Judgement, best: Judgement) -> list[Remark]:
    """Say what is worse in a part than in the best frame, the worst first."""
    return _BLAMES[part](own, best) if part in _BLAMES else []


def _sharpness(own: Judgement, _: Judgement) -> list[Remark]:
    moved = own.parts.get(Part.MOTION, 1.0) < _STILL
    ground = Ground.MOVED if moved else Ground.SOFTER
    return [Remark(ground, value=own.parts[Part.SHARPNESS], regions=_subject(own))]


def _eyes(own: Judgement, _: Judgement) -> list[Remark]:
    return [Remark(Ground.EYES_CLOSED, own.eyes_closed, own.persons, regions=own.faces)] if own.eyes_closed else []


def _smiles(own: Judgement, best: Judgement) -> list[Remark]:
    fewer = own.smiling < best.smiling
    return [Remark(Ground.FEWER_SMILES, own.smiling, own.persons, other=best.smiling)] if fewer else []


def _exposure(own: Judgement, best: Judgement) -> list[Remark]:
    ev = own.ev - best.ev
    found = []
    if own.burnt - best.burnt >= _LOST:
        found.append(Remark(Ground.BURNT, value=own.burnt))
    if own.black - best.black >= _LOST:
        found.append(Remark(Ground.BLACK, value=own.black))
    if abs(ev) >= _DARKER:
        found.insert(0, Remark(Ground.DARKER if ev < 0 else Ground.BRIGHTER, value=round(abs(ev), 1)))
    return found


def _origin(own: Judgement, best: Judgement) -> list[Remark]:
    found = []
    if own.camera_lost and not best.camera_lost:
        found.append(Remark(Ground.CAMERA_LOST))
    if own.border > best.border + _BORDER:
        found.append(Remark(Ground.FRAMED))
    elif own.scope < best.scope * _CROP:
        found.append(Remark(Ground.CROPPED, value=own.scope / best.scope))
    if own.coding is not None and best.coding is not None and own.coding <= best.coding - _CODING:
        found.append(Remark(Ground.COMPRESSED, value=own.coding, other=best.coding))
    return found or [Remark(Ground.EDITED)]


_BLAMES: Mapping[Part, Callable[[Judgement, Judgement], list[Remark]]] = {
    Part.SHARPNESS: _sharpness,  # of which motion is a kind
    Part.EXPOSURE: _exposure,
    Part.EYES: _eyes,
    Part.SMILE: _smiles,
    Part.FRAMING: lambda own, _: [Remark(Ground.CUT_FACES, own.cut, own.persons)] if own.cut else [],
    Part.NOISE: lambda _own, _best: [Remark(Ground.NOISIER)],
    Part.CONTRAST: lambda _own, _best: [Remark(Ground.FLATTER)],
    Part.RESOLUTION: lambda own, best: [Remark(Ground.SMALLER, value=own.pixels, other=best.pixels)],
    Part.ORIGINALITY: _origin,
}


def _subject(own: Judgement) -> tuple[Region, ...]:
    return (own.subject,) if own.subject else ()


def _strongest(found: list[tuple[float, Remark]]) -> tuple[Remark, ...]:
    ordered = sorted(found, key=lambda one: -one[0])
    return tuple(dict.fromkeys(remark for _, remark in ordered))[:_MOST]
