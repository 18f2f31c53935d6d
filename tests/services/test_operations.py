import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.contract.answers import Answer
from app.domain.files import IndexJob
from app.domain.identities import new_request_id
from app.domain.tasks import Task
from app.errors import InvalidArgument, ResourceAlreadyExists, ResourceNotFound, ShotSiftError
from app.imaging.readers import Readers
from app.services import index_jobs, operations, tasks
from app.store import Store


class Client:
    """Calls operations by their names; what they begin is done at once."""

    def __init__(self, store: Store, readers: Readers) -> None:
        self.store = store
        self._readers = readers

    def run(self, task: Task) -> None:
        tasks.run_task(self.store, task.task_id, self._readers)

    def index(self, job: IndexJob) -> None:
        index_jobs.run_index_job(self.store, job, self._readers)

    def call(self, name: str, **parameters: object) -> Answer:
        request = operations.read_request(name, {"DatasetName": "photos", **parameters}, new_request_id())
        answer = operations.perform(self.store, self, request)
        assert json.loads(json.dumps(answer)) == answer
        return answer

    def file(self, uri: str) -> dict[str, Any]:
        files = self.call("GetFileMeta", URI=uri)["Files"]
        assert isinstance(files, list)
        (file,) = files
        assert isinstance(file, dict)
        return file

    def clusters(self) -> set[frozenset[str]]:
        found = self.call("QuerySimilarImageClusters")["SimilarImageClusters"]
        assert isinstance(found, list)
        return {frozenset(file["URI"].rpartition("/")[2] for file in cluster["Files"]) for cluster in found}

    def known(self, *names: str, **parameters: object) -> list[str]:
        found = self.call("SimpleQuery", Sort="Filename", Order="asc", **parameters)["Files"]
        assert isinstance(found, list)
        return [file["Filename"] for file in found if not names or file["Filename"] in names]


BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})


@pytest.fixture
def client(store: Store, readers: Readers) -> Client:
    client = Client(store, readers)
    client.call("CreateDataset")
    return client


@pytest.fixture
def full(client: Client, folder: Path) -> Client:
    client.call("CreateBinding", URI=folder.as_uri())
    client.call("CreateSimilarImageClusteringTask")
    return client


def query(*parts: tuple[str, str, str]) -> str:
    conditions = [{"Operation": operation, "Field": field, "Value": value} for operation, field, value in parts]
    return json.dumps({"Operation": "and", "SubQueries": conditions})


def test_every_answer_has_an_upper_case_request_id_of_its_own(client: Client) -> None:
    ids = [str(client.call("GetDataset")["RequestId"]) for _ in range(2)]
    assert len(set(ids)) == 2
    assert all(request_id == request_id.upper() and len(request_id) == 36 for request_id in ids)


def test_a_dataset_is_changed_only_where_something_is_given(client: Client) -> None:
    client.call("UpdateDataset", Description="Walks", DatasetMaxBindCount=3)
    dataset = client.call("UpdateDataset", TemplateId="Official:ImageManagement")["Dataset"]
    assert isinstance(dataset, dict)
    assert (dataset["Description"], dataset["DatasetMaxBindCount"]) == ("Walks", 3)
    assert dataset["TemplateId"] == "Official:ImageManagement"
    with pytest.raises(ResourceAlreadyExists):
        client.call("CreateDataset")


def test_a_dataset_with_files_is_not_deleted(full: Client) -> None:
    with pytest.raises(InvalidArgument, match="1 bindings and 12 files"):
        full.call("DeleteDataset")
    full.call("CreateDataset", DatasetName="empty")
    full.call("DeleteDataset", DatasetName="empty")
    with pytest.raises(ResourceNotFound):
        full.call("GetDataset", DatasetName="empty")


def test_lists_come_in_pages_that_join_without_a_gap(client: Client) -> None:
    for number in range(5):
        client.call("CreateDataset", DatasetName=f"set-{number}")
    names: list[str] = []
    token = ""
    while True:
        answer = client.call("ListDatasets", MaxResults=2, Prefix="set", NextToken=token)
        assert isinstance(answer["Datasets"], list)
        names += [dataset["DatasetName"] for dataset in answer["Datasets"]]
        token = str(answer["NextToken"])
        if not token:
            break
    assert names == [f"set-{number}" for number in range(5)]


def test_a_task_is_found_by_its_tags_its_status_and_its_time(full: Client) -> None:
    made = full.call("CreateSimilarImageClusteringTask", Tags='{"album": "a", "n": 1, "ü": true}', UserData="mine")
    for found in ({"TagSelector": "album=a"}, {"TagSelector": "n=1,ü=true"}, {"Status": "Succeeded", "Order": "DESC"}):
        answer = full.call("ListTasks", **found)
        assert isinstance(answer["Tasks"], list)
        assert made["TaskId"] in {task["TaskId"] for task in answer["Tasks"]}
        assert answer["MaxResults"] == str(len(answer["Tasks"]))
    for none in ({"TagSelector": "album=b"}, {"Status": "Failed"}, {"TaskTypes": '["FaceClustering"]'}):
        assert full.call("ListTasks", **none)["Tasks"] == []
    assert full.call("ListTasks", EndTimeRange='{"End": "2001-01-01T00:00:00Z"}')["Tasks"] == []
    task = full.call("GetTask", TaskId=made["TaskId"], TaskType="SimilarImageClustering")
    assert (task["Status"], task["Progress"], task["UserData"]) == ("Succeeded", 100, "mine")
    with pytest.raises(ResourceNotFound):
        full.call("GetTask", TaskId=made["TaskId"], TaskType="FaceClustering")


def test_clusters_come_in_pages_by_either_time(full: Client) -> None:
    for sort in ("CreateTime", "UpdateTime"):
        for order in ("asc", "desc"):
            first = full.call("QuerySimilarImageClusters", MaxResults=1, Sort=sort, Order=order)
            second = full.call("QuerySimilarImageClusters", Sort=sort, Order=order, NextToken=first["NextToken"])
            assert isinstance(first["SimilarImageClusters"], list)
            assert isinstance(second["SimilarImageClusters"], list)
            assert len(first["SimilarImageClusters"] + second["SimilarImageClusters"]) == 2
            assert first["NextToken"]
            assert second["NextToken"] == ""
    assert full.call("QuerySimilarImageClusters", CustomLabels="key=value")["SimilarImageClusters"] == []


def test_a_deleted_file_leaves_its_cluster_at_once_and_stays_out(full: Client, folder: Path) -> None:
    uri = (folder / "ae_0.JPG").as_uri()
    full.call("DeleteFileMeta", URI=uri)
    assert full.clusters() == {BURST}
    full.call("CreateSimilarImageClusteringTask")
    assert full.clusters() == {BURST}
    (folder / "ae_0.JPG").touch()
    full.call("CreateSimilarImageClusteringTask")
    (folder / "ae_0.JPG").rename(folder / "renamed.jpg")
    full.call("CreateSimilarImageClusteringTask")
    assert (full.clusters(), full.known("renamed.jpg")) == ({BURST}, [])
    assert (folder / "renamed.jpg").exists()


def test_a_deleted_file_comes_back_by_hand_or_with_other_content(full: Client, folder: Path) -> None:
    uris = [(folder / name).as_uri() for name in ("ae_0.JPG", "IMG_3606.JPG")]
    full.call("BatchDeleteFileMeta", URIs=uris)
    assert full.clusters() == {BURST - {"IMG_3606.JPG"}}
    full.call("IndexFileMeta", File={"URI": uris[0]})
    shutil.copy(folder / "olympus-e-10.jpg", folder / "IMG_3606.JPG")
    full.call("CreateSimilarImageClusteringTask")
    assert full.clusters() == {BURST - {"IMG_3606.JPG"}, PAIR, frozenset({"IMG_3606.JPG", "olympus-e-10.jpg"})}


def test_deleting_before_any_task_hides_nothing_from_it(client: Client, folder: Path) -> None:
    client.call("CreateBinding", URI=folder.as_uri())
    client.call("IndexFileMeta", File={"URI": (folder / "ae_0.JPG").as_uri()})
    client.call("BatchIndexFileMeta", Files=[{"URI": path.as_uri()} for path in sorted(folder.iterdir())])
    client.call("DeleteFileMeta", URI=(folder / "olympus-e-10.jpg").as_uri())
    client.call("CreateSimilarImageClusteringTask")
    assert client.clusters() == {BURST, PAIR}


def test_that_a_deleted_file_is_not_known_is_no_error(full: Client) -> None:
    full.call("DeleteFileMeta", URI="file:///nowhere.jpg")
    full.call("BatchDeleteFileMeta", URIs=["file:///nowhere.jpg"])


def test_files_are_told_with_all_fields_or_those_asked_for(full: Client, folder: Path) -> None:
    uri = (folder / "ae_0.JPG").as_uri()
    file = full.file(uri)
    assert (file["URI"], file["ContentType"], file["ObjectStatus"]) == (uri, "image/jpeg", "Indexed")
    assert file["Size"] == (folder / "ae_0.JPG").stat().st_size
    assert 0 <= file["ImageScore"]["OverallQualityScore"] <= 1
    assert len(file["ObjectId"]) == 64
    answer = full.call("BatchGetFileMeta", URIs=[uri, "file:///no.jpg"], WithFields=["URI", "Size"])
    assert answer["Files"] == [{"URI": uri, "Size": file["Size"]}]
    with pytest.raises(ResourceNotFound):
        full.call("GetFileMeta", URI="file:///no.jpg")


def test_labels_are_kept_with_a_file_and_changed_only_where_given(full: Client, folder: Path) -> None:
    uri = (folder / "ae_0.JPG").as_uri()
    full.call("UpdateFileMeta", File={"URI": uri, "CustomId": "7", "CustomLabels": {"k": "v"}})
    full.call("UpdateFileMeta", File={"URI": uri, "CustomId": "8"})
    file = full.file(uri)
    assert (file["CustomId"], file["CustomLabels"]) == ("8", {"k": "v"})
    assert full.known(Query=query(("eq", "CustomLabels.k", "v"))) == ["ae_0.JPG"]
    answer = full.call("BatchUpdateFileMeta", Files=[{"URI": uri, "CustomId": "9"}, {"URI": "file:///no.jpg"}])
    assert [file["Success"] for file in answer["Files"]] == [True, False]  # type: ignore[attr-defined]
    with pytest.raises(ResourceNotFound):
        full.call("UpdateFileMeta", File={"URI": "file:///no.jpg", "CustomId": "1"})


def test_queries_find_files_by_text_number_and_time(full: Client) -> None:
    assert full.known(Query=query(("prefix", "Filename", "IMG_"), ("gt", "ImageWidth", "1"))) == sorted(BURST)
    assert full.known(Query=query(("match-phrase", "Filename", "img_"), ("lt", "ProduceTime", "2100-01-01T00:00:00Z")))
    assert full.known(Query=query(("gt", "FileModifiedTime", "2999-01-01T00:00:00Z"))) == []
    either = {"Operation": "or", "SubQueries": [{"Operation": "eq", "Field": "Filename", "Value": n} for n in PAIR]}
    assert full.known(Query=either) == sorted(PAIR)
    neither = {"Operation": "not", "SubQueries": [either]}
    assert set(full.known(Query=neither)) & PAIR == set()
    assert full.call("SimpleQuery", MaxResults=1)["TotalHits"] == 12
    assert "TotalHits" not in full.call("SimpleQuery", WithoutTotalHits="True")


def test_pages_of_a_query_join_even_where_values_are_equal_or_missing(full: Client) -> None:
    for sort, order in (("ContentType", "asc"), ("ProduceTime,Size", "desc,asc"), ("CustomId", "")):
        names: list[str] = []
        token = ""
        while True:
            answer = full.call("SimpleQuery", Sort=sort, Order=order, MaxResults=5, NextToken=token)
            names += [file["Filename"] for file in answer["Files"]]  # type: ignore[attr-defined]
            token = str(answer["NextToken"])
            if not token:
                break
        assert len(names) == len(set(names)) == 12


def test_numbers_over_files_are_summed_up_in_groups_too(full: Client, folder: Path) -> None:
    asked = [{"Field": "Size", "Operation": "sum"}, {"Field": "ContentType", "Operation": "group"}]
    answer: dict[str, Any] = full.call("SimpleQuery", Aggregations=asked)
    total, groups = answer["Aggregations"]
    assert total["Value"] == sum(path.stat().st_size for path in folder.iterdir())
    assert groups["Groups"] == [{"Value": "image/jpeg", "Count": 12}]


def test_a_stopped_binding_is_not_scanned_until_it_is_resumed(full: Client, folder: Path) -> None:
    full.call("StopBinding", URI=folder.as_uri(), Reason="on a journey")
    shutil.copy(folder / "ae_0.JPG", folder / "new.jpg")
    (folder / "ae_1.JPG").unlink()
    full.call("CreateSimilarImageClusteringTask")
    binding = full.call("GetBinding", URI=folder.as_uri())["Binding"]
    assert isinstance(binding, dict)
    assert (binding["State"], binding["Reason"]) == ("Stopped", "on a journey")
    assert full.clusters() == {BURST, PAIR}
    full.call("ResumeBinding", URI=folder.as_uri())
    full.call("CreateSimilarImageClusteringTask")
    assert full.clusters() == {BURST, frozenset({"ae_0.JPG", "new.jpg"})}


def test_the_end_of_a_task_is_told_to_its_topic_with_what_the_caller_gave(full: Client, store: Store) -> None:
    made = full.call(
        "CreateSimilarImageClusteringTask",
        Notification='{"MNS": {"TopicName": "ends"}}',
        UserData="mine",
        Tags='{"a": "b"}',
    )
    (line,) = (store.data_dir / "notifications" / "ends.jsonl").read_text().splitlines()
    envelope = json.loads(line)
    content = json.loads(envelope["content"])
    assert (envelope["source"], envelope["type"]) == ("acs.imm", "imm:Task:SimilarImageClustering")
    assert (content["TaskId"], content["UserData"], content["Tags"]) == (made["TaskId"], "mine", {"a": "b"})
    assert (content["Status"], content["RequestId"]) == ("Succeeded", made["RequestId"])


def test_files_that_could_not_be_indexed_are_told_each_with_its_error(
    client: Client, store: Store, folder: Path
) -> None:
    (folder / "broken.jpg").write_bytes(b"<html>404</html>")
    (folder / "notes.txt").write_text("no picture")
    names = ("ae_0.JPG", "broken.jpg", "notes.txt", "nothing.jpg")
    files = [{"URI": (folder / name).as_uri(), "CustomId": name} for name in names]
    client.call("BatchIndexFileMeta", Files=files, Notification={"RocketMQ": {"TopicName": "index"}})
    (line,) = (store.data_dir / "notifications" / "index.jsonl").read_text().splitlines()
    content = json.loads(json.loads(line)["content"])
    assert content["Success"] is True
    good, broken, notes, nothing = (file["Error"] for file in content["Files"])
    assert good == ""
    assert broken.startswith("[InvalidArgument] ")
    assert notes == "[InvalidArgument] It is no picture."
    assert nothing == "[InvalidArgument] File does not exist."
    assert client.known() == ["ae_0.JPG", "broken.jpg"]


def test_an_unknown_operation_is_refused(client: Client) -> None:
    with pytest.raises(ShotSiftError, match="no operation 'CreateProject'"):
        client.call("CreateProject")
