"""Two pictures beside the plan: the photograph that goes, and the one that stays in its place."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look, Text
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_L, GAP_S
from app.ui.widgets import Label

_WIDTH, _HEIGHT = 300, 200


class PairPreview(QWidget):
    """Shows thumbnails by their digests, each under a word and over a name."""

    def __init__(self, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._goes, self._stays = _Picture(look, thumbnails), _Picture(look, thumbnails)
        self.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_L, 0, 0, 0)
        layout.setSpacing(GAP_S)
        for text, picture in ((self.tr("Goes"), self._goes), (self.tr("Stays in its place"), self._stays)):
            heading = Label(look, Text.STRONG)
            heading.setText(text)
            layout.addWidget(heading)
            layout.addWidget(picture, 1)
            layout.addWidget(picture.name)
        layout.addStretch(0)

    def show_pair(self, goes: tuple[bytes, str] | None, stays: tuple[bytes, str] | None) -> None:
        """Show two photographs by digest and name; nothing where there is none."""
        self._goes.show_photo(goes)
        self._stays.show_photo(stays)
        self._thumbnails.want([one[0] for one in (goes, stays) if one is not None])


class _Picture(QWidget):
    """One thumbnail, whole, as large as it fits."""

    def __init__(self, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._look, self._thumbnails = look, thumbnails
        self._sha256 = b""
        self.name = Label(look, Text.SMALL, "text2", elided=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        thumbnails.arrived.connect(lambda _: self.update())

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def show_photo(self, photo: tuple[bytes, str] | None) -> None:
        self._sha256, name = (b"", "") if photo is None else photo
        self.name.setText(name)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = self._thumbnails.whole(self._sha256) if self._sha256 else None
        if whole is None:
            painter.fillRect(self.rect(), self._look.color("sunken"))
        else:
            size = whole.deviceIndependentSize().toSize().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, whole)
        painter.end()
