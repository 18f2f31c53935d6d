"""What all pages share of the catalogue: its datasets and tasks, read again when they change, and who runs now."""

from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.datasets import Dataset
from app.domain.tasks import Stage, Status, Task
from app.events import Change, Noun
from app.services import datasets, tasks
from app.store import Store
from app.ui.pace import Pace
from app.workers.desk import Desk

_COALESCE_MS = 100
Answer = tuple[list[Dataset], list[Task]]


class Refresh(QObject):
    """Tells a page when to read again: after changes of its nouns, coalesced, and one question at a time."""

    due = Signal()

    def __init__(self, desk: Desk, nouns: frozenset[Noun], parent: QObject) -> None:
        super().__init__(parent)
        self._nouns = nouns
        self._waiting = self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COALESCE_MS)
        self._timer.timeout.connect(self.now)
        desk.changed.connect(self._on_changed)
        desk.failed.connect(self._on_failed)

    def now(self) -> None:
        """Let the page read, at once or as soon as the answer under way has come."""
        self._timer.stop()
        self._again = self._waiting
        if not self._waiting:
            self._waiting = True
            self.due.emit()

    def answered(self) -> bool:
        """Take note that the answer came, and tell whether it is as new as was wished."""
        self._waiting = False
        if self._again:
            self._timer.start()
        return not self._again

    def _on_changed(self, changes: frozenset[Change]) -> None:
        if not self._timer.isActive() and any(change.noun in self._nouns for change in changes):
            self._timer.start()

    def _on_failed(self) -> None:
        # It may have been our question; its answer will not come then.
        self._waiting = False


class Overview(QObject):
    """Datasets and tasks. ``running`` carries a task under way and its :class:`Pace`, ``rested`` says that none is.

    ``ended`` carries a task that ended, once the datasets were read as it left them.
    """

    datasets_read = Signal()
    tasks_read = Signal()
    running = Signal(object, object)
    rested = Signal()
    ended = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.datasets: list[Dataset] = []
        self.tasks: list[Task] = []
        self._live: dict[str, tuple[Task, Pace]] = {}
        self._ended: list[Task] = []
        self._refresh = Refresh(desk, frozenset(Noun), self)
        self._refresh.due.connect(self._on_due)
        desk.progressed.connect(self._on_progressed)
        desk.ended.connect(self._on_ended)

    def refresh(self) -> None:
        self._refresh.now()

    def dataset(self, name: str) -> Dataset | None:
        return next((dataset for dataset in self.datasets if dataset.name == name), None)

    def title(self, dataset_name: str) -> str:
        dataset = self.dataset(dataset_name)
        return dataset.title if dataset else dataset_name

    def live(self) -> tuple[Task, Pace] | None:
        """Return the task that works now: one that waits for another comes last."""
        return min(self._live.values(), key=lambda entry: entry[0].stage is Stage.WAITING, default=None)

    def last_task(self, dataset_name: str) -> Task | None:
        """Return the newest task of a dataset."""
        return next((task for task in self.tasks if task.dataset_name == dataset_name), None)

    def is_busy(self, dataset_name: str) -> bool:
        """Tell whether a task of this dataset runs or waits."""
        if any(task.dataset_name == dataset_name for task, _ in self._live.values()):
            return True
        return any(task.dataset_name == dataset_name and task.status is Status.RUNNING for task in self.tasks)

    def _on_due(self) -> None:
        self._desk.ask(_read, self._on_read)

    def _on_read(self, answer: Answer) -> None:
        fresh = self._refresh.answered()
        new_datasets, new_tasks = answer
        tasks_changed = new_tasks != self.tasks
        datasets_changed = new_datasets != self.datasets
        self.datasets, self.tasks = answer
        if tasks_changed:
            self.tasks_read.emit()
        if datasets_changed or tasks_changed:
            self.datasets_read.emit()
        if fresh:
            ended, self._ended = self._ended, []
            for task in ended:
                self.ended.emit(task)

    def _on_progressed(self, task: Task) -> None:
        _, pace = self._live.get(task.task_id, (task, Pace()))
        pace.hear(task, monotonic())
        self._live[task.task_id] = task, pace
        self._announce()

    def _on_ended(self, task: Task) -> None:
        self._live.pop(task.task_id, None)
        self._ended.append(task)
        self._announce()
        self.refresh()

    def _announce(self) -> None:
        if (live := self.live()) is None:
            self.rested.emit()
        else:
            self.running.emit(*live)


def _read(store: Store) -> Answer:
    return datasets.all_datasets(store), tasks.all_tasks(store)
