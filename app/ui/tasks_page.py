"""The page of tasks: the one that runs, those of the last days with what they came to, and the watched folders."""

from functools import partial
from time import time_ns

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.datasets import Binding
from app.domain.tasks import Status, Task
from app.ui import words
from app.ui.actions import Actions
from app.ui.look import Look, Text
from app.ui.overview import Overview
from app.ui.pace import Pace
from app.ui.paths import short
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.task_card import TaskCard
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, TABLE_ROW, TOOLBAR
from app.ui.widgets import Button, Label, surface

_RIGHT = frozenset({4, 5})


class TasksPage(QWidget):
    """Shows what the overview knows of tasks. ``stop`` asks that a task be cancelled."""

    stop = Signal(str)

    def __init__(self, look: Look, overview: Overview, actions: Actions) -> None:
        super().__init__()
        surface(self, "backdrop")
        self._look, self._overview = look, overview
        self._summary = Label(look, Text.SMALL, "text2")
        self.toolbar = self._make_toolbar(actions)
        self.card = TaskCard(look)
        self.card.stop.connect(self.stop)
        self.card.hide()
        tr = self.tr
        headings = (
            tr("Status"),
            tr("Dataset"),
            tr("Started"),
            tr("Took"),
            tr("New files"),
            tr("Clusters"),
            tr("Result"),
        )
        self.tasks = Table(look, headings, _RIGHT, whole=True)
        headings_of_folders = (tr("Folder"), tr("Dataset"), tr("State"), tr("Phase"), tr("Last change"))
        self.folders = Table(look, headings_of_folders, whole=True)
        self._details = Label(look, Text.SMALL, "text2")
        self._details.setWordWrap(True)
        self._details.setIndent(0)
        self._details.setContentsMargins(GAP_XL, GAP_M, GAP_XL, GAP_M)
        surface(self._details, "details")
        self._details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._area = QScrollArea()
        self._lay_out()
        self.tasks.selectionModel().currentRowChanged.connect(self._show_details)
        overview.tasks_read.connect(self._show_tasks)
        overview.datasets_read.connect(self._show_folders)
        overview.running.connect(self._on_running)
        overview.rested.connect(self.card.hide)

    def choose(self, task_id: str) -> None:
        """Lead to one task, if it is there."""
        self.tasks.choose(task_id)

    def take_keys(self) -> None:
        """Let the keys walk through the tasks."""
        self.tasks.setFocus()

    def details(self) -> str:
        """Return what is said of the chosen task."""
        return self._details.text()

    def _make_toolbar(self, actions: Actions) -> QWidget:
        bar = QWidget()
        surface(bar, "toolbar")
        bar.setFixedHeight(TOOLBAR)
        title = Label(self._look, Text.TITLE)
        title.setText(self.tr("Tasks"))
        add = Button.of(self._look, actions.add_folder, "folder-plus")
        find = Button.of(self._look, actions.find, "play", "primary")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(GAP_L, 0, GAP_L, 0)
        layout.setSpacing(GAP_M)
        layout.addWidget(title)
        layout.addWidget(self._summary, 1)
        layout.addWidget(add)
        layout.addWidget(find)
        return bar

    def _lay_out(self) -> None:
        content = QWidget()
        surface(content, "backdrop")
        column = QVBoxLayout(content)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP_M)
        column.addWidget(self.card)
        for title, table in ((self.tr("Recent tasks"), self.tasks), (self.tr("Watched folders"), self.folders)):
            heading = Label(self._look, Text.STRONG)
            heading.setText(title)
            heading.setContentsMargins(0, GAP_M, 0, 0)
            table.setAccessibleName(title)
            table.selectionModel().currentRowChanged.connect(partial(self._keep_in_sight, table))
            column.addWidget(heading)
            column.addWidget(table)
        column.addStretch(1)
        self._area.setWidget(content)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._details)

    def _keep_in_sight(self, table: Table, current: QModelIndex, _previous: QModelIndex) -> None:
        place = table.mapTo(self._area.widget(), table.row_rect(current).center())
        self._area.ensureVisible(place.x(), place.y(), 0, 2 * TABLE_ROW)

    def _show_tasks(self) -> None:
        live = self._overview.live()
        tasks = [live[0] if live and live[0].task_id == task.task_id else task for task in self._overview.tasks]
        self.tasks.show_rows([self._task_row(task) for task in tasks])
        running = sum(task.status is Status.RUNNING for task in tasks)
        text = self.tr("{running} running, {count} in the last 7 days")
        self._summary.setText(text.format(running=words.number(running), count=words.number(len(tasks))))
        self._show_details()

    def _task_row(self, task: Task) -> TableRow:
        end = task.end_time if task.end_time is not None else time_ns()
        # What a task counted is known once it has succeeded.
        running, counted = task.status is Status.RUNNING, task.status is Status.SUCCEEDED
        cells = (
            Cell(words.status(task), *words.status_icon(task), strong=running),
            Cell(self._overview.title(task.dataset_name)),
            Cell(words.moment(task.start_time)),
            Cell(words.duration((end - task.start_time) / 1e9)),
            Cell(words.number(task.counts.read) if counted else words.NOTHING),
            Cell(words.number(task.counts.clusters) if counted else words.NOTHING),
            Cell(words.result(task), strong=running),
        )
        return TableRow(task.task_id, cells)

    def _show_folders(self) -> None:
        datasets = self._overview.datasets
        rows = [_folder_row(dataset.title, binding) for dataset in datasets for binding in dataset.bindings]
        self.folders.show_rows(rows)

    def _show_details(self) -> None:
        key = self.tasks.current_key()
        task = next((task for task in self._overview.tasks if task.task_id == key), None)
        self._details.setVisible(task is not None)
        self._details.setText("" if task is None else self._describe(task))

    def _describe(self, task: Task) -> str:
        lines = [self.tr("Task {id}").format(id=task.task_id)]
        if task.code:
            lines.append(self.tr("Code: {code}").format(code=task.code))
        if task.message:
            lines.append(self.tr("Message: {message}").format(message=task.message))
        return "\n".join(lines)

    def _on_running(self, task: Task, pace: Pace) -> None:
        self.card.show_task(task, pace, self._overview.title(task.dataset_name))
        self.card.show()
        self._show_tasks()


def _folder_row(title: str, binding: Binding) -> TableRow:
    icon, color, state = words.binding_state(binding)
    cells = (
        Cell(short(binding.path), "folder", strong=True),
        Cell(title),
        Cell(state, icon, color),
        Cell(binding.reason or words.binding_phase(binding)),
        Cell(words.moment(binding.update_time) if binding.update_time else words.NOTHING),
    )
    return TableRow((binding.dataset_name, binding.path), cells)
