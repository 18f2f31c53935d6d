"""What goes along with a photograph, in a badge and in words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from app.domain.companions import Companion, CompanionKind
from app.domain.files import FileMeta
from app.ui import companion_words, words
from app.ui.gallery_delegate import CellState, GalleryDelegate
from app.ui.gallery_model import Photo
from app.ui.look import Look
from app.ui.thumbnails import Thumbnails
from tests.ui.factories import photo

RAW, RENDERING, SIDECAR, SOUND, FILM = CompanionKind


def with_files(face: str, **files: CompanionKind) -> FileMeta:
    companions = tuple(Companion(f"/photos/a.{suffix}", kind, 1_000_000) for suffix, kind in files.items())
    return replace(photo(1), path=f"/photos/{face}", companions=companions)


@pytest.mark.parametrize(
    ("file", "mark", "told"),
    [
        (with_files("a.jpg"), "", ""),
        (with_files("a.jpg", NEF=RAW), "RAW+J", "with RAW"),
        (with_files("a.JPG", NEF=RAW, xmp=SIDECAR), "RAW+J", "with RAW"),
        (with_files("a.heic", dng=RAW), "RAW+H", "with RAW"),
        (with_files("a.jpg", xmp=SIDECAR), "+1", "with XMP"),
        (with_files("a.heic", AAE=SIDECAR, mov=FILM), "+2", "with AAE"),
        (with_files("a.jpg", wav=SOUND), "+1", "with sound"),
        (with_files("a.jpg", heic=RENDERING, NEF=RAW), "RAW+J", "with HEIC"),
    ],
)
def test_the_badge_is_short_and_the_words_name_each_kind(file: FileMeta, mark: str, told: str) -> None:
    assert companion_words.mark(file) == mark
    assert companion_words.told(file).startswith(told)
    assert bool(companion_words.told(file)) is bool(mark)


def test_the_caption_counts_the_bytes_of_all_files() -> None:
    assert words.details(with_files("a.jpg", NEF=RAW)).endswith("2.0 MB")


@pytest.mark.parametrize("height", [160, 100])
def test_a_photograph_with_a_raw_has_a_badge_of_its_own_in_either_caption(
    look: Look, thumbnails: Thumbnails, height: int
) -> None:
    delegate = GalleryDelegate(look, thumbnails)
    state = CellState(selected=False, focused=False, hovered=False, active=False, settled=True)
    caption = 38 if height == 160 else 22

    def pill(file: FileMeta) -> int:
        """Count the pixels of the caption that have the colour of the pill; letters have some by chance."""
        pixmap = QPixmap(252, height + caption + 12)
        pixmap.fill(look.color("backdrop"))
        painter = QPainter(pixmap)
        place = QRect(6, 6, 240, height)
        delegate.paint_cell(painter, pixmap.rect(), place, Photo(file, file.name, 2, 3, 0), state)
        painter.end()
        below = pixmap.toImage().copy(0, height + 7, 252, caption)
        colors = [below.pixelColor(x, y) for x in range(below.width()) for y in range(below.height())]
        return colors.count(look.color("raised"))

    assert pill(with_files("a.jpg", NEF=RAW)) > 200
    assert pill(with_files("a.jpg")) < 50
