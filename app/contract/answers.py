"""Answers in the contract's words: values as objects for JSON, with its names of fields and its forms of time."""

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from app.domain.clusters import Cluster
from app.domain.corrections import Correction
from app.domain.datasets import PROJECT_NAME, Binding, Dataset
from app.domain.explanations import Explanation
from app.domain.files import CONTENT_TYPES, Content, FileMeta, FileRecord, SkippedFile
from app.domain.identities import object_id_of
from app.domain.pairs import Alikeness, Pair
from app.domain.queries import Aggregated
from app.domain.tasks import TASK_TYPE, Task
from app.domain.times import camera_time, rfc3339, task_time
from app.domain.uris import shown, uri_of

Answer = dict[str, object]


def dataset_answer(dataset: Dataset) -> Answer:
    """Contract: Dataset."""
    return {
        "ProjectName": PROJECT_NAME,
        "DatasetName": dataset.name,
        "Description": dataset.description,
        "CreateTime": rfc3339(dataset.create_time),
        "UpdateTime": rfc3339(dataset.update_time),
        "TemplateId": dataset.template_id,
        "BindCount": len(dataset.bindings),
        "FileCount": dataset.statistics.files,
        "TotalFileSize": dataset.statistics.size,
        "DatasetMaxBindCount": dataset.limits.bind_count,
        "DatasetMaxFileCount": dataset.limits.file_count,
        "DatasetMaxEntityCount": dataset.limits.entity_count,
        "DatasetMaxRelationCount": dataset.limits.relation_count,
        "DatasetMaxTotalFileSize": dataset.limits.total_file_size,
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


def correction_answer(correction: Correction) -> Answer:
    """Ours: what a person said. Side tells which files it puts together."""
    return {
        "Number": correction.number,
        "Verdict": correction.verdict,
        "Time": rfc3339(correction.moment),
        "Overruled": correction.overruled,
        "Files": [
            {"URI": uri_of(file.path), "FileHash": file.sha256.hex(), "Side": number}
            for number, side in enumerate(correction.sides, start=1)
            for file in side
        ],
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
    """Contract: SimilarImageCluster; Files with the best first: a chosen one, then by ImageScore."""
    return {
        "ObjectId": cluster.object_id,
        "CreateTime": rfc3339(cluster.create_time),
        "UpdateTime": rfc3339(cluster.update_time),
        "CustomLabels": dict(cluster.custom_labels),
        "Files": [_similar_image(member) for member in cluster.members],
    }


def file_answer(dataset_name: str, file: FileRecord, fields: Sequence[str] = ()) -> Answer:
    """Contract: File, with all fields or only those asked for; what is not known of a file is left out."""
    uri = uri_of(file.path)
    answer: Answer = {
        "ProjectName": PROJECT_NAME,
        "DatasetName": dataset_name,
        "ObjectId": object_id_of(dataset_name, uri),
        "ObjectType": "file",
        "ObjectStatus": file.status,
        "Reason": file.reason,
        "URI": uri,
        "Filename": shown(PurePath(file.path).name),
        "MediaType": "image",
        "Size": file.stamp.size,
        "FileModifiedTime": rfc3339(file.stamp.mtime_ns),
        "CustomId": file.custom_id,
        "CustomLabels": dict(file.custom_labels),
        "CreateTime": rfc3339(file.create_time),
        "UpdateTime": rfc3339(file.update_time),
        **({} if file.content is None else _content_fields(file.content)),
        **({} if file.image_score is None else {"ImageScore": {"OverallQualityScore": file.image_score}}),
    }
    return {name: value for name, value in answer.items() if name in fields} if fields else answer


def aggregated_answer(aggregated: Aggregated) -> Answer:
    """Contract: an entry of Aggregations."""
    asked = aggregated.aggregation
    groups = [{"Value": value, "Count": count} for value, count in aggregated.groups]
    return {"Field": asked.field, "Operation": asked.summary, "Value": aggregated.value, "Groups": groups}


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


def _content_fields(content: Content) -> Answer:
    header = content.header
    answer: Answer = {
        "ContentType": CONTENT_TYPES.get(header.format, ""),
        "FormatName": header.format,
        "FileHash": content.sha256.hex(),
        "ImageWidth": header.width,
        "ImageHeight": header.height,
        "Orientation": header.orientation,
        "EXIF": json.dumps({"Model": header.camera, "Exposure": header.exposure}),
    }
    if header.capture_time is not None:
        answer["ProduceTime"] = camera_time(header.capture_time, header.offset_minutes)
    return answer


def _similar_image(member: FileMeta) -> Answer:
    return {"URI": uri_of(member.path), "ImageScore": member.image_score}


def alikeness_answer(alikeness: Alikeness) -> Answer:
    """Ours: how alike the pictures of one cluster are."""
    return {
        "Alike": alikeness.strength,
        "CopiesOnly": alikeness.copies_only,
        "AcrossFolders": alikeness.across_folders,
    }


def explanation_answer(dataset_name: str, found: Explanation) -> Answer:
    """Ours: why two photographs are together or apart."""
    remedy = found.remedy
    return {
        "DatasetName": dataset_name,
        "Together": found.together,
        "Reason": found.reason,
        "Through": uri_of(found.through) if found.through else "",
        "LookedAt": found.looked_at,
        "Setting": alikeness_answer(found.alikeness),
        "Remedy": None if remedy is None else alikeness_answer(remedy),
        "Evidence": None if found.pair is None else _evidence(found.pair, found),
    }


def _evidence(pair: Pair, found: Explanation) -> Answer:
    return {
        "Relation": pair.relation,
        "Strength": pair.strength,
        "Distance": pair.distance,
        "Cosine": pair.cosine,
        "Matches": pair.matches,
        "Inliers": pair.inliers,
        "Cells": pair.cells,
        "Coverage": round(pair.coverage, 3),
        "Extent": round(pair.extent, 3),
        "Angle": round(pair.angle, 1),
        "Agreement": round(pair.agreement, 3),
        "OneCamera": found.one_camera,
        "GapSeconds": None if found.gap is None else found.gap / 1_000_000,
    }
