"""A list view whose items lie where our arithmetic puts them; selection, keys and screen readers stay Qt's."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

import numpy as np
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.ui.gallery_layout import Box, GalleryLayout, lay_out
from app.ui.gallery_model import GalleryModel, Index, Photo
from app.ui.tokens import CLUSTER_HEADER, ROW

_Move = QAbstractItemView.CursorAction
_NOWHERE = lay_out(np.zeros(0), np.zeros(0, np.int64), 0, 176)


class PlacedView(QListView):
    """Places, finds and steps through the photographs of a :class:`GalleryModel`; painting is left to who inherits."""

    # Qt calls the overrides while its own constructor runs, so all they need is there before it.
    _places: GalleryLayout = _NOWHERE
    _thumbnail = 176
    _gallery: GalleryModel | None = None
    _start = _previous = QPersistentModelIndex()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes changes the width, and with it all rows.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def show_model(self, model: GalleryModel) -> None:
        self._gallery = model
        self.setModel(model)

    def places(self) -> GalleryLayout:
        """Return where everything lies, in the gallery's own coordinates."""
        return self._places

    def set_thumbnail(self, height: int) -> None:
        """Change the wished height of the photographs and stay at the same place."""
        if height != self._thumbnail:
            with self.keeping_place():
                self._thumbnail = height
                self.doItemsLayout()

    @contextmanager
    def keeping_place(self) -> Iterator[None]:
        """Hold the current photograph, or else the first one in sight, where it is while the rest moves.

        Chosen ones stay chosen. Where the current one goes away, the next that stays takes its place.
        """
        model, photos = self._gallery, self._gallery.content.photos if self._gallery else ()
        current, (anchor, offset) = self.currentIndex().row(), self._anchor()
        chosen = [photos[row].file.file_id for row in self.chosen()]
        focused = self.hasFocus()
        yield
        if model is None or anchor < 0:
            return
        found = self._survivor(photos, current)
        if found >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(model.index(found), flag)
            self._choose(chosen)
        row = found if anchor == current else self._survivor(photos, anchor)
        if row >= 0:
            self.verticalScrollBar().setValue(int(self._places.y[row]) - offset)
        if focused:
            self.setFocus()

    def chosen(self) -> list[int]:
        """Return the rows of the chosen photographs, in their order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes()) if self._gallery else []

    def choose(self, file_ids: Sequence[int]) -> None:
        """Choose photographs and go to the first of them."""
        if self._gallery is None or not file_ids:
            return
        found = sorted(row for file_id in file_ids if (row := self._gallery.content.find(file_id)) >= 0)
        if found:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._gallery.index(found[0]), flag)
            self._choose(file_ids)

    def _survivor(self, before: Sequence[Photo], row: int) -> int:
        """Return the row now of a photograph of before, or of the next, or else the last, that is still there."""
        if self._gallery is None or row < 0:
            return -1
        find = self._gallery.content.find
        near = chain(before[row:], reversed(before[:row]))
        return next((found for photo in near if (found := find(photo.file.file_id)) >= 0), -1)

    def _choose(self, file_ids: Sequence[int]) -> None:
        """Choose photographs besides the current one, if they are still there."""
        assert self._gallery is not None
        rows = [row for file_id in file_ids if (row := self._gallery.content.find(file_id)) >= 0]
        if self.currentIndex().row() not in rows:
            return
        selection = QItemSelection()
        for row in rows:
            selection.select(self._gallery.index(row), self._gallery.index(row))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

    def _anchor(self) -> tuple[int, int]:
        """Return the row to hold and its distance from the upper edge of the view."""
        top, current = self.verticalOffset(), self.currentIndex().row()
        seen = self._places.between(top, top + self.viewport().height())
        row = current if current in seen else next((i for i in seen if self._places.y[i] >= top), -1)
        return row, int(self._places.y[row]) - top if row >= 0 else 0

    def doItemsLayout(self) -> None:
        if self._gallery is not None:
            content = self._gallery.content
            self._places = lay_out(content.aspects, content.starts, self.viewport().width(), self._thumbnail)
        # The nearest base also ends the layout that Qt has put off; QListView's own would place the items again.
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(height)
        bar.setSingleStep(ROW * 2)
        bar.setRange(0, max(0, self._places.total_height - height))
        bar.setEnabled(bar.maximum() > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() == event.oldSize().width():
            self.updateGeometries()
            return
        with self.keeping_place():
            self.doItemsLayout()

    def reset(self) -> None:
        super().reset()
        self.doItemsLayout()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._places.x):
            return QRect()
        return self._on_screen(self._places.cell(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self._gallery is None or (self._sticks() and 0 <= point.y() < CLUSTER_HEADER):
            return QModelIndex()
        row = self._places.index_at(point.x(), point.y() + self.verticalOffset())
        return self._gallery.index(row) if row >= 0 else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QListView.ScrollHint.EnsureVisible) -> None:
        if not index.isValid() or index.row() >= len(self._places.x):
            return
        cell, bar, height = self._places.cell(index.row()), self.verticalScrollBar(), self.viewport().height()
        above, below = cell.y - CLUSTER_HEADER, cell.y + cell.height - height
        if hint is QListView.ScrollHint.PositionAtCenter:
            bar.setValue((above + below) // 2)
        elif hint is QListView.ScrollHint.PositionAtTop or bar.value() > above:
            bar.setValue(above)
        elif hint is QListView.ScrollHint.PositionAtBottom or bar.value() < below:
            bar.setValue(min(below, above))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if self._gallery is None or not (count := len(self._places.x)):
            return QModelIndex()
        row = self.currentIndex().row()
        last = count - 1
        if row < 0:
            return self._gallery.index(last if action is _Move.MoveEnd else 0)
        return self._gallery.index(self._moved(row, action, last))

    def _moved(self, row: int, action: QAbstractItemView.CursorAction, last: int) -> int:
        page = self.viewport().height() - CLUSTER_HEADER
        match action:
            case _Move.MoveLeft | _Move.MovePrevious:
                return max(0, row - 1)
            case _Move.MoveRight | _Move.MoveNext:
                return min(last, row + 1)
            case _Move.MoveUp | _Move.MoveDown:
                return self._places.step(row, -1 if action is _Move.MoveUp else 1)
            case _Move.MovePageUp | _Move.MovePageDown:
                return self._places.page(row, -page if action is _Move.MovePageUp else page)
            case _:
                return 0 if action is _Move.MoveHome else last

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._previous = QPersistentModelIndex(previous)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose what Qt means by the rectangle: the current photograph, or with Shift all from where it began.

        Between two photographs lie those of the rows between, not only what a rectangle covers.
        """
        if command & QItemSelectionModel.SelectionFlag.Current:
            index = self.currentIndex()
            if not (self._start.isValid() and self.selectionModel().isSelected(self._start)):
                self._start = self._previous
        else:
            index = self.indexAt(rect.bottomRight())
            self._start = QPersistentModelIndex(index)
        if not index.isValid():
            self.selectionModel().select(QItemSelection(), command)
            return
        start = self._start.row() if self._start.isValid() else index.row()
        first, last = sorted((start, index.row()))
        self.selectionModel().select(QItemSelection(self.model().index(first, 0), self.model().index(last, 0)), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row in self._rows_on(self.viewport().rect()):
            if selection.contains(self.model().index(row, 0)):
                region += self._on_screen(self._places.cell(row))
        return region

    def _sticks(self) -> bool:
        """Tell whether the first cluster's header is held at the upper edge instead of its own place."""
        top = self.verticalOffset()
        return len(self._places.x) > 0 and top > self._places.tops[self._places.group_at(top)]

    def _rows_on(self, rect: QRect) -> range:
        top = self.verticalOffset()
        return self._places.between(rect.top() + top, rect.bottom() + top + 1)

    def _on_screen(self, box: Box) -> QRect:
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)
