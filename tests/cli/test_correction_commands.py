"""What a person says of photographs in the terminal."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.cli.test_commands import Typed
from tests.factories import copy_photos

PAIR = ("ae_0.JPG", "ae_1.JPG")
BURST = ("IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG")


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    return copy_photos(photos, tmp_path / "walks")


@pytest.fixture
def shotsift(data_dir: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> Typed:
    shotsift = Typed(data_dir, capsys)
    shotsift.json("scan", folder, "--dataset", "walks")
    return shotsift


def clusters(shotsift: Typed) -> set[frozenset[str]]:
    found = shotsift.json("cluster", "list", "walks")["SimilarImageClusters"]
    return {frozenset(unquote(file["URI"].rpartition("/")[2]) for file in cluster["Files"]) for cluster in found}


def test_files_are_said_to_be_different_split_or_the_same(shotsift: Typed, folder: Path) -> None:
    answer = shotsift.json("correction", "different", "walks", *(folder / name for name in PAIR))["Correction"]
    assert (answer["Verdict"], answer["Overruled"]) == ("different", False)
    assert [(file["URI"].rpartition("/")[2], file["Side"]) for file in answer["Files"]] == [(PAIR[0], 1), (PAIR[1], 2)]
    assert clusters(shotsift) == {frozenset(BURST)}
    shotsift.json("correction", "split", "walks", folder / BURST[0], "--from", *(folder / name for name in BURST[1:]))
    assert clusters(shotsift) == {frozenset(BURST[1:])}
    shotsift.json("correction", "same", "walks", folder / BURST[0], folder / PAIR[0])
    assert clusters(shotsift) == {frozenset(BURST[1:]), frozenset({BURST[0], PAIR[0]})}
    assert [one["Number"] for one in shotsift.json("correction", "list", "walks")["Corrections"]] == [1, 2, 3]


def test_what_was_said_is_listed_for_a_person_and_taken_back(shotsift: Typed, folder: Path) -> None:
    assert shotsift("correction", "list", "walks") == (0, "no corrections\n", "")
    status, out, err = shotsift("correction", "same", "walks", *(folder / name for name in PAIR))
    assert (status, err) == (0, "")
    assert f"{folder / PAIR[0]}, {folder / PAIR[1]}" in out
    shotsift("correction", "different", "walks", *(folder / name for name in PAIR))
    lines = shotsift("correction", "list", "walks")[1].splitlines()
    assert [line.split()[1] for line in lines] == ["Verdict", "same", "different"]
    assert ["yes" in lines[1].split(), "yes" in lines[2].split()] == [True, False]
    assert f"{folder / PAIR[0]} | {folder / PAIR[1]}" in lines[2]
    assert shotsift("correction", "forget", "walks", "2")[0] == 0
    assert clusters(shotsift) == {frozenset(BURST), frozenset(PAIR)}
    assert shotsift("correction", "forget", "walks", "2") == (
        1,
        "",
        "shotsift: The dataset 'walks' has no correction 2.\n",
    )


def test_a_file_may_be_named_from_where_the_person_is_and_through_a_link(
    shotsift: Typed, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(folder)
    shotsift.json("correction", "different", "walks", PAIR[0], Path("..", "link", PAIR[1]))
    assert clusters(shotsift) == {frozenset(BURST)}
