"""The photographs of a plan as rows; each is put into words only when it is seen, so that many thousands stay light."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.plans import Concern, PlannedFile, Warned
from app.domain.uris import shown
from app.ui import deletion_words, words
from app.ui.paths import short

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class Column(IntEnum):
    """What stands where in a row."""

    PHOTO = 0
    ALONG = 1
    REASON = 2
    KEEPER = 3
    SIZE = 4


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A photograph to go. ``keeper``: the digest of what stays, empty if nothing does or it is not known."""

    planned: PlannedFile
    concerns: tuple[Concern, ...]
    keeper: bytes

    @property
    def name(self) -> str:
        return _name(self.planned.path)

    @property
    def folder(self) -> str:
        return short(os.path.dirname(self.planned.path))  # noqa: PTH120 (any bytes)

    @property
    def along(self) -> str:
        """The suffixes of the files that go along."""
        suffixes = [os.path.splitext(path)[1].removeprefix(".").upper() for path in self.planned.companions]  # noqa: PTH122 (any bytes)
        return "+ " + words.LIST_SEPARATOR.join(suffixes) if suffixes else ""

    @property
    def stays(self) -> str:
        """The name of what stays in its place."""
        return _name(self.planned.keeper) if self.planned.keeper is not None else ""

    @property
    def warning(self) -> str:
        return words.LIST_SEPARATOR.join(map(deletion_words.concern, self.concerns))

    @property
    def size(self) -> str:
        return words.size(self.planned.size + self.planned.companions_size)


class PlanModel(QAbstractTableModel):
    """Shows a plan; the row itself is the data of the role ``ROW``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        tr = self.tr
        self._headings = (tr("Photo to go"), tr("Goes along"), tr("Reason"), tr("What stays"), tr("Size"))
        self._nothing = tr("Nothing: you rejected all of it")
        self._files: Sequence[PlannedFile] = ()
        self._concerns: dict[str, tuple[Concern, ...]] = {}
        self._keepers: dict[str, bytes] = {}

    def show_plan(self, files: Sequence[PlannedFile], warnings: Sequence[Warned], keepers: dict[str, bytes]) -> None:
        """Show other photographs."""
        self.beginResetModel()
        self._files, self._keepers, self._concerns = files, keepers, {}
        for one in warnings:
            self._concerns[one.path] = (*self._concerns.get(one.path, ()), one.concern)
        self.endResetModel()

    def row_at(self, place: int) -> PlanRow:
        planned = self._files[place]
        return PlanRow(planned, self._concerns.get(planned.path, ()), self._keepers.get(planned.keeper or "", b""))

    def find(self, path: str) -> int:
        """Return the row of a photograph, or -1."""
        return next((place for place, one in enumerate(self._files) if one.path == path), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._help(row, index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.SIZE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, row: PlanRow, column: int) -> str:
        reason = deletion_words.basis(row.planned.basis, row.planned.reason)
        return {
            Column.PHOTO: row.name,
            Column.ALONG: row.along,
            Column.REASON: words.SEPARATOR.join(filter(None, (reason, row.warning))),
            Column.KEEPER: row.stays or self._nothing,
            Column.SIZE: row.size,
        }[Column(column)]

    def _help(self, row: PlanRow, column: int) -> str:
        planned = row.planned
        if column == Column.PHOTO:
            return short(planned.path)
        if column == Column.ALONG:
            return "\n".join(map(short, planned.companions))
        if column == Column.KEEPER and planned.keeper is not None:
            return short(planned.keeper)
        return self._text(row, column)


def _name(path: str) -> str:
    return shown(path.rpartition("/")[2])
