"""XMP: what programs write about a picture, read strictly and changed without touching the rest.

XMP has no use for a document type, so one is refused, and with it every entity that could grow or reach outside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from app.domain.ratings import Rating, label_of, stars_of

LONGEST = 1 << 20
"""Bytes; no program writes as much about one picture."""
RATING, LABEL = "http://ns.adobe.com/xap/1.0/ Rating", "http://ns.adobe.com/xap/1.0/ Label"
_XMP = "http://ns.adobe.com/xap/1.0/"
_DESCRIPTION = "http://www.w3.org/1999/02/22-rdf-syntax-ns# Description"
_ITEM = "http://www.w3.org/1999/02/22-rdf-syntax-ns# li"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF"
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
_DEEPEST, _MOST_PREFIXES = 100, 500
"""Far more than any program writes; what goes beyond would only take time."""
_START = re.compile(rb"<[^\s/>]+(?P<attributes>(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_ATTRIBUTE = re.compile(rb"\s+(?P<name>[^\s=]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*')")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class NoXmp(Exception):
    """A text that is no XMP, or none that can be changed, and why."""


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
    found = _surveyed(data)
    stars = _stars(found.values.get(RATING, ""))
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
    """Give a packet with other values of ``RATING`` and ``LABEL``, an empty one for none; every other byte stays.

    Raises:
        NoXmp: it cannot be read (``read_packet``), is not written in UTF-8, or is in a form that cannot be changed.
    """
    found = _surveyed(data)
    if data.startswith(_WIDE) or found.encoding not in {None, "utf-8", "us-ascii"}:
        raise NoXmp("it is not written in UTF-8")
    if found.description is None:
        raise NoXmp("it holds no rdf:Description")
    edits = [edit for edit in found.places if edit.name in values]
    missing = {name: value for name, value in values.items() if value and not any(one.name == name for one in edits)}
    pieces = [(one.start, one.end, one.text(values[one.name])) for one in edits]
    if missing and _XMP not in found.prefixes and "xmp" in found.prefixes.values():
        raise NoXmp("it uses the prefix xmp for something else")
    if missing:
        pieces.append((found.description, found.description, _attributes(missing, found.prefixes)))
    for start, end, text in sorted(pieces, reverse=True):
        data = data[:start] + text + data[end:]
    written = _surveyed(data).values
    if any(written.get(name, "") != value for name, value in values.items()):
        raise NoXmp("its form is not one that can be changed")
    return data


def fresh(values: Mapping[str, str]) -> bytes:
    """Give a new packet with values of ``RATING`` and ``LABEL``."""
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands: an attribute with the blank before it, or a whole element. ``head`` leads to the value."""

    name: str
    start: int
    end: int
    head: bytes
    tail: bytes

    def text(self, value: str) -> bytes:
        """Give what stands there instead; nothing for an empty value."""
        return self.head + _quoted(value).encode() + self.tail if value else b""


@dataclass(slots=True)
class _Survey:
    """What was found in a packet; ``description`` is where an attribute can be put, in bytes from its start."""

    data: bytes
    encoding: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    items_of: set[str] = field(default_factory=set)
    places: list[_Place] = field(default_factory=list)
    description: int | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    rdf: bool = False


def _surveyed(data: bytes) -> _Survey:
    if len(data) > LONGEST:
        raise NoXmp(f"it is longer than {LONGEST >> 20} MB")
    try:
        return _Surveyor(data if data.startswith(_WIDE) else data.rstrip(b"\0")).survey()
    except expat.ExpatError as error:
        raise NoXmp(f"it is not well-formed ({error})") from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise NoXmp(f"its encoding cannot be read ({error})") from error


class _Surveyor:
    """Walks through a packet once. Names are expanded here, for the places of the prefixes are needed as well."""

    def __init__(self, data: bytes) -> None:
        self._found = _Survey(data)
        self._path: list[str] = []
        self._scopes: list[dict[str, str]] = [{"xml": "http://www.w3.org/XML/1998/namespace"}]
        self._text: list[str] = []
        self._begun = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append

    def survey(self) -> _Survey:
        self._parser.Parse(self._found.data, True)  # noqa: FBT003 (expat's own)
        if not self._found.rdf:
            raise NoXmp("it holds no RDF")
        return self._found

    def _refuse(self, *_: object) -> None:
        raise NoXmp("it declares a document type, which XMP never has")

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self._found.encoding = None if encoding is None else encoding.lower()

    def _start(self, raw: str, attributes: dict[str, str]) -> None:
        named = {key[6:]: uri for key, uri in attributes.items() if key.startswith("xmlns:")}
        self._scopes.append(self._scopes[-1] | named if named else self._scopes[-1])
        if len(self._path) > _DEEPEST or len(self._scopes[-1]) > _MOST_PREFIXES:
            raise NoXmp("it is nested too deeply, or declares too many namespaces")
        name = self._expanded(raw)
        self._path.append(name)
        self._text.clear()
        self._begun = self._parser.CurrentByteIndex
        self._found.rdf |= name == _RDF
        if self._path[-2:] == [_RDF, _DESCRIPTION]:
            self._describe(attributes)
        elif name == _ITEM:
            self._found.items_of |= set(self._path)

    def _describe(self, attributes: dict[str, str]) -> None:
        """Take the values that stand in the start tag of a description."""
        for raw, value in attributes.items():
            self._found.values.setdefault(self._expanded(raw), value)
        tag = _START.match(self._found.data, self._begun)
        if tag is None:
            return  # not in a form of ASCII; such a packet is not changed
        if self._found.description is None:
            self._found.description = tag.end("attributes")
            self._found.prefixes = {uri: prefix for prefix, uri in self._scopes[-1].items()}
        for one in _ATTRIBUTE.finditer(self._found.data, *tag.span("attributes")):
            name = self._expanded(one["name"].decode())
            start, stop = one.start("value") + 1, one.end("value") - 1
            head, tail = self._found.data[one.start() : start], self._found.data[stop : one.end()]
            self._found.places.append(_Place(name, one.start(), one.end(), head, tail))

    def _end(self, raw: str) -> None:
        name = self._path[-1]
        if self._path[-3:-1] == [_RDF, _DESCRIPTION]:
            self._found.values.setdefault(name, "".join(self._text))
            self._note(name)
        self._path.pop()
        self._scopes.pop()
        self._text.clear()

    def _note(self, name: str) -> None:
        """Note where an element stands that holds a plain value."""
        if name not in {RATING, LABEL}:
            return
        data, start, stop = self._found.data, self._begun, self._parser.CurrentByteIndex
        tag = _START.match(data, start)
        if tag is None:
            return
        head, element = tag[0], tag[0][1:].split(None, 1)[0].rstrip(b"/>")
        if head.endswith(b"/>"):
            head, stop = head[:-2].rstrip() + b">", tag.end()
            self._found.places.append(_Place(name, start, stop, head, b"</" + element + b">"))
        else:
            end = data.index(b">", stop) + 1
            self._found.places.append(_Place(name, start, end, head, data[stop:end]))

    def _expanded(self, raw: str) -> str:
        prefix, colon, name = raw.rpartition(":")
        return f"{self._scopes[-1].get(prefix, '')} {name}" if colon else raw


def _stars(text: str) -> int | None:
    try:
        return stars_of(float(text))
    except ValueError:
        return None


def _attributes(values: Mapping[str, str], prefixes: Mapping[str, str]) -> bytes:
    """Write values as attributes, in the blanks that programs write before each."""
    prefix = prefixes.get(_XMP, "")
    declared = "" if prefix else f'\n    xmlns:xmp="{_XMP}"'
    written = (f'\n    {prefix or "xmp"}:{name.split()[1]}="{_quoted(value)}"' for name, value in values.items())
    return (declared + "".join(written)).encode()


def _quoted(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})
