"""Films of a few atoms, for tests."""

import struct

EPOCH = 2_082_844_800


def atom(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def metadata(key: str, value: str) -> bytes:
    keys = atom(b"keys", bytes(4), struct.pack(">I", 2), atom(b"mdta", b"com.apple.other"), atom(b"mdta", key.encode()))
    data = atom(b"data", struct.pack(">II", 1, 0), value.encode())
    return atom(b"hdlr", bytes(26)) + keys + atom(b"ilst", atom(struct.pack(">I", 2), data))


def film(
    identifier: str = "", *, seconds: float = 3, made: int = 0, key: str = "com.apple.quicktime.content.identifier"
) -> bytes:
    """A film; ``made`` is seconds since 1970, 0 for a film whose time is not known."""
    created = made + EPOCH if made else 0
    header = atom(b"mvhd", bytes(4), struct.pack(">IIII", created, created, 600, round(seconds * 600)), bytes(80))
    meta = atom(b"meta", metadata(key, identifier)) if identifier else b""
    return atom(b"ftyp", b"qt  ") + atom(b"wide") + atom(b"mdat", bytes(999)) + atom(b"moov", header, meta)
