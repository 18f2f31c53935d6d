"""The window's words for the files that go where a photograph goes."""

from PySide6.QtCore import QLocale

from app.domain.companions import CompanionKind, pairing
from app.domain.files import FileMeta
from app.domain.suffixes import split
from app.ui.words import translate


def mark(file: FileMeta) -> str:
    """Return the words of the badge: RAW+J, or how many files go along; empty if there are none."""
    if not file.companions:
        return ""
    return pairing(file.path, file.companions) or f"+{len(file.companions)}"


def told(file: FileMeta) -> str:
    """Return "with RAW, XMP and sound"; empty if nothing goes along."""
    names = list(dict.fromkeys(_name(one.path, one.kind) for one in file.companions))
    if not names:
        return ""
    return translate("companions", "with {files}").format(files=QLocale().createSeparatedList(names))


def _name(path: str, kind: CompanionKind) -> str:
    if kind is CompanionKind.RAW:
        return translate("companions", "RAW")
    if kind is CompanionKind.SOUND:
        return translate("companions", "sound")
    if kind is CompanionKind.FILM:
        return translate("companions", "film")
    return split(path.rpartition("/")[2])[1].removeprefix(".").upper()
