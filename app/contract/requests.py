"""The requests of the contract, one class an operation, with its limits."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from app.contract.notification import InputNotification
from app.contract.pages import Paged
from app.contract.request import FromJson, Labels, Part, Request
from app.domain.datasets import MAX_BINDINGS, check_dataset_name, check_description
from app.domain.tasks import Status, TaskSort, check_user_data
from app.domain.times import moment_of
from app.domain.uris import normal_uri, path_of

MAX_BATCH = 100
MAX_PAGE = 100
_Name = Annotated[str, AfterValidator(check_dataset_name)]
_Count = Annotated[int, Field(ge=1, lt=2**63)]
_Page = Annotated[int, Field(ge=0, le=MAX_PAGE)]
_LongPage = Annotated[int, Field(ge=0, le=200)]
_Moment = Annotated[int, BeforeValidator(lambda value: moment_of(value) if isinstance(value, str) else value)]
_LocalUri = Annotated[str, AfterValidator(normal_uri)]
_UserData = Annotated[str, AfterValidator(check_user_data)]


class Order(StrEnum):
    """Which way a list is sorted."""

    ASCENDING = "asc"
    DESCENDING = "desc"


AnyOrder = Annotated[Order, BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)]


class OfDataset(Request):
    """A request about one dataset."""

    dataset_name: _Name


class _Limits(OfDataset):
    """What a dataset is made with or changed to; None is the default, or what it was."""

    description: Annotated[str, AfterValidator(check_description)] | None = None
    template_id: Annotated[str, Field(max_length=256)] | None = None
    dataset_max_bind_count: Annotated[int, Field(ge=1, le=MAX_BINDINGS)] | None = None
    dataset_max_file_count: Annotated[int, Field(ge=1, le=100_000_000)] | None = None
    dataset_max_entity_count: _Count | None = None
    dataset_max_relation_count: _Count | None = None
    dataset_max_total_file_size: _Count | None = None


class CreateDataset(_Limits):
    """CreateDataset."""


class UpdateDataset(_Limits):
    """UpdateDataset: what is not given stays as it is."""


class GetDataset(OfDataset):
    """GetDataset; its numbers are counted only if asked for."""

    with_statistics: bool = False


class ListDatasets(Paged):
    """ListDatasets, in the order of their names."""

    prefix: str = ""
    max_results: _LongPage = 0


class DeleteDataset(OfDataset):
    """DeleteDataset: an empty one."""


class _OfBinding(OfDataset):
    """A request about one bound folder."""

    uri: _LocalUri

    @property
    def folder(self) -> str:
        return path_of(self.uri)


class CreateBinding(_OfBinding):
    """CreateBinding."""

    @property
    def opens(self) -> Sequence[str]:
        return [self.folder]


class GetBinding(_OfBinding):
    """GetBinding."""


class StopBinding(_OfBinding):
    """StopBinding: pause it. ``reason`` is what it says meanwhile."""

    reason: Annotated[str, Field(max_length=256)] = ""


class ResumeBinding(_OfBinding):
    """ResumeBinding: go on, and catch up."""


class DeleteBinding(_OfBinding):
    """DeleteBinding. What is known of its files stays."""


class LocateBinding(_OfBinding):
    """LocateBinding, ours and not IMM's: a bound folder lies at ``new_uri`` now."""

    new_uri: _LocalUri

    @property
    def new_folder(self) -> str:
        return path_of(self.new_uri)

    @property
    def opens(self) -> Sequence[str]:
        return [self.new_folder]


class ListBindings(Paged):
    """ListBindings, in the order of dataset and URI, of one dataset or of all; ``uri``: of this folder only."""

    dataset_name: str = ""
    uri: _LocalUri | None = None
    max_results: _LongPage = 0

    @property
    def folder(self) -> str | None:
        return None if self.uri is None else path_of(self.uri)


class InputFile(Part):
    """A file as it comes in; all else that IMM would take is found in the file itself here."""

    uri: _LocalUri
    custom_id: Annotated[str, Field(max_length=1024)] | None = None
    custom_labels: Labels | None = None

    @property
    def path(self) -> str:
        return path_of(self.uri)


_File = Annotated[InputFile, FromJson]
_Files = Annotated[list[InputFile], FromJson, Field(min_length=1, max_length=MAX_BATCH)]
_Uris = Annotated[list[_LocalUri], FromJson, Field(min_length=1, max_length=MAX_BATCH)]
_Fields = Annotated[list[str], FromJson, Field(max_length=MAX_BATCH)]


class _Notified(OfDataset):
    """A request whose end is told."""

    user_data: _UserData = ""
    notification: Annotated[InputNotification, FromJson] = InputNotification()


class IndexFileMeta(_Notified):
    """IndexFileMeta: read a file by hand, or again."""

    file: _File

    @property
    def opens(self) -> Sequence[str]:
        return [self.file.path]


class BatchIndexFileMeta(_Notified):
    """BatchIndexFileMeta."""

    files: _Files

    @property
    def opens(self) -> Sequence[str]:
        return [file.path for file in self.files]


class GetFileMeta(OfDataset):
    """GetFileMeta; without ``with_fields`` all fields are given."""

    uri: _LocalUri
    with_fields: _Fields = Field(default_factory=list)


class BatchGetFileMeta(OfDataset):
    """BatchGetFileMeta; files that are not known are left out of the answer."""

    uris: _Uris
    with_fields: _Fields = Field(default_factory=list)


class UpdateFileMeta(OfDataset):
    """UpdateFileMeta: CustomId and CustomLabels; what is not given stays as it is."""

    file: _File


class BatchUpdateFileMeta(OfDataset):
    """BatchUpdateFileMeta, with a result for each file."""

    files: _Files


class DeleteFileMeta(OfDataset):
    """DeleteFileMeta; that the file is not known is no error. The photograph is not touched."""

    uri: _LocalUri


class BatchDeleteFileMeta(OfDataset):
    """BatchDeleteFileMeta."""

    uris: _Uris


class InputQuery(Part):
    """A condition, or conditions joined by and, or, not, nested."""

    operation: str
    field: str = ""
    value: str | None = None
    sub_queries: list["InputQuery"] = Field(default_factory=list)


class InputAggregation(Part):
    """A number over all files that fit."""

    operation: Literal["min", "max", "average", "sum", "count", "distinct", "group"]
    field: str


class SimpleQuery(Paged, OfDataset):
    """SimpleQuery: the files that fit, or numbers over them."""

    query: Annotated[InputQuery, FromJson] | None = None
    sort: str = ""
    order: str = ""
    max_results: Annotated[int, Field(ge=0, le=2000)] = 0
    with_fields: _Fields = Field(default_factory=list)
    without_total_hits: bool = False
    aggregations: Annotated[list[InputAggregation], FromJson, Field(max_length=MAX_BATCH)] = Field(default_factory=list)


class CreateSimilarImageClusteringTask(_Notified):
    """CreateSimilarImageClusteringTask."""

    tags: Labels = Field(default_factory=dict)


class GetTask(Request):
    """GetTask."""

    task_id: str
    task_type: str
    request_definition: bool = False


class TimeRange(Part):
    """From ``start`` to ``end``, both included, in nanoseconds since the epoch; as text any form of the contract."""

    start: _Moment | None = None
    end: _Moment | None = None


class ListTasks(Paged):
    """ListTasks of the last seven days."""

    task_types: _Fields = Field(default_factory=list)
    status: Status | None = None
    tag_selector: str = ""
    start_time_range: Annotated[TimeRange, FromJson] = TimeRange()
    end_time_range: Annotated[TimeRange, FromJson] = TimeRange()
    sort: TaskSort = TaskSort.TASK_ID
    order: AnyOrder = Order.ASCENDING
    max_results: _Page = 0
    request_definition: bool = False


class QuerySimilarImageClusters(Paged, OfDataset):
    """QuerySimilarImageClusters. ``custom_labels``: those that a cluster must have, as JSON or ``key=value``."""

    sort: Literal["CreateTime", "UpdateTime"] = "UpdateTime"
    order: AnyOrder = Order.DESCENDING
    custom_labels: str = ""
    max_results: _Page = 0
