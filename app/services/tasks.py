"""Tasks: create, run, cancel, show (contract: CreateSimilarImageClusteringTask, GetTask, ListTasks).

A row in the catalogue is the truth about a task; a lock in it names the process that runs it.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from app.contract.pages import Page
from app.contract.requests import CreateSimilarImageClusteringTask, GetTask, ListTasks, Order
from app.contract.selectors import selected
from app.domain.identities import new_event_id, new_task_id
from app.domain.tasks import RETENTION_NS, TASK_TYPE, Stage, Status, Task, TaskFilter
from app.domain.times import now
from app.errors import Cancelled, ResourceNotFound, ShotSiftError
from app.events import Noun
from app.imaging.readers import Readers
from app.services.clustering import cluster_photographs
from app.services.locks import is_alive, living_tasks, own_lock
from app.services.messages import tell_ended
from app.services.reports import TaskProgress
from app.store import Store

_POLL_SECONDS = 0.2


def create_task(store: Store, request: CreateSimilarImageClusteringTask) -> Task:
    """CreateSimilarImageClusteringTask: queue a task of a dataset; this process will run it.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    task = Task(
        task_id=new_task_id(),
        dataset_name=request.dataset_name,
        status=Status.RUNNING,
        stage=Stage.WAITING,
        progress=0,
        done=0,
        total=0,
        code="",
        message="",
        start_time=now(),
        end_time=None,
        event_id=new_event_id(),
        user_data=request.user_data,
        tags=request.tags,
        request_id=request.request_id,
        notification=request.notification.value(),
    )
    with store.write() as work:
        work.datasets.id_of(task.dataset_name)
        work.tasks.forget_before(now() - RETENTION_NS)
        work.tasks.add(task, *own_lock())
        work.announce(Noun.TASKS, task.dataset_name)
    return task


def get_task(store: Store, request: GetTask) -> Task:
    """GetTask.

    Raises:
        ResourceNotFound: there is none of this id and type, or it is older than seven days.
    """
    end_interrupted(store)
    with store.read() as work:
        task = work.tasks.get(request.task_id)
    if request.task_type != TASK_TYPE or task.start_time < now() - RETENTION_NS:
        raise ResourceNotFound(
            f"There is no task {task.task_id!r} of the type {request.task_type!r}. Tasks are kept for seven days."
        )
    return task


def list_tasks(store: Store, request: ListTasks) -> Page[Task]:
    """ListTasks: a page of those that began in the last seven days.

    Raises:
        InvalidArgument: TagSelector or NextToken are not valid.
    """
    end_interrupted(store)
    oldest = now() - RETENTION_NS
    started = request.start_time_range
    wanted = TaskFilter(
        status=request.status,
        tags=selected("TagSelector", request.tag_selector),
        started=(max(oldest, started.start or oldest), started.end),
        ended=(request.end_time_range.start, request.end_time_range.end),
        sort=request.sort,
        descending=request.order is Order.DESCENDING,
    )
    if request.task_types and TASK_TYPE not in request.task_types:
        return request.page([], None)
    with store.read() as work:
        return request.page(*work.tasks.page(wanted, request.after(), request.limit))


def all_tasks(store: Store) -> list[Task]:
    """Give the tasks that began in the last seven days, the newest first."""
    end_interrupted(store)
    oldest = now() - RETENTION_NS
    with store.read() as work:
        return [task for task in work.tasks.all() if task.start_time >= oldest]


def is_task_waiting(store: Store, dataset_name: str) -> bool:
    """Tell whether a task of a dataset has not begun yet, in this or any other program."""
    return any(not _has_begun(task) for task in living_tasks(store, dataset_name))


def cancel_task(store: Store, task_id: str) -> None:
    """Ask a task to stop, whichever program runs it. It ends as Failed with Code Canceled; an ended one stays as it is.

    Raises:
        ResourceNotFound: there is none of this id.
    """
    with store.write() as work:
        task = work.tasks.get(task_id)
        work.tasks.request_cancel(task_id)
        work.announce(Noun.TASKS, task.dataset_name)


def run_task(store: Store, task_id: str, readers: Readers, told: Callable[[Task], None] = lambda task: None) -> Task:
    """Run a task to its end, after those of its dataset that came before it; give it as it ended.

    ``told`` hears of the task at most ten times a second while it runs.
    """
    with store.read() as work:
        task = work.tasks.get(task_id)
    try:
        _wait_for_turn(store, task)
        outcome = cluster_photographs(store, task.dataset_name, readers, TaskProgress(store, task, told))
        ended = replace(task, status=Status.SUCCEEDED, progress=100, counts=outcome.counts, timings=outcome.timings)
    except ShotSiftError as error:
        ended = replace(task, status=Status.FAILED, code=error.code, message=error.message)
    except KeyboardInterrupt:
        _end(store, replace(task, status=Status.FAILED, code=Cancelled.code, message=Cancelled().message))
        raise
    except BaseException as error:
        _end(
            store,
            replace(task, status=Status.FAILED, code=ShotSiftError.code, message=f"A fault in ShotSift: {error!r}"),
        )
        raise
    return _end(store, ended)


def end_interrupted(store: Store) -> None:
    """Note the tasks whose process died: Failed, Code Interrupted. The next task takes up what they left."""
    with store.read() as work:
        dead = [task for task, pid, started in work.tasks.held() if not is_alive(pid, started)]
    for task in dead:
        message = "ShotSift ended before the task did. The next task continues where it stopped."
        _end(store, replace(task, status=Status.FAILED, code="Interrupted", message=message))


def _has_begun(task: Task) -> bool:
    return task.stage is not Stage.WAITING and (task.stage is not Stage.SCAN or task.done > 0)


def _wait_for_turn(store: Store, task: Task) -> None:
    """Wait until no earlier task of the dataset runs or waits, in this or any other program."""
    while True:
        with store.read() as work:
            cancelled = work.tasks.cancel_requested(task.task_id)
        if cancelled:
            raise Cancelled
        first = next(iter(living_tasks(store, task.dataset_name)), task)
        if first.task_id == task.task_id:
            break
        time.sleep(_POLL_SECONDS)
    end_interrupted(store)


def _end(store: Store, task: Task) -> Task:
    """Keep how a task ended, and announce it; give it as it is kept."""
    with store.write() as work:
        stood = work.tasks.get(task.task_id)
        if stood.status is not Status.RUNNING:
            return stood  # another program noted it already
        progress = 100 if task.status is Status.SUCCEEDED else stood.progress
        task = replace(task, stage=stood.stage, progress=progress, done=stood.done, total=stood.total, end_time=now())
        work.tasks.end(task)
        work.announce(Noun.TASKS, task.dataset_name)
    tell_ended(store, task)
    return task
