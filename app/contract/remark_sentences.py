"""What speaks for and against the members of a cluster, in sentences for a terminal."""

from app.domain.remarks import Ground, Remark

_SENTENCES = {
    Ground.SHARPEST: "sharpest of {of}",
    Ground.SHARP: "among the sharpest of {of}",
    Ground.SOFTER: "less sharp",
    Ground.MOVED: "blurred by motion",
    Ground.WELL_EXPOSED: "well exposed",
    Ground.DARKER: "{value:.1f} EV darker",
    Ground.BRIGHTER: "{value:.1f} EV brighter",
    Ground.BURNT: "highlights clipped ({value:.0%} of the picture)",
    Ground.BLACK: "shadows clipped ({value:.0%} of the picture)",
    Ground.EYES_OPEN: "{count} of {of} with eyes open",
    Ground.EYES_CLOSED: "{count} of {of} with eyes closed",
    Ground.SMILES: "{count} of {of} smile",
    Ground.FEWER_SMILES: "{count} of {of} smile, {other:.0f} in the best",
    Ground.CUT_FACES: "{count} of {of} faces cut by the edge",
    Ground.NOISIER: "more noise",
    Ground.CLEANEST: "least noise of {of}",
    Ground.FLATTER: "less contrast",
    Ground.LARGEST: "most pixels ({value:.1f} megapixels)",
    Ground.SMALLER: "{value:.1f} megapixels, the best has {other:.1f}",
    Ground.ORIGINAL: "most likely the original of {of}",
    Ground.CAMERA_LOST: "lost what the camera wrote",
    Ground.CROPPED: "shows only {value:.0%} of the picture",
    Ground.FRAMED: "has a frame or a banner",
    Ground.COMPRESSED: "saved with less quality ({value:.0f} against {other:.0f} of 100)",
    Ground.EDITED: "likely saved again",
    Ground.EQUAL: "nothing measured tells it apart",
    Ground.NOT_MEASURED: "not measured",
}


def said(remark: Remark) -> str:
    """Say a remark."""
    return _SENTENCES[remark.ground].format(count=remark.count, of=remark.of, value=remark.value, other=remark.other)
