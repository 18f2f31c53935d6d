"""The operations of the contract by their names: what each takes, does and answers, for every door to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.contract import answers, requests
from app.contract.answers import Answer
from app.contract.pages import Page
from app.contract.request import Request
from app.domain.datasets import PROJECT_NAME, Binding, Dataset
from app.domain.files import IndexJob
from app.domain.tasks import Task
from app.errors import InvalidArgument
from app.services import bindings, clusters, datasets, files, index_jobs, tasks
from app.store import Store

_R = TypeVar("_R", bound=Request)
_T = TypeVar("_T")


class Hands(Protocol):
    """Who does the work that an operation only begins."""

    def run(self, task: Task) -> None:
        """Run a task that was created, now or later."""

    def index(self, job: IndexJob) -> None:
        """Read the files of a job, now or later."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: what it takes, and how it is done."""

    request: type[Request]
    call: Callable[..., Answer]


def _create_task(store: Store, hands: Hands, request: requests.CreateSimilarImageClusteringTask) -> Answer:
    task = tasks.create_task(store, request)
    hands.run(task)
    return {"TaskId": task.task_id, "EventId": task.event_id}


def _index(store: Store, hands: Hands, request: requests.IndexFileMeta | requests.BatchIndexFileMeta) -> Answer:
    job = index_jobs.create_index_job(store, request)
    hands.index(job)
    return {"EventId": job.event_id}


def _update_files(store: Store, hands: Hands, request: requests.BatchUpdateFileMeta) -> Answer:
    return {
        "Files": [
            {"URI": file.uri, "Success": not fault, "Message": fault}
            for file, fault in files.update_files(store, request)
        ]
    }


def _get_files(store: Store, hands: Hands, request: requests.GetFileMeta | requests.BatchGetFileMeta) -> Answer:
    found = (
        [files.get_file(store, request)]
        if isinstance(request, requests.GetFileMeta)
        else files.get_files(store, request)
    )
    return {"Files": [answers.file_answer(request.dataset_name, file, request.with_fields) for file in found]}


def _query_files(store: Store, hands: Hands, request: requests.SimpleQuery) -> Answer:
    if request.aggregations:
        found = files.aggregate_files(store, request)
        return {"Files": [], "Aggregations": [answers.aggregated_answer(one) for one in found], "NextToken": ""}
    page = files.query_files(store, request)
    answer: Answer = {
        "Files": [answers.file_answer(request.dataset_name, file, request.with_fields) for file in page.items],
        "Aggregations": [],
        "NextToken": page.next_token,
    }
    return answer if page.total is None else answer | {"TotalHits": page.total}


def _list_tasks(store: Store, hands: Hands, request: requests.ListTasks) -> Answer:
    page = tasks.list_tasks(store, request)
    return {
        "ProjectName": PROJECT_NAME,
        "MaxResults": str(len(page.items)),
        "NextToken": page.next_token,
        "Tasks": [answers.task_answer(task) for task in page.items],
    }


def _get_task(store: Store, hands: Hands, request: requests.GetTask) -> Answer:
    return answers.task_answer(tasks.get_task(store, request))


def _answering(name: str, do: Callable[[Store, _R], _T], answer: Callable[[_T], Answer]) -> Callable[..., Answer]:
    """Make an operation of one that gives a value: its answer stands under a name."""
    return lambda store, hands, request: {name: answer(do(store, request))}


def _paging(name: str, do: Callable[[Store, _R], Page[_T]], answer: Callable[[_T], Answer]) -> Callable[..., Answer]:
    """Make an operation of one that gives a page: the answers of its entries stand under a name."""

    def call(store: Store, hands: Hands, request: _R) -> Answer:
        page = do(store, request)
        return {name: [answer(item) for item in page.items], "NextToken": page.next_token}

    return call


def _doing(do: Callable[[Store, _R], object]) -> Callable[..., Answer]:
    """Make an operation of one whose answer is only that it was done."""

    def call(store: Store, hands: Hands, request: _R) -> Answer:
        do(store, request)
        return {}

    return call


def _dataset(do: Callable[[Store, _R], Dataset]) -> Callable[..., Answer]:
    return _answering("Dataset", do, answers.dataset_answer)


def _binding(do: Callable[[Store, _R], Binding]) -> Callable[..., Answer]:
    return _answering("Binding", do, answers.binding_answer)


OPERATIONS: Mapping[str, Operation] = {
    "CreateDataset": Operation(requests.CreateDataset, _dataset(datasets.create_dataset)),
    "GetDataset": Operation(requests.GetDataset, _dataset(datasets.get_dataset)),
    "ListDatasets": Operation(
        requests.ListDatasets, _paging("Datasets", datasets.list_datasets, answers.dataset_answer)
    ),
    "UpdateDataset": Operation(requests.UpdateDataset, _dataset(datasets.update_dataset)),
    "DeleteDataset": Operation(requests.DeleteDataset, _doing(datasets.delete_dataset)),
    "CreateBinding": Operation(requests.CreateBinding, _binding(bindings.create_binding)),
    "GetBinding": Operation(requests.GetBinding, _binding(bindings.get_binding)),
    "ListBindings": Operation(
        requests.ListBindings, _paging("Bindings", bindings.list_bindings, answers.binding_answer)
    ),
    "StopBinding": Operation(requests.StopBinding, _doing(bindings.stop_binding)),
    "ResumeBinding": Operation(requests.ResumeBinding, _doing(bindings.resume_binding)),
    "LocateBinding": Operation(requests.LocateBinding, _binding(bindings.locate_binding)),
    "DeleteBinding": Operation(requests.DeleteBinding, _doing(bindings.delete_binding)),
    "IndexFileMeta": Operation(requests.IndexFileMeta, _index),
    "BatchIndexFileMeta": Operation(requests.BatchIndexFileMeta, _index),
    "GetFileMeta": Operation(requests.GetFileMeta, _get_files),
    "BatchGetFileMeta": Operation(requests.BatchGetFileMeta, _get_files),
    "UpdateFileMeta": Operation(requests.UpdateFileMeta, _doing(files.update_file)),
    "BatchUpdateFileMeta": Operation(requests.BatchUpdateFileMeta, _update_files),
    "DeleteFileMeta": Operation(requests.DeleteFileMeta, _doing(files.delete_file)),
    "BatchDeleteFileMeta": Operation(requests.BatchDeleteFileMeta, _doing(files.delete_files)),
    "SimpleQuery": Operation(requests.SimpleQuery, _query_files),
    "CreateSimilarImageClusteringTask": Operation(requests.CreateSimilarImageClusteringTask, _create_task),
    "GetTask": Operation(requests.GetTask, _get_task),
    "ListTasks": Operation(requests.ListTasks, _list_tasks),
    "QuerySimilarImageClusters": Operation(
        requests.QuerySimilarImageClusters,
        _paging("SimilarImageClusters", clusters.query_clusters, answers.cluster_answer),
    ),
}


def read_request(name: str, parameters: dict[str, object], request_id: str) -> Request:
    """Make the request of an operation out of parameters in the contract's names.

    Raises:
        InvalidArgument: there is no such operation, or a parameter is missing or breaks its rule.
        ResourceNotFound: there is no such project.
    """
    if name not in OPERATIONS:
        raise InvalidArgument(f"There is no operation {name!r} here. The operations are {', '.join(OPERATIONS)}.")
    return OPERATIONS[name].request.of(parameters, request_id)


def perform(store: Store, hands: Hands, request: Request) -> Answer:
    """Do the operation that a request asks for, and give the answer.

    Raises:
        ShotSiftError: it cannot be done; the code says why in the contract's words.
    """
    return {"RequestId": request.request_id, **OPERATIONS[type(request).__name__].call(store, hands, request)}
