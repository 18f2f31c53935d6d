"""What makers write of bursts and brackets into their MakerNote: a few tags, read from its raw bytes.

Offsets and counts are checked and never trusted: programs that rewrite EXIF move a MakerNote without its offsets. What
makes no sense, and every maker that is not known here, is left out. Tags after ExifTool (https://exiftool.org/TagNames/).
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MAX_ENTRIES = 255
_MAX_VALUES = 64
_MAX_TEXT = 64
_CODES: Final = {1: "B", 2: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i", 13: "I"}
"""The types of TIFF that are read here, as struct writes them."""


@dataclass(frozen=True, slots=True)
class MakerNote:
    """What a maker says of a frame; the fields are those of Header. ``serial`` is empty where EXIF has to say it."""

    burst_id: str = ""
    sequence: int | None = None
    bracketed: bool = False
    focus_bracketed: bool = False
    focus_distance: float | None = None
    serial: str = ""


class Directory:
    """One directory of TIFF: numbers and texts by their tags. Offsets count from the start of ``data``.

    The byte order is told from the number of entries, which is below 256: some notes have another than their EXIF.
    """

    def __init__(self, data: bytes, start: int) -> None:
        self.data = data
        self._places: dict[int, int] = {}
        count = data[start : start + 2] if start >= 0 else b""
        if len(count) < 2 or (count[0] == 0) == (count[1] == 0):
            self.order = "<"
            return
        self.order = "<" if count[1] == 0 else ">"
        entries = min(max(count), _MAX_ENTRIES, (len(data) - start - 2) // 12)
        for place in range(start + 2, start + 2 + 12 * entries, 12):
            self._places[struct.unpack_from(f"{self.order}H", data, place)[0]] = place

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Give the whole numbers of a tag, at most 64, and none where it is absent or leads out of the data."""
        place = self._places.get(tag)
        if place is None:
            return ()
        kind, count = struct.unpack_from(f"{self.order}HI", self.data, place + 2)
        code = _CODES.get(kind)
        if code is None or not count:
            return ()
        size = struct.calcsize(code) * count
        if size > 4:
            (start,) = struct.unpack_from(f"{self.order}I", self.data, place + 8)
        else:
            start = place + 8
        if start + size > len(self.data):
            return ()
        return struct.unpack_from(f"{self.order}{min(count, _MAX_VALUES)}{code}", self.data, start)

    def number(self, tag: int) -> int:
        """Give the first number of a tag, or 0."""
        return next(iter(self.numbers(tag)), 0)

    def text(self, tag: int) -> str:
        """Give a text of printable ASCII, or none."""
        found = bytes(number & 0xFF for number in self.numbers(tag)).split(b"\0")[0].strip()
        return found.decode("ascii") if found.isascii() and found.decode("ascii").isprintable() else ""


def read_makernote(note: bytes, exif: bytes, maker: str) -> MakerNote:
    """Read a MakerNote. ``exif``: the TIFF structure around it, from which some makers count; may be empty."""
    for mark, start, reader in _OF_THEIR_OWN:
        if note.startswith(mark):
            return reader(Directory(note, start))
    if note.startswith(b"Nikon\0\x02"):
        return _nikon(Directory(note[10:], 8))
    place = exif.find(note)
    # Without the structure around it, what the directory itself holds can still be read.
    data, base = (exif, place) if place >= 0 else (note, 0)
    for mark, start, reader in _OF_EXIF:
        if note.startswith(mark):
            return reader(Directory(data, base + start))
    return _canon(Directory(data, base)) if maker.lower().startswith("canon") else MakerNote()


def _apple(tags: Directory) -> MakerNote:
    return MakerNote(burst_id=tags.text(0x000B))


def _canon(tags: Directory) -> MakerNote:
    """Read the number of the file, and bracketing and focus from ShotInfo, whose first value is its own length."""
    shot = tags.numbers(0x0004)
    is_sound = len(shot) > 20 and shot[0] == 2 * len(shot)
    return MakerNote(
        sequence=tags.number(0x0008) or None,
        bracketed=is_sound and shot[16] != 0,
        focus_distance=shot[19] / 100 if is_sound and 0 < shot[19] < 0x7FFF else None,
        serial=_serial(tags.number(0x000C)),
    )


def _fujifilm(tags: Directory) -> MakerNote:
    return MakerNote(sequence=tags.number(0x1101) or None, bracketed=tags.number(0x1100) == 1)


def _nikon(tags: Directory) -> MakerNote:
    count = tags.number(0x00A7)
    return MakerNote(
        sequence=count if 0 < count < 10**8 else None,
        bracketed=bool(tags.number(0x0089) & 0x10),
        serial=tags.text(0x001D),
    )


def _olympus(tags: Directory) -> MakerNote:
    """Read the drive mode (mode, shot, what is bracketed), or of old cameras the special mode (mode, shot)."""
    settings = tags.number(0x2020)
    drive = Directory(tags.data, settings).numbers(0x0600) if settings else ()
    mode, shot, what = (*drive, 0, 0, 0)[:3] if drive else (*tags.numbers(0x0200)[:2], 0, 0, 0)[:3]
    if not (0 < mode <= 5 and 0 < shot < 10**4):
        return MakerNote()
    if not drive:
        return MakerNote(sequence=shot if mode == 2 else None)
    return MakerNote(
        sequence=shot,
        bracketed=mode in {2, 4} or (mode == 5 and bool(what & 0x21)),
        focus_bracketed=mode == 5 and bool(what & 0x40),
    )


def _panasonic(tags: Directory) -> MakerNote:
    mode = tags.number(0x002A)
    return MakerNote(sequence=tags.number(0x002B) or None, bracketed=mode in {2, 18}, focus_bracketed=mode == 3)


def _sony(tags: Directory) -> MakerNote:
    shot = tags.number(0xB04A)
    return MakerNote(sequence=shot if 0 < shot < 0xFFFF else None, bracketed=tags.number(0xB049) == 5)


def _serial(number: int) -> str:
    return str(number) if 0 < number < 0xFFFFFFFF else ""


_Reader = Callable[[Directory], MakerNote]
_OF_THEIR_OWN: Final[tuple[tuple[bytes, int, _Reader], ...]] = (
    (b"Apple iOS\0", 14, _apple),
    (b"FUJIFILM\x0c\0\0\0", 12, _fujifilm),
    (b"OLYMPUS\0", 12, _olympus),
    (b"OM SYSTEM\0", 16, _olympus),
)
"""(beginning, start of the directory, reader) of notes whose offsets count from their own start."""
_OF_EXIF: Final[tuple[tuple[bytes, int, _Reader], ...]] = (
    (b"OLYMP\0", 8, _olympus),
    (b"Panasonic\0", 12, _panasonic),
    (b"SONY DSC \0", 12, _sony),
    (b"SONY CAM \0", 12, _sony),
)
"""The same of notes whose offsets count from the start of the EXIF around them."""
