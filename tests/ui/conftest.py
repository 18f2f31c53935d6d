"""What every test of the window needs: a screen that is not there, a look, and photographs that need no file."""

import os
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from app.ui.look import Look
from app.ui.thumbnails import Decoded, Thumbnails


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look("dark")


def decode_at_once(sha256s: Sequence[bytes], then: Callable[[Decoded], None]) -> None:
    image = QImage(32, 24, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    then(dict.fromkeys(sha256s, image))


@pytest.fixture
def thumbnails(qapp: QApplication) -> Thumbnails:
    return Thumbnails(decode_at_once)
