"""How a photograph with its caption and the header of a cluster are painted."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from app.domain.clusters import Cluster, ClusterKind
from app.domain.decisions import Decision
from app.domain.files import FileMeta
from app.ui import companion_words, decision_words, remark_words, words
from app.ui.badges import Badges
from app.ui.gallery_layout import WIDEST
from app.ui.gallery_model import Photo
from app.ui.look import Look, Text
from app.ui.marks import Mark
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_M, GAP_S, GAP_XL, MAT, RADIUS_CELL

_PILL_WITH_WORD = 140
_MOST_ELIDED = 4000
_LINE = 16
_DIMMED = 0.35


@dataclass(frozen=True, slots=True)
class CellState:
    """What the person does with a cell: ``settled`` means the gallery is not being resized just now."""

    selected: bool
    focused: bool
    hovered: bool
    active: bool
    settled: bool
    mark: Mark = field(default_factory=Mark)


_KIND_ICONS = {
    ClusterKind.BURST: "layers",
    ClusterKind.BRACKET: "layers",
    ClusterKind.FOCUS_STACK: "layers",
    ClusterKind.NEAR: "images",
    ClusterKind.EXACT: "copy",
}


class GalleryDelegate:
    """Paints from what is at hand: thumbnails that arrived, badges and elided words drawn before."""

    def __init__(self, look: Look, thumbnails: Thumbnails) -> None:
        self._look = look
        self._thumbnails = thumbnails
        self._badges = Badges(look)
        self._elided: dict[tuple[str, int, Qt.TextElideMode], str] = {}
        self._small = QFontMetrics(look.font(Text.SMALL))
        self._note = QFontMetrics(look.font(Text.NOTE))
        self._strong = QFontMetrics(look.font(Text.STRONG))

    def paint_cell(self, painter: QPainter, cell: QRect, picture: QRect, photo: Photo, state: CellState) -> None:
        """Paint the mat, the photograph in ``picture``, the caption and the focus ring."""
        self._paint_mat(painter, cell, state)
        painter.setOpacity(_DIMMED if state.mark.gone else 1.0)
        self._paint_photo(painter, picture, photo, settled=state.settled)
        painter.setOpacity(1.0)
        self._paint_caption(painter, self._caption(cell, picture), photo, state.mark)
        if state.focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(cell).adjusted(1, 1, -1, -1), RADIUS_CELL, RADIUS_CELL)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def paint_header(self, painter: QPainter, band: QRect, cluster: Cluster, *, current: bool) -> None:
        """Paint the line above a cluster; what does not fit leaves from the least important on."""
        painter.fillRect(band, self._look.color("mathover" if current else "backdrop"))
        middle = band.center().y() + 1
        x = band.left() + GAP_XL
        icon = self._look.pixmap(_KIND_ICONS[cluster.kind], 16, "text2", painter.device().devicePixelRatio())
        painter.drawPixmap(QPoint(x, middle - 8), icon)
        x += 16 + GAP_M
        time = cluster.capture_time
        title = words.kind(cluster.kind) if time is None else words.camera_time(time)
        painter.setFont(self._look.font(Text.STRONG))
        painter.setPen(self._look.color("text1"))
        painter.drawText(QRect(x, band.top(), band.width(), band.height()), Qt.AlignmentFlag.AlignVCenter, title)
        x += self._strong.horizontalAdvance(title)
        painter.setFont(self._look.font(Text.SMALL))
        painter.setPen(self._look.color("text2"))
        rest = self._fitting(header_parts(cluster), band.right() - GAP_XL - x)
        painter.drawText(QRect(x, band.top(), band.width(), band.height()), Qt.AlignmentFlag.AlignVCenter, rest)

    def _fitting(self, parts: list[tuple[int, str]], width: int) -> str:
        while parts:
            text = "".join(words.SEPARATOR_WIDE + part for _, part in parts)
            if self._small.horizontalAdvance(text) <= width:
                return text
            parts.remove(max(parts))
        return ""

    def _paint_mat(self, painter: QPainter, cell: QRect, state: CellState) -> None:
        if not (state.selected or state.hovered):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("mat" if state.selected and state.active else "mathover"))
        painter.drawRoundedRect(cell, RADIUS_CELL, RADIUS_CELL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_photo(self, painter: QPainter, frame: QRect, photo: Photo, *, settled: bool) -> None:
        header, sha256 = photo.file.header, photo.file.sha256
        target = _standing(frame, header.width / max(header.height, 1))
        ratio = painter.device().devicePixelRatio()
        if self._thumbnails.is_missing(sha256):
            painter.fillRect(target, self._look.color("sunken"))
            icon = self._look.pixmap("image-off", 24, "text3", ratio)
            painter.drawPixmap(target.center() - QPoint(12, 12), icon)
        elif settled and (sharp := self._thumbnails.scaled(sha256, target.size() * ratio)) is not None:
            painter.drawPixmap(target, sharp)
        elif (soft := self._thumbnails.whole(sha256)) is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, soft)
        else:
            painter.fillRect(target, self._look.color("mathover"))

    def _caption(self, cell: QRect, picture: QRect) -> QRect:
        top = picture.bottom() + GAP_S
        return QRect(cell.left() + MAT, top, cell.width() - 2 * MAT, cell.bottom() + 1 - top)

    def _paint_caption(self, painter: QPainter, caption: QRect, photo: Photo, mark: Mark) -> None:
        line = QRect(caption.left(), caption.top(), caption.width(), _LINE + 2)
        below = line.translated(0, _LINE)
        is_wide, has_two = line.width() >= _PILL_WITH_WORD, below.bottom() <= caption.bottom() - GAP_S
        taken = self._paint_rank(painter, line, photo, full=is_wide)
        if is_wide and not has_two:
            taken += self._paint_companions(painter, line.adjusted(0, 0, -taken - GAP_M if taken else 0, 0), photo)
        line.setLeft(line.left() + self._paint_mark(painter, line, mark))
        painter.setFont(self._look.font(Text.SMALL))
        painter.setPen(self._look.color("text2" if mark.gone else "text1"))
        name = self._elide(self._small, photo.name, line.width() - taken - GAP_M, Qt.TextElideMode.ElideMiddle)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        if has_two:
            below.setWidth(below.width() - self._paint_companions(painter, below.translated(0, 1), photo))
            painter.setFont(self._look.font(Text.NOTE))
            painter.setPen(self._look.color("text2"))
            text = decision_words.part(mark.scope) or self._details(photo.file, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_mark(self, painter: QPainter, line: QRect, mark: Mark) -> int:
        """Paint what is decided or proposed at the left end of a line and return the width that is taken."""
        ratio = painter.device().devicePixelRatio()
        if mark.decision is Decision.KEEP:
            sign = self._badges.kept(decision_words.keep_letter(), ratio)
        elif mark.decision is Decision.REJECT:
            sign = self._badges.rejected(decision_words.reject_letter(), ratio)
        elif mark.proposed:
            sign = self._badges.proposed(decision_words.keep_letter(), ratio)
        else:
            return 0
        painter.drawPixmap(QPoint(line.left(), line.top() + 1), sign)
        return int(sign.deviceIndependentSize().width()) + GAP_S + 1

    def _paint_rank(self, painter: QPainter, line: QRect, photo: Photo, *, full: bool) -> int:
        """Paint "Best" or the rank at the right end of the caption's first line and return its width."""
        if not photo.rank:
            return 0
        if photo.rank == 1:
            ratio = painter.device().devicePixelRatio()
            pill = self._badges.best(words.best() if full else "", ratio)
            size: QSize = pill.deviceIndependentSize().toSize()
            painter.drawPixmap(QPoint(line.right() + 1 - size.width(), line.top() + 1), pill)
            return size.width()
        painter.setFont(self._look.font(Text.NOTE))
        painter.setPen(self._look.color("text2"))
        text = words.rank(photo.rank, photo.of)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return self._note.horizontalAdvance(text)

    def _paint_companions(self, painter: QPainter, line: QRect, photo: Photo) -> int:
        """Paint what goes along with a photograph at the right end of a line and return the width that is taken."""
        mark = companion_words.mark(photo.file)
        if not mark:
            return 0
        pill = self._badges.companions(mark, painter.device().devicePixelRatio())
        size: QSize = pill.deviceIndependentSize().toSize()
        painter.drawPixmap(QPoint(line.right() + 1 - size.width(), line.top() + 1), pill)
        return size.width() + GAP_M

    def _details(self, file: FileMeta, width: int) -> str:
        """Return as much of the second line as fits: pixels and bytes, pixels alone, or nothing."""
        for text in (words.details(file), words.pixels(file)):
            if self._elide(self._note, text, width, Qt.TextElideMode.ElideRight) == text:
                return text
        return ""

    def _elide(self, metrics: QFontMetrics, text: str, width: int, mode: Qt.TextElideMode) -> str:
        key = (text, width, mode)
        if key not in self._elided:
            if len(self._elided) >= _MOST_ELIDED:
                self._elided.clear()
            self._elided[key] = metrics.elidedText(text, mode, width)
        return self._elided[key]


def header_parts(cluster: Cluster) -> list[tuple[int, str]]:
    """Return the words after a header's title in their order; the one with the highest number leaves first."""
    time = cluster.capture_time
    to_free = words.kept_whole() if cluster.kind.protected else words.freed_of(cluster.freed, cluster.size)
    standing = decision_words.state(cluster) or remark_words.standing(cluster)
    parts = [(0, words.photos(len(cluster.members))), (3, to_free)]
    if standing:
        parts.insert(0, (2, standing))
    if time is None:
        return parts
    last = max(m.header.capture_time for m in cluster.members if m.header.capture_time is not None)
    lasting = f"{words.kind(cluster.kind)}, {words.span(last - time)}" if last > time else words.kind(cluster.kind)
    return [(4, words.camera_date(time)), (1, lasting), *parts]


def _standing(frame: QRect, aspect: float) -> QRect:
    """Fit a photograph whole into its frame, on the lower edge; only very wide ones are lower than it."""
    if aspect <= WIDEST:
        return frame
    height = max(1, round(frame.width() / aspect))
    return QRect(frame.left(), frame.bottom() + 1 - height, frame.width(), height)
