"""How good the faces of a frame are, judged against the same persons in the other frames of its cluster."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.domain.faces import Face

_SHUT = 0.45
"""Blink of an eye that is shut, if it was clearly more open in another frame."""
_LAUGHING = 0.5
"""The same of an eye that may be narrow because the person has begun to smile."""
_OPEN = 0.3
"""Blink below which an eye is open, whatever it is like in other frames."""
_RISE, _HALF_SHUT, _LARGE_RISE = 0.12, 0.38, 0.25
"""By how much the blink of a shut eye is above that of the open one, and of one that is less shut."""
_DOUBT = 8.0
"""By this, divided by the pixels of the face, two blinks may differ without reason: five times the mean error."""
_SMILING, _SMILE_RISE = 0.5, 0.2

_Row = Sequence[Face | None]
"""One person in every frame."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """The faces of one frame; only persons count, that is faces found in other frames too.

    ``persons``: those found in the frame, each of whom is one of ``eyes_open``, ``eyes_closed`` and ``eyes_unknown``;
    ``smiling``: how many smile, ``None`` if it is not known of anyone. ``cut``: faces that the edge cuts and that are
    whole in another frame. ``closed_faces``: where the faces with closed eyes are among the faces of the frame.

    ``eyes``: share of the persons whose eyes are open, half a one for each of whom it is not known here; ``smile``: how
    near the smiles come to the best of the same person; ``sharpness``: how sharp the faces are, each by the sharpest
    of the same person. These are means over all persons of the cluster, 0 to 1; whose smile or sharpness is not known
    here counts by the own mean of the other frames, so that nobody wins by hiding. ``None``: it is known in no frame.
    """

    persons: int = 0
    eyes_open: int = 0
    eyes_closed: int = 0
    eyes_unknown: int = 0
    smiling: int | None = None
    eyes: float | None = None
    smile: float | None = None
    sharpness: float | None = None
    cut: int = 0
    closed_faces: tuple[int, ...] = ()


class _Eyes(Enum):
    OPEN = auto()
    CLOSED = auto()
    UNKNOWN = auto()


_SHARES = {_Eyes.OPEN: 1.0, _Eyes.CLOSED: 0.0, _Eyes.UNKNOWN: 0.5}


def judge_portraits(frames: Sequence[Sequence[Face]], persons: Sequence[Sequence[int | None]]) -> list[Portrait]:
    """Judge each frame of a cluster by the faces of its persons.

    ``persons``: for each person the place of the face in each frame, as ``matching.persons`` gives them.
    """
    rows = [
        [None if place is None else faces[place] for faces, place in zip(frames, person, strict=True)]
        for person in persons
    ]
    eyes = [_judge_eyes(row) for row in rows]
    seen = [verdicts for verdicts in eyes if set(verdicts) != {_Eyes.UNKNOWN}]
    shares = _means([[_SHARES[verdict] for verdict in verdicts] for verdicts in seen], len(frames))
    smiles = _means([_near_best(row) for row in rows], len(frames))
    sharpness = _means([_by_sharpest(row) for row in rows], len(frames))
    found = []
    for frame in range(len(frames)):
        verdicts = [one[frame] for one, row in zip(eyes, rows, strict=True) if row[frame]]
        here = [face for row in rows if (face := row[frame])]
        smiling = [face.smile >= _SMILING for face in here if face.smile is not None]
        shut = [person[frame] for one, person in zip(eyes, persons, strict=True) if one[frame] is _Eyes.CLOSED]
        found.append(
            Portrait(
                len(here),
                verdicts.count(_Eyes.OPEN),
                verdicts.count(_Eyes.CLOSED),
                verdicts.count(_Eyes.UNKNOWN),
                sum(smiling) if smiling else None,
                shares[frame],
                smiles[frame],
                sharpness[frame],
                sum(_is_cut(row, frame) for row in rows),
                tuple(place for place in shut if place is not None),
            )
        )
    return found


def tell_looks(frames: Sequence[Sequence[Face]], persons: Sequence[Sequence[int | None]]) -> list[tuple[float, ...]]:
    """Give for each frame how well each person looks in it, 0 to 1: eyes first; -1 for one who is not seen."""
    columns = []
    for person in persons:
        row = [None if place is None else faces[place] for faces, place in zip(frames, person, strict=True)]
        told = zip(row, _judge_eyes(row), _near_best(row), _by_sharpest(row), strict=True)
        columns.append([_look(face, eyes, smile, sharpness) for face, eyes, smile, sharpness in told])
    return [tuple(column[frame] for column in columns) for frame in range(len(frames))]


def _look(face: Face | None, eyes: _Eyes, smile: float | None, sharpness: float | None) -> float:
    if face is None:
        return -1.0
    parts = ((0.5, _SHARES[eyes]), (0.2, smile), (0.2, sharpness), (0.1, 0.0 if face.cut else 1.0))
    return round(sum(weight * (0.5 if value is None else value) for weight, value in parts), 3)


def _judge_eyes(row: _Row) -> list[_Eyes]:
    """Judge the eyes of one person; open if one of them is, closed if all that are seen are."""
    lefts = _judge_eye(row, [face.blink_left if face else None for face in row])
    rights = _judge_eye(row, [face.blink_right if face else None for face in row])
    verdicts = []
    for face, left, right in zip(row, lefts, rights, strict=True):
        blinks = ((face.blink_left, left), (face.blink_right, right)) if face else ()
        told = {verdict for blink, verdict in blinks if blink is not None}
        verdicts.append(_Eyes.OPEN if _Eyes.OPEN in told else told.pop() if len(told) == 1 else _Eyes.UNKNOWN)
    return verdicts


def _judge_eye(row: _Row, blinks: Sequence[float | None]) -> list[_Eyes]:
    """Judge one eye of a person by how far it is shut where it is most open."""
    told = [(blink, face) for blink, face in zip(blinks, row, strict=True) if blink is not None and face]
    if not told:
        return [_Eyes.UNKNOWN] * len(row)
    lowest, widest = min(told, key=lambda one: (one[0], -one[1].read_pixels, -(one[1].smile or 0)))
    return [
        _Eyes.UNKNOWN if blink is None or face is None else _judge_blink(blink, face, lowest, widest)
        for blink, face in zip(blinks, row, strict=True)
    ]


def _judge_blink(blink: float, face: Face, lowest: float, widest: Face) -> _Eyes:
    """Judge a blink against the lowest one of the same eye, which is that of the face ``widest``."""
    doubt = _DOUBT / min(face.read_pixels, widest.read_pixels)
    rise = blink - lowest
    begun_to_smile = (face.smile or 0) >= _SMILING and (face.smile or 0) - (widest.smile or 0) >= _SMILE_RISE
    shut = _LAUGHING if begun_to_smile else _SHUT
    if blink < _OPEN or (blink < _SHUT and rise <= _RISE):
        return _Eyes.OPEN
    if blink >= shut and rise >= _RISE + doubt:
        return _Eyes.CLOSED
    if blink >= _HALF_SHUT and rise >= _LARGE_RISE + doubt and not begun_to_smile:
        return _Eyes.CLOSED
    return _Eyes.UNKNOWN


def _near_best(row: _Row) -> list[float | None]:
    smiles = [face.smile if face else None for face in row]
    best = max((smile for smile in smiles if smile is not None), default=0.0)
    return [None if smile is None else 1 - (best - smile) for smile in smiles]


def _by_sharpest(row: _Row) -> list[float | None]:
    sharpness = [face.sharpness if face else None for face in row]
    best = max((value for value in sharpness if value is not None), default=0.0)
    return [None if value is None or best <= 0 else value / best for value in sharpness]


def _means(rows: Sequence[Sequence[float | None]], frames: int) -> list[float | None]:
    """Give the mean of the persons in each frame; whoever is not known in it counts with the mean of the own others."""
    known = [row for row in rows if any(value is not None for value in row)]
    if not known:
        return [None] * frames
    filled = []
    for row in known:
        values = [value for value in row if value is not None]
        mean = sum(values) / len(values)
        filled.append([mean if value is None else value for value in row])
    return [round(sum(column) / len(filled), 4) for column in zip(*filled, strict=True)]


def _is_cut(row: _Row, frame: int) -> bool:
    """Tell whether the edge cuts a person here who is whole in another frame."""
    face = row[frame]
    return face is not None and face.cut and any(other is not None and not other.cut for other in row)
