import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest

from app.cli import main
from app.cli.arguments import COMMANDS
from tests.factories import copy_photos, derive, write_old


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    return copy_photos(photos, tmp_path / "Winter Walks")


@pytest.fixture
def shotsift(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> "Typed":
    return Typed(data_dir, capsys)


class Typed:
    """What a person types, and what comes back."""

    def __init__(self, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data_dir = data_dir
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        status = main([*map(str, words), "--data-dir", str(self._data_dir)])
        out, err = self._capsys.readouterr()
        return status, out, err

    def json(self, *words: str | Path) -> dict[str, Any]:
        status, out, err = self(*words, "--json")
        assert (status, err) == (0, "")
        answer: dict[str, Any] = json.loads(out)
        return answer


def program(*words: str | Path, **options: Any) -> "subprocess.Popen[str]":
    command: Sequence[str] = [sys.executable, "-m", "app", *map(str, words)]
    return subprocess.Popen(command, text=True, **options)


def test_scan_prints_one_object_of_the_promised_form(shotsift: Typed, folder: Path) -> None:
    write_old(folder / "broken é.jpg", b"")
    answer = shotsift.json("scan", folder)
    assert set(answer) == {"Task", "SimilarImageClusters", "Skipped", "Counts", "Timings"}
    task = answer["Task"]
    assert task["TaskType"] == "SimilarImageClustering"
    assert task["TaskId"].startswith("SimilarImageClustering-")
    assert (task["Status"], task["Progress"], task["Code"], task["Message"]) == ("Succeeded", 100, "", "")
    assert task["StartTime"] < task["EndTime"]
    assert set(answer["Timings"]) == {"scan", "read", "first", "match", "score", "total"}
    counts = answer["Counts"]
    assert counts == {"Scanned": 13, "Read": 13, "Unchanged": 0, "Moved": 0, "Gone": 0, "Skipped": 1, "Clusters": 2}
    assert answer["Skipped"] == [
        {"URI": folder.as_uri() + "/broken%20%C3%A9.jpg", "Reason": "The file is empty"},
    ]
    for cluster in answer["SimilarImageClusters"]:
        assert set(cluster) == {"ObjectId", "CreateTime", "UpdateTime", "CustomLabels", "Files"}
        assert cluster["ObjectId"].startswith("SimilarImageCluster-")
        for file in cluster["Files"]:
            assert Path(unquote(urlparse(file["URI"]).path)).is_file()
            assert 0 <= file["ImageScore"] <= 1


def test_a_second_scan_finds_the_dataset_of_the_folder_again(shotsift: Typed, folder: Path) -> None:
    first = shotsift.json("scan", folder)
    derive(folder / "ae_0.JPG", folder / "small.jpg")
    second = shotsift.json("scan", folder)
    assert second["Counts"] | {"Read": 1, "Unchanged": 12} == second["Counts"]
    assert second["Task"]["DatasetName"] == first["Task"]["DatasetName"] == "winter-walks"
    (dataset,) = shotsift.json("dataset", "list")["Datasets"]
    assert (dataset["Description"], dataset["FileCount"], dataset["BindCount"]) == ("Winter Walks", 13, 1)


def test_a_person_reads_clusters_and_a_sum(shotsift: Typed, folder: Path) -> None:
    status, out, err = shotsift("scan", folder, "--jobs", "1")
    assert (status, err) == (0, "")
    assert "IMG_3606.JPG" in out
    assert "Winter Walks: 12 photographs, 2 clusters of 6 files" in out


def test_a_person_sees_what_goes_along_with_a_photograph(shotsift: Typed, folder: Path) -> None:
    _, out, _ = shotsift("scan", folder, "--dataset", "demo")
    assert "With" not in out
    for name in ("IMG_3606.NEF", "IMG_3606.xmp", "IMG_3607.JPG.xmp"):
        (folder / name).write_bytes(bytes(2_000_000))
    _, out, _ = shotsift("scan", folder, "--dataset", "demo")
    lines = {stem: line for stem in ("3606", "3607", "3608") for line in out.splitlines() if f"IMG_{stem}.JPG" in line}
    assert "With" in out
    assert lines["3606"].rstrip().endswith("IMG_3606.JPG  RAW+J +XMP")
    assert lines["3607"].rstrip().endswith("IMG_3607.JPG  +XMP")
    assert lines["3608"].rstrip().endswith("IMG_3608.JPG")
    assert " 4.0 MB " in lines["3606"]
    assert "0 not read" in out
    found = shotsift.json("cluster", "list", "demo")["SimilarImageClusters"]
    burst = max(found, key=lambda cluster: len(cluster["Files"]))
    _, out, _ = shotsift("cluster", "show", burst["ObjectId"])
    assert "IMG_3606.JPG  RAW+J +XMP\n" in out
    assert "IMG_3608.JPG\n" in out


def test_every_noun_can_be_created_listed_shown_and_deleted(shotsift: Typed, folder: Path) -> None:
    created = shotsift.json("dataset", "create", "mine", "--description", "My photographs")["Dataset"]
    assert (created["DatasetName"], created["Description"]) == ("mine", "My photographs")
    assert shotsift.json("binding", "create", "mine", folder)["Binding"]["URI"] == folder.as_uri()
    assert len(shotsift.json("binding", "list", "mine")["Bindings"]) == 1
    task = shotsift.json("task", "create", "mine", "--user-data", "{}", "--tag", "trip=rome")
    assert (task["Status"], task["UserData"], task["Tags"]) == ("Succeeded", "{}", {"trip": "rome"})
    assert shotsift.json("task", "list")["Tasks"] == [task]
    assert shotsift.json("task", "show", task["TaskId"]) == task
    assert shotsift.json("task", "cancel", task["TaskId"]) == task
    assert len(shotsift.json("cluster", "list", "mine")["SimilarImageClusters"]) == 2
    assert shotsift.json("binding", "delete", "mine", folder) == {}
    assert shotsift.json("dataset", "show", "mine")["Dataset"]["FileCount"] == 12
    assert shotsift.json("dataset", "delete", "mine") == {}
    assert shotsift.json("dataset", "list") == {"Datasets": []}


@pytest.mark.parametrize(
    ("words", "status", "word"),
    [
        (("dataset", "show", "nothing"), 1, "dataset list"),
        (("task", "show", "nothing"), 1, "task list"),
        (("dataset", "create", "not valid"), 2, "A-Z"),
        (("scan", "/no/such/folder"), 2, "spelling"),
        (("setting", "set", "theme", "pink"), 2, "'dark'"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(
    shotsift: Typed, words: tuple[str, ...], status: int, word: str
) -> None:
    code, out, err = shotsift(*words)
    assert (code, out) == (status, "")
    assert err.startswith("shotsift: ")
    assert err.count("\n") == 1
    assert word in err


def test_the_window_without_a_screen_is_refused_in_words(
    data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--data-dir", str(data_dir)]) == 1
    assert "shotsift scan FOLDER" in capsys.readouterr().err


def test_debug_shows_the_traceback(shotsift: Typed) -> None:
    assert "Traceback" in shotsift("dataset", "show", "nothing", "--debug")[2]


@pytest.mark.parametrize("words", [["scan"], ["scan", "x", "--jobs", "0"], ["dataset"], ["--nothing"], ["task", "x"]])
def test_wrong_usage_is_status_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"usage: shotsift {command}" in out
    assert "exit status" in out


def test_progress_goes_to_a_terminal_and_not_into_the_answer(folder: Path, data_dir: Path) -> None:
    master, slave = pty.openpty()
    scan = program("scan", folder, "--json", "--data-dir", data_dir, stdout=subprocess.PIPE, stderr=slave)
    os.close(slave)
    out, _ = scan.communicate(timeout=60)
    seen = b""
    try:
        while chunk := os.read(master, 65536):
            seen += chunk
    except OSError:  # the terminal is closed
        pass
    os.close(master)
    assert json.loads(out)["Task"]["Status"] == "Succeeded"
    assert b"Reading photographs" in seen


@pytest.mark.long
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, "Canceled"), (signal.SIGKILL, "Interrupted")])
def test_a_scan_that_is_stopped_or_killed_is_taken_up_by_the_next(
    shotsift: Typed, folder: Path, data_dir: Path, number: signal.Signals, code: str
) -> None:
    photo = (folder / "ae_0.JPG").read_bytes()
    for n in range(300):
        (folder / f"more {n}.jpg").write_bytes(photo + bytes([n % 256, n // 256]))
    scan = program(
        "scan", folder, "--jobs", "1", "--data-dir", data_dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        tasks = shotsift.json("task", "list")["Tasks"]
        if tasks and tasks[0]["Stage"] == "read" and tasks[0]["Progress"] > 5:
            break
        time.sleep(0.1)
    scan.send_signal(number)
    scan.communicate(timeout=30)
    assert scan.returncode == (130 if number is signal.SIGINT else -number)
    (task,) = shotsift.json("task", "list")["Tasks"]
    assert (task["Status"], task["Code"]) == ("Failed", code)
    counts = shotsift.json("scan", folder)["Counts"]
    assert counts["Scanned"] == 312
    assert 0 < counts["Read"] < 312


def test_any_operation_is_called_by_its_name_and_done_before_its_answer(shotsift: Typed, folder: Path) -> None:
    made = shotsift.json("call", "CreateDataset", "DatasetName=walks", "Description=Winter")
    assert made["Dataset"]["Description"] == "Winter"
    shotsift.json("call", "CreateBinding", "DatasetName=walks", f"URI={folder.as_uri()}")
    shotsift.json("call", "IndexFileMeta", "DatasetName=walks", f'File={{"URI": "{(folder / "ae_0.JPG").as_uri()}"}}')
    assert shotsift.json("call", "SimpleQuery", "DatasetName=walks")["TotalHits"] == 1
    missing = f'File={{"URI": "{(folder / "nothing.jpg").as_uri()}"}}'
    status, out, err = shotsift("call", "IndexFileMeta", "DatasetName=walks", missing)
    assert (status, "EventId" in json.loads(out), "nothing.jpg: [InvalidArgument]" in err) == (0, True, True)
    task = shotsift.json("call", "CreateSimilarImageClusteringTask", "DatasetName=walks", 'Tags={"a": "b"}')
    found = shotsift.json("call", "ListTasks", "TagSelector=a=b")["Tasks"]
    assert [(one["TaskId"], one["Status"]) for one in found] == [(task["TaskId"], "Succeeded")]
    assert len(shotsift.json("call", "QuerySimilarImageClusters", "DatasetName=walks")["SimilarImageClusters"]) == 2


def test_a_binding_is_paused_and_goes_on(shotsift: Typed, folder: Path) -> None:
    shotsift.json("scan", folder, "--dataset", "walks")
    paused = shotsift.json("binding", "stop", "walks", folder, "--reason", "on a journey")["Binding"]
    assert (paused["State"], paused["Reason"]) == ("Stopped", "on a journey")
    assert shotsift.json("binding", "resume", "walks", folder)["Binding"]["State"] == "Ready"


@pytest.mark.parametrize(
    ("typed", "kept"), [((), 12), (("--keep",), 12), (("--forget",), 0)], ids=["without a terminal", "keep", "forget"]
)
def test_photographs_of_a_removed_folder_are_forgotten_only_if_asked(
    shotsift: Typed, folder: Path, typed: tuple[str, ...], kept: int
) -> None:
    shotsift.json("scan", folder, "--dataset", "walks")
    assert shotsift("binding", "delete", "walks", folder, *typed) == (0, "", "")
    assert shotsift.json("dataset", "show", "walks")["Dataset"]["FileCount"] == kept
    assert len(list(folder.iterdir())) == 12


@pytest.mark.parametrize(("answer", "kept"), [("y", 0), ("", 12)])
def test_a_person_is_asked_whether_photographs_are_forgotten(
    shotsift: Typed, folder: Path, data_dir: Path, answer: str, kept: int
) -> None:
    shotsift.json("scan", folder, "--dataset", "walks")
    master, slave = pty.openpty()
    os.write(master, f"{answer}\n".encode())
    words = ("binding", "delete", "walks", folder, "--data-dir", data_dir)
    assert program(*words, stdin=slave, stderr=slave).wait(timeout=60) == 0
    os.close(slave)
    assert b"Forget its 12 photographs too? They stay on the disk. [y/N]" in os.read(master, 1000)
    os.close(master)
    assert shotsift.json("dataset", "show", "walks")["Dataset"]["FileCount"] == kept


def test_a_folder_that_was_renamed_is_told_anew(shotsift: Typed, folder: Path) -> None:
    shotsift.json("scan", folder, "--dataset", "walks")
    new = folder.rename(folder.with_name("Renamed"))
    assert shotsift.json("binding", "locate", "walks", folder, new)["Binding"]["URI"] == new.as_uri()
    assert shotsift.json("scan", new)["Counts"]["Unchanged"] == 12


def test_settings_are_listed_and_set_by_words_and_json(shotsift: Typed, folder: Path) -> None:
    (folder / "Export").mkdir()
    (folder / "ae_0.JPG").rename(folder / "Export" / "ae_0.JPG")
    assert shotsift.json("setting", "list")["Settings"]["theme"] == "system"
    shotsift.json("setting", "set", "theme", "dark")
    settings = shotsift.json("setting", "set", "left_out", '[".*", "export"]')["Settings"]
    assert (settings["theme"], settings["left_out"]) == ("dark", [".*", "export"])
    assert shotsift.json("scan", folder)["Counts"]["Scanned"] == 11
    _, out, _ = shotsift("setting", "list")
    said = dict([*line.split(maxsplit=1), ""][:2] for line in out.splitlines())
    assert (said["theme"], said["left_out"], said["webhook"]) == ("dark", '[".*", "export"]', "")
    status, _, err = shotsift("setting", "set", "webhook", "ftp://example.org")
    assert (status, "http://" in err) == (2, True)


def test_the_end_of_a_task_is_told_to_a_topic(shotsift: Typed, folder: Path, data_dir: Path) -> None:
    shotsift.json("scan", folder, "--dataset", "walks")
    task = shotsift.json("task", "create", "walks", "--topic", "ends", "--tag", "a=b")
    (line,) = (data_dir / "notifications" / "ends.jsonl").read_text().splitlines()
    assert json.loads(json.loads(line)["content"])["TaskId"] == task["TaskId"]


@pytest.mark.parametrize("words", [("scan", ".", "--jobs", "nope"), ("serve", "--port", "70000")])
def test_a_number_that_cannot_be_says_which_can(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert re.search("1 to 64 processes|0 to 65535", capsys.readouterr().err)
