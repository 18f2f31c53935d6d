"""Why a file was chosen, and what is said of it, in words for a terminal."""

from app.domain.choices import Choice, Source
from app.domain.ladders import Because, Facts, Rule
from app.domain.ratings import Rating
from app.domain.times import capture_moment, rfc3339
from app.domain.uris import shown


def because(found: Because | None) -> str:
    """Say what decided; empty where nothing had to."""
    if found is None:
        return ""
    chosen, other = found.chosen, found.other
    words = {
        Rule.PROTECTED: f"in the protected folder {shown(chosen.folder)}",
        Rule.FOLDER: f"in the preferred folder {shown(chosen.folder)}",
        Rule.RATED: _rated(chosen, other),
        Rule.EDITED: "edited",
        Rule.RAW: f"RAW against {other.format}",
        Rule.ORIGINAL: "the original",
        Rule.RESOLUTION: f"{chosen.width} x {chosen.height} against {other.width} x {other.height}",
        Rule.FORMAT: f"{chosen.format} against {other.format}",
        Rule.OLDEST: _older(chosen, other),
        Rule.OLDEST_FILE: f"the older file, of {_finished(chosen)} against {_finished(other)}",
        Rule.NAME: f"first by name, before {other.name}",
        Rule.PATH: f"first by path, before {other.name}",
    }
    return words[found.rule]


def choice(made: Choice | None) -> str:
    """Say who chose, and why."""
    if made is None:
        return ""
    if made.source is Source.PERSON:
        return "chosen by you"
    reason = because(made.because)
    return f"chosen by {made.ladder}" + (f": {reason}" if reason else "")


def rating(found: Rating | None) -> str:
    """Write stars and label."""
    if found is None:
        return ""
    return ", ".join(filter(None, ("" if found.stars is None else stars(found.stars), found.label))) or "none"


def stars(number: int | None) -> str:
    """Write stars in words."""
    if not number:
        return "no stars"
    return "rejected" if number < 0 else f"{number} star{'' if number == 1 else 's'}"


def _rated(chosen: Facts, other: Facts) -> str:
    if (chosen.stars or 0) != (other.stars or 0):
        return f"{stars(chosen.stars)} against {stars(other.stars)}"
    return f"labelled {chosen.label}"


def _older(chosen: Facts, other: Facts) -> str:
    taken, after = _taken(chosen), _taken(other)
    return "taken a moment before the other" if taken == after else f"taken {taken}, the other {after}"


def _taken(facts: Facts) -> str:
    if facts.capture_time is None:
        return "at a time not known"
    return f"{capture_moment(facts.capture_time):%Y-%m-%d %H:%M:%S}"


def _finished(facts: Facts) -> str:
    return rfc3339(facts.file_time or 0)[:19].replace("T", " ")
