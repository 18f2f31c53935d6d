"""Messages: tell that a task ended or files were indexed, to the topics that were asked for."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from app.domain.datasets import PROJECT_NAME
from app.domain.files import IndexJob
from app.domain.messages import Message
from app.domain.tasks import TASK_TYPE, Task
from app.domain.times import now, task_time
from app.domain.uris import uri_of
from app.store import Store

_log = logging.getLogger(__name__)

TOPICS = "notifications"
"""The folder of the topics in the data folder."""


def tell_ended(store: Store, task: Task) -> None:
    """Tell that a task ended. Tags are ours: in IMM's sample they are not among the fields."""
    content = {
        "ProjectName": PROJECT_NAME,
        "DatasetName": task.dataset_name,
        "RequestId": task.request_id,
        "StartTime": task_time(task.start_time),
        "EndTime": "" if task.end_time is None else task_time(task.end_time),
        "UserData": task.user_data,
        "TaskType": TASK_TYPE,
        "TaskId": task.task_id,
        "Status": task.status,
        "Code": task.code,
        "Message": task.message,
        "EventSourceId": task.event_id,
        "Tags": dict(task.tags),
    }
    _publish(store, Message(task.event_id, f"imm:Task:{TASK_TYPE}", now(), content, task.notification))


def tell_indexed(store: Store, job: IndexJob, faults: Sequence[tuple[str, str]]) -> None:
    """Tell that files were indexed by hand: each path with what was wrong with it, or an empty text."""
    moment = now()
    content = {
        "ProjectName": PROJECT_NAME,
        "DatasetName": job.dataset_name,
        "RequestId": job.request_id,
        "StartTime": task_time(job.start_time),
        "EndTime": task_time(moment),
        "UserData": job.user_data,
        "Success": True,
        "Message": "",
        "Files": [{"URI": uri_of(path), "Error": fault} for path, fault in faults],
    }
    kind = "BatchIndex" if job.batch else "Index"
    _publish(store, Message(job.event_id, f"imm:FileMeta:{kind}", moment, content, job.notification))


def _publish(store: Store, message: Message) -> None:
    """Append a message to its topics, and send it to whoever carries it further."""
    for topic in message.notification.topics:
        try:
            _append(store.data_dir / TOPICS / f"{topic}.jsonl", json.dumps(message.envelope(), ensure_ascii=False))
        except OSError:
            # The work itself is done and kept; a full disk must not make a failure of it.
            _log.exception("The message %s could not be written to the topic %s", message.event_id, topic)
    store.events.send(message)


def _append(path: Path, line: str) -> None:
    """Add a line in one write, so that lines of several programs do not mix."""
    path.parent.mkdir(exist_ok=True)
    with path.open("ab", buffering=0) as file:
        file.write(f"{line}\n".encode())
