"""Rows that know their key: lists and tables that are read again keep the row where a person is."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row: words, and an icon with the token of its colour.

    ``strong`` words are brighter; ``help`` is the tooltip where it says more than the words, and ``spoken`` is what a
    screen reader says where the icon says it all.
    """

    text: str
    icon: str = ""
    icon_color: str = "text2"
    strong: bool = False
    help: str = ""
    spoken: str = ""


class Row(Protocol):
    """What a model can show."""

    @property
    def key(self) -> Hashable: ...

    @property
    def cells(self) -> tuple[Cell, ...]: ...

    @property
    def enabled(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, found again by its key."""

    key: Hashable
    cells: tuple[Cell, ...]
    enabled: bool = True


class RowsModel(QAbstractTableModel):
    """Rows of cells under headings; the row itself is the data of the role ``ROW``."""

    def __init__(
        self,
        headings: Sequence[str],
        right: frozenset[int] = frozenset(),
        font: QFont | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._right = right
        self._font = font
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row], view: QAbstractItemView) -> None:
        """Show other rows; the current one of ``view`` stays current if it is still there."""
        if tuple(rows) == self.rows:
            return
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._headings) - 1))
            return
        current, scrolled = self.key_at(view.currentIndex()), view.verticalScrollBar().value()
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()
        if (place := self.find(current)) >= 0:
            view.setCurrentIndex(self.index(place, 0))
        view.verticalScrollBar().setValue(scrolled)

    def key_at(self, index: Index) -> Hashable:
        return self.rows[index.row()].key if index.isValid() else None

    def find(self, key: Hashable) -> int:
        """Return the place of a row, or -1."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.rows[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                found: object = row.cells[column].text
            case Qt.ItemDataRole.ToolTipRole:
                found = row.cells[column].help or row.cells[column].text
            case Qt.ItemDataRole.AccessibleTextRole:
                spoken = row.cells if len(self._headings) == 1 else row.cells[column : column + 1]
                found = ", ".join(said for cell in spoken if (said := cell.spoken or cell.text))
            case Qt.ItemDataRole.TextAlignmentRole:
                found = self._align(column)
            case _:
                found = row if role == ROW else None
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.FontRole:
            return self._font
        return self._align(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _align(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
