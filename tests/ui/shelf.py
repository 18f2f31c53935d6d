"""A desk that keeps what the catalogue would hold in lists, for tests of pages alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import pytest
from PySide6.QtCore import QObject, Signal

from app.domain.choices import Agreement
from app.domain.clusters import Cluster
from app.domain.datasets import Dataset
from app.domain.files import SkippedFile
from app.domain.steps import History
from app.domain.tasks import Task
from app.events import Change, Noun
from app.services import choosing, clusters, datasets, deletions, files, proposing, steps, tasks
from app.store import Store
from app.ui import deletion_commands, history_page
from app.workers.desk import Desk


@dataclass
class Shelf:
    """What the services answer from."""

    datasets: list[Dataset] = field(default_factory=list)
    clusters: dict[str, list[Cluster]] = field(default_factory=dict)
    skipped: list[SkippedFile] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def answer_services(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(datasets, "all_datasets", lambda _store: list(self.datasets))
        patch.setattr(tasks, "all_tasks", lambda _store: list(self.tasks))
        patch.setattr(clusters, "all_clusters", lambda _store, name: list(self.clusters.get(name, [])))
        patch.setattr(choosing, "overruled", lambda _store: Agreement(0, 0, 0, 0))
        patch.setattr(deletions, "returned_files", lambda _store, _name: [])
        patch.setattr(history_page, "all_deletions", lambda _store: [])
        patch.setattr(deletion_commands, "count_rejected", lambda _store, _name: 0)
        patch.setattr(proposing, "suggest", lambda _store, _ids: [])
        patch.setattr(steps, "history", lambda _store, _name: History(None, None))
        patch.setattr(files, "all_skipped", lambda _store, _name: list(self.skipped))


class PaperDeletions:
    """Moves nothing."""

    def stop(self) -> None: ...


class PaperDesk(QObject):
    """Answers at once and writes down what it is asked to do."""

    changed = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    added = Signal(str)
    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.done: list[tuple[str, str]] = []
        self.asked = 0
        self.deletions = PaperDeletions()

    def ask(self, question: Callable[[Store], object], then: Callable[[object], None]) -> None:
        if ("close", "") not in self.done:
            self.asked += 1
            then(question(cast(Store, None)))

    def add_folder(self, folder: str) -> None:
        self.done.append(("add", folder))

    def pause(self, dataset_name: str, folder: str) -> None:
        self.done.append(("pause", f"{dataset_name} {folder}"))

    def find_similar(self, dataset_name: str) -> None:
        self.done.append(("find", dataset_name))

    def cancel(self, task_id: str) -> None:
        self.done.append(("cancel", task_id))

    def tell_desktop(self, text: str) -> None:
        self.done.append(("desktop", text))

    def close(self) -> None:
        self.done.append(("close", ""))

    def announce(self, noun: Noun, dataset_name: str = "garden") -> None:
        self.changed.emit(frozenset({Change(noun, dataset_name)}))

    def as_desk(self) -> Desk:
        return cast(Desk, self)
