"""The window's words for plans and deletions: where files go, why some stay, and what became of them."""

from PySide6.QtCore import QCoreApplication

from app.domain.deletions import Basis, Deletion, End, FileState
from app.domain.plans import Concern, Plan, Refusal, Warned, Why
from app.services.destinations import IN_PLACE, TRASH
from app.ui import words
from app.ui.paths import short

translate = QCoreApplication.translate


def files(count: int) -> str:
    """Return "12 files"."""
    return translate("deletions", "1 file") if count == 1 else translate("deletions", "%Ln files", "", count)


def totals(plan: Plan) -> str:
    """Return what a plan comes to: photographs, files and bytes."""
    return words.SEPARATOR.join((words.photos(len(plan.files)), files(plan.count), words.size(plan.size)))


def act(plan: Plan) -> str:
    """Return what the button does."""
    text = {
        End.TRASH: translate("deletions", "Move {files} to the Trash"),
        End.FOLDER: translate("deletions", "Move {files} into the folder"),
        End.LABELS: translate("deletions", "Mark {files} as rejected"),
        End.REFLINK: translate("deletions", "Make links of {files}"),
        End.HARDLINK: translate("deletions", "Make links of {files}"),
    }[plan.end]
    if plan.end is End.TRASH and any(one.destination != TRASH for one in plan.files):
        text = translate("deletions", "Move {files} away")
    return text.format(files=files(plan.count))


def where(plan: Plan) -> str:
    """Say before it is done what will happen to the files of a plan."""
    if not plan.files:
        return ""
    if plan.end is End.LABELS:
        return translate("deletions", "No file moves. Their XMP sidecars will say that they are rejected.")
    sentences = []
    places = sorted({one.destination for one in plan.files} - {IN_PLACE})
    if TRASH in places:
        sentences.append(translate("deletions", "They go to the Trash. Space is free only when you empty the Trash."))
    for place in places:
        if place == TRASH:
            continue
        if plan.end is End.FOLDER:
            text = translate("deletions", "They go into {folder}, and stay on their drive.")
        else:
            text = translate(
                "deletions", "Their drive has no Trash: they go into {folder} on it. History can empty that."
            )
        sentences.append(text.format(folder=short(place)))
    return " ".join(sentences)


def done(deletion: Deletion) -> str:
    """Say what a deletion did."""
    text = {
        End.TRASH: translate("deletions", "{files} moved to the Trash"),
        End.FOLDER: translate("deletions", "{files} moved into {folder}"),
        End.LABELS: translate("deletions", "{files} marked as rejected"),
        End.REFLINK: translate("deletions", "{files} made links"),
        End.HARDLINK: translate("deletions", "{files} made links"),
    }[deletion.end]
    return text.format(files=files(deletion.files), folder=short(deletion.folder))


def end(value: End) -> str:
    """Return where a deletion put its files, as a table says it."""
    return {
        End.TRASH: translate("deletions", "Trash"),
        End.FOLDER: translate("deletions", "Folder"),
        End.LABELS: translate("deletions", "Marked only"),
        End.REFLINK: translate("deletions", "Links"),
        End.HARDLINK: translate("deletions", "Links"),
    }[value]


def standing(deletion: Deletion) -> str:
    """Return how a deletion stands now."""
    parts = []
    if not deletion.ended:
        parts.append(translate("deletions", "running"))
    for count, text in (
        (deletion.files, translate("deletions", "{count} away")),
        (deletion.restored, translate("deletions", "{count} back")),
        (deletion.refused, translate("deletions", "{count} refused")),
        (deletion.lost, translate("deletions", "{count} gone for good")),
    ):
        if count:
            parts.append(text.format(count=words.number(count)))
    return words.LIST_SEPARATOR.join(parts)


def state(value: FileState) -> tuple[str, str, str]:
    """Return icon, colour and word for what became of a file."""
    away = ("trash-2", "text2", translate("deletions", "Away"))
    return {
        FileState.MOVING: ("loader-circle", "text2", translate("deletions", "Moving")),
        FileState.MOVED: away,
        FileState.MARKING: ("loader-circle", "text2", translate("deletions", "Marking")),
        FileState.MARKED: ("check", "text2", translate("deletions", "Marked")),
        FileState.LINKING: ("loader-circle", "text2", translate("deletions", "Linking")),
        FileState.LINKED: ("copy", "text2", translate("deletions", "Link")),
        FileState.REFUSED: ("triangle-alert", "warn", translate("deletions", "Stayed")),
        FileState.RESTORING: ("loader-circle", "text2", translate("deletions", "Coming back")),
        FileState.RESTORED: ("undo-2", "keep", translate("deletions", "Back")),
        FileState.LOST: ("octagon-x", "reject", translate("deletions", "Gone for good")),
        FileState.PURGING: ("loader-circle", "text2", translate("deletions", "Being deleted")),
        FileState.PURGED: ("x", "text2", translate("deletions", "Deleted")),
    }[value]


def basis(value: Basis, reason: str) -> str:
    """Say by what a photograph was chosen to go; the reasons of the program stand as they were written down."""
    if value is Basis.DECISION:
        return translate("deletions", "You rejected it")
    text = translate("deletions", "By the rules") if value is Basis.LADDER else translate("deletions", "Proposed")
    return f"{text}: {reason}" if reason else text


def fault(text: str) -> str:
    """Say why a file stayed, from what the journal has of it."""
    return why(Why(text)) if text in set(Why) else text


def refusal(value: Refusal) -> str:
    """Say why a file does not go, and which other file is meant."""
    return f"{why(value.why)} ({short(value.detail)})" if value.detail else why(value.why)


def why(value: Why) -> str:
    """Say why a file does not go, and what can be done."""
    return _keeper_why(value) or _file_why(value) or _system_why(value)


def warned(value: Warned) -> str:
    """Say what a person should know before a photograph goes, and of which other file."""
    text = concern(value.concern)
    return f"{text} ({short(value.detail)})" if value.detail else text


def concern(value: Concern) -> str:
    """Say what a person should know before a photograph goes."""
    return {
        Concern.RATED_HIGHER: translate("deletions", "It has more stars than what stays"),
        Concern.EDITED: translate("deletions", "It was edited, and what stays was not"),
        Concern.ONLY_RAW: translate("deletions", "It has a RAW file, and what stays has none"),
        Concern.OTHER_DRIVE: translate("deletions", "What stays is on another drive"),
        Concern.NO_TRASH: translate("deletions", "Its drive has no Trash"),
    }[value]


def _keeper_why(value: Why) -> str:
    return {
        Why.NO_KEEPER: translate("deletions", "Nothing of its cluster is kept; keep one photo first"),
        Why.KEPT: translate("deletions", "You decided to keep it meanwhile"),
        Why.KEEPER_GONE: translate("deletions", "What should stay is gone"),
        Why.KEEPER_CHANGED: translate("deletions", "What should stay changed; look for similar photos again"),
        Why.KEEPER_UNREADABLE: translate("deletions", "What should stay cannot be read"),
        Why.KEEPER_GOES: translate("deletions", "What should stay is rejected too"),
        Why.SAME_FILE: translate("deletions", "It and what stays are one file under two names"),
        Why.NOT_A_COPY: translate("deletions", "It is no exact copy of what stays"),
    }.get(value, "")


def _file_why(value: Why) -> str:
    return {
        Why.GONE: translate("deletions", "It is not there any longer"),
        Why.CHANGED: translate("deletions", "It changed since it was read; look for similar photos again"),
        Why.LINK: translate("deletions", "It is a link now"),
        Why.UNKNOWN: translate("deletions", "No dataset knows it; look for similar photos again"),
        Why.COMPANION: translate("deletions", "A file that goes along cannot go"),
        Why.METADATA: translate("deletions", "What it says could not be written beside what stays"),
        Why.PART: translate("deletions", "Only whole photos can be marked"),
        Why.INTERRUPTED: translate("deletions", "ShotSift ended while it was moved, and put it back"),
    }.get(value, "")


def _system_why(value: Why) -> str:
    return {
        Why.OTHER_DRIVE: translate("deletions", "That folder is on another drive; nothing is copied"),
        Why.NO_PLACE: translate("deletions", "Its drive has no Trash, and no folder can be made there"),
        Why.DENIED: translate("deletions", "Its folder cannot be written"),
        Why.FULL: translate("deletions", "Its drive is full"),
        Why.NAME_TOO_LONG: translate("deletions", "Its path would be too long where it should go"),
        Why.TAKEN: translate("deletions", "Its name is taken where it should go"),
        Why.BUSY: translate("deletions", "Another program uses it"),
        Why.NO_LINKS: translate("deletions", "Its file system has no such links"),
    }.get(value, translate("deletions", "The system could not move it"))
