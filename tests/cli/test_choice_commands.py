"""Ladders, choices, stars and labels in the terminal."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from app.cli.rules import rungs_of, typed
from app.domain.ladders import BUILT_IN, Ladder, Rule, Rung
from app.errors import InvalidArgument
from tests.cli.test_commands import Typed
from tests.factories import copy_photos, derive

OLYMPUS = "olympus-e-10.jpg"


@pytest.fixture
def folder(photos: Path, tmp_path: Path) -> Path:
    folder = copy_photos(photos, tmp_path / "walks")
    (folder / "archive").mkdir()
    derive(folder / OLYMPUS, folder / "archive" / "small.jpg")
    return folder


@pytest.fixture
def shotsift(data_dir: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> Typed:
    shotsift = Typed(data_dir, capsys)
    shotsift.json("scan", folder, "--dataset", "walks")
    return shotsift


def name(uri: str) -> str:
    return unquote(uri.rpartition("/")[2])


def order(shotsift: Typed) -> list[str]:
    """Give the files of the cluster of one photograph, the best first, as the contract answers."""
    answer = shotsift.json("call", "QuerySimilarImageClusters", "DatasetName=walks")
    files = [[name(file["URI"]) for file in cluster["Files"]] for cluster in answer["SimilarImageClusters"]]
    return next(names for names in files if OLYMPUS in names)


@pytest.mark.parametrize("ladder", BUILT_IN, ids=lambda ladder: ladder.name)
def test_rules_are_shown_as_they_are_typed(ladder: Ladder) -> None:
    assert rungs_of(typed(ladder.rungs)) == ladder.rungs


def test_rules_are_read_as_they_are_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = "protect=/raw folder=/b folder=a/../c,d folder=*/x stars resolution format=HEIF,jpeg oldest:0.5 name"
    assert rungs_of(words.split()) == (
        Rung(Rule.PROTECTED, ("/raw",)),
        Rung(Rule.FOLDER, ("/b", str(tmp_path / "c,d"), "*/x")),
        Rung(Rule.RATED),
        Rung(Rule.RESOLUTION, tolerance=0.05),
        Rung(Rule.FORMAT, ("HEIF", "jpeg")),
        Rung(Rule.OLDEST, tolerance=0.5),
        Rung(Rule.NAME),
    )


@pytest.mark.parametrize(
    "word", ["taste", "path", "stars:5%", "resolution:5s", "oldest:2%", "resolution:1.2.3", "", "name name", "Stars"]
)
def test_what_is_no_rule_is_refused(word: str) -> None:
    with pytest.raises(InvalidArgument, match=r"is no rule|stands twice"):
        rungs_of(word.split(" "))


def test_a_ladder_is_saved_previewed_applied_and_forgotten(shotsift: Typed, folder: Path) -> None:
    before = order(shotsift)
    assert before[0] == OLYMPUS
    saved = shotsift.json("ladder", "save", "mine", f"folder={folder / 'archive'}", "resolution:10%", "name")["Ladder"]
    assert saved["Rules"][0] == {"Rule": "folder", "Values": [str(folder / "archive")], "Tolerance": 0.0}
    answer = shotsift.json("ladder", "preview", "mine", "--dataset", "walks")
    (proposal,) = [one for one in answer["Proposals"] if name(one["Present"]) == OLYMPUS]
    assert name(proposal["Chosen"]) == "small.jpg"
    assert (proposal["Differs"], proposal["Protected"], proposal["Faults"]) == (True, [], [])
    assert proposal["Because"] == {"Rule": "folder", "Chosen": {"Folder": str(folder / "archive")}, "Other": {}}
    assert order(shotsift) == before
    assert shotsift.json("ladder", "apply", "mine", "--dataset", "walks")["Applied"]["Ladder"] == "mine"
    assert order(shotsift) == ["small.jpg", OLYMPUS]
    out = shotsift("cluster", "list", "walks")[1]
    assert f"chosen by mine: in the preferred folder {folder / 'archive'}" in out
    assert shotsift.json("ladder", "preview", "--dataset", "walks")["Ladder"]["Name"] == "mine"
    assert shotsift.json("ladder", "forget", "--dataset", "walks")["Forgotten"]["Choices"] > 0
    assert order(shotsift) == before
    assert "Chosen" not in shotsift("cluster", "list", "walks")[1]
    assert shotsift("ladder", "delete", "mine")[0] == 0
    assert shotsift("ladder", "show", "mine") == (
        1,
        "",
        "shotsift: There is no ladder 'mine'. `shotsift ladder list` shows those that exist.\n",
    )


def test_ladders_and_proposals_are_shown_to_a_person(shotsift: Typed) -> None:
    lines = shotsift("ladder", "list")[1].splitlines()
    assert lines[1].startswith("usual")
    assert "stars edited raw original resolution:5% format=HEIF,AVIF" in lines[1]
    assert "oldest:2s name" in shotsift("ladder", "show", "keep largest")[1]
    status, out, err = shotsift("ladder", "preview", "keep originals", "--dataset", "walks")
    assert (status, err) == (0, "")
    assert "the original" in out
    assert out.splitlines()[-1].startswith("keep originals: 2 clusters of copies, another best shot in ")
    assert "resolution[:5%]" in help_of(shotsift, "ladder", "save")


def help_of(shotsift: Typed, *words: str) -> str:
    with pytest.raises(SystemExit):
        shotsift(*words, "--help")
    return shotsift._capsys.readouterr().out


def test_a_choice_of_a_person_is_set_listed_and_taken_back(shotsift: Typed, folder: Path) -> None:
    assert shotsift("choice", "list") == (0, "no choices\n", "")
    choice = shotsift.json("choice", "set", folder / "archive" / "small.jpg")["Choice"]
    assert (name(choice["URI"]), choice["Source"], choice["DatasetName"]) == ("small.jpg", "person", "walks")
    assert (choice["ProposedBy"], choice["Agreed"]) == ("score", False)
    assert order(shotsift) == ["small.jpg", OLYMPUS]
    listed = shotsift.json("choice", "list", "--dataset", "walks")
    assert listed["Choices"] == [choice]
    assert listed["Overruled"] == {"OverScores": 1, "OtherThanScores": 1, "OverLadders": 0, "OtherThanLadders": 0}
    out = shotsift("choice", "list")[1]
    assert "chosen by you" in out
    assert "of 1 choices of yours, in all datasets, 1 were other than the scores proposed" in out
    shotsift.json("choice", "forget", folder / "archive" / "small.jpg")
    assert order(shotsift)[0] == OLYMPUS
    assert shotsift("choice", "set", folder / "missing.jpg") == (
        1,
        "",
        f"shotsift: No dataset has read {folder / 'missing.jpg'}. Scan its folder into one dataset first.\n",
    )


def test_stars_are_given_shown_written_and_taken_back(shotsift: Typed, folder: Path) -> None:
    path = folder / OLYMPUS
    (rated,) = shotsift.json("rating", "set", path, "--stars", "4", "--label", "Red")["Ratings"]
    assert (rated["Stars"], rated["Label"], rated["Given"]) == (4, "Red", {"Stars": 4, "Label": "Red"})
    assert "4 stars, Red" in shotsift("rating", "show", path)[1]
    (tried,) = shotsift.json("rating", "write", "--dataset", "walks", "--dry-run")["Files"]
    assert (name(tried["Sidecar"]), tried["Changed"]) == (f"{OLYMPUS}.xmp", True)
    assert not Path(f"{path}.xmp").exists()
    status, out, err = shotsift("rating", "write", path)
    assert (status, err) == (0, "")
    assert "written" in out
    assert Path(f"{path}.xmp").exists()
    assert "has it already" in shotsift("rating", "write", path)[1]
    assert shotsift.json("rating", "forget", path)["Forgotten"]["Ratings"] == 1
    (rated,) = shotsift.json("rating", "show", path)["Ratings"]
    assert (rated["Given"], rated["Sidecar"]) == (None, {"Stars": 4, "Label": "Red"})
    status, out, err = shotsift("rating", "write", path)
    assert (status, err) == (1, "")
    assert "No stars and no label were given to it here." in out
    assert shotsift("rating", "write")[0] == 2
    assert shotsift("rating", "set", path)[0] == 2
