"""The quiet line over the gallery that says which photographs came back after they were rejected."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import words
from app.ui.gallery_model import GalleryContent
from app.ui.look import Look, Text
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, NOTICE
from app.ui.widgets import Button, IconButton, IconLabel, Label, surface


class ReturnedBar(QWidget):
    """Says how many came back. ``wanted`` carries the ids of those in clusters, which a person wants to look at."""

    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        surface(self, "header")
        self.setFixedHeight(NOTICE)
        self._paths: Sequence[str] = ()
        self._ids: list[int] = []
        self.text = Label(look, Text.BODY, elided=True)
        self.review = Button(look, self.tr("Review"), kind="quiet")
        self.review.setToolTip(self.tr("Select them in their clusters"))
        self.review.clicked.connect(lambda: self.wanted.emit(self._ids))
        close = IconButton(look, "x", self.tr("Dismiss this message"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP_XL, 0, GAP_L, 0)
        layout.setSpacing(GAP_M)
        layout.addWidget(IconLabel(look, "refresh-cw"))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.review)
        layout.addWidget(close)
        self.hide()

    def show_photos(self, content: GalleryContent, paths: Sequence[str]) -> None:
        """Say how many came back; who dismissed it hears of it again when others do."""
        if paths:
            returned = set(paths)
            self._ids = [photo.file.file_id for photo in content.photos if photo.file.path in returned]
            text = self.tr("1 photo that you rejected before is back")
            if len(paths) > 1:
                text = self.tr("{photos} that you rejected before are back").format(photos=words.photos(len(paths)))
            self.text.setText(text)
            self.review.setVisible(bool(self._ids))
        if paths != self._paths:
            self._paths = paths
            self.setVisible(bool(paths))
