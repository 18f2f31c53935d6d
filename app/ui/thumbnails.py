"""Thumbnails for the screen: read and decoded in the pool in the order they are wanted, kept within bounds."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

Sha256 = bytes
Decoded = dict[Sha256, QImage]

_BATCH = 24
_BATCHES_AT_ONCE = 2
_BYTES = 128 * 2**20


class Ask(Protocol):
    """Has thumbnails decoded elsewhere and answers in the GUI thread."""

    def __call__(self, sha256s: Sequence[Sha256], then: Callable[[Decoded], None]) -> None: ...


def decode(sha256s: Sequence[Sha256], found: dict[Sha256, bytes]) -> Decoded:
    """Make pictures of JPEG bytes; what cannot be decoded or is missing becomes a null picture."""
    return {sha256: QImage.fromData(found.get(sha256, b"")) for sha256 in sha256s}


class Thumbnails(QObject):
    """The thumbnails read so far. ``arrived`` names those that can be drawn from now on."""

    arrived = Signal(object)

    def __init__(self, ask: Ask, parent: QObject | None = None, limit: int = _BYTES) -> None:
        super().__init__(parent)
        self._ask = ask
        self._limit = limit
        self._bytes = 0
        self._kept: OrderedDict[tuple[Sha256, int, int], QPixmap] = OrderedDict()
        self._missing: set[Sha256] = set()
        self._wanted: OrderedDict[Sha256, None] = OrderedDict()
        self._asked: set[Sha256] = set()
        self._under_way = 0

    def want(self, sha256s: Sequence[Sha256]) -> None:
        """Replace what is wanted, most urgent first; what is no longer wanted is not read."""
        self._wanted = OrderedDict.fromkeys(sha256 for sha256 in sha256s if not self._known(sha256))
        self._send()

    def is_missing(self, sha256: Sha256) -> bool:
        """Tell whether there is no thumbnail for this content."""
        return sha256 in self._missing

    def whole(self, sha256: Sha256) -> QPixmap | None:
        """Return the thumbnail in its own size, if it has arrived."""
        return self._get((sha256, 0, 0))

    def scaled(self, sha256: Sha256, size: QSize) -> QPixmap | None:
        """Return the thumbnail in exactly this many pixels, if it has arrived."""
        key = (sha256, size.width(), size.height())
        if (made := self._get(key)) is not None:
            return made
        if (whole := self.whole(sha256)) is None:
            return None
        made = whole.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self._put(key, made)
        return made

    def forget_missing(self) -> None:
        """Ask again for what had no thumbnail; a task may have made it since."""
        self._missing.clear()

    def recover(self) -> None:
        """Count no answer as under way any more: one of them failed and will not come."""
        self._under_way = 0
        self._asked.clear()

    def _known(self, sha256: Sha256) -> bool:
        return (sha256, 0, 0) in self._kept or sha256 in self._missing or sha256 in self._asked

    def _send(self) -> None:
        while self._wanted and self._under_way < _BATCHES_AT_ONCE:
            batch = list(islice(self._wanted, _BATCH))
            for sha256 in batch:
                del self._wanted[sha256]
            self._asked.update(batch)
            self._under_way += 1
            self._ask(batch, self._on_decoded)

    def _on_decoded(self, decoded: Decoded) -> None:
        self._under_way = max(0, self._under_way - 1)
        self._asked.difference_update(decoded)
        for sha256, image in decoded.items():
            if image.isNull():
                self._missing.add(sha256)
            else:
                self._put((sha256, 0, 0), QPixmap.fromImage(image))
        self.arrived.emit(frozenset(decoded))
        self._send()

    def _get(self, key: tuple[Sha256, int, int]) -> QPixmap | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _put(self, key: tuple[Sha256, int, int], pixmap: QPixmap) -> None:
        self._kept[key] = pixmap
        self._bytes += _weight(pixmap)
        while self._bytes > self._limit and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _weight(dropped)


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
