"""The window's words for how the best shots of a dataset are told."""

from PySide6.QtCore import QCoreApplication

from app.domain.choices import Agreement
from app.domain.judgements import Keep, Preset
from app.ui import words

translate = QCoreApplication.translate


def preset(value: Preset) -> str:
    """Return the name of a preset."""
    return {
        Preset.BALANCED: translate("ranking", "Balanced"),
        Preset.PEOPLE: translate("ranking", "People"),
        Preset.ACTION: translate("ranking", "Action"),
        Preset.LANDSCAPE: translate("ranking", "Landscape"),
        Preset.COPIES: translate("ranking", "Copies"),
    }[value]


def keep(value: Keep) -> str:
    """Say which photos of a cluster are proposed to be kept."""
    return {
        Keep.BEST: translate("ranking", "Keep the best"),
        Keep.BEST_AND_OTHER: translate("ranking", "Keep the best and the most different one"),
        Keep.EACH_PERSON: translate("ranking", "Keep the best of each person"),
    }[value]


def overruled(found: Agreement) -> str:
    """Say how often a person chose another best shot than was proposed."""
    made = found.over_scores + found.over_ladders
    other = found.other_than_scores + found.other_than_ladders
    if not made:
        return translate("ranking", "You have not chosen a best shot yourself so far.")
    if made == 1:
        return (
            translate("ranking", "The best shot that you chose differs from the proposal. Nothing changes by itself.")
            if other
            else translate("ranking", "The best shot that you chose is the one proposed. Nothing changes by itself.")
        )
    sentence = (
        translate(
            "ranking", "1 of {all} best shots that you chose differs from the proposal. Nothing changes by itself."
        )
        if other == 1
        else translate(
            "ranking", "{count} of {all} best shots that you chose differ from the proposal. Nothing changes by itself."
        )
    )
    return sentence.format(count=words.number(other), all=words.number(made))
