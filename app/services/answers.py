"""Answers in the contract's words: values as objects for JSON, with its names of fields and its forms of time."""

from collections.abc import Iterable

from app.domain.clusters import Cluster
from app.domain.datasets import PROJECT_NAME, Binding, Dataset
from app.domain.files import FileMeta, SkippedFile
from app.domain.tasks import TASK_TYPE, Task
from app.domain.times import rfc3339, task_time
from app.domain.uris import uri_of

Answer = dict[str, object]


def dataset_answer(dataset: Dataset) -> Answer:
    """Contract: Dataset."""
    return {
        "ProjectName": PROJECT_NAME,
        "DatasetName": dataset.name,
        "Description": dataset.description,
        "CreateTime": rfc3339(dataset.create_time),
        "UpdateTime": rfc3339(dataset.update_time),
        "BindCount": len(dataset.bindings),
        "FileCount": dataset.statistics.files,
        "TotalFileSize": dataset.statistics.size,
    }


def binding_answer(binding: Binding) -> Answer:
    """Contract: Binding."""
    return {
        "ProjectName": PROJECT_NAME,
        "DatasetName": binding.dataset_name,
        "URI": uri_of(binding.path),
        "State": binding.state,
        "Phase": binding.phase,
        "Reason": binding.reason,
        "CreateTime": rfc3339(binding.create_time),
        "UpdateTime": rfc3339(binding.update_time),
    }


def task_answer(task: Task) -> Answer:
    """Contract: TaskInfo; Stage and DatasetName are ours."""
    return {
        "TaskId": task.task_id,
        "TaskType": TASK_TYPE,
        "ProjectName": PROJECT_NAME,
        "DatasetName": task.dataset_name,
        "Status": task.status,
        "Stage": task.stage,
        "Progress": task.progress,
        "Code": task.code,
        "Message": task.message,
        "StartTime": task_time(task.start_time),
        "EndTime": "" if task.end_time is None else task_time(task.end_time),
        "EventId": task.event_id,
        "UserData": task.user_data,
        "Tags": dict(task.tags),
    }


def cluster_answer(cluster: Cluster) -> Answer:
    """Contract: SimilarImageCluster; Files by ImageScore, best first."""
    return {
        "ObjectId": cluster.object_id,
        "CreateTime": rfc3339(cluster.create_time),
        "UpdateTime": rfc3339(cluster.update_time),
        "CustomLabels": dict(cluster.custom_labels),
        "Files": [_similar_image(member) for member in cluster.members],
    }


def scan_answer(task: Task, clusters: Iterable[Cluster], skipped: Iterable[SkippedFile]) -> Answer:
    """What `shotsift scan --json` prints: the task, all clusters, what was not read, the numbers of the run."""
    counts, timings = task.counts, task.timings
    return {
        "Task": task_answer(task),
        "SimilarImageClusters": [cluster_answer(cluster) for cluster in clusters],
        "Skipped": [{"URI": uri_of(file.path), "Reason": file.reason} for file in skipped],
        "Counts": {
            "Scanned": counts.scanned,
            "Read": counts.read,
            "Unchanged": counts.unchanged,
            "Moved": counts.moved,
            "Gone": counts.gone,
            "Skipped": counts.skipped,
            "Clusters": counts.clusters,
        },
        "Timings": {
            "scan": timings.scan,
            "read": timings.read,
            "first": timings.first,
            "match": timings.match,
            "score": timings.score,
            "total": timings.total,
        },
    }


def _similar_image(member: FileMeta) -> Answer:
    return {"URI": uri_of(member.path), "ImageScore": member.image_score}
