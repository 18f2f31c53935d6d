"""The window's words for what speaks for and against the members of a cluster, and for how sure that is."""

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.clusters import Cluster
from app.domain.judgements import Confidence, Judgement, Part
from app.domain.opinions import Opinion
from app.domain.remarks import Ground, Remark
from app.ui import choice_words, words
from app.ui.alikeness_words import number

translate = QCoreApplication.translate


def said(remark: Remark) -> str:
    """Say a remark in one short sentence."""
    return _sentence(remark).format(
        count=words.number(remark.count),
        of=words.number(remark.of),
        value=_tenths(remark.value),
        other=_tenths(remark.other),
        share=_percent(remark.value),
        quality=words.number(round(remark.value)),
        best=words.number(round(remark.other)),
    )


def _sentence(remark: Remark) -> str:
    one = remark.count == 1
    people = {
        Ground.EYES_OPEN: translate("remarks", "1 of {of} has open eyes")
        if one
        else translate("remarks", "{count} of {of} have open eyes"),
        Ground.EYES_CLOSED: translate("remarks", "1 of {of} has closed eyes")
        if one
        else translate("remarks", "{count} of {of} have closed eyes"),
        Ground.SMILES: translate("remarks", "1 of {of} smiles")
        if one
        else translate("remarks", "{count} of {of} smile"),
        Ground.FEWER_SMILES: translate("remarks", "1 of {of} smiles, {best} in the best")
        if one
        else translate("remarks", "{count} of {of} smile, {best} in the best"),
        Ground.CUT_FACES: translate("remarks", "1 of {of} faces is cut by the edge")
        if one
        else translate("remarks", "{count} of {of} faces are cut by the edge"),
    }
    return people.get(remark.ground) or _picture_sentence(remark.ground)


def _picture_sentence(ground: Ground) -> str:
    return {
        Ground.SHARPEST: translate("remarks", "Sharpest of {of}"),
        Ground.SHARP: translate("remarks", "Among the sharpest of {of}"),
        Ground.SOFTER: translate("remarks", "Less sharp"),
        Ground.MOVED: translate("remarks", "Blurred by motion"),
        Ground.WELL_EXPOSED: translate("remarks", "Well exposed"),
        Ground.DARKER: translate("remarks", "Darker by {value} EV"),
        Ground.BRIGHTER: translate("remarks", "Brighter by {value} EV"),
        Ground.BURNT: translate("remarks", "Bright parts without detail: {share} of the photo"),
        Ground.BLACK: translate("remarks", "Dark parts without detail: {share} of the photo"),
        Ground.NOISIER: translate("remarks", "More noise"),
        Ground.CLEANEST: translate("remarks", "Least noise of {of}"),
        Ground.FLATTER: translate("remarks", "Less contrast"),
        Ground.LARGEST: translate("remarks", "Most pixels: {value} megapixels"),
        Ground.SMALLER: translate("remarks", "Fewer pixels: {value} megapixels, {other} in the best"),
        Ground.ORIGINAL: translate("remarks", "Most likely the original of {of}"),
        Ground.CAMERA_LOST: translate("remarks", "No longer says which camera took it"),
        Ground.CROPPED: translate("remarks", "Shows only {share} of what the best shows"),
        Ground.FRAMED: translate("remarks", "Has a frame or a banner"),
        Ground.COMPRESSED: translate("remarks", "Saved with less quality: {quality} of 100, {best} in the best"),
        Ground.EDITED: translate("remarks", "Likely saved again"),
        Ground.EQUAL: translate("remarks", "Nothing that is measured tells it apart"),
        Ground.NOT_MEASURED: translate("remarks", "Not measured yet"),
    }[ground]


def part(value: Part) -> str:
    """Return the plain name of a part of the score."""
    return {
        Part.SHARPNESS: translate("remarks", "Sharpness"),
        Part.MOTION: translate("remarks", "Free of motion"),
        Part.EXPOSURE: translate("remarks", "Exposure"),
        Part.NOISE: translate("remarks", "Little noise"),
        Part.EYES: translate("remarks", "Open eyes"),
        Part.SMILE: translate("remarks", "Smiles"),
        Part.FRAMING: translate("remarks", "Whole faces"),
        Part.CONTRAST: translate("remarks", "Contrast"),
        Part.RESOLUTION: translate("remarks", "Pixels"),
        Part.ORIGINALITY: translate("remarks", "Original"),
    }[value]


def parts(judgement: Judgement | None) -> str:
    """List the parts with their values; 1 is as good as the best of the cluster."""
    found = {} if judgement is None else judgement.parts
    return words.SEPARATOR.join(f"{part(one)} {number(found[one])}" for one in Part if one in found)


def confidence(value: Confidence) -> str:
    """Say how sure it is that the best is the best."""
    return {
        Confidence.HIGH: translate("remarks", "High confidence"),
        Confidence.MEDIUM: translate("remarks", "Medium confidence"),
        Confidence.LOW: translate("remarks", "Low confidence: look yourself"),
    }[value]


def standing(cluster: Cluster) -> str:
    """Return in a few words who says what the best of a cluster is, or how sure it is; empty where nobody can."""
    if cluster.choice is not None:
        return choice_words.chosen_by(cluster.choice)
    if cluster.confidence is None:
        return ""
    return {
        Confidence.HIGH: translate("remarks", "high confidence"),
        Confidence.MEDIUM: translate("remarks", "medium confidence"),
        Confidence.LOW: translate("remarks", "low confidence"),
    }[cluster.confidence]


def head(opinion: Opinion) -> str:
    """Say in one line what is thought of a cluster: how many there are, and how sure the best is."""
    cluster = opinion.cluster
    if cluster.kind.protected:
        told = translate("remarks", "Kept whole: nothing is ranked")
    elif cluster.choice is not None:
        told = choice_words.choice(cluster.choice)
    elif opinion.confidence is None:
        told = translate("remarks", "Not judged yet")
    else:
        told = confidence(opinion.confidence)
    return words.SEPARATOR.join((words.photos(len(opinion.members)), told))


def _tenths(value: float) -> str:
    return str(QLocale().toString(float(value), "f", 1))  # type: ignore[call-overload]  # its stub takes a character for a number


def _percent(share: float) -> str:
    return translate("remarks", "{number} %").format(number=words.number(max(1, round(share * 100))))
