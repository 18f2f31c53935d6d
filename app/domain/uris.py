"""Paths and ``file:///`` URIs: the contract names a file by its URI, the machine by its bytes.

A path is a ``str`` as Python gives it: bytes that are no UTF-8 are surrogate escapes. A URI is ASCII, percent-encoded
from the bytes, so every path has exactly one and the way back loses nothing.
"""

import os
from urllib.parse import quote_from_bytes, unquote_to_bytes

from app.errors import InvalidArgument

_PREFIX = "file://"
_UNESCAPED = "/-._~!$&'()*+,;=:@"


def uri_of(path: str) -> str:
    """Give the URI of an absolute path."""
    return _PREFIX + quote_from_bytes(os.fsencode(path), safe=_UNESCAPED)


def path_of(uri: str) -> str:
    """Give the path of a ``file:///`` URI.

    Raises:
        InvalidArgument: it is the URI of something else, or not absolute.
    """
    if not uri.startswith(_PREFIX + "/"):
        raise InvalidArgument(f"The URI {uri!r} is not one of a local file; it must begin with file:///.")
    path = os.fsdecode(unquote_to_bytes(uri.removeprefix(_PREFIX)))
    if "\0" in path:
        raise InvalidArgument(f"The URI {uri!r} holds a zero byte; no file can have such a name.")
    return path


def normal_uri(uri: str) -> str:
    """Give the one way to write a ``file:///`` URI.

    Raises:
        InvalidArgument: it is the URI of something else, or not absolute.
    """
    return uri_of(os.path.normpath(path_of(uri)))


def shown(path: str) -> str:
    """Give a path as text that can be printed anywhere: what is no character becomes a visible escape."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
