"""The window's words for why two photographs are together or apart."""

from dataclasses import replace
from math import floor
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from app.domain.explanations import Explanation, Reason
from app.domain.pairs import Alikeness, Pair, Relation
from app.domain.uris import shown
from app.ui import words
from app.ui.alikeness_words import number

translate = QCoreApplication.translate
_PARTS = 36


def title(found: Explanation) -> str:
    """Return the verdict in a word."""
    return translate("explanations", "Together") if found.together else translate("explanations", "Apart")


def verdict(found: Explanation) -> str:
    """Say in one sentence why two photographs are together or apart."""
    pair = found.pair
    sentences = {
        Reason.SAME_FILE: translate("explanations", "It is one file."),
        Reason.SAME_BYTES: translate("explanations", "They are copies, byte for byte."),
        Reason.SAID_SAME: translate("explanations", "You said that they are the same."),
        Reason.SAID_DIFFERENT: translate("explanations", "You said that they are not the same."),
        Reason.RELATED: translate("explanations", "One shows the same as the other: {relation}."),
        Reason.THROUGH: translate("explanations", "Both belong to {through}."),
        Reason.TOO_FAINT: translate(
            "explanations", "What speaks for them ({strength}) is less than this dataset asks for ({asked})."
        ),
        Reason.OTHER_EXPOSURE: translate(
            "explanations", "They were taken one after the other ({relation}), and this dataset wants copies only."
        ),
        Reason.ONE_FOLDER: translate(
            "explanations", "They lie in one folder, and this dataset wants clusters across folders only."
        ),
        Reason.CUT: translate(
            "explanations", "They are alike ({relation}), but each belongs more to others than to this one."
        ),
        Reason.UNLIKE: translate("explanations", "Too little speaks for them: they show different things."),
        Reason.NOT_COMPARED: translate("explanations", "They were not compared yet: Find similar photos does it."),
    }
    others = translate("explanations", "others of this cluster")
    return sentences[found.reason].format(
        relation="" if pair is None else relation(pair.relation),
        strength="" if pair is None else number(pair.strength),
        asked=number(found.alikeness.strength),
        through=shown(PurePath(found.through).name) if found.through else others,
    )


def relation(value: Relation) -> str:
    """Return what one picture is to the other."""
    return {
        Relation.SAME_PIXELS: translate("explanations", "the same pixels"),
        Relation.RESAVED: translate("explanations", "saved again"),
        Relation.TURNED: translate("explanations", "turned or mirrored"),
        Relation.CROPPED: translate("explanations", "cropped or framed"),
        Relation.EDITED: translate("explanations", "edited"),
        Relation.BURST: translate("explanations", "frames of a burst"),
        Relation.BRACKET: translate("explanations", "frames of a bracket"),
        Relation.FOCUS_STACK: translate("explanations", "frames of a focus stack"),
        Relation.RETAKEN: translate("explanations", "taken again"),
    }[value]


def evidence(found: Explanation) -> list[tuple[str, str]]:
    """Give each piece of the evidence with what it is."""
    pair = found.pair
    if pair is None:
        return []
    all_in_all = translate("explanations", "{strength} of 1, and {asked} is asked for")
    bits = (
        translate("explanations", "{count} of 256 bits differ once one is turned")
        if pair.orientation
        else translate("explanations", "{count} of 256 bits differ")
    )
    alike = translate("explanations", "{value} of 1")
    return [
        (
            translate("explanations", "All in all"),
            all_in_all.format(strength=number(pair.strength), asked=number(found.alikeness.strength)),
        ),
        (translate("explanations", "Coarse picture"), bits.format(count=pair.distance)),
        (translate("explanations", "What they show"), alike.format(value=number(pair.cosine))),
        (translate("explanations", "Camera"), _camera(found)),
        (translate("explanations", "Time between"), _unknown() if found.gap is None else words.span(found.gap)),
        *_alignment(found, pair),
    ]


def wanted(found: Explanation) -> Alikeness | None:
    """Return the setting under which the evidence would count, in hundredths; None if there is none."""
    if found.remedy is None:
        return None
    return replace(found.remedy, strength=floor(found.remedy.strength * 100) / 100)


def remedy(found: Explanation) -> str:
    """Return the name of the act that lets the evidence count; empty if nothing would."""
    setting = wanted(found)
    if setting is None:
        return ""
    return {
        Reason.TOO_FAINT: translate("explanations", "Loosen to {strength}").format(strength=number(setting.strength)),
        Reason.OTHER_EXPOSURE: translate("explanations", "Allow bursts"),
        Reason.ONE_FOLDER: translate("explanations", "Allow one folder"),
    }[found.reason]


def _alignment(found: Explanation, pair: Pair) -> list[tuple[str, str]]:
    if not found.looked_at:
        laid = translate("explanations", "not done, as nothing spoke for it before")
        return [(translate("explanations", "Laid on each other"), laid)]
    if not pair.matches:
        return []
    points = translate("explanations", "{count} of {all} alike, in {parts} of {all_parts} parts of the picture")
    shown_points = points.format(count=pair.inliers, all=pair.matches, parts=pair.cells, all_parts=_PARTS)
    found_points = [(translate("explanations", "Points in common"), shown_points)]
    if not pair.inliers:
        return found_points
    overlap = translate("explanations", "{smaller} % of the smaller picture, {larger} % of the larger")
    return [
        *found_points,
        (
            translate("explanations", "Overlap"),
            overlap.format(smaller=round(100 * pair.coverage), larger=round(100 * pair.extent)),
        ),
        (
            translate("explanations", "Agreement there"),
            translate("explanations", "{value} of 1").format(value=number(pair.agreement)),
        ),
    ]


def _camera(found: Explanation) -> str:
    if found.one_camera:
        return translate("explanations", "the same")
    return translate("explanations", "not the same, or not known")


def _unknown() -> str:
    return translate("explanations", "not known")
