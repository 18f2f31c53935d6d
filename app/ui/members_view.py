"""The members of a cluster as a list: each with its picture, badge, score and what speaks for or against it."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.opinions import MemberOpinion, Opinion
from app.domain.uris import shown
from app.ui import choice_words, remark_words, words
from app.ui.alikeness_words import number
from app.ui.badges import Badges
from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.paths import folder_name, short
from app.ui.rows import ROW, Cell, RowsModel
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_M, GAP_S

_PICTURE = QSize(108, 81)
_LINE, _ROW = 16, 97
_BAR = QSize(96, 4)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member with what is thought of it. ``ranked``: its cluster has a best and scores that count."""

    opinion: MemberOpinion
    best: bool
    ranked: bool
    cells: tuple[Cell, ...]
    enabled: bool = True

    @property
    def key(self) -> str:
        return self.opinion.file.path


class MembersView(QListView):
    """Shows the members in their order, the best first; its current row is the member that the keys are at."""

    def __init__(self, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._look, self._thumbnails = look, thumbnails
        self.rows = RowsModel([""], parent=self)
        self.setModel(self.rows)
        self.setItemDelegate(_MemberDelegate(look, thumbnails, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        thumbnails.arrived.connect(self._on_arrived)

    def show_opinion(self, opinion: Opinion) -> None:
        """Show the members; the current one stays current if it is still there, else the best becomes it."""
        self.rows.show_rows(_rows(opinion), self)
        if not self.currentIndex().isValid() and self.rows.rows:
            self.setCurrentIndex(self.rows.index(0, 0))

    def current(self) -> MemberRow | None:
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        area = self.viewport().rect()
        first = self.indexAt(area.topLeft()).row()
        last = self.indexAt(area.bottomLeft()).row()
        seen = self.rows.rows[max(first, 0) : last + 1 if last >= 0 else None]
        self._thumbnails.want([row.opinion.file.sha256 for row in seen if isinstance(row, MemberRow)])

    def _on_arrived(self) -> None:
        self.viewport().update()


class _MemberDelegate(QStyledItemDelegate):
    """Paints one member."""

    def __init__(self, look: Look, thumbnails: Thumbnails, view: MembersView) -> None:
        super().__init__(view)
        self._look, self._thumbnails, self._view = look, thumbnails, view
        self._badges = Badges(look)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: MemberRow = index.data(ROW)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        brush = Brush(painter, self._look)
        selected = self._view.selectionModel().isSelected(index)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            brush.mat(rect, "mat" if selected else "mathover")
        inner = rect.adjusted(GAP_M, GAP_M, -GAP_M, -GAP_M)
        self._paint_picture(painter, QRect(inner.topLeft(), _PICTURE), row)
        self._paint_words(brush, inner.adjusted(_PICTURE.width() + GAP_M, 0, 0, 0), row)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            brush.ring(rect)

    def _paint_picture(self, painter: QPainter, frame: QRect, row: MemberRow) -> None:
        ratio = painter.device().devicePixelRatio()
        header, digest = row.opinion.file.header, row.opinion.file.sha256
        size = QSize(max(header.width, 1), max(header.height, 1)).scaled(
            frame.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
        target = QRect(frame.topLeft(), size)
        target.moveCenter(frame.center())
        picture = self._thumbnails.scaled(digest, target.size() * ratio)
        if picture is not None:
            painter.drawPixmap(target, picture)
            return
        painter.fillRect(target, self._look.color("sunken"))
        if self._thumbnails.is_missing(digest):
            icon = self._look.pixmap("image-off", 24, "text3", ratio)
            painter.drawPixmap(target.center() - QPoint(12, 12), icon)

    def _paint_words(self, brush: Brush, area: QRect, row: MemberRow) -> None:
        line = QRect(area.left(), area.top(), area.width(), _LINE)
        taken = self._paint_badge(brush.painter, line, row)
        brush.words(line.adjusted(0, 0, -taken, 0), row.cells[0].text, Text.SMALL_STRONG, "text1")
        line.translate(0, _LINE + GAP_S)
        self._paint_score(brush, line, row)
        line.translate(0, _LINE)
        for remark in row.opinion.remarks:
            brush.words(line, remark_words.said(remark), Text.NOTE, "text2")
            line.translate(0, _LINE - 1)

    def _paint_badge(self, painter: QPainter, line: QRect, row: MemberRow) -> int:
        ratio = painter.device().devicePixelRatio()
        if row.best:
            pill = self._badges.best(words.best(), ratio)
        elif row.opinion.kept:
            pill = self._badges.keep(words.kept(), ratio)
        else:
            return 0
        size = pill.deviceIndependentSize().toSize()
        painter.drawPixmap(QPoint(line.right() + 1 - size.width(), line.top()), pill)
        return size.width() + GAP_M

    def _paint_score(self, brush: Brush, line: QRect, row: MemberRow) -> None:
        """Paint the score as a bar and a number, and the folder by which copies of one name are told apart."""
        told, score = folder_name(row.key.rpartition("/")[0]), row.opinion.file.image_score
        if row.ranked and score is not None:
            bar = QRect(line.left(), line.center().y() - 1, _BAR.width(), _BAR.height())
            brush.painter.fillRect(bar, self._look.color("line"))
            bar.setWidth(round(_BAR.width() * min(max(score, 0.0), 1.0)))
            brush.painter.fillRect(bar, self._look.color("text2"))
            line = line.adjusted(_BAR.width() + GAP_M, 0, 0, 0)
            told = words.SEPARATOR.join((number(score), told))
        brush.words(line, told, Text.NOTE, "text2")


def _rows(opinion: Opinion) -> list[MemberRow]:
    ranked = not opinion.cluster.kind.protected
    return [
        MemberRow(member, best := ranked and place == 0, ranked, _cells(opinion, member, best=best))
        for place, member in enumerate(opinion.members)
    ]


def _cells(opinion: Opinion, member: MemberOpinion, *, best: bool) -> tuple[Cell, ...]:
    """Return what is told of a member; the name alone is painted from here, the rest is said by a screen reader."""
    choice = opinion.cluster.choice
    badge = words.best() if best else words.kept() if member.kept else ""
    score = member.file.image_score
    told = [
        badge,
        choice_words.chosen_by(choice) if best and choice is not None else "",
        "" if score is None or opinion.cluster.kind.protected else _score(score),
        *(remark_words.said(remark) for remark in member.remarks),
    ]
    named = Cell(shown(member.file.name), help=short(member.file.path))
    return named, *(Cell(text) for text in told if text)


def _score(value: float) -> str:
    return words.translate("MembersView", "score {value} of 1").format(value=number(value))
