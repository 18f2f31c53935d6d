"""The sidebar: datasets with their clusters, below each its folders and how they are, and the way to the tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.domain.datasets import Binding, Dataset
from app.ui import words
from app.ui.look import Look, Text
from app.ui.painting import Brush
from app.ui.paths import folder_name, short
from app.ui.rows import ROW, Cell, Row, RowsModel
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL
from app.ui.tokens import ROW as ROW_HEIGHT
from app.ui.widgets import Label, asks_for_menu, rule, surface

TASKS, HISTORY = "", "/history"
"""The keys of the rows that lead to the tasks and to what was moved away; all others are names of datasets."""
_ICON = 16
_FOLDER_INDENT = 24
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str

    @property
    def key(self) -> tuple[str, str]:
        return "heading", self.text

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (Cell(self.text),)

    @property
    def enabled(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class _Place:
    """A row that leads somewhere: an icon, a name, and what stands at its right end. ``folder``: one step in."""

    target: str
    cells: tuple[Cell, ...]
    folder: str = ""
    enabled: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.target, self.folder


class Sidebar(QWidget):
    """Asks by ``chosen`` for a dataset by name, for the tasks or for the history.

    ``walked`` says that another row is current, and ``menu_wanted`` asks at a place of the screen for the commands of
    the folder that is.
    """

    chosen = Signal(str)
    walked = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "panel")
        self._datasets: Sequence[Dataset] = ()
        self._list = _PlacesView(look)
        self._list.setAccessibleName(self.tr("Datasets and activity"))
        self._photos = Label(look, Text.SMALL, "text2", elided=True)
        self._clusters = Label(look, Text.SMALL, "text2", elided=True)
        self._list.chosen.connect(self.chosen)
        self._list.menu_wanted.connect(self.menu_wanted)
        self._list.selectionModel().currentChanged.connect(lambda *_: self.walked.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_L)
        layout.setSpacing(GAP_S)
        layout.addWidget(self._list, 1)
        layout.addWidget(rule())
        for label in (self._photos, self._clusters):
            label.setIndent(GAP_M)
            layout.addWidget(label)

    def show_datasets(self, datasets: Sequence[Dataset], running: int) -> None:
        """Show the datasets and the number of running tasks."""
        self._datasets = datasets
        activity = _Place(TASKS, (Cell(self.tr("Tasks"), "activity"), Cell(words.number(running) if running else "")))
        rows: list[Row] = [_Heading(self.tr("Datasets"))]
        for dataset in datasets:
            count = words.number(dataset.statistics.clusters)
            rows.append(_Place(dataset.name, (Cell(dataset.title, "folder"), Cell(count))))
            rows += [_folder_row(dataset.name, binding) for binding in dataset.bindings]
        history = _Place(HISTORY, (Cell(self.tr("History"), "history"), Cell("")))
        self._list.show_rows([*rows, _Heading(self.tr("Activity")), activity, history])
        self._photos.setText(words.photos(sum(dataset.statistics.files for dataset in datasets)))
        self._clusters.setText(words.clusters(sum(dataset.statistics.clusters for dataset in datasets)))

    def folder(self) -> tuple[str, str] | None:
        """Return the dataset and the folder of the current row, if it is one of a folder."""
        row = self._list.current()
        return (row.target, row.folder) if row is not None and row.folder else None

    def has_keys(self) -> bool:
        """Tell whether the keys walk through the sidebar."""
        return self._list.hasFocus()

    def mark(self, target: str) -> None:
        """Show which place the window is at."""
        self._list.mark(target)


def _folder_row(dataset_name: str, binding: Binding) -> _Place:
    icon, color, state = words.binding_state(binding)
    about = words.SEPARATOR.join((short(binding.path), words.binding_help(binding)))
    name = Cell(folder_name(binding.path), icon, color, help=about)
    # What is as it should be leaves its room to the name.
    said = "" if words.is_watching(binding) else state
    return _Place(dataset_name, (name, Cell(said, spoken=state)), folder=binding.path)


class _PlacesView(QListView):
    """The rows of the sidebar; walking with the keys follows at once."""

    chosen = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._marked: str | None = None
        self._rows = RowsModel([""], parent=self)
        self._delegate = _PlaceDelegate(look, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        surface(self, "panel")
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._rows.show_rows(rows, self)
        if self._marked is not None and not self.currentIndex().isValid():
            self.mark(self._marked)

    def current(self) -> _Place | None:
        row = self.currentIndex().data(ROW)
        return row if isinstance(row, _Place) else None

    def mark(self, target: str) -> None:
        self._marked = target
        current = self.current()
        if current is None or current.target != target:
            place = self._rows.find((target, ""))
            self.setCurrentIndex(self._rows.index(place, 0) if place >= 0 else QModelIndex())
        self.viewport().update()

    def marked(self) -> str | None:
        return self._marked

    def hovered(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        return self.viewport().underMouse() and self.visualRect(index).contains(point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asks_for_menu(event):
            self._ask_for_menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self._ask_for_menu(self.visualRect(self.currentIndex()).center())
        elif isinstance(self.indexAt(event.pos()).data(ROW), _Place):
            self.setCurrentIndex(self.indexAt(event.pos()))
            self._ask_for_menu(event.pos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()

    def _ask_for_menu(self, place: QPoint) -> None:
        current = self.current()
        if current is not None and current.folder:
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, _Place):
            self.chosen.emit(row.target)

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = current.data(ROW) if current.isValid() else None
        if isinstance(row, _Place) and row.target != self._marked and self.hasFocus():
            self.chosen.emit(row.target)


class _PlaceDelegate(QStyledItemDelegate):
    """Paints headings, datasets, folders and activities."""

    def __init__(self, look: Look, view: _PlacesView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        brush = Brush(painter, self._look)
        row = index.data(ROW)
        inner = rect.adjusted(GAP_M, 0, -GAP_M, 0)
        if isinstance(row, _Place):
            self._paint_place(brush, rect, inner, row, index)
        else:
            brush.words(inner.adjusted(0, GAP_S, 0, 0), row.text, Text.HEADING, "text3")

    def _paint_place(
        self, brush: Brush, rect: QRect, inner: QRect, row: _Place, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        marked = row.target == self._view.marked() and not row.folder
        if marked or self._view.hovered(index):
            brush.mat(rect.adjusted(0, 0, 0, -1), "mat" if marked else "mathover")
        name, end = row.cells
        style, color = (Text.NOTE, "text3") if row.folder else (Text.BODY, "text1" if marked else "text2")
        if row.folder:
            inner = inner.adjusted(_FOLDER_INDENT, 0, 0, 0)
        brush.icon(inner.left(), inner.center().y(), name.icon, name.icon_color, _ICON if not row.folder else 12)
        inner.setLeft(inner.left() + (GAP_XL + GAP_M if not row.folder else GAP_XL + 2))
        taken = brush.words(
            inner, end.text, Text.NOTE if row.folder else Text.SMALL, "text3" if row.folder else "text2", _RIGHT
        )
        brush.words(inner.adjusted(0, 0, -taken - (GAP_M if taken else 0), 0), name.text, style, color)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            brush.ring(rect.adjusted(0, 0, 0, -1))
