"""Deciding, applying and restoring in the terminal, and by plans that are saved, edited and carried out later."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.cli.commands import main
from tests.cli.test_commands import Typed
from tests.factories import copy_photos, derive

OLYMPUS, SMALL = "olympus-e-10.jpg", "small.jpg"


@pytest.fixture(scope="module")
def stock(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that was scanned once for all tests, and beside it a copy of it and the catalogue."""
    root = tmp_path_factory.mktemp("stock")
    folder = copy_photos(photos, root / "walks")
    derive(folder / OLYMPUS, folder / SMALL)
    assert main(["scan", str(folder), "--dataset", "walks", "--json", "--data-dir", str(root / "catalogue")]) == 0
    shutil.copytree(folder, root / "photographs")
    return root


@pytest.fixture
def folder(stock: Path) -> Iterator[Path]:
    folder = stock / "walks"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(stock / "photographs", folder)
    yield folder
    shutil.rmtree(stock / "elsewhere", ignore_errors=True)


@pytest.fixture
def shotsift(stock: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> Typed:
    shutil.copytree(stock / "catalogue", data_dir, dirs_exist_ok=True)
    return Typed(data_dir, capsys)


def name(uri: str) -> str:
    return unquote(uri.rpartition("/")[2])


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_what_is_decided_goes_and_comes_back_as_it_was(shotsift: Typed, folder: Path) -> None:
    before = contents(folder)
    shotsift.json("decision", "only", folder / OLYMPUS)
    done = shotsift.json("apply")
    assert [name(file["URI"]) for file in done["Files"]] == [SMALL]
    assert not (folder / SMALL).exists()
    (listed,) = shotsift.json("deletion", "list")["Deletions"]
    assert (listed["PhotoCount"], listed["Size"]) == (1, len(before[SMALL][0]))
    shown = shotsift.json("deletion", "show", listed["DeletionId"])
    assert [(file["State"], file["Reason"]) for file in shown["Files"]] == [("moved", "you rejected it")]
    shotsift.json("deletion", "restore", "--last")
    assert contents(folder) == before


def test_a_dry_run_says_what_would_go_and_changes_nothing(shotsift: Typed, folder: Path) -> None:
    before = contents(folder)
    answer = shotsift.json("apply", "--accept-suggestions", "--dry-run")
    file = next(file for file in answer["Files"] if name(file["URI"]) == SMALL)
    assert file.keys() == {"URI", "Companions", "Size", "Sha256", "Rule", "Reason", "Keeper", "Destination"}
    assert (name(file["Keeper"]), file["Rule"], file["Destination"]) == (OLYMPUS, "ladder", "trash")
    assert contents(folder) == before
    assert shotsift.json("deletion", "list")["Deletions"] == []


def test_a_saved_plan_is_carried_out_as_it_was_edited(shotsift: Typed, folder: Path, tmp_path: Path) -> None:
    saved = tmp_path / "plan.json"
    for kept in (OLYMPUS, "IMG_3606.JPG"):
        shotsift.json("decision", "only", folder / kept)
    shotsift.json("apply", "--save-plan", saved, "--dry-run")
    plan = json.loads(saved.read_bytes())
    assert len(plan["Files"]) > 1
    plan["Files"] = [file for file in plan["Files"] if name(file["URI"]) == SMALL]
    saved.write_text(json.dumps(plan))
    before = contents(folder)
    shotsift.json("apply", "--plan", saved)
    assert before.keys() - contents(folder).keys() == {SMALL}


def test_a_plan_that_is_none_is_refused_with_the_line_that_is_wrong(shotsift: Typed, tmp_path: Path) -> None:
    broken = tmp_path / "plan.json"
    for text, wrong in (("{", "JSON"), ("{}", "Files"), ('{"Files": [{"URI": "file:///a"}]}', "Files.0.")):
        broken.write_text(text)
        status, _, error = shotsift("apply", "--plan", broken)
        assert status == 2
        assert wrong in error


def test_a_plan_cannot_make_the_program_move_what_no_dataset_knows(
    shotsift: Typed, folder: Path, tmp_path: Path
) -> None:
    stranger = tmp_path / "stranger.jpg"
    stranger.write_bytes(b"x")
    saved = tmp_path / "plan.json"
    plan = {
        "Files": [
            {"URI": stranger.as_uri(), "Size": 1, "Sha256": "0" * 64, "Keeper": (folder / OLYMPUS).as_uri()},
            {"URI": (tmp_path / "other.jpg").as_uri(), "Size": 1, "Sha256": "0" * 64, "Keeper": None},
        ]
    }
    saved.write_text(json.dumps(plan))
    status, out, _ = shotsift("apply", "--plan", saved, "--json")
    assert status == 1
    assert len(json.loads(out)["Refused"]) == 2
    assert stranger.exists()


def test_what_is_refused_fails_and_the_others_are_done(shotsift: Typed, folder: Path) -> None:
    burst = sorted(folder.glob("IMG_36*"))
    shotsift.json("decision", "only", burst[0])
    (folder / burst[1].name).write_bytes(b"changed")
    status, out, _ = shotsift("apply")
    assert status == 1
    assert f"{burst[1].name}: it changed since it was read" in out
    assert [path.exists() for path in burst] == [True, True, False, False]


def test_decisions_are_taken_back_and_made_again(shotsift: Typed, folder: Path) -> None:
    shotsift.json("decision", "only", folder / OLYMPUS)
    assert shotsift.json("decision", "undo", "walks")["Step"]["Kind"] == "keep only"
    assert shotsift.json("decision", "list", "walks")["Decisions"] == []
    shotsift.json("decision", "redo", "walks")
    found = {name(one["URI"]): one["Decision"] for one in shotsift.json("decision", "list", "walks")["Decisions"]}
    assert found == {OLYMPUS: "keep", SMALL: "reject"}


def test_decisions_go_to_another_catalogue_by_a_file(
    shotsift: Typed,
    stock: Path,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tmp_path = tmp_path_factory.mktemp("saved")
    saved = tmp_path / "decisions.json"
    shotsift.json("decision", "only", folder / OLYMPUS)
    shotsift.json("decision", "export", "walks", saved)
    moved = folder.rename(stock / "elsewhere")
    other = Typed(tmp_path_factory.mktemp("other"), capsys)
    other.json("scan", moved, "--dataset", "away")
    other.json("decision", "import", "away", saved)
    other.json("apply")
    assert not (moved / SMALL).exists()
    assert (moved / OLYMPUS).exists()


def test_a_whole_cluster_is_rejected_only_by_its_own_command(shotsift: Typed, folder: Path) -> None:
    status, _, error = shotsift("decision", "reject", folder / OLYMPUS, folder / SMALL)
    assert status == 2
    command = error.partition("`shotsift ")[2].partition("`")[0].split()
    shotsift.json(*command)
    shotsift.json("apply")
    assert not (folder / OLYMPUS).exists()
    assert not (folder / SMALL).exists()


def test_a_raw_file_goes_alone_and_its_picture_stays(shotsift: Typed, folder: Path) -> None:
    raw = folder / "kodak-dx4330.nef"
    raw.write_bytes(b"raw")
    shotsift.json("scan", folder)
    shotsift.json("decision", "reject", folder / "kodak-dx4330.jpg", "--part", "raw")
    shotsift.json("apply")
    assert not raw.exists()
    assert (folder / "kodak-dx4330.jpg").exists()


def test_nothing_is_deleted_for_good_without_a_yes(shotsift: Typed, folder: Path) -> None:
    shotsift.json("decision", "only", folder / OLYMPUS)
    shotsift.json("apply")
    status, _, error = shotsift("deletion", "purge", "1")
    assert status == 2
    assert "Nothing was deleted" in error


def test_what_the_rejected_says_goes_to_the_sidecar_of_what_stays_and_back(shotsift: Typed, folder: Path) -> None:
    sidecar = folder / f"{OLYMPUS}.xmp"
    shotsift.json("rating", "set", folder / SMALL, "--stars", "4", "--label", "Red")
    shotsift.json("decision", "only", folder / OLYMPUS)
    offered = shotsift.json("apply", "--merge-metadata", "--dry-run")["Bequests"]
    assert [(name(one["Keeper"]), one["Stars"], one["Label"]) for one in offered] == [(OLYMPUS, 4, "Red")]
    assert not sidecar.exists()
    shotsift.json("apply", "--merge-metadata")
    assert b'Rating="4"' in sidecar.read_bytes()
    assert not (folder / SMALL).exists()
    shotsift.json("deletion", "restore", "--last")
    assert not sidecar.exists()
    assert (folder / SMALL).exists()


def test_what_could_not_be_handed_on_stays(shotsift: Typed, folder: Path) -> None:
    shotsift.json("rating", "set", folder / SMALL, "--stars", "4")
    shotsift.json("decision", "only", folder / OLYMPUS)
    (folder / f"{OLYMPUS}.xmp").mkdir()
    status, out, _ = shotsift("apply", "--merge-metadata")
    assert status == 1
    assert "what it says could not be written" in out
    assert (folder / SMALL).exists()
