"""Why two photographs are together or apart, in sentences for a terminal."""

from collections.abc import Iterator

from app.domain.explanations import Explanation, Reason
from app.domain.pairs import DEFAULT, LOOSE, STRICT, Alikeness, Pair
from app.domain.uris import shown

_NAMES = {STRICT: "strict", DEFAULT: "default", LOOSE: "loose"}
_REASONS = {
    Reason.SAME_FILE: "It is one file.",
    Reason.SAME_BYTES: "They are copies, byte for byte.",
    Reason.SAID_SAME: "You said that they are the same (`shotsift correction list`).",
    Reason.SAID_DIFFERENT: "You said that they are not the same (`shotsift correction list`).",
    Reason.RELATED: "The one shows the same as the other ({relation}).",
    Reason.THROUGH: "Both belong to {through}.",
    Reason.TOO_FAINT: "What speaks for them ({strength:.2f}) is less than the dataset asks for ({asked}).",
    Reason.OTHER_EXPOSURE: "They were taken one after the other ({relation}), and the dataset wants copies only.",
    Reason.ONE_FOLDER: "They lie in one folder, and the dataset wants clusters across folders only.",
    Reason.CUT: "They are alike ({relation}), but both belong more to others, and a chain of likenesses is cut.",
    Reason.UNLIKE: "Too little speaks for them.",
    Reason.NOT_COMPARED: "No task has compared them yet: run `shotsift task create` on the dataset.",
}


def asked(alikeness: Alikeness) -> str:
    """Name a setting as it is typed."""
    return _NAMES.get(alikeness.strength, f"{alikeness.strength:.2f}")


def verdict(found: Explanation) -> str:
    """Say in one sentence whether two photographs are together, and why."""
    pair = found.pair
    reason = _REASONS[found.reason].format(
        relation="" if pair is None else pair.relation,
        strength=0.0 if pair is None else pair.strength,
        asked=asked(found.alikeness),
        through=shown(found.through) or "others of the cluster",
    )
    return f"{'Together' if found.together else 'Apart'}. {reason}"


def evidence(found: Explanation) -> Iterator[tuple[str, str]]:
    """Give each piece of the evidence with what it is."""
    pair = found.pair
    if pair is None:
        return
    yield "Strength", f"{pair.strength:.2f} of 1; the dataset asks for {asked(found.alikeness)}"
    yield "Hashes", f"{pair.distance} of 256 bits differ" + (" once one is turned" if pair.orientation else "")
    yield "What they show", f"{pair.cosine:.2f} alike of 1"
    yield "Camera", "the same" if found.one_camera else "not the same, or not known"
    yield "Time between", "not known" if found.gap is None else f"{found.gap / 1_000_000:g} s"
    if not found.looked_at:
        yield "Laid on each other", "no task does that: neither hashes nor what they show speak for them"
    elif pair.matches:
        yield from _alignment(pair)


def _alignment(pair: Pair) -> Iterator[tuple[str, str]]:
    yield "Points in common", f"{pair.inliers} of {pair.matches} that look alike, in {pair.cells} of 36 parts"
    if pair.inliers:
        yield "Overlap", f"{pair.coverage:.0%} of the smaller picture, {pair.extent:.0%} of the larger"
        yield "Agreement there", f"{pair.agreement:.2f} of 1"


def remedy(found: Explanation, dataset_name: str) -> str:
    """Say which setting would let the evidence count, as it is typed; empty if none would."""
    wanted = found.remedy
    if wanted is None:
        return ""
    options = {
        Reason.TOO_FAINT: f"--alike {int(wanted.strength * 100) / 100:.2f}",
        Reason.OTHER_EXPOSURE: "--bursts-too",
        Reason.ONE_FOLDER: "--within-folders",
    }
    return f"shotsift dataset set {dataset_name} {options[found.reason]}"
