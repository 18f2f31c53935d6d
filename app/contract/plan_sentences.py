"""Why files do not go, and what a person should know before, in sentences for a terminal."""

from collections.abc import Mapping

from app.domain.decisions import Decision
from app.domain.deletions import Deletion, End
from app.domain.plans import Concern, Refusal, Warned, Why
from app.domain.steps import StepKind
from app.domain.uris import shown

_WHYS: Mapping[Why, str] = {
    Why.NO_KEEPER: "nothing of its cluster is kept; keep one of them first",
    Why.KEPT: "you decided to keep it meanwhile",
    Why.GONE: "it is not there any longer; scan its folder",
    Why.CHANGED: "it changed since it was read; scan its folder and look at it again",
    Why.KEEPER_GONE: "what should stay in its place is gone",
    Why.KEEPER_CHANGED: "what should stay in its place changed since it was read; scan its folder",
    Why.KEEPER_UNREADABLE: "what should stay in its place cannot be read",
    Why.KEEPER_GOES: "what should stay in its place is rejected too",
    Why.SAME_FILE: "it and what should stay are one file under two names; nothing would be freed",
    Why.LINK: "it is a link now",
    Why.UNKNOWN: "no dataset knows it as the plan says; scan its folder",
    Why.COMPANION: "a file that goes along cannot go",
    Why.OTHER_DRIVE: "it would have to be copied to another drive; choose a folder on its own",
    Why.NO_PLACE: "its drive has no Trash, and no folder can be made there",
    Why.DENIED: "its folder cannot be written",
    Why.FULL: "its drive is full",
    Why.NAME_TOO_LONG: "its path would be too long where it should go",
    Why.TAKEN: "its name is taken where it should go",
    Why.BUSY: "another program uses it",
    Why.FAILED: "the system could not move it",
    Why.INTERRUPTED: "ShotSift ended while it was moved, and put it back",
    Why.NOT_A_COPY: "it is no exact copy of what should stay",
    Why.NO_LINKS: "its file system has no links of this kind",
    Why.METADATA: "what it says could not be written into the sidecar of what stays",
    Why.PART: "only whole photographs can be marked, or become links",
}
_CONCERNS: Mapping[Concern, str] = {
    Concern.RATED_HIGHER: "it has more stars than what stays",
    Concern.EDITED: "it was edited and what stays was not",
    Concern.ONLY_RAW: "it has a RAW file and what stays has none",
    Concern.OTHER_DRIVE: "what stays is on another drive",
    Concern.NO_TRASH: "its drive has no Trash; it goes to",
}
_STEPS: Mapping[StepKind, str] = {
    StepKind.KEEP: "keep",
    StepKind.REJECT: "reject",
    StepKind.UNDECIDE: "undecide",
    StepKind.KEEP_ONLY: "keep one and reject the rest of",
    StepKind.REJECT_ALL: "reject all",
    StepKind.ACCEPT: "accept what was proposed for",
    StepKind.ACCEPT_SURE: "accept what was sure for",
    StepKind.ACCEPT_COPIES: "accept the exact copies of",
    StepKind.IMPORT: "import the decisions on",
    StepKind.APPLY: "move away",
}
_ENDS: Mapping[End, str] = {
    End.TRASH: "moved to the Trash",
    End.FOLDER: "moved to",
    End.LABELS: "marked as rejected in sidecars",
    End.REFLINK: "made links that share their bytes",
    End.HARDLINK: "made hard links",
}
DECISIONS: Mapping[Decision, str] = {Decision.KEEP: "keep", Decision.REJECT: "reject", Decision.UNDECIDED: "undecided"}


def why(fault: str) -> str:
    """Say why a file does not go, from what the journal has of it."""
    return _WHYS[Why(fault)] if fault in set(Why) else fault


def refusal(refused: Refusal) -> str:
    """Say of a file that it does not go, and why."""
    detail = f" ({shown(refused.detail)})" if refused.detail else ""
    return f"{shown(refused.path)}: {_WHYS[refused.why]}{detail}"


def concern(warned: Warned) -> str:
    """Say what a person should know of a file before it goes."""
    detail = f" {shown(warned.detail)}" if warned.detail else ""
    return f"{shown(warned.path)}: {_CONCERNS[warned.concern]}{detail}"


def done_with(deletion: Deletion) -> str:
    """Say what a deletion did to its files."""
    return f"{_ENDS[deletion.end]} {shown(deletion.folder)}".rstrip()


def step(kind: StepKind, count: int) -> str:
    """Say what a step did."""
    return f"{_STEPS[kind]} {count} {'photograph' if count == 1 else 'photographs'}"
