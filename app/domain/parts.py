"""The parts in which each frame of a cluster is better or worse than the others."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.domain.frames import Frame, Laid, Layers, Marks, Values, bound, choose_subject, lay, mapped, tell_scopes
from app.domain.judgements import Judgement, Part
from app.domain.portraits import judge_portraits, tell_looks
from app.domain.qualities import Quality

_SCALES = ((0.25, "finest"), (0.35, "fine"), (0.4, "middle"))
"""How much each scale counts: a blur that is seen at the size of a screen outweighs one that is seen at 100 %."""
_FACE_SHARPNESS = 0.5
_MOTION = 0.7
_FREE_EV, _WORST_EV = 0.33, 1.5
_BURNT, _BLACK = 1.5, 0.5
_WELL = 0.5
_NOISE = 8.0
_MIDDLE_EV = float(np.log2(0.18))
_DARKEST, _LIT = 0.002, 0.25
_CUT = 3.0


def judge(frames: Sequence[Frame], persons: Sequence[Sequence[int | None]] = ()) -> list[Judgement]:
    """Judge the frames of one cluster against each other.

    ``persons``: for each person the place of the face in each frame (matching/persons).
    """
    parts: list[dict[Part, float]] = [
        {Part.RESOLUTION: ratio} for ratio in _relative([_pixels(frame) for frame in frames])
    ]
    qualities = [frame.quality for frame in frames if frame.quality is not None]
    if len(qualities) < len(frames):
        for found, value in zip(parts, _rough_sharpness(frames), strict=True):
            found[Part.SHARPNESS] = value
        return [Judgement(found, pixels=_pixels(frame)) for found, frame in zip(parts, frames, strict=True)]
    judged = _judge_measured(frames, qualities, parts)
    return _judge_people(judged, qualities, persons) if persons else judged


def _judge_measured(
    frames: Sequence[Frame], qualities: Sequence[Quality], parts: list[dict[Part, float]]
) -> list[Judgement]:
    laid = lay(frames, qualities)
    subject = choose_subject(laid)
    evs = _evs(laid, qualities)
    burnt, black = _beyond([one.burnt for one in qualities]), _beyond([one.black for one in qualities])
    exposure = _exposure(evs, burnt, black)
    columns = {
        Part.SHARPNESS: _sharpness(laid, subject, exposure),
        Part.MOTION: _stillness(laid, subject),
        Part.EXPOSURE: exposure,
        Part.NOISE: 1 - np.clip(_beyond([one.noise for one in qualities]) / _NOISE, 0, 1),
        Part.CONTRAST: np.minimum(1, np.array([one.contrast for one in qualities]) / _middle_contrast(qualities)),
        Part.ORIGINALITY: _originality(frames, qualities),
    }
    scopes, region = tell_scopes(frames), bound(subject)
    cameras = {frame.copies for frame in frames if frame.header.camera}
    return [
        Judgement(
            parts=parts[place] | {part: round(float(column[place]), 4) for part, column in columns.items()},
            ev=round(float(evs[place]), 2),
            burnt=round(float(burnt[place]), 4),
            black=round(float(black[place]), 4),
            camera_lost=not frame.header.camera and frame.copies in cameras,
            scope=round(scopes[place], 3),
            border=round(qualities[place].border, 3),
            coding=qualities[place].coding,
            pixels=_pixels(frame),
            subject=mapped(region, frame.place),
        )
        for place, frame in enumerate(frames)
    ]


def _judge_people(
    judged: Sequence[Judgement], qualities: Sequence[Quality], persons: Sequence[Sequence[int | None]]
) -> list[Judgement]:
    """Add what the faces tell. The sharpness of people is that of their faces."""
    faces = [one.faces for one in qualities]
    portraits = judge_portraits(faces, persons)
    found = []
    for judgement, own, portrait, looks in zip(judged, faces, portraits, tell_looks(faces, persons), strict=True):
        told = {
            Part.EYES: portrait.eyes,
            Part.SMILE: portrait.smile,
            Part.SHARPNESS: None if portrait.sharpness is None else portrait.sharpness**_FACE_SHARPNESS,
            Part.FRAMING: 1 - portrait.cut / len(persons),
        }
        closed = [own[place] for place in portrait.closed_faces]
        found.append(
            replace(
                judgement,
                parts={
                    **judgement.parts,
                    **{part: round(value, 4) for part, value in told.items() if value is not None},
                },
                persons=len(persons),
                eyes_open=portrait.eyes_open,
                eyes_closed=portrait.eyes_closed,
                smiling=portrait.smiling or 0,
                cut=portrait.cut,
                faces=tuple((face.x, face.y, face.width, face.height) for face in closed),
                looks=looks,
            )
        )
    return found


def _sharpness(laid: Laid, subject: Marks, exposure: Values) -> Values:
    """Compare fine detail to what is left of it when all is blurred, so that neither exposure nor contrast counts.

    Clipping makes edges: the measure is the sharpest of those that are exposed well.
    """
    coarse = laid.coarse[:, subject].sum(axis=1) + 1
    logs = np.zeros(len(coarse))
    for weight, name in _SCALES:
        energy: Layers = getattr(laid, name)
        whole = energy.sum(axis=1) if energy.ndim == 4 else energy
        logs += weight * np.log2((whole[:, subject].sum(axis=1) + 0.01) / coarse)
    relative: Values = np.exp2(np.minimum(0, logs - logs[exposure >= exposure.max() - _WELL].max()))
    return relative


def _stillness(laid: Laid, subject: Marks) -> Values:
    """Tell motion from defocus: it takes detail in one direction only."""
    across = laid.finest[:, :, subject].sum(axis=2) + 0.01
    kept = across / across.max(axis=0)
    evenness: Values = kept.min(axis=1) / kept.max(axis=1)
    return np.minimum(1, evenness / _MOTION)


def _evs(laid: Laid, qualities: Sequence[Quality]) -> Values:
    """Give the exposure of each frame in stops above the one that is the measure for the others.

    That is the one most others are near to, unless more of all its light is clipped than of theirs, or all is dark.
    """
    light = laid.light[:, laid.shared]
    bright = light.max(axis=0) >= light.max() * _LIT  # in a night there is nothing to compare in the dark
    levels = np.median(np.log2(light[:, bright] + _DARKEST), axis=1)
    apart = np.minimum(np.abs(levels[:, None] - levels[None, :]), _WORST_EV).mean(axis=1)
    whole = np.maximum(laid.light.mean(axis=(1, 2)), _DARKEST)
    lost = 1.5 * _beyond([min(1.0, one.burnt / light) for one, light in zip(qualities, whole, strict=True)])
    lost += 0.5 * _beyond([one.black for one in qualities])
    odd = 0.4 * np.maximum(0, _MIDDLE_EV - levels) + 0.05 * np.maximum(0, levels - _MIDDLE_EV)
    measure = int(np.argmin(apart + lost + odd))
    evs: Values = levels - levels[measure]
    return evs


def _exposure(evs: Values, burnt: Values, black: Values) -> Values:
    off = np.clip((np.abs(evs) - _FREE_EV) / (_WORST_EV - _FREE_EV), 0, 1)
    return (1 - off) * (1 - np.clip(_BURNT * burnt + _BLACK * black, 0, 1))


def _originality(frames: Sequence[Frame], qualities: Sequence[Quality]) -> Values:
    """Tell the original among copies of one picture; what has no copy is an original."""
    scopes, found = tell_scopes(frames), np.ones(len(frames))
    for group in {frame.copies for frame in frames}:
        places = [place for place, frame in enumerate(frames) if frame.copies == group]
        if len(places) < 2:
            continue
        told = any(frames[place].header.camera for place in places)
        whole = max(scopes[place] for place in places)
        border = min(qualities[place].border for place in places)
        contrast = np.median([qualities[place].contrast for place in places])
        light = np.median([frames[place].measures.brightness for place in places])
        for place in places:
            quality, frame = qualities[place], frames[place]
            odd = abs(quality.contrast / max(contrast, 0.01) - 1) + 2 * abs(frame.measures.brightness - light)
            coding = 0.8 if quality.coding is None else quality.coding / 100
            found[place] = (
                0.35 * (not told or bool(frame.header.camera))
                + 0.25 * max(0.0, 1 - _CUT * (1 - scopes[place] / whole))
                + 0.15 * coding
                + 0.15 * max(0.0, 1 - odd)
                + 0.1 * max(0.0, 1 - 5 * (quality.border - border))
            )
    return found


def _rough_sharpness(frames: Sequence[Frame]) -> list[float]:
    """Compare the gradients of thumbnails relative to their contrast, where not all frames were looked at closely."""
    return _relative([frame.measures.sharpness / max(1.0, frame.measures.texture) ** 2 for frame in frames])


def _pixels(frame: Frame) -> float:
    """Give megapixels."""
    return frame.header.width * frame.header.height / 1e6


def _relative(values: Sequence[float]) -> list[float]:
    """Give the square root of the share of the largest."""
    largest = max(values)
    return [round((value / largest) ** 0.5, 4) if largest > 0 else 1.0 for value in values]


def _beyond(values: Sequence[float]) -> Values:
    found: Values = np.array(values, np.float64)
    beyond: Values = np.subtract(found, found.min())
    return beyond


def _middle_contrast(qualities: Sequence[Quality]) -> float:
    return max(0.01, float(np.median([one.contrast for one in qualities])))
