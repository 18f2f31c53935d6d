"""The window's words for ladders: their rules as sentences, and what one would choose."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.domain.ladders import Rule, Rung
from app.domain.proposals import Proposal
from app.domain.uris import shown
from app.ui import choice_words, words

translate = QCoreApplication.translate


def rung(value: Rung) -> str:
    """Say a rule of a ladder as a sentence."""
    listed = words.LIST_SEPARATOR.join(shown(one) for one in value.listed)
    sentences = {
        Rule.PROTECTED: translate("ladders", "What lies in {listed} never loses"),
        Rule.FOLDER: translate("ladders", "First what lies in {listed}"),
        Rule.RATED: translate("ladders", "More stars first, then what has a label"),
        Rule.EDITED: translate("ladders", "Edited before not edited"),
        Rule.RAW: translate("ladders", "RAW before other formats"),
        Rule.ORIGINAL: translate("ladders", "The original, as its camera wrote it"),
        Rule.RESOLUTION: _with_step(
            translate("ladders", "More pixels first"),
            translate("ladders", "{sentence}; about {step} % more or less is equal"),
            value.tolerance * 100,
        ),
        Rule.FORMAT: translate("ladders", "By format: {listed}"),
        Rule.OLDEST: _with_step(
            translate("ladders", "Taken first"),
            translate("ladders", "{sentence}; about {step} s apart is equal"),
            value.tolerance,
        ),
        Rule.NAME: translate("ladders", "First by name"),
    }
    return sentences[value.rule].replace("{listed}", listed)


def because(proposal: Proposal) -> str:
    """Say what decided in a cluster, and how many are kept beside the chosen one as they are protected."""
    reason = choice_words.because(proposal.because)
    told = f"{reason[:1].upper()}{reason[1:]}"
    if not proposal.protected:
        return told
    return words.SEPARATOR.join(
        (
            told,
            translate("ladders", "{photos} in protected folders").format(photos=words.photos(len(proposal.protected))),
        )
    )


def counts(proposals: Sequence[Proposal]) -> str:
    """Say how many best shots a ladder would change."""
    if not proposals:
        return translate("ladders", "There are no clusters of copies here.")
    differ = sum(one.differs for one in proposals)
    faults = sum(len(one.faults) for one in proposals)
    parts = [
        translate("ladders", "{clusters} of copies").format(clusters=words.clusters(len(proposals))),
        translate("ladders", "1 best shot would change")
        if differ == 1
        else translate("ladders", "%Ln best shots would change", "", differ),
    ]
    if faults:
        parts.append(
            translate("ladders", "1 sidecar could not be read")
            if faults == 1
            else translate("ladders", "%Ln sidecars could not be read", "", faults)
        )
    return words.SEPARATOR.join(parts)


def taken_back(count: int) -> str:
    """Say how many choices of a ladder were taken back."""
    if count == 1:
        return translate("ladders", "1 choice was taken back. This dataset follows no ladder.")
    return translate("ladders", "%Ln choices were taken back. This dataset follows no ladder.", "", count)


def _with_step(sentence: str, stepped: str, step: float) -> str:
    return stepped.format(sentence=sentence, step=f"{step:g}") if step else sentence


def folder_question(rule: Rule) -> str:
    """Return the title of the dialog that asks for a folder of a rule."""
    if rule is Rule.PROTECTED:
        return translate("ladders", "Protect a folder: what lies in it never loses")
    return translate("ladders", "Prefer a folder: what lies in it comes first")


def same() -> str:
    """Return what stands for the present best shot where a ladder would choose the same."""
    return translate("ladders", "the same")
