"""What the exposures of pictures that look alike are to each other, by what cameras wrote. Time alone never joins."""

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise

from app.domain.clusters import ClusterKind
from app.domain.files import Header
from app.domain.pairs import Relation
from app.domain.times import capture_moment

_BURST_GAP = 10_000_000
"""Microseconds between two frames of one burst; a long exposure lets the next one wait."""
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_STEP = 0.6
"""EV between two frames of a bracket: two thirds, less what nominal times are rounded by."""
_FLAGGED_STEP = 0.2
"""The same where the camera says that it brackets, in steps of a third."""
_EQUAL = 0.02
"""How far two readings of one number lie apart: 1/250 s may have become 0.004 s."""
_REFOCUSED = 0.05
_MIN_BRACKET = 3
_MIN_STACK = 5
_FIRST_YEAR = 1990
_RESET = date(2000, 1, 1)


def gap(first: Header, second: Header) -> int | None:
    """Give the microseconds between two exposures of one body; nothing where its clock or the body is unknown.

    Where one of them tells whole seconds only, whole seconds are compared.
    """
    if _one_body(first, second) is not True:
        return None
    before, after = _clock(first), _clock(second)
    if before is None or after is None:
        return None
    if first.offset_minutes is not None and second.offset_minutes is not None:
        before -= first.offset_minutes * 60 * _SECOND
        after -= second.offset_minutes * 60 * _SECOND
    if not (first.subsecond and second.subsecond):
        before, after = before - before % _SECOND, after - after % _SECOND
    return abs(after - before)


def relation(first: Header, second: Header) -> Relation | None:
    """Say what the exposures of two pictures that look alike are to each other.

    Nothing where nothing says that they are two: a copy keeps the time, the numbers and the exposure of its original.
    """
    body = _one_body(first, second)
    if body is False:
        return Relation.RETAKEN
    if not _differ(first, second):
        return None
    if first.burst_id and first.burst_id == second.burst_id:
        return Relation.BURST
    return _relation_of_body(first, second) if body else None


def kind(headers: Sequence[Header], relations: Collection[Relation]) -> ClusterKind:
    """Say what a cluster is, from the headers of its members and the relations among them."""
    if all(one is Relation.SAME_PIXELS for one in relations):
        return ClusterKind.EXACT
    if is_bracket(headers):
        return ClusterKind.BRACKET
    if is_focus_stack(headers):
        return ClusterKind.FOCUS_STACK
    close = {Relation.BURST, Relation.BRACKET, Relation.FOCUS_STACK}
    return ClusterKind.NEAR if close.isdisjoint(relations) else ClusterKind.BURST


def is_bracket(headers: Sequence[Header]) -> bool:
    """Tell whether most members are one bracket: exposures that jump from frame to frame, as the light never does.

    Two frames of which the camera itself says so are enough; else it takes three levels of exposure. Where exposure
    drifts, or one frame of a burst stands out, most frames are like those before them.
    """
    if len(headers) < _MIN_BRACKET and not any(header.bracketed for header in headers):
        return False
    shots = _shots(headers)
    flagged = [shot for shot in shots if shot.bracketed]
    if 2 * len(flagged) >= len(headers) and any(_is(Relation.BRACKET, *both) for both in pairwise(flagged)):
        return True
    steps = [_is(Relation.BRACKET, *both) for both in pairwise(shots)]
    return 2 * len(shots) >= len(headers) and 2 * sum(steps) >= len(steps) and _levels(shots) >= _MIN_BRACKET


def is_focus_stack(headers: Sequence[Header]) -> bool:
    """Tell whether most members are one focus stack: the camera says so, or focus wanders one way over many frames."""
    if len(headers) < _MIN_STACK and not any(header.focus_bracketed for header in headers):
        return False
    shots = _shots(headers)
    flagged = [shot for shot in shots if shot.focus_bracketed]
    if 2 * len(flagged) >= len(headers) and any(_is(Relation.FOCUS_STACK, *both) for both in pairwise(flagged)):
        return True
    distances = [shot.focus_distance or 0.0 for shot in shots]
    wanders = distances in (sorted(distances), sorted(distances, reverse=True))
    all_step = all(_is(Relation.FOCUS_STACK, *both) for both in pairwise(shots))
    return len(shots) >= _MIN_STACK and 2 * len(shots) >= len(headers) and wanders and all_step


def _relation_of_body(first: Header, second: Header) -> Relation:
    """Say what two exposures of one body are to each other."""
    if not _close(first, second):
        return Relation.RETAKEN
    if _focus_differs(first, second):
        return Relation.FOCUS_STACK
    if _exposure_differs(first, second):
        return Relation.BRACKET
    apart = gap(first, second)
    return Relation.BURST if apart is None or apart <= _BURST_GAP else Relation.RETAKEN


def _is(wanted: Relation, first: Header, second: Header) -> bool:
    return relation(first, second) is wanted


def _one_body(first: Header, second: Header) -> bool | None:
    """Tell whether two frames are of one body; nothing where a camera is unknown."""
    if not first.camera or not second.camera:
        return None
    if first.serial and second.serial and first.serial != second.serial:
        return False
    return _model(first) == _model(second)


def _model(header: Header) -> str:
    return header.camera.removesuffix(header.serial).rstrip() if header.serial else header.camera


def _clock(header: Header) -> int | None:
    """Give the capture time if the clock was set: not before digital cameras, nor where clocks begin."""
    if header.capture_time is None:
        return None
    moment = capture_moment(header.capture_time)
    new_year = header.capture_time % _DAY == 0 and moment.month == moment.day == 1
    wrong = moment.year < _FIRST_YEAR or moment.date() == _RESET or new_year
    return None if wrong else header.capture_time


def _differ(first: Header, second: Header) -> bool:
    """Tell whether something says that two frames are two exposures."""
    if gap(first, second):
        return True
    if first.sequence is not None and second.sequence is not None and first.sequence != second.sequence:
        return True
    if _one_body(first, second) and not _same_settings(first, second):
        return True
    same_moment = first.capture_time == second.capture_time or first.subsecond != second.subsecond
    exact = first.subsecond or second.subsecond
    return bool(first.burst_id) and first.burst_id == second.burst_id and not (same_moment and exact)


def _same_settings(first: Header, second: Header) -> bool:
    """Tell whether two exposures are set alike, as far as both say how; a copy is set as its original."""
    numbers = (
        (first.exposure_seconds, second.exposure_seconds),
        (first.f_number, second.f_number),
        (first.iso, second.iso),
        (first.focus_distance, second.focus_distance),
    )
    known = [(one, other) for one, other in numbers if one and other]
    alike = all(abs(one / other - 1) <= _EQUAL for one, other in known)
    if first.exposure_bias is None or second.exposure_bias is None:
        return alike
    return alike and abs(first.exposure_bias - second.exposure_bias) <= _EQUAL


def _close(first: Header, second: Header) -> bool:
    """Tell whether two frames of one body follow each other: by its clock, or without one by their numbers."""
    apart = gap(first, second)
    if apart is not None:
        return apart <= _BURST_GAP + max(first.exposure_seconds or 0.0, second.exposure_seconds or 0.0) * _SECOND
    return first.sequence is not None and second.sequence is not None and abs(first.sequence - second.sequence) == 1


def _exposure_differs(first: Header, second: Header) -> bool:
    step = _FLAGGED_STEP if first.bracketed and second.bracketed else _STEP
    by_light, by_bias = _steps(first, second)
    # Where the exposure itself is known it decides; a camera that brackets may also say it by the bias alone.
    if by_light is not None and abs(by_light) >= step:
        return True
    return by_bias is not None and abs(by_bias) >= step and (by_light is None or step == _FLAGGED_STEP)


def _steps(first: Header, second: Header) -> tuple[float | None, float | None]:
    """Give how much more light the second got, in EV: by time, aperture and ISO, and by the bias."""
    by_bias = None
    if first.exposure_bias is not None and second.exposure_bias is not None:
        by_bias = second.exposure_bias - first.exposure_bias
    if not (first.exposure_seconds and second.exposure_seconds):
        return None, by_bias
    by_light = math.log2(second.exposure_seconds / first.exposure_seconds)
    if first.f_number and second.f_number:
        by_light -= 2 * math.log2(second.f_number / first.f_number)
    if first.iso and second.iso:
        by_light += math.log2(second.iso / first.iso)
    return by_light, by_bias


def _focus_differs(first: Header, second: Header) -> bool:
    by_light, _ = _steps(first, second)
    if by_light is not None and abs(by_light) > _FLAGGED_STEP:
        return False
    if first.focus_bracketed and second.focus_bracketed:
        return True
    if by_light is None or not (first.focus_distance and second.focus_distance):
        return False
    return abs(first.focus_distance / second.focus_distance - 1) >= _REFOCUSED


def _shots(headers: Iterable[Header]) -> list[Header]:
    """Give the exposures of one cluster in their order, each once whatever copies there are of it."""
    known = sorted((header for header in headers if header.camera), key=_order)
    shots: list[Header] = []
    for header in known:
        if all(_differ(shot, header) for shot in shots):
            shots.append(header)
    return shots


def _order(header: Header) -> tuple[int, int, float, float]:
    """Order by time and number; frames of one moment by their light, so that nothing depends on who came first."""
    return (
        header.capture_time or 0,
        header.sequence or 0,
        header.exposure_seconds or 0.0,
        header.exposure_bias or 0.0,
    )


def _levels(shots: Sequence[Header]) -> int:
    """Count the levels of exposure that lie at least a step of a bracket apart."""
    light = sorted(_light(shots[0], shot) for shot in shots) if shots else []
    levels, last = 0, -math.inf
    for value in light:
        if value - last >= _STEP:
            levels, last = levels + 1, value
    return levels


def _light(first: Header, second: Header) -> float:
    by_light, by_bias = _steps(first, second)
    return by_light if by_light is not None else by_bias or 0.0
