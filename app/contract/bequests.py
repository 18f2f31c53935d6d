"""What keepers would get from the rejected: as JSON, and in sentences for a terminal."""

from collections.abc import Iterator

from app.contract.answers import Answer
from app.domain.bequests import NOTHING, Bequest, Conflict, Part, Value
from app.domain.ratings import REJECTED
from app.domain.uris import shown, uri_of

_LONGEST = 60
"""Characters of a caption or a list of keywords that are shown in a terminal."""


def bequest_answer(bequest: Bequest) -> Answer:
    """What one keeper would get; Position is degrees of latitude and longitude, null where there is none.

    Keywords are all that the keeper would have, empty if none is new.
    """
    gains = bequest.gains
    return {
        "Keeper": uri_of(bequest.keeper),
        "Sources": [uri_of(path) for path in bequest.sources],
        "Stars": gains.stars,
        "Label": gains.label,
        "Keywords": list(gains.keywords),
        "Caption": gains.caption,
        "Position": None if gains.position is None else list(gains.position),
        "Conflicts": [_conflict_answer(one) for one in bequest.conflicts],
    }


def bequest_sentences(bequest: Bequest) -> list[str]:
    """Say what one keeper would get and what it does not take, a line each, its path first."""
    return [f"{shown(bequest.keeper)}: {_gained(bequest)}", *(f"  {_said(one)}" for one in bequest.conflicts)]


def _conflict_answer(conflict: Conflict) -> Answer:
    return {
        "Part": conflict.part,
        "URI": uri_of(conflict.path),
        "Kept": _plain(conflict.kept),
        "Offered": _plain(conflict.offered),
    }


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value or None


def _gained(bequest: Bequest) -> str:
    if bequest.gains == NOTHING:
        return "it gets nothing"
    return f"it gets {'; '.join(_gains(bequest))}"


def _gains(bequest: Bequest) -> Iterator[str]:
    gains = bequest.gains
    if gains.stars is not None:
        yield _phrase(Part.STARS, gains.stars)
    if gains.label:
        yield _phrase(Part.LABEL, gains.label)
    if gains.keywords:
        yield f"new keywords, together {_word(', '.join(gains.keywords))}"
    if gains.caption:
        yield _phrase(Part.CAPTION, gains.caption)
    if gains.position is not None:
        yield _phrase(Part.POSITION, gains.position)


def _said(conflict: Conflict) -> str:
    if conflict.part is Part.READING:
        return f"{shown(conflict.path)}: {shown(str(conflict.offered))}"
    why = f"what stays has {_phrase(conflict.part, conflict.kept)}" if conflict.kept else "the rejected do not agree"
    return f"{shown(conflict.path)}: it has {_phrase(conflict.part, conflict.offered)}; not taken, for {why}"


def _phrase(part: Part, value: Value) -> str:
    if value == REJECTED:
        return "the mark of a rejected one"
    if part is Part.STARS:
        return f"{value} {'star' if value == 1 else 'stars'}"
    return f"the {part} {_word(value)}"


def _word(value: Value) -> str:
    """Give a value on one short line that can be printed anywhere."""
    if isinstance(value, tuple):
        return f"{value[0]:.6f}, {value[1]:.6f}"
    if not isinstance(value, str):
        return str(value)
    line = shown(" ".join(value.split()))
    return f"'{line if len(line) <= _LONGEST else line[: _LONGEST - 3] + '...'}'"
