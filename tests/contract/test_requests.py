from typing import Any

import pytest

from app.contract import requests
from app.contract.queries import condition_of, sort_fields
from app.contract.requests import InputQuery, ListTasks, SimpleQuery
from app.domain.queries import Comparing, Comparison, Joined, Junction, SortField
from app.errors import InvalidArgument, ResourceNotFound
from app.services.operations import OPERATIONS


def of(name: str, **parameters: object) -> Any:
    return OPERATIONS[name].request.of(parameters, "R")


def test_what_is_missing_is_named_in_the_words_of_the_contract() -> None:
    with pytest.raises(InvalidArgument, match="The parameter DatasetName is required but not provided"):
        of("GetDataset")


def test_the_project_is_the_catalogue_and_there_is_no_other() -> None:
    assert of("GetDataset", DatasetName="a", ProjectName="default").project_name == "default"
    with pytest.raises(ResourceNotFound, match="no project 'other'"):
        of("GetDataset", DatasetName="a", ProjectName="other")


@pytest.mark.parametrize("name", ["1st", "", "with space", "a" * 129, "ümlaut", "-a"])
def test_a_dataset_name_follows_its_pattern(name: str) -> None:
    with pytest.raises(InvalidArgument):
        of("CreateDataset", DatasetName=name)


@pytest.mark.parametrize(
    "uri", ["oss://bucket/a.jpg", "http://host/a.jpg", "/a.jpg", "file://host/a.jpg", "file:///%00"]
)
def test_only_local_files_have_uris(uri: str) -> None:
    with pytest.raises(InvalidArgument, match="URI"):
        of("GetFileMeta", DatasetName="a", URI=uri)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("ListTasks", {"MaxResults": "101"}),
        ("ListTasks", {"MaxResults": "-1"}),
        ("ListDatasets", {"MaxResults": "201"}),
        ("QuerySimilarImageClusters", {"DatasetName": "a", "MaxResults": "101"}),
        ("QuerySimilarImageClusters", {"DatasetName": "a", "Sort": "Size"}),
        ("CreateDataset", {"DatasetName": "a", "DatasetMaxBindCount": "11"}),
        ("CreateDataset", {"DatasetName": "a", "Description": "x" * 257}),
        ("BatchGetFileMeta", {"DatasetName": "a", "URIs": "[]"}),
        ("BatchGetFileMeta", {"DatasetName": "a", "URIs": str(["file:///a"] * 101).replace("'", '"')}),
        ("BatchGetFileMeta", {"DatasetName": "a", "URIs": "[unfinished"}),
        ("IndexFileMeta", {"DatasetName": "a", "File": '{"CustomId": "no uri"}'}),
        ("IndexFileMeta", {"DatasetName": "a", "File": '{"URI": "file:///a"}', "UserData": "é" * 1025}),
        ("CreateSimilarImageClusteringTask", {"DatasetName": "a", "Notification": '{"MNS": {"TopicName": "../up"}}'}),
        (
            "CreateSimilarImageClusteringTask",
            {"DatasetName": "a", "Notification": '{"ExtendedMessageURI": "oss://b/o"}'},
        ),
        ("CreateSimilarImageClusteringTask", {"DatasetName": "a", "Tags": "[1]"}),
        ("ListTasks", {"StartTimeRange": '{"Start": "yesterday"}'}),
    ],
)
def test_limits_are_kept(name: str, parameters: dict[str, str]) -> None:
    with pytest.raises(InvalidArgument):
        of(name, **parameters)


def test_lists_and_objects_come_as_json_truths_in_any_case_and_what_the_sdk_adds_is_ignored() -> None:
    request = of(
        "UpdateFileMeta",
        DatasetName="a",
        File='{"URI": "file:///a/../b c", "CustomLabels": {"k": "v"}, "Addresses": [], "Figures": [], "Labels": []}',
    )
    assert (request.file.uri, request.file.custom_labels, request.file.custom_id) == ("file:///b%20c", {"k": "v"}, None)
    assert of("GetDataset", DatasetName="a", WithStatistics="True").with_statistics is True
    assert of("ListTasks", Order="DESC").order is requests.Order.DESCENDING


def test_times_are_taken_in_any_form_of_the_contract() -> None:
    request = of(
        "ListTasks", StartTimeRange='{"Start": "2021-12-24T03:01:49.480109219Z", "End": "2021-12-24T03:01:49+08:00"}'
    )
    assert request.start_time_range.start == 1640314909480109219
    assert request.start_time_range.end == 1640286109 * 10**9


def test_a_token_holds_only_for_the_list_it_was_given_for() -> None:
    token = ListTasks().page([], ["a", 1]).next_token
    assert ListTasks(next_token=token, max_results=5).after() == ["a", 1]
    for other in (
        ListTasks(next_token=token, sort="StartTime"),  # type: ignore[arg-type]
        ListTasks(next_token=token, tag_selector="a=b"),
        ListTasks(next_token="CAESEgoQ"),
    ):
        with pytest.raises(InvalidArgument, match="NextToken"):
            other.after()


def test_a_query_becomes_conditions_on_fields_that_exist() -> None:
    query = InputQuery(
        operation="and",
        sub_queries=[
            InputQuery(operation="gte", field="Size", value="10"),
            InputQuery(operation="not", sub_queries=[InputQuery(operation="exist", field="CustomLabels.k")]),
        ],
    )
    assert condition_of(query) == Joined(
        Junction.AND,
        [
            Comparing("Size", Comparison.GTE, 10.0),
            Joined(Junction.NOT, [Comparing("CustomLabels.k", Comparison.EXIST)]),
        ],
    )


@pytest.mark.parametrize(
    "query",
    [
        InputQuery(operation="like", field="Size", value="1"),
        InputQuery(operation="eq", field="Colour", value="1"),
        InputQuery(operation="eq", field="Size", value="big"),
        InputQuery(operation="eq", field="Size", value="nan"),
        InputQuery(operation="eq", field="Size"),
        InputQuery(operation="prefix", field="Size", value="1"),
        InputQuery(operation="and"),
        InputQuery(operation="nested", field="Size", sub_queries=[InputQuery(operation="exist", field="Size")]),
        InputQuery(operation="or", sub_queries=[InputQuery(operation="exist", field="Size")] * 100),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(query: InputQuery) -> None:
    with pytest.raises(InvalidArgument):
        condition_of(query)


def test_a_query_is_nested_five_levels_at_most() -> None:
    query = InputQuery(operation="exist", field="Size")
    for _ in range(4):
        query = InputQuery(operation="not", sub_queries=[query])
    assert isinstance(condition_of(query), Joined)
    with pytest.raises(InvalidArgument, match="deeper than 5"):
        condition_of(InputQuery(operation="not", sub_queries=[query]))


def test_orders_that_are_not_given_are_descending() -> None:
    request = SimpleQuery(dataset_name="a", sort="Size,Filename", order="asc")
    assert sort_fields(request) == [SortField("Size", descending=False), SortField("Filename")]
    for wrong in (
        SimpleQuery(dataset_name="a", sort="Size,Size,Size,Size,Size,Size"),
        SimpleQuery(dataset_name="a", sort="Size", order="asc,asc"),
        SimpleQuery(dataset_name="a", sort="Size", order="up"),
    ):
        with pytest.raises(InvalidArgument):
            sort_fields(wrong)
