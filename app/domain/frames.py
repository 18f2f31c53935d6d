"""The frames of one cluster, laid on each other cell by cell, and the parts in which each is better or worse."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.files import Header, Measures
from app.domain.judgements import Judgement, Part, Region
from app.domain.qualities import CELLS, Detail, Quality

_SCALES = ((0.25, "finest"), (0.35, "fine"), (0.4, "middle"))
"""How much each scale counts: a blur that is seen at the size of a screen outweighs one that is seen at 100 %."""
_SUBJECT = 0.75
"""Cells below this quantile of texture are no subject."""
_MIDDLE = 0.5
"""What texture at the edge of a picture counts, of that in its middle."""
_MOTION = 0.7
_FREE_EV, _WORST_EV = 0.33, 1.5
_BURNT, _BLACK = 1.5, 1.0
_NOISE = 8.0
_MIDDLE_EV = float(np.log2(0.18))
_DARKEST, _LIT = 0.002, 0.25
_CUT = 3.0
_NO_BORDER = 0.6
"""So much of one colour is a dark picture and no frame around one."""
_UNPLACED = 0.7
"""How much of the scene a frame is said to show that cannot be laid on the others."""

Layers = NDArray[np.float32]
Marks = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """A member of a cluster as it is judged.

    ``place`` maps shares of the cluster's reference frame to shares of this one, (2, 3); None if it cannot be laid on
    it. ``copies`` is one number for all that are copies of one picture.
    """

    header: Header
    measures: Measures
    quality: Quality | None
    place: Values | None
    copies: int


@dataclass(frozen=True, slots=True)
class _Laid:
    """The details of n frames on the grid of the reference: (n, 4, 16, 16) and (n, 16, 16), and where all have any."""

    finest: Layers
    fine: Layers
    middle: Layers
    coarse: Layers
    light: Layers
    shared: Marks


def judge(frames: Sequence[Frame]) -> list[Judgement]:
    """Judge the frames of one cluster against each other."""
    parts: list[dict[Part, float]] = [
        {Part.RESOLUTION: ratio} for ratio in _relative([_pixels(frame) for frame in frames])
    ]
    qualities = [frame.quality for frame in frames if frame.quality is not None]
    if len(qualities) < len(frames):
        for found, value in zip(parts, _rough_sharpness(frames), strict=True):
            found[Part.SHARPNESS] = value
        return [Judgement(found, pixels=_pixels(frame)) for found, frame in zip(parts, frames, strict=True)]
    return _judge_measured(frames, qualities, parts)


def _judge_measured(
    frames: Sequence[Frame], qualities: Sequence[Quality], parts: list[dict[Part, float]]
) -> list[Judgement]:
    laid = _lay(frames, qualities)
    subject = _subject(laid)
    evs = _evs(laid, qualities)
    burnt, black = _beyond([one.burnt for one in qualities]), _beyond([one.black for one in qualities])
    columns = {
        Part.SHARPNESS: _sharpness(laid, subject),
        Part.MOTION: _stillness(laid, subject),
        Part.EXPOSURE: _exposure(evs, burnt, black),
        Part.NOISE: 1 - np.clip(_beyond([one.noise for one in qualities]) / _NOISE, 0, 1),
        Part.CONTRAST: np.minimum(1, np.array([one.contrast for one in qualities]) / _middle_contrast(qualities)),
        Part.ORIGINALITY: _originality(frames, qualities),
    }
    scopes, region = _scopes(frames), _region(subject)
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
            subject=_mapped(region, frame.place),
        )
        for place, frame in enumerate(frames)
    ]


def _lay(frames: Sequence[Frame], qualities: Sequence[Quality]) -> _Laid:
    """Bring the details of all frames to the grid of the reference."""
    details = [Detail.from_bytes(one.detail) for one in qualities]
    sampled = [_sampled(detail, frame.place) for detail, frame in zip(details, frames, strict=True)]
    planes = np.stack([planes for planes, _ in sampled])
    shared = np.logical_and.reduce([inside for _, inside in sampled])
    if shared.mean() < 0.1:
        shared = np.ones_like(shared)
    return _Laid(planes[:, :4], planes[:, 4:8], planes[:, 8], planes[:, 9], planes[:, 10], shared)


def _sampled(detail: Detail, place: Values | None) -> tuple[Layers, Marks]:
    """Take the values of a frame where the cells of the reference lie in it; tell which lie in it."""
    planes = np.concatenate([detail.finest, detail.fine, np.stack([detail.middle, detail.coarse, detail.light])])
    if place is None:
        return planes, np.ones((CELLS, CELLS), np.bool_)
    centres = (np.arange(CELLS) + 0.5) / CELLS
    x, y = np.meshgrid(centres, centres)
    there = np.stack([x, y, np.ones_like(x)], axis=-1) @ place.T
    column, row = there[..., 0] * CELLS - 0.5, there[..., 1] * CELLS - 0.5
    inside = np.logical_and.reduce([there[..., 0] >= 0, there[..., 0] <= 1, there[..., 1] >= 0, there[..., 1] <= 1])
    left, top = np.clip(np.floor(column), 0, CELLS - 2).astype(int), np.clip(np.floor(row), 0, CELLS - 2).astype(int)
    across, down = np.clip(column - left, 0, 1), np.clip(row - top, 0, 1)
    upper = planes[:, top, left] * (1 - across) + planes[:, top, left + 1] * across
    lower = planes[:, top + 1, left] * (1 - across) + planes[:, top + 1, left + 1] * across
    return (upper * (1 - down) + lower * down).astype(np.float32), inside


def _subject(laid: _Laid) -> Marks:
    """Choose the cells by which sharpness is compared: the most textured that all frames share, the middle first."""
    centres = (np.arange(CELLS) + 0.5) / CELLS * 2 - 1
    distance = np.sqrt(centres[:, None] ** 2 + centres[None, :] ** 2) / np.sqrt(2)
    texture = np.where(laid.shared, laid.coarse.max(axis=0) * (1 - _MIDDLE * distance), -1)
    least = np.quantile(texture[laid.shared], _SUBJECT)
    chosen: Marks = np.logical_and(laid.shared, texture >= least)
    return chosen


def _sharpness(laid: _Laid, subject: Marks) -> Values:
    """Compare fine detail to what is left of it when all is blurred, so that neither exposure nor contrast counts."""
    coarse = laid.coarse[:, subject].sum(axis=1) + 1
    logs = np.zeros(len(coarse))
    for weight, name in _SCALES:
        energy: Layers = getattr(laid, name)
        whole = energy.sum(axis=1) if energy.ndim == 4 else energy
        logs += weight * np.log2((whole[:, subject].sum(axis=1) + 0.01) / coarse)
    relative: Values = np.exp2(logs - logs.max())
    return relative


def _stillness(laid: _Laid, subject: Marks) -> Values:
    """Tell motion from defocus: it takes detail in one direction only."""
    across = laid.finest[:, :, subject].sum(axis=2) + 0.01
    kept = across / across.max(axis=0)
    evenness: Values = kept.min(axis=1) / kept.max(axis=1)
    return np.minimum(1, evenness / _MOTION)


def _evs(laid: _Laid, qualities: Sequence[Quality]) -> Values:
    """Give the exposure of each frame in stops above the one that is the measure for the others.

    That is the one most others are near to; of equals the one that loses least in lights and shadows.
    """
    light = laid.light[:, laid.shared]
    bright = light.max(axis=0) >= light.max() * _LIT  # in a night there is nothing to compare in the dark
    levels = np.median(np.log2(light[:, bright] + _DARKEST), axis=1)
    apart = np.minimum(np.abs(levels[:, None] - levels[None, :]), _WORST_EV).mean(axis=1)
    lost = 2 * _beyond([one.burnt for one in qualities]) + 2 * _beyond([one.black for one in qualities])
    odd = np.abs(levels - _MIDDLE_EV) * 0.05
    measure = int(np.argmin(apart + lost + odd))
    evs: Values = levels - levels[measure]
    return evs


def _exposure(evs: Values, burnt: Values, black: Values) -> Values:
    off = np.clip((np.abs(evs) - _FREE_EV) / (_WORST_EV - _FREE_EV), 0, 1)
    return (1 - off) * (1 - np.clip(_BURNT * burnt + _BLACK * black, 0, 1))


def _originality(frames: Sequence[Frame], qualities: Sequence[Quality]) -> Values:
    """Tell the original among copies of one picture; what has no copy is an original."""
    scopes, found = _scopes(frames), np.ones(len(frames))
    for group in {frame.copies for frame in frames}:
        places = [place for place, frame in enumerate(frames) if frame.copies == group]
        if len(places) < 2:
            continue
        whole = max(scopes[place] for place in places)
        border = min(qualities[place].border for place in places)
        contrast = np.median([qualities[place].contrast for place in places])
        light = np.median([frames[place].measures.brightness for place in places])
        for place in places:
            quality, frame = qualities[place], frames[place]
            odd = abs(quality.contrast / max(contrast, 0.01) - 1) + 2 * abs(frame.measures.brightness - light)
            coding = 0.8 if quality.coding is None else quality.coding / 100
            found[place] = (
                0.35 * bool(frame.header.camera)
                + 0.25 * max(0.0, 1 - _CUT * (1 - scopes[place] / whole))
                + 0.15 * coding
                + 0.15 * max(0.0, 1 - odd)
                + 0.1 * max(0.0, 1 - 5 * (quality.border - border))
            )
    return found


def _scopes(frames: Sequence[Frame]) -> list[float]:
    """Give how much of the scene each frame shows, drawn pictures without their borders, of that of the reference."""
    found = []
    for frame in frames:
        border = frame.quality.border if frame.quality else 0.0
        drawn = 1.0 if border > _NO_BORDER else 1 - border
        size = 1 / _UNPLACED if frame.place is None else abs(float(np.linalg.det(frame.place[:, :2])))
        found.append(drawn / max(size, 1e-3))
    return found


def _region(subject: Marks) -> Region:
    """Give the square of a quarter of the grid that holds most of the subject."""
    side = CELLS // 4
    sums = np.lib.stride_tricks.sliding_window_view(subject, (side, side)).sum(axis=(2, 3))
    row, column = np.unravel_index(int(np.argmax(sums)), sums.shape)
    return float(column) / CELLS, float(row) / CELLS, side / CELLS, side / CELLS


def _mapped(region: Region, place: Values | None) -> Region:
    """Give a region of the reference in a frame."""
    if place is None:
        return region
    left, top, width, height = region
    corners = np.array([(x, y, 1) for x in (left, left + width) for y in (top, top + height)])
    there = np.clip(corners @ place.T, 0, 1)
    (x, y), (right, bottom) = there.min(axis=0), there.max(axis=0)
    return round(float(x), 3), round(float(y), 3), round(float(right - x), 3), round(float(bottom - y), 3)


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
