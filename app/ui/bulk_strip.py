"""One sample of a sheet: the photographs of a cluster in a row, those that would be kept first."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.files import FileMeta
from app.services.proposing import Suggestion
from app.ui import bulk_samples, decision_words, words
from app.ui.badges import Badges
from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_M, GAP_S

_HEIGHT, _LINE, _SIGN = 96, 20, 16
_DIMMED = 0.35
_WIDEST = 2.0


class BulkStrip(QWidget):
    """Paints as many as fit, and says how many more there are."""

    def __init__(self, look: Look, badges: Badges, thumbnails: Thumbnails, sample: Suggestion) -> None:
        super().__init__()
        self._look, self._badges, self._thumbnails, self._sample = look, badges, thumbnails, sample
        self._files = sorted(sample.cluster.members, key=lambda member: member.path not in sample.kept)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(bulk_samples.spoken(sample))
        thumbnails.arrived.connect(self.update)

    def digests(self) -> list[bytes]:
        """Return the contents that are to be shown."""
        return [file.sha256 for file in self._files]

    def sizeHint(self) -> QSize:
        return QSize(4 * _HEIGHT, _LINE + _HEIGHT + GAP_M)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        brush = Brush(painter, self._look)
        brush.words(QRect(GAP_S, 0, self.width() - GAP_M, _LINE), bulk_samples.told(self._sample), Text.SMALL, "text2")
        left = GAP_S
        for place, file in enumerate(self._files):
            width = round(_HEIGHT * min(_WIDEST, file.header.width / max(file.header.height, 1)))
            if left + width > self.width() - 2 * _SIGN - GAP_S and place:
                more = words.translate("bulk", "+{count}").format(count=words.number(len(self._files) - place))
                brush.words(QRect(left, _LINE, 3 * _SIGN, _HEIGHT), more, Text.BODY, "text2")
                break
            self._paint_photo(painter, QRect(left, _LINE, width, _HEIGHT - GAP_S), file)
            left += width + GAP_M
        if self.hasFocus():
            brush.ring(self.rect())
        painter.end()

    def _paint_photo(self, painter: QPainter, place: QRect, file: FileMeta) -> None:
        kept, ratio = file.path in self._sample.kept, painter.device().devicePixelRatio()
        painter.setOpacity(1.0 if kept else _DIMMED)
        pixmap = self._thumbnails.whole(file.sha256)
        if pixmap is None:
            painter.fillRect(place, self._look.color("sunken"))
        else:
            size = pixmap.deviceIndependentSize().toSize()
            size.scale(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(place.topLeft(), size)
            painter.drawPixmap(place, pixmap)
        painter.setOpacity(1.0)
        letters = (self._badges.kept, decision_words.keep_letter), (self._badges.rejected, decision_words.reject_letter)
        sign, letter = letters[0 if kept else 1]
        painter.drawPixmap(place.topLeft() + QPoint(GAP_S, GAP_S), sign(letter(), ratio))
