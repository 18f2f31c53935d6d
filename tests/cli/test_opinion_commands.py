"""Why the best is the best, and by what frames are ranked, in the terminal."""

import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.domain.judgements import PRESETS, Part, Preset
from tests.cli.test_choice_commands import help_of, name
from tests.cli.test_commands import Typed
from tests.spoils import make_burst

GOOD, SOFT, DARK = (f"ae_0-{name}.jpg" for name in ("good", "defocused", "under"))


@pytest.fixture(scope="module")
def scanned(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue after the first task of a dataset with one burst."""
    folder, data_dir = tmp_path_factory.mktemp("walks"), tmp_path_factory.mktemp("scanned")
    make_burst(photos / "spring-cleaning" / "ae_0.JPG", folder, "good", "defocused", "under", side=700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        for name in ("DATA", "CONFIG", "CACHE"):
            patch.delenv(f"XDG_{name}_HOME", raising=False)
        assert main(["scan", str(folder), "--dataset", "walks", "--data-dir", str(data_dir)]) == 0
    return data_dir


@pytest.fixture
def shotsift(scanned: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    capsys.readouterr()
    shutil.copytree(scanned, data_dir, dirs_exist_ok=True)
    return Typed(data_dir, capsys)


def cluster_id(shotsift: Typed) -> str:
    (cluster,) = shotsift.json("cluster", "list", "walks")["SimilarImageClusters"]
    return str(cluster["ObjectId"])


def order(shotsift: Typed) -> list[str]:
    answer = shotsift.json("cluster", "show", cluster_id(shotsift))["SimilarImageCluster"]
    return [name(file["URI"]) for file in answer["Files"]]


def test_a_cluster_is_shown_with_parts_reasons_and_what_is_proposed(shotsift: Typed) -> None:
    answer = shotsift.json("cluster", "show", cluster_id(shotsift))["SimilarImageCluster"]
    assert (answer["Kind"], answer["Confidence"]) == ("burst", "High")
    files = {name(file["URI"]): file for file in answer["Files"]}
    assert name(answer["Files"][0]["URI"]) == GOOD
    assert {one: file["Proposed"] for one, file in files.items()} == {GOOD: True, SOFT: False, DARK: False}
    for file in files.values():
        assert set(file) == {"URI", "ImageScore", "Proposed", "Parts", "Reasons"}
        assert 0 <= file["ImageScore"] <= 1
        assert {"Sharpness", "Motion", "Exposure", "Noise", "Contrast", "Resolution", "Originality"} == set(
            file["Parts"]
        )
    (softer, *_), (darker, *_) = files[SOFT]["Reasons"], files[DARK]["Reasons"]
    assert softer["Reason"] == "softer"
    assert set(softer["Regions"][0]) == {"X", "Y", "Width", "Height"}
    assert darker["Reason"] == "darker"
    assert darker["Value"] == pytest.approx(2.5, abs=0.3)
    assert "Count" not in darker


def test_a_cluster_is_shown_to_a_person_in_sentences(shotsift: Typed) -> None:
    status, out, err = shotsift("cluster", "show", cluster_id(shotsift))
    assert (status, err) == (0, "")
    first, best, praise, parts, *rest = out.splitlines()
    assert first == f"{cluster_id(shotsift)}: burst, 3 files, confidence high"
    assert best.split()[1] == "keep"
    assert best.endswith(GOOD)
    assert "sharpest of 3" in praise
    assert "sharpness 0.9" in parts or "sharpness 1.00" in parts
    assert "exposure 1.00" in parts
    assert any("EV darker" in line for line in rest)
    assert any("less sharp" in line for line in rest)
    assert not any(line.split()[1:2] == ["keep"] for line in rest)


def test_a_cluster_that_is_not_there_is_answered_with_what_to_do(shotsift: Typed) -> None:
    assert shotsift("cluster", "show", "nothing") == (
        1,
        "",
        "shotsift: There is no cluster 'nothing'. `shotsift cluster list DATASET --json` tells the ids.\n",
    )


def test_a_preset_weights_and_what_is_kept_are_set_and_kept(shotsift: Typed) -> None:
    usual = shotsift.json("dataset", "rank", "walks")["Ranking"]
    assert (usual["Preset"], usual["Keep"]) == ("balanced", "best")
    assert usual["Weights"] == {part.title(): weight for part, weight in PRESETS[Preset.BALANCED].items()}
    assert usual["Presets"] == sorted(Preset)
    action = shotsift.json("dataset", "rank", "walks", "--preset", "action")["Ranking"]
    assert (action["Preset"], action["Weights"]["Motion"]) == ("action", 0.2)
    own = shotsift.json("dataset", "rank", "walks", "--weight", "eyes=2", "--weight", "smile=0")["Ranking"]
    assert (own["Preset"], own["Weights"]["Eyes"], own["Weights"]["Smile"]) == ("action", 2, 0)
    kept = shotsift.json("dataset", "rank", "walks", "--keep", "best-and-other")["Ranking"]
    assert (kept["Keep"], kept["Weights"]) == ("best and other", own["Weights"])
    assert shotsift.json("dataset", "rank", "walks")["Ranking"] == kept
    back = shotsift.json("dataset", "rank", "walks", "--preset", "balanced")["Ranking"]
    assert (back["Weights"], back["Keep"]) == (usual["Weights"], "best and other")


def test_weights_change_the_order_at_once(shotsift: Typed) -> None:
    assert order(shotsift)[0] == GOOD
    none = [word for part in Part for word in ("--weight", f"{part}={float(part is Part.EXPOSURE)}")]
    assert shotsift("dataset", "rank", "walks", *none)[0] == 0
    assert order(shotsift)[-1] == DARK
    assert shotsift("dataset", "rank", "walks", "--weight", "sharpness=10", "--weight", "exposure=0")[0] == 0
    assert order(shotsift)[-1] == SOFT


def test_what_is_proposed_follows_the_rule(shotsift: Typed) -> None:
    shotsift("dataset", "rank", "walks", "--keep", "best-and-other")
    files = shotsift.json("cluster", "show", cluster_id(shotsift))["SimilarImageCluster"]["Files"]
    assert [file["Proposed"] for file in files].count(True) == 2
    assert files[0]["Proposed"]


@pytest.mark.parametrize("weight", ["beauty=1", "sharpness=much", "sharpness", "=1", "Sharpness=1"])
def test_what_is_no_part_with_a_number_is_answered_with_the_parts(shotsift: Typed, weight: str) -> None:
    before = shotsift.json("dataset", "rank", "walks")
    status, out, err = shotsift("dataset", "rank", "walks", "--weight", weight)
    assert (status, out) == (2, "")
    assert err == (
        f"shotsift: A weight is PART=NUMBER, such as sharpness=2, not {weight!r}. Parts: {', '.join(Part)}.\n"
    )
    assert shotsift.json("dataset", "rank", "walks") == before


@pytest.mark.parametrize("weight", ["eyes=-1", "eyes=11", "eyes=nan"])
def test_a_weight_out_of_bounds_is_answered_with_the_bounds(shotsift: Typed, weight: str) -> None:
    status, out, err = shotsift("dataset", "rank", "walks", "--weight", weight)
    assert (status, out) == (2, "")
    assert "The weight of eyes is a number from 0 (it does not count) to 10" in err


def test_a_preset_or_a_rule_that_is_not_there_is_refused_with_those_that_are(
    shotsift: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, known in ((("--preset", "pretty"), "landscape"), (("--keep", "all"), "each-person")):
        with pytest.raises(SystemExit) as stopped:
            shotsift("dataset", "rank", "walks", *words)
        assert stopped.value.code == 2
        assert known in capsys.readouterr().err
    assert "sharpness=2" in help_of(shotsift, "dataset", "rank")


def test_a_dataset_that_is_not_there_is_named(shotsift: Typed) -> None:
    status, _, err = shotsift("dataset", "rank", "nowhere")
    assert status == 1
    assert "nowhere" in err
