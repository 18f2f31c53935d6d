"""The tasks of the catalogue: the truth about work, across restarts and programs."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.messages import Notification
from app.domain.tasks import Counts, Stage, Status, Task, TaskFilter, TaskSort, Timings
from app.errors import ResourceNotFound
from app.store.labels import label
from app.store.pages import Key, page
from app.store.tables import DatasetRow, TaskRow


class Tasks:
    """Tasks by their ids."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, task: Task, pid: int, pid_started: float) -> None:
        """Keep a new task; the process of this number and start time holds it."""
        dataset_id = self._session.scalar(select(DatasetRow.id).where(DatasetRow.name == task.dataset_name))
        values = asdict(replace(task, tags={})) | {"tags": dict(task.tags)}
        self._session.add(TaskRow(dataset_id=dataset_id, pid=pid, pid_started=pid_started, **values))
        self._session.flush()

    def get(self, task_id: str) -> Task:
        """Give one task.

        Raises:
            ResourceNotFound: there is none of this id.
        """
        row = self._session.scalar(select(TaskRow).where(TaskRow.task_id == task_id))
        if row is None:
            raise ResourceNotFound(
                f"There is no task {task_id!r}. Tasks are kept for seven days; `shotsift task list` shows them."
            )
        return _task(row)

    def all(self) -> list[Task]:
        """Give all tasks, the newest first."""
        return [
            _task(row)
            for row in self._session.scalars(select(TaskRow).order_by(TaskRow.start_time.desc(), TaskRow.id.desc()))
        ]

    def page(
        self, wanted: TaskFilter, after: Sequence[object] | None, limit: int
    ) -> tuple[list[Task], list[object] | None]:
        """Give a page of the tasks that fit."""
        statement = select(TaskRow).where(*_conditions(wanted))
        sorted_by: dict[TaskSort, ColumnElement[Any]] = {
            TaskSort.TASK_ID: TaskRow.task_id.expression,
            TaskSort.START_TIME: TaskRow.start_time.expression,
            TaskSort.END_TIME: func.coalesce(TaskRow.end_time, 0),
        }
        keys = [Key(sorted_by[wanted.sort], wanted.descending), Key(TaskRow.task_id, wanted.descending)]
        rows, last = page(self._session, statement, keys, after, limit)
        return [_task(row.TaskRow) for row in rows], last

    def held(self) -> list[tuple[Task, int, float]]:
        """Give the tasks that have not ended, the oldest first, with the process that holds each."""
        rows = self._session.scalars(
            select(TaskRow).where(TaskRow.status == Status.RUNNING).order_by(TaskRow.start_time, TaskRow.id)
        )
        return [(_task(row), row.pid, row.pid_started) for row in rows]

    def set_stage(self, task_id: str, stage: Stage, done: int, total: int, progress: int) -> None:
        self._set(task_id, stage=stage, done=done, total=total, progress=progress)

    def request_cancel(self, task_id: str) -> None:
        self._set(task_id, cancel_requested=True)

    def cancel_requested(self, task_id: str) -> bool:
        return bool(self._session.scalar(select(TaskRow.cancel_requested).where(TaskRow.task_id == task_id)))

    def end(self, task: Task) -> None:
        """Keep how a task ended: its status, code, message, counts and timings."""
        self._set(
            task.task_id,
            status=task.status,
            stage=task.stage,
            progress=task.progress,
            code=task.code,
            message=task.message,
            end_time=task.end_time,
            counts=asdict(task.counts),
            timings=asdict(task.timings),
        )

    def forget_before(self, start_time: int) -> None:
        """Delete the ended tasks that began before a time."""
        self._session.execute(delete(TaskRow).where(TaskRow.start_time < start_time, TaskRow.status != Status.RUNNING))

    def _set(self, task_id: str, **values: object) -> None:
        self._session.execute(update(TaskRow).where(TaskRow.task_id == task_id).values(**values))


def _task(row: TaskRow) -> Task:
    return Task(
        task_id=row.task_id,
        dataset_name=row.dataset_name,
        status=Status(row.status),
        stage=Stage(row.stage),
        progress=row.progress,
        done=row.done,
        total=row.total,
        code=row.code,
        message=row.message,
        start_time=row.start_time,
        end_time=row.end_time,
        event_id=row.event_id,
        user_data=row.user_data,
        tags=MappingProxyType(row.tags),
        cancel_requested=row.cancel_requested,
        counts=Counts(**row.counts),
        timings=Timings(**row.timings),
        request_id=row.request_id,
        notification=Notification(tuple(row.notification.get("topics", ()))),
    )


def _conditions(wanted: TaskFilter) -> list[ColumnElement[bool]]:
    conditions = [label(TaskRow.tags, name) == value for name, value in wanted.tags.items()]
    if wanted.status is not None:
        conditions.append(TaskRow.status == wanted.status)
    for column, (start, end) in ((TaskRow.start_time, wanted.started), (TaskRow.end_time, wanted.ended)):
        if start is not None:
            conditions.append(column >= start)
        if end is not None:
            conditions.append(column <= end)
    return conditions
