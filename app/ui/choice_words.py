"""The window's words for who chose a best shot, and what decided."""

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.choices import Choice, Source
from app.domain.ladders import Because, Facts, Rule
from app.domain.times import capture_moment
from app.domain.uris import shown
from app.ui import words

translate = QCoreApplication.translate


def chosen_by(made: Choice) -> str:
    """Say who chose."""
    if made.source is Source.PERSON:
        return translate("choices", "chosen by you")
    return translate("choices", "chosen by the ladder {name}").format(name=ladder(made.ladder))


def choice(made: Choice) -> str:
    """Say who chose, and what decided if it was a ladder."""
    by = chosen_by(made)
    sentence = f"{by[0].upper()}{by[1:]}"
    reason = because(made.because)
    return f"{sentence}: {reason}" if reason else sentence


def ladder(name: str) -> str:
    """Return the name of a ladder; those that come with the program have one in the language of the window."""
    return {
        "usual": translate("choices", "Usual"),
        "keep originals": translate("choices", "Keep originals"),
        "keep edited": translate("choices", "Keep edited"),
        "keep largest": translate("choices", "Keep largest"),
    }.get(name, name)


def because(found: Because | None) -> str:
    """Say what decided between the chosen file and the next best; empty where nothing had to."""
    if found is None:
        return ""
    chosen, other = found.chosen, found.other
    sentences = {
        Rule.PROTECTED: translate("choices", "it lies in the protected folder {folder}"),
        Rule.FOLDER: translate("choices", "it lies in the preferred folder {folder}"),
        Rule.RATED: _rated(chosen, other),
        Rule.EDITED: translate("choices", "it was edited"),
        Rule.RAW: translate("choices", "it is RAW, the other is {other_format}"),
        Rule.ORIGINAL: translate("choices", "it is the original"),
        Rule.RESOLUTION: translate("choices", "{pixels} pixels against {other_pixels}"),
        Rule.FORMAT: translate("choices", "{format} against {other_format}"),
        Rule.OLDEST: _older(chosen, other),
        Rule.OLDEST_FILE: translate("choices", "its file is older"),
        Rule.NAME: translate("choices", "first by name, before {other_name}"),
        Rule.PATH: translate("choices", "first by its place, before {other_name}"),
    }
    return sentences[found.rule].format(
        folder=shown(chosen.folder),
        format=chosen.format,
        other_format=other.format,
        pixels=_pixels(chosen),
        other_pixels=_pixels(other),
        other_name=other.name,
    )


def stars(number: int | None) -> str:
    """Write stars in words."""
    if not number:
        return translate("choices", "no stars")
    if number < 0:
        return translate("choices", "rejected")
    return translate("choices", "1 star") if number == 1 else translate("choices", "%Ln stars", "", number)


def _rated(chosen: Facts, other: Facts) -> str:
    # Braces in a label of a person must not be read as a field of the sentence.
    if (chosen.stars or 0) != (other.stars or 0):
        return translate("choices", "{stars} against {others}").format(
            stars=stars(chosen.stars), others=stars(other.stars)
        )
    label = translate("choices", "it has the label {label}").format(label=chosen.label)
    return label.replace("{", "{{").replace("}", "}}")


def _older(chosen: Facts, other: Facts) -> str:
    taken, after = _taken(chosen), _taken(other)
    if taken == after:
        return translate("choices", "taken a moment before the other")
    return translate("choices", "taken {taken}, the other {after}").format(taken=taken, after=after)


def _taken(facts: Facts) -> str:
    if facts.capture_time is None:
        return translate("choices", "at a time not known")
    moment = capture_moment(facts.capture_time)
    return f"{words.camera_date(facts.capture_time)}, {moment:%H:%M:%S}"


def _pixels(facts: Facts) -> str:
    width, height = (QLocale().toString(side) for side in (facts.width, facts.height))
    return f"{width} × {height}"  # noqa: RUF001 (times sign)
