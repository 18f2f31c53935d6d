"""XMP: what programs write about a picture, read strictly and changed without touching the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.ratings import Rating, label_of, stars_of
from app.imaging.xmp_surveys import EXIF, LABEL, RATING, XMP, NoXmp, quoted, survey

_PREFIXES = {XMP: "xmp", EXIF: "exif"}
_CREATOR = "http://ns.adobe.com/xap/1.0/ CreatorTool"
_DEVELOPED = {
    "http://ns.adobe.com/camera-raw-settings/1.0/ HasSettings",
    "http://ns.adobe.com/camera-raw-settings/1.0/ AlreadyApplied",
}
_HISTORIES = {"http://darktable.sf.net/ history", "http://ns.adobe.com/photoshop/1.0/ DocumentAncestors"}
_PHOTOSHOP_HISTORY = "http://ns.adobe.com/photoshop/1.0/ History"
_EDITORS = re.compile(
    r"photoshop|lightroom|darktable|rawtherapee|\bgimp\b|capture one|affinity|luminar|\bdxo\b|snapseed|"
    r"paint\.net|pixelmator|picasa|paintshop|acdsee",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Packet:
    """What XMP says of a picture."""

    rating: Rating
    edited: bool


def read_packet(data: bytes) -> Packet:
    """Read a packet of XMP.

    Raises:
        NoXmp: it is too long, not well-formed, declares a document type, or holds no RDF.
    """
    found = survey(data)
    stars = xmp_stars(found.values.get(RATING, ""))
    edited = (
        any(found.values.get(name, "").strip().lower() == "true" for name in _DEVELOPED)
        or bool(found.items_of & _HISTORIES)
        or bool(found.values.get(_PHOTOSHOP_HISTORY, "").strip())
        or names_editor(found.values.get(_CREATOR, ""))
    )
    return Packet(Rating(stars, label_of(found.values.get(LABEL, ""))), edited)


def names_editor(software: str) -> bool:
    """Tell whether the name of a program is that of one for editing; cameras write theirs into the same place."""
    return bool(_EDITORS.search(software))


def changed(data: bytes, values: Mapping[str, str]) -> bytes:
    """Give a packet with other plain values, such as ``RATING``; an empty one is taken out. Every other byte stays.

    Raises:
        NoXmp: it cannot be read (``read_packet``), is not written in UTF-8, or is in a form that cannot be changed.
    """
    found = survey(data)
    found.check_encoding()
    if found.description is None:
        raise NoXmp("it holds no rdf:Description")
    edits = [edit for edit in found.places if edit.name in values]
    missing = {name: value for name, value in values.items() if value and not any(one.name == name for one in edits)}
    pieces = [(one.start, one.end, one.text(values[one.name])) for one in edits]
    if missing:
        pieces.append((found.description, found.description, _attributes(missing, found.prefixes)))
    for start, end, text in sorted(pieces, reverse=True):
        data = data[:start] + text + data[end:]
    written = survey(data).values
    if any(written.get(name, "") != value for name, value in values.items()):
        raise NoXmp("its form is not one that can be changed")
    return data


def fresh(values: Mapping[str, str]) -> bytes:
    """Give a new packet with plain values, such as ``RATING``."""
    empty = (
        b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        b'  <rdf:Description rdf:about=""/>\n'
        b" </rdf:RDF>\n"
        b"</x:xmpmeta>\n"
        b'<?xpacket end="w"?>\n'
    )
    return changed(empty, values)


def xmp_stars(text: str) -> int | None:
    """Take stars as XMP writes them; nothing if they are none."""
    try:
        return stars_of(float(text))
    except ValueError:
        return None


def _attributes(values: Mapping[str, str], prefixes: Mapping[str, str]) -> bytes:
    """Write values as attributes, in the blanks that programs write before each."""
    declared, written = "", ""
    for space in dict.fromkeys(name.split()[0] for name in values):
        prefix = prefixes.get(space, "")
        if not prefix:
            prefix = _PREFIXES[space]
            if prefix in prefixes.values():
                raise NoXmp(f"it uses the prefix {prefix} for something else")
            declared += f'\n    xmlns:{prefix}="{space}"'
        of_it = {name.split()[1]: value for name, value in values.items() if name.split()[0] == space}
        written += "".join(f'\n    {prefix}:{name}="{quoted(value)}"' for name, value in of_it.items())
    return (declared + written).encode()
