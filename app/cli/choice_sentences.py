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
    plain = {
        Rule.PROTECTED: f"in the protected folder {shown(chosen.folder)}",
        Rule.FOLDER: f"in the preferred folder {shown(chosen.folder)}",
        Rule.EDITED: "edited",
        Rule.RAW: f"RAW against {other.format}",
        Rule.ORIGINAL: "the original",
        Rule.RESOLUTION: f"{chosen.width} x {chosen.height} against {other.width} x {other.height}",
        Rule.FORMAT: f"{chosen.format} against {other.format}",
        Rule.NAME: f"first by name, before {other.name}",
        Rule.PATH: f"first by path, before {other.name}",
    }
    if found.rule is Rule.RATED:
        return _rated(chosen, other)
    return _older(chosen, other) if found.rule is Rule.OLDEST else plain[found.rule]


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
    taken = [
        None if one.capture_time is None else f"{capture_moment(one.capture_time):%Y-%m-%d %H:%M:%S}"
        for one in (chosen, other)
    ]
    if taken[0] is not None and taken[0] != taken[1]:
        return f"taken {taken[0]}, the other {taken[1] or 'at a time not known'}"
    times = [rfc3339(one.file_time or 0)[:19].replace("T", " ") for one in (chosen, other)]
    return f"the older file, of {times[0]} against {times[1]}"
