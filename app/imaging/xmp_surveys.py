"""Surveys of XMP: one strict walk through a packet tells its values, and at which bytes they stand.

XMP has no use for a document type, so one is refused, and with it every entity that could grow or reach outside.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

LONGEST = 1 << 20
"""Bytes; no program writes as much about one picture."""
XMP, EXIF, DC = "http://ns.adobe.com/xap/1.0/", "http://ns.adobe.com/exif/1.0/", "http://purl.org/dc/elements/1.1/"
RATING, LABEL = f"{XMP} Rating", f"{XMP} Label"
LATITUDE, LONGITUDE = f"{EXIF} GPSLatitude", f"{EXIF} GPSLongitude"
SUBJECT, CAPTION = f"{DC} subject", f"{DC} description"
"""Keywords are a list; a caption is one of texts in several languages."""
DEFAULT_LANGUAGE = "x-default"
_DESCRIPTION = "http://www.w3.org/1999/02/22-rdf-syntax-ns# Description"
_ITEM = "http://www.w3.org/1999/02/22-rdf-syntax-ns# li"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF"
_PLAIN, _LISTS = {RATING, LABEL, LATITUDE, LONGITUDE}, {SUBJECT, CAPTION}
_DEEPEST, _MOST_PREFIXES = 100, 500
"""Far more than any program writes; what goes beyond would only take time."""
_START = re.compile(rb"<(?P<element>[^\s/>]+)(?P<attributes>(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_ATTRIBUTE = re.compile(rb"\s+(?P<name>[^\s=]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*')")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class NoXmp(Exception):
    """A text that is no XMP, or none that can be changed, and why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: an attribute with the blank before it, or a whole element. ``head`` leads to the value."""

    name: str
    start: int
    end: int
    head: bytes
    tail: bytes

    def text(self, value: str) -> bytes:
        """Give what stands there instead; nothing for an empty value."""
        return self.head + quoted(value).encode() + self.tail if value else b""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where elements can be put: before the end of a list, or into a description.

    ``element`` is the name of the one around them, as it is written. ``head`` and ``tail`` open and close it if it
    stands there as an empty one.
    """

    element: bytes
    start: int
    end: int
    head: bytes = b""
    tail: bytes = b""

    def filled(self, data: bytes, elements: bytes) -> bytes:
        """Give a packet with elements there."""
        return data[: self.start] + self.head + elements + self.tail + data[self.end :]


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list, from its first byte to behind its last; ``language`` is empty where it says none."""

    text: str
    language: str
    start: int
    end: int


@dataclass(slots=True)
class Survey:
    """What was found in a packet; ``description`` is where an attribute can be put, in bytes from its start.

    ``lists`` are the items of keywords and captions, ``gaps`` where more of them can be put, and ``body`` where other
    elements can. ``encoding`` is the one that it declares.
    """

    data: bytes
    encoding: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    items_of: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    lists: dict[str, list[Item]] = field(default_factory=dict)
    gaps: dict[str, Gap] = field(default_factory=dict)
    description: int | None = None
    body: Gap | None = None
    prefixes: dict[str, str] = field(default_factory=dict)
    rdf: bool = False

    def check_encoding(self) -> None:
        """Let only a packet pass that can be changed byte by byte.

        Raises:
            NoXmp: it is not written in UTF-8.
        """
        if self.data.startswith(_WIDE) or self.encoding not in {None, "utf-8", "us-ascii"}:
            raise NoXmp("it is not written in UTF-8")


def survey(data: bytes) -> Survey:
    """Walk through a packet.

    Raises:
        NoXmp: it is too long, not well-formed, declares a document type, or holds no RDF.
    """
    if len(data) > LONGEST:
        raise NoXmp(f"it is longer than {LONGEST >> 20} MB")
    try:
        return _Surveyor(data if data.startswith(_WIDE) else data.rstrip(b"\0")).survey()
    except expat.ExpatError as error:
        raise NoXmp(f"it is not well-formed ({error})") from error
    except (LookupError, UnicodeError, ValueError) as error:
        raise NoXmp(f"its encoding cannot be read ({error})") from error


def quoted(value: str) -> str:
    """Write a value so that it can stand in an attribute or an element."""
    return escape(value, {'"': "&quot;", "'": "&apos;"})


class _Surveyor:
    """Walks through a packet once. Names are expanded here, for the places of the prefixes are needed as well."""

    def __init__(self, data: bytes) -> None:
        self._found = Survey(data)
        self._path: list[str] = []
        self._scopes: list[dict[str, str]] = [{"xml": "http://www.w3.org/XML/1998/namespace"}]
        self._text: list[str] = []
        self._begun: list[int] = []
        self._language = ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append

    def survey(self) -> Survey:
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
        self._begun.append(self._parser.CurrentByteIndex)
        self._found.rdf |= name == _RDF
        if self._path[-2:] == [_RDF, _DESCRIPTION]:
            self._describe(attributes)
        elif name == _ITEM:
            self._found.items_of |= set(self._path)
            self._language = attributes.get("xml:lang", "").lower()

    def _describe(self, attributes: dict[str, str]) -> None:
        """Take the values that stand in the start tag of a description."""
        for raw, value in attributes.items():
            self._found.values.setdefault(self._expanded(raw), value)
        tag = _START.match(self._found.data, self._begun[-1])
        if tag is None:
            return  # not in a form of ASCII; such a packet is not changed
        if self._found.description is None:
            self._found.description = tag.end("attributes")
            self._found.body = _gap_of(tag, tag.end())
            self._found.prefixes = {uri: prefix for prefix, uri in self._scopes[-1].items()}
        for one in _ATTRIBUTE.finditer(self._found.data, *tag.span("attributes")):
            name = self._expanded(one["name"].decode())
            start, stop = one.start("value") + 1, one.end("value") - 1
            head, tail = self._found.data[one.start() : start], self._found.data[stop : one.end()]
            self._found.places.append(Place(name, one.start(), one.end(), head, tail))

    def _end(self, raw: str) -> None:
        name, path = self._path[-1], self._path
        if path[-3:-1] == [_RDF, _DESCRIPTION]:
            self._found.values.setdefault(name, "".join(self._text))
            self._note(name)
        elif path[-4:-2] == [_RDF, _DESCRIPTION] and path[-2] in _LISTS:
            self._note_list(path[-2])
        elif path[-5:-3] == [_RDF, _DESCRIPTION] and path[-3] in _LISTS and name == _ITEM:
            self._note_item(path[-3])
        self._path.pop()
        self._scopes.pop()
        self._begun.pop()
        self._text.clear()

    def _note(self, name: str) -> None:
        """Note where an element stands that holds a plain value."""
        data, start, stop = self._found.data, self._begun[-1], self._parser.CurrentByteIndex
        tag = _START.match(data, start) if name in _PLAIN else None
        if tag is None:
            return
        head = tag[0]
        if head.endswith(b"/>"):
            head, stop = head[:-2].rstrip() + b">", tag.end()
            self._found.places.append(Place(name, start, stop, head, b"</" + tag["element"] + b">"))
        else:
            end = data.index(b">", stop) + 1
            self._found.places.append(Place(name, start, end, head, data[stop:end]))

    def _note_list(self, name: str) -> None:
        tag = _START.match(self._found.data, self._begun[-1])
        if tag is not None:
            self._found.gaps.setdefault(name, _gap_of(tag, self._parser.CurrentByteIndex))

    def _note_item(self, name: str) -> None:
        data, start, stop = self._found.data, self._begun[-1], self._parser.CurrentByteIndex
        tag = _START.match(data, start)
        end = stop if tag is None else tag.end() if tag[0].endswith(b"/>") else data.index(b">", stop) + 1
        item = Item("".join(self._text), self._language, start, end)
        self._found.lists.setdefault(name, []).append(item)

    def _expanded(self, raw: str) -> str:
        prefix, colon, name = raw.rpartition(":")
        return f"{self._scopes[-1].get(prefix, '')} {name}" if colon else raw


def _gap_of(tag: re.Match[bytes], stop: int) -> Gap:
    """Tell where more can be put into an element: at ``stop``, or in an empty one, where its tag ends."""
    if not tag[0].endswith(b"/>"):
        return Gap(tag["element"], stop, stop)
    return Gap(tag["element"], tag.end() - 2, tag.end(), b">", b"</" + tag["element"] + b">")
