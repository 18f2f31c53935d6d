"""Every operation that IMM's official SDK shares with us, through that SDK, unchanged, over the wire."""

import asyncio
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alibabacloud_imm20200930 import models
from darabonba.exceptions import DaraException

from app.contract.requests import CreateSimilarImageClusteringTask
from app.domain.clusters import ClusterKind
from app.domain.files import Stamp
from app.errors import Cancelled
from app.imaging.readers import Readers
from app.services.tasks import cancel_task, create_task, run_task
from app.store import Store
from tests.api.conftest import Album, Served, call
from tests.factories import content

BURST = {"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"}
PAIR = {"ae_0.JPG", "ae_1.JPG"}
SECONDS = 60
TASK_TYPE = "SimilarImageClustering"


def refused(code: str) -> Any:
    """Expect an error with a code of the contract."""
    return pytest.raises(DaraException, check=lambda error: error.code == code)


def until(found: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (value := found()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return value


def uri(path: Path) -> str:
    return path.as_uri()


def file(path: Path, **fields: Any) -> models.InputFile:
    return models.InputFile(uri=uri(path), **fields)


@pytest.fixture
def full(album: Album) -> Album:
    """A dataset with a bound folder that has been read."""
    album.fill()
    album.call("CreateBinding", uri=uri(album.folder))
    until(lambda: album.call("GetBinding", uri=uri(album.folder))["Binding"]["Phase"] == "IncrementalScanning")
    return album


def cluster(album: Album) -> dict[str, Any]:
    task = album.call("CreateSimilarImageClusteringTask")
    return follow(album, task["TaskId"])


def follow(album: Album, task_id: str) -> dict[str, Any]:
    def ended() -> dict[str, Any] | None:
        found = call(album.client, "GetTask", task_type=TASK_TYPE, task_id=task_id)
        assert found["Status"] in {"Running", "Succeeded", "Failed"}
        assert 0 <= int(found["Progress"]) <= 100
        return found if found["Status"] != "Running" else None

    task: dict[str, Any] = until(ended)
    return task


def names(found: dict[str, Any]) -> list[set[str]]:
    return [{file["URI"].rpartition("/")[2] for file in one["Files"]} for one in found["SimilarImageClusters"]]


def test_datasets_are_made_shown_listed_changed_and_deleted(album: Album) -> None:
    album.call("UpdateDataset", description="Walks", dataset_max_bind_count=3)
    dataset = album.call("GetDataset", with_statistics=True)["Dataset"]
    assert (dataset["Description"], dataset["DatasetMaxBindCount"], dataset["FileCount"]) == ("Walks", 3, 0)
    listed = call(album.client, "ListDatasets", prefix=album.name, max_results=200)
    assert [one["DatasetName"] for one in listed["Datasets"]] == [album.name]
    album.call("DeleteDataset")
    with refused("ResourceNotFound"):
        album.call("GetDataset")


@pytest.mark.parametrize(
    ("operation", "fields", "code"),
    [
        ("CreateDataset", {}, "ResourceAlreadyExists"),
        ("CreateDataset", {"dataset_name": "not valid"}, "InvalidArgument"),
        ("CreateDataset", {"dataset_name": None}, "InvalidArgument"),
        ("CreateDataset", {"project_name": None}, "InvalidArgument"),
        ("CreateDataset", {"project_name": "other"}, "ResourceNotFound"),
        ("CreateDataset", {"dataset_name": "x", "dataset_max_bind_count": 11}, "InvalidArgument"),
        ("GetDataset", {"dataset_name": "nothing"}, "ResourceNotFound"),
        ("UpdateDataset", {"dataset_name": "nothing"}, "ResourceNotFound"),
        ("UpdateDataset", {"description": "x" * 257}, "InvalidArgument"),
        ("DeleteDataset", {"dataset_name": "nothing"}, "ResourceNotFound"),
        ("ListDatasets", {"max_results": 201}, "InvalidArgument"),
        ("ListDatasets", {"next_token": "nonsense"}, "InvalidArgument"),
        ("CreateBinding", {"uri": "oss://bucket"}, "InvalidArgument"),
        ("CreateBinding", {"uri": "file:///"}, "NoPermission"),
        ("GetBinding", {"uri": "file:///nothing"}, "ResourceNotFound"),
        ("DeleteBinding", {"uri": "file:///nothing"}, "ResourceNotFound"),
        ("ListBindings", {"max_results": -1}, "InvalidArgument"),
        ("IndexFileMeta", {"file": models.InputFile(uri="file:///etc/passwd")}, "NoPermission"),
        ("IndexFileMeta", {"file": models.InputFile(uri="oss://bucket/a.jpg")}, "InvalidArgument"),
        ("BatchIndexFileMeta", {"files": [models.InputFile(uri="file:///etc/passwd")]}, "NoPermission"),
        (
            "BatchIndexFileMeta",
            {"files": [models.InputFile(uri="file:///x")] * 101},
            "InvalidArgument",
        ),
        ("GetFileMeta", {"uri": "file:///nothing"}, "ResourceNotFound"),
        ("BatchGetFileMeta", {"uris": []}, "InvalidArgument"),
        ("UpdateFileMeta", {"file": models.InputFile(uri="file:///nothing", custom_id="x")}, "ResourceNotFound"),
        ("BatchUpdateFileMeta", {"files": None}, "InvalidArgument"),
        ("DeleteFileMeta", {"uri": "pds://domains/x"}, "InvalidArgument"),
        ("BatchDeleteFileMeta", {"uris": [f"file:///{n}" for n in range(101)]}, "InvalidArgument"),
        ("SimpleQuery", {"query": models.SimpleQuery(operation="like", field="Size", value="1")}, "InvalidArgument"),
        ("SimpleQuery", {"sort": "Nothing"}, "InvalidArgument"),
        ("CreateSimilarImageClusteringTask", {"dataset_name": "nothing"}, "ResourceNotFound"),
        ("CreateSimilarImageClusteringTask", {"user_data": "é" * 1025}, "InvalidArgument"),
        ("QuerySimilarImageClusters", {"max_results": 101}, "InvalidArgument"),
        ("QuerySimilarImageClusters", {"sort": "ObjectId"}, "InvalidArgument"),
    ],
)
def test_what_is_wrong_is_refused_with_the_code_of_the_contract(
    album: Album, operation: str, fields: dict[str, Any], code: str
) -> None:
    given = {"dataset_name": album.name, "project_name": "default", **fields}
    if operation == "ListDatasets":
        del given["dataset_name"]
    with refused(code):
        call(album.client, operation, **given)


def test_a_task_that_is_unknown_or_of_another_type_is_not_found(served: Served) -> None:
    for task_type, task_id in ((TASK_TYPE, "SimilarImageClustering-x"), ("FaceClustering", "x")):
        with refused("ResourceNotFound"):
            call(served.client(), "GetTask", task_type=task_type, task_id=task_id)
    with refused("InvalidArgument"):
        call(served.client(), "GetTask", task_id="x")
    with refused("InvalidArgument"):
        call(served.client(), "ListTasks", status="Queued")


def test_a_bound_folder_is_read_without_a_task_and_as_it_changes(full: Album) -> None:
    binding = full.call("ListBindings")["Bindings"][0]
    assert (binding["URI"], binding["State"], binding["Phase"]) == (uri(full.folder), "Running", "IncrementalScanning")
    assert full.call("GetDataset", with_statistics=True)["Dataset"]["FileCount"] == 12
    (full.folder / "IMG_3606.JPG").rename(full.folder / "moved.jpg")
    until(lambda: full.call("BatchGetFileMeta", uris=[uri(full.folder / "moved.jpg")])["Files"])
    with refused("ResourceAlreadyExists"):
        full.call("CreateBinding", uri=uri(full.folder))
    with refused("InvalidArgument"):
        full.call("DeleteDataset")
    full.call("DeleteBinding", uri=uri(full.folder))
    assert full.call("GetDataset", with_statistics=True)["Dataset"]["FileCount"] == 12
    assert full.call("ListBindings")["Bindings"] == []


def test_a_task_is_followed_to_its_end_and_its_clusters_are_queried(full: Album) -> None:
    topic = models.Notification(mns=models.MNS(topic_name="ends"))
    made = full.call(
        "CreateSimilarImageClusteringTask", user_data='{"ID": "u"}', tags={"Album": "A", "n": 1}, notification=topic
    )
    assert made["TaskId"].startswith(f"{TASK_TYPE}-")
    task = follow(full, made["TaskId"])
    assert (task["Status"], task["Progress"], task["Code"], task["EventId"]) == ("Succeeded", 100, "", made["EventId"])
    assert (task["UserData"], task["Tags"]) == ('{"ID": "u"}', {"Album": "A", "n": 1})
    found = full.call("QuerySimilarImageClusters", sort="CreateTime", order="asc", max_results=20)
    assert sorted(map(len, names(found))) == [2, 4]
    assert all(one in names(found) for one in (BURST, PAIR))
    for one in found["SimilarImageClusters"]:
        scores = [member["ImageScore"] for member in one["Files"]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
    listed = call(
        full.client, "ListTasks", tag_selector="Album=A", task_types=[TASK_TYPE], status="Succeeded", order="desc"
    )
    assert made["TaskId"] in {one["TaskId"] for one in listed["Tasks"]}
    message = until(lambda: (full.served.data_dir / "notifications" / "ends.jsonl").read_text("utf-8").splitlines())
    assert made["TaskId"] in {json.loads(json.loads(line)["content"])["TaskId"] for line in message}


def test_files_are_indexed_by_hand_labelled_found_and_deleted(album: Album) -> None:
    album.fill()
    paths = sorted(path for path in album.folder.iterdir() if path.name in BURST | PAIR)
    album.call("IndexFileMeta", file=file(paths[0], custom_id="first"), user_data="mine")
    album.call("BatchIndexFileMeta", files=[file(path) for path in paths[1:]])

    def read() -> list[dict[str, Any]]:
        files: list[dict[str, Any]] = album.call("BatchGetFileMeta", uris=[uri(path) for path in paths])["Files"]
        return files if len(files) == 6 else []

    assert {one["ObjectStatus"] for one in until(read)} == {"Indexed"}
    cluster(album)
    assert all(one in names(album.call("QuerySimilarImageClusters")) for one in (BURST, PAIR))
    album.call("UpdateFileMeta", file=file(paths[0], custom_labels={"where": "lake"}))
    answered = album.call(
        "BatchUpdateFileMeta", files=[file(paths[1], custom_id="b"), file(album.folder / "nothing.jpg", custom_id="c")]
    )
    assert [one["Success"] for one in answered["Files"]] == [True, False]
    (first,) = album.call("GetFileMeta", uri=uri(paths[0]), with_fields=["CustomId", "CustomLabels"])["Files"]
    assert (first["CustomId"], first["CustomLabels"]) == ("first", {"where": "lake"})
    query = models.SimpleQuery(
        operation="and",
        sub_queries=[
            models.SimpleQuery(operation="eq", field="CustomLabels.where", value="lake"),
            models.SimpleQuery(operation="gt", field="Size", value="10"),
        ],
    )
    found = album.call("SimpleQuery", query=query, sort="Size", order="asc")
    assert ([one["URI"] for one in found["Files"]], found["TotalHits"]) == ([uri(paths[0])], 1)
    sums = album.call(
        "SimpleQuery", aggregations=[models.SimpleQueryRequestAggregations(field="Size", operation="sum")]
    )
    assert sums["Aggregations"][0]["Value"] == sum(path.stat().st_size for path in paths)
    album.call("DeleteFileMeta", uri=uri(album.folder / "ae_0.JPG"))
    assert names(album.call("QuerySimilarImageClusters")) == [BURST]
    album.call("BatchDeleteFileMeta", uris=[uri(path) for path in paths])
    album.call("BatchDeleteFileMeta", uris=[uri(path) for path in paths])
    assert album.call("QuerySimilarImageClusters")["SimilarImageClusters"] == []
    assert all(path.is_file() for path in paths)


def test_a_hundred_files_with_long_names_fit_into_one_call(album: Album) -> None:
    album.folder.mkdir()
    files = [file(album.folder / ("é" * 600) / f"{number}.jpg", custom_id="x" * 900) for number in range(100)]
    assert len(json.dumps([one.to_map() for one in files])) > 300_000
    answered = album.call("BatchUpdateFileMeta", files=files)
    assert len(answered["Files"]) == 100


@pytest.mark.long
def test_a_thousand_clusters_come_in_pages_each_of_them_once(album: Album) -> None:
    with Store(album.served.data_dir) as store, store.write() as work:
        dataset_id = work.datasets.id_of(album.name)
        for number in range(1000):
            members = []
            for copy in "ab":
                one = content(f"{number}{copy}")
                work.files.put_read(dataset_id, f"/photos/{number}{copy}.jpg", Stamp(1, number, number), one)
                members.append(work.contents.put(dataset_id, one))
            (cluster,) = work.clusters.add(dataset_id, [ClusterKind.NEAR])
            work.contents.move((member, cluster) for member in members)
    for sort, order in (("UpdateTime", "desc"), ("CreateTime", "asc")):
        seen: list[str] = []
        pages, token = 0, ""
        while token or not pages:
            answer = album.call(
                "QuerySimilarImageClusters", sort=sort, order=order, max_results=90, next_token=token or None
            )
            seen += [one["ObjectId"] for one in answer["SimilarImageClusters"]]
            token = answer.get("NextToken") or ""
            pages += 1
        assert (pages, len(seen), len(set(seen))) == (12, 1000, 1000)
    first = album.call("QuerySimilarImageClusters", max_results=10)
    with refused("InvalidArgument"):
        album.call("QuerySimilarImageClusters", order="asc", next_token=first["NextToken"])


def test_two_clients_work_at_once(served: Served, full: Album) -> None:
    def work(name: str) -> list[set[str]]:
        mine = Album(served, name)
        mine.call("CreateDataset")
        mine.call("CreateBinding", uri=uri(full.folder))
        tasks = [mine.call("CreateSimilarImageClusteringTask")["TaskId"] for _ in range(2)]
        assert {follow(mine, task)["Status"] for task in tasks} == {"Succeeded"}
        return names(mine.call("QuerySimilarImageClusters"))

    with ThreadPoolExecutor(2) as threads:
        for found in threads.map(work, ["one", "two"]):
            assert sorted(map(len, found)) == [2, 4]


def test_the_sdk_works_asynchronously_too(album: Album) -> None:
    request = models.GetDatasetRequest(project_name="default", dataset_name=album.name)
    answer = asyncio.run(album.client.get_dataset_async(request))
    assert answer.body.dataset.dataset_name == album.name


def test_a_task_that_fails_is_a_status_and_no_error(full: Album) -> None:
    with Store(full.served.data_dir) as store:
        first = create_task(store, CreateSimilarImageClusteringTask(dataset_name=full.name))
        second = full.call("CreateSimilarImageClusteringTask")["TaskId"]
        cancel_task(store, second)
        ended = follow(full, second)
        assert (ended["Status"], ended["Code"], ended["Message"]) == ("Failed", "Canceled", Cancelled().message)
        cancel_task(store, first.task_id)
        with Readers(1) as readers:
            run_task(store, first.task_id, readers)
