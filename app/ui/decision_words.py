"""The window's words for what a person decided, and for the steps in which that can be undone."""

from collections import Counter

from PySide6.QtCore import QCoreApplication

from app.domain.clusters import Cluster
from app.domain.decisions import Decision, Scope
from app.domain.steps import Step, StepKind
from app.ui import words

translate = QCoreApplication.translate


def keep_letter() -> str:
    """Return the letter on the round sign of a photograph that is kept."""
    return translate("decisions", "K", "one letter, for Keep")


def reject_letter() -> str:
    """Return the letter on the square sign of a photograph that is rejected."""
    return translate("decisions", "X", "one letter, for Reject")


def part(scope: Scope) -> str:
    """Return which files of a photograph a rejection is about; empty if it is about all."""
    return {
        Scope.WHOLE: "",
        Scope.RAW: translate("decisions", "RAW only"),
        Scope.RENDERING: translate("decisions", "JPEG only"),
    }[scope]


def spoken(decision: Decision, scope: Scope, *, proposed: bool) -> str:
    """Return what a screen reader says of a photograph; empty where nothing is decided and nothing proposed."""
    if decision is Decision.KEEP:
        return translate("decisions", "kept")
    if decision is Decision.REJECT:
        rejected = translate("decisions", "rejected")
        return f"{rejected}: {part(scope)}" if scope is not Scope.WHOLE else rejected
    return translate("decisions", "proposed to keep") if proposed else ""


def state(cluster: Cluster) -> str:
    """Return "2 kept, 5 rejected" of a cluster that a person decided on, else nothing."""
    if not cluster.decided:
        return ""
    found = Counter(_standing(cluster, path) for path in (member.path for member in cluster.members))
    texts = {
        "kept": translate("decisions", "%Ln kept", "", found["kept"]),
        "rejected": translate("decisions", "%Ln rejected", "", found["rejected"]),
        "part": translate("decisions", "%Ln in part", "", found["part"]),
        "open": translate("decisions", "%Ln undecided", "", found["open"]),
    }
    return words.LIST_SEPARATOR.join(text for name, text in texts.items() if found[name])


def step(made: Step) -> str:
    """Return what a step did, as it stands after Undo and Redo: "reject 4 photos"."""
    sentences = {
        StepKind.KEEP: translate("decisions", "keep {photos}"),
        StepKind.REJECT: translate("decisions", "reject {photos}"),
        StepKind.UNDECIDE: translate("decisions", "undecide {photos}"),
        StepKind.KEEP_ONLY: translate("decisions", "keep one of {photos}"),
        StepKind.REJECT_ALL: translate("decisions", "reject all {photos} of a cluster"),
        StepKind.ACCEPT: translate("decisions", "accept {clusters}"),
        StepKind.ACCEPT_SURE: translate("decisions", "accept {clusters} of high confidence"),
        StepKind.ACCEPT_COPIES: translate("decisions", "accept {clusters} of exact copies"),
        StepKind.IMPORT: translate("decisions", "import decisions on {photos}"),
        StepKind.APPLY: translate("decisions", "move {photos} away"),
    }
    return sentences[made.kind].format(photos=words.photos(made.count), clusters=words.clusters(made.clusters))


def would_empty(count: int) -> str:
    """Say why a rejection was not made."""
    return translate(
        "decisions", "That would reject all {photos} of this cluster. Keep one, or use Reject all… in the menu Cluster."
    ).format(photos=words.photos(count))


def _standing(cluster: Cluster, path: str) -> str:
    decided = cluster.decided.get(path)
    if decided is None:
        return "open"
    if decided.rejected:
        return "rejected" if decided.scope is Scope.WHOLE else "part"
    return "kept"
