"""Files of a dataset and what is known of them (contract: GetFileMeta and its sisters, SimpleQuery)."""

from collections.abc import Sequence

from app.contract.pages import Page
from app.contract.queries import condition_of, known_field, sort_fields
from app.contract.requests import (
    MAX_PAGE,
    BatchDeleteFileMeta,
    BatchGetFileMeta,
    BatchUpdateFileMeta,
    DeleteFileMeta,
    GetFileMeta,
    InputFile,
    SimpleQuery,
    UpdateFileMeta,
)
from app.domain.files import FileRecord, SkippedFile
from app.domain.queries import Aggregated, Aggregation, Summary
from app.domain.uris import path_of, shown
from app.errors import InvalidArgument, ResourceNotFound
from app.events import Noun
from app.progress import SILENT
from app.services.grouping import group
from app.services.scoring import score
from app.store import Store


def get_file(store: Store, request: GetFileMeta) -> FileRecord:
    """GetFileMeta: all that is known of one file.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have this file.
    """
    path = path_of(request.uri)
    found = _records(store, request.dataset_name, [path])
    if not found:
        raise ResourceNotFound(_unknown(request.dataset_name, path))
    return found[0]


def get_files(store: Store, request: BatchGetFileMeta) -> list[FileRecord]:
    """BatchGetFileMeta: all that is known of some files; those that the dataset does not have are left out.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    return _records(store, request.dataset_name, [path_of(uri) for uri in request.uris])


def update_file(store: Store, request: UpdateFileMeta) -> None:
    """UpdateFileMeta: change CustomId and CustomLabels; what is not given stays as it is.

    Raises:
        ResourceNotFound: there is no such dataset, or it does not have this file.
    """
    if not _update(store, request.dataset_name, [request.file])[0]:
        raise ResourceNotFound(_unknown(request.dataset_name, request.file.path))


def update_files(store: Store, request: BatchUpdateFileMeta) -> list[tuple[InputFile, str]]:
    """BatchUpdateFileMeta: give each file with what was wrong with it, or an empty text.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    done = _update(store, request.dataset_name, request.files)
    return [
        (file, "" if known else _unknown(request.dataset_name, file.path))
        for file, known in zip(request.files, done, strict=True)
    ]


def delete_file(store: Store, request: DeleteFileMeta) -> None:
    """DeleteFileMeta: take a file out of the dataset and its clusters at once. The photograph is not touched.

    It stays out until it is indexed by hand or its content changes. That it is not known is no error.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    _take_out(store, request.dataset_name, [path_of(request.uri)])


def delete_files(store: Store, request: BatchDeleteFileMeta) -> None:
    """BatchDeleteFileMeta.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    _take_out(store, request.dataset_name, [path_of(uri) for uri in request.uris])


def query_files(store: Store, request: SimpleQuery) -> Page[FileRecord]:
    """SimpleQuery for files: a page of those that fit, with the number of all unless that is not wanted.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: the query, the order, NextToken or MaxResults are not valid.
    """
    if request.max_results > MAX_PAGE:
        raise InvalidArgument(f"The parameter MaxResults is not valid: a page has at most {MAX_PAGE} files.")
    condition = None if request.query is None else condition_of(request.query)
    fields = sort_fields(request)
    with store.read() as work:
        dataset_id = work.datasets.id_of(request.dataset_name)
        records, last = work.files.query(dataset_id, condition, fields, request.after(), request.limit)
        total = None if request.without_total_hits else work.files.count(dataset_id, condition)
    return request.page(records, last, total)


def aggregate_files(store: Store, request: SimpleQuery) -> list[Aggregated]:
    """SimpleQuery with Aggregations: numbers over the files that fit.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: the query or a field is not valid.
    """
    condition = None if request.query is None else condition_of(request.query)
    asked = [Aggregation(known_field(part.field), Summary(part.operation)) for part in request.aggregations]
    with store.read() as work:
        dataset_id = work.datasets.id_of(request.dataset_name)
        return [work.files.aggregate(dataset_id, condition, one, request.limit) for one in asked]


def all_skipped(store: Store, dataset_name: str) -> list[SkippedFile]:
    """Give the files that claim to be pictures and cannot be read now, with the reasons.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.files.skipped(work.datasets.id_of(dataset_name))


def digests_of(store: Store, dataset_name: str, paths: Sequence[str]) -> dict[str, bytes]:
    """Give the digests of files of a dataset, by path; those that it does not know are left out.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    records = _records(store, dataset_name, paths)
    return {record.path: record.content.sha256 for record in records if record.content is not None}


def _records(store: Store, dataset_name: str, paths: Sequence[str]) -> list[FileRecord]:
    with store.read() as work:
        return work.files.records(work.datasets.id_of(dataset_name), list(dict.fromkeys(paths)))


def _update(store: Store, dataset_name: str, files: Sequence[InputFile]) -> list[bool]:
    """Change what is kept with files; tell of each whether it is known."""
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        work.announce(Noun.FILES, dataset_name)
        return [work.files.set_custom(dataset_id, file.path, file.custom_id, file.custom_labels) for file in files]


def _take_out(store: Store, dataset_name: str, paths: Sequence[str]) -> None:
    with store.write() as work:
        taken = work.files.take_out(work.datasets.id_of(dataset_name), paths)
        if taken:
            work.announce(Noun.FILES, dataset_name)
    if taken:
        group(store, dataset_name, SILENT)
        score(store, dataset_name, SILENT)


def _unknown(dataset_name: str, path: str) -> str:
    return f"The dataset {dataset_name!r} has no file {shown(path)}."
