"""The laws of a ladder, and what each rung says."""

from dataclasses import replace
from pathlib import PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.files import RAW, Header
from app.domain.ladders import BUILT_IN, USUAL, Because, Candidate, Facts, Ladder, Rule, Rung, climb
from app.domain.ratings import Rating

FOLDERS = ("/photos/archive", "/photos/phone", "/mess")
RUNGS = (
    Rung(Rule.PROTECTED, ("/photos/raw",)),
    Rung(Rule.FOLDER, FOLDERS[:2]),
    Rung(Rule.RATED),
    Rung(Rule.EDITED),
    Rung(Rule.RAW),
    Rung(Rule.ORIGINAL),
    Rung(Rule.RESOLUTION, tolerance=0.05),
    Rung(Rule.FORMAT, ("HEIF", "JPEG")),
    Rung(Rule.OLDEST, tolerance=2.0),
    Rung(Rule.NAME),
)


def candidate(path: str = "/mess/a.jpg", size: tuple[int, int] = (600, 400), **facts: Any) -> Candidate:
    """Make a candidate; facts are fields of it or of its header."""
    own: dict[str, Any] = {name: facts.pop(name) for name in ("rating", "edited", "derived") if name in facts}
    file_time, format_name = facts.pop("file_time", 0), facts.pop("format", "JPEG")
    return Candidate(path, Header(format_name, *size, **facts), file_time, **own)


def candidates() -> st.SearchStrategy[list[Candidate]]:
    names = st.sampled_from(["IMG_9.jpg", "IMG_10.jpg", "IMG_9 (1).jpg", "img_9.JPG", "a.heic"])
    paths = st.builds(lambda folder, name: f"{folder}/{name}", st.sampled_from([*FOLDERS, "/photos/raw"]), names)
    one = st.builds(
        candidate,
        paths,
        size=st.sampled_from([(4000, 3000), (3990, 2990), (3900, 2925), (1600, 1200), (0, 0)]),
        format=st.sampled_from(["JPEG", "HEIF", "PNG", RAW]),
        camera=st.sampled_from(["", "a camera"]),
        capture_time=st.none() | st.integers(0, 8_000_000),
        file_time=st.integers(0, 8_000_000_000),
        rating=st.builds(Rating, st.none() | st.integers(-1, 5), st.sampled_from(["", "Red"])),
        edited=st.booleans(),
        derived=st.booleans(),
    )
    return st.lists(one, min_size=1, max_size=7, unique_by=lambda one: one.path)


ladders = st.lists(st.sampled_from(RUNGS), unique=True).map(lambda rungs: Ladder("mine", tuple(rungs)))


@given(candidates(), ladders, st.randoms(use_true_random=False))
def test_the_order_in_which_files_come_decides_nothing(found: list[Candidate], ladder: Ladder, random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert climb(ladder, found) == climb(ladder, shuffled)


@given(candidates(), ladders)
def test_without_any_file_that_loses_the_others_stay_in_their_order(found: list[Candidate], ladder: Ladder) -> None:
    whole = climb(ladder, found).candidates
    for loser in whole[1:]:
        rest = tuple(one for one in whole if one is not loser)
        assert climb(ladder, rest).candidates == rest


@given(candidates(), ladders)
def test_climbing_twice_is_climbing_once(found: list[Candidate], ladder: Ladder) -> None:
    once = climb(ladder, found)
    assert climb(ladder, once.candidates) == once


@given(candidates(), ladders)
def test_what_is_protected_comes_before_all_else_wherever_its_rule_stands(
    found: list[Candidate], ladder: Ladder
) -> None:
    ranking = climb(ladder, found)
    protects = any(rung.rule is Rule.PROTECTED for rung in ladder.rungs)
    safe = {one.path for one in found if protects and one.path.startswith("/photos/raw/")}
    assert {one.path for one in ranking.protected} == safe
    assert {one.path for one in ranking.candidates[: len(safe)]} == safe


@given(candidates())
def test_a_ladder_without_rungs_goes_by_path(found: list[Candidate]) -> None:
    ranking = climb(Ladder("none", ()), found)
    assert [one.path for one in ranking.candidates] == sorted(one.path for one in found)


SMALL = candidate("/mess/b.jpg")
DECISIONS = [
    (RUNGS[0], replace(SMALL, path="/photos/raw/deep/z.jpg"), SMALL, Facts(folder="/photos/raw"), Facts()),
    (
        RUNGS[1],
        replace(SMALL, path="/photos/archive/z.jpg"),
        replace(SMALL, path="/photos/phone/a.jpg"),
        Facts(folder="/photos/archive"),
        Facts(folder="/photos/phone"),
    ),
    (RUNGS[2], replace(SMALL, rating=Rating(4)), candidate(rating=Rating(2)), Facts(stars=4), Facts(stars=2)),
    (RUNGS[2], replace(SMALL, rating=Rating(0)), candidate(rating=Rating(-1)), Facts(stars=0), Facts(stars=-1)),
    (RUNGS[2], replace(SMALL, rating=Rating(None, "Red")), candidate(), Facts(label="Red"), Facts()),
    (RUNGS[3], replace(SMALL, edited=True), candidate(), Facts(), Facts()),
    (
        RUNGS[4],
        candidate("/mess/z.dng", format=RAW),
        candidate(),
        Facts(format=RAW),
        Facts(format="JPEG"),
    ),
    (RUNGS[5], candidate("/mess/z.jpg", camera="one"), candidate(camera="one", derived=True), Facts(), Facts()),
    (RUNGS[5], candidate("/mess/z.jpg", camera="one"), candidate(), Facts(), Facts()),
    (
        RUNGS[6],
        candidate("/mess/z.jpg", size=(4000, 3000)),
        candidate(size=(1600, 1200)),
        Facts(width=4000, height=3000),
        Facts(width=1600, height=1200),
    ),
    (
        RUNGS[7],
        candidate("/mess/z.heic", format="HEIF"),
        candidate(),
        Facts(format="HEIF"),
        Facts(format="JPEG"),
    ),
    (
        RUNGS[8],
        candidate("/mess/z.jpg", capture_time=0, file_time=9),
        candidate(capture_time=60_000_000),
        Facts(capture_time=0),
        Facts(capture_time=60_000_000),
    ),
    (RUNGS[8], candidate("/mess/z.jpg", capture_time=0), candidate(), Facts(capture_time=0), Facts()),
    (
        RUNGS[9],
        candidate("/z/IMG_9.jpg"),
        candidate("/a/IMG_10.jpg"),
        Facts(name="IMG_9.jpg"),
        Facts(name="IMG_10.jpg"),
    ),
    (
        RUNGS[9],
        candidate("/z/IMG_9.jpg"),
        candidate("/a/IMG_9 (1).jpg"),
        Facts(name="IMG_9.jpg"),
        Facts(name="IMG_9 (1).jpg"),
    ),
]


@pytest.mark.parametrize(("rung", "better", "worse", "seen", "other"), DECISIONS)
def test_a_rung_says_what_it_saw_of_the_chosen_and_of_the_next_best(
    rung: Rung, better: Candidate, worse: Candidate, seen: Facts, other: Facts
) -> None:
    ranking = climb(Ladder("mine", (rung,)), [worse, better])
    assert ranking.candidates == (better, worse)
    assert ranking.because == Because(rung.rule, seen, other)


def test_what_was_taken_at_once_goes_to_the_oldest_file() -> None:
    older = candidate("/mess/z.jpg", capture_time=1_000_000, file_time=0)
    newer = candidate(capture_time=0, file_time=60_000_000_000)
    because = climb(Ladder("mine", (RUNGS[8],)), [newer, older]).because
    assert because == Because(Rule.OLDEST_FILE, Facts(file_time=0), Facts(file_time=60_000_000_000))


@pytest.mark.parametrize("rung", RUNGS, ids=lambda rung: rung.rule)
def test_what_a_rung_cannot_tell_apart_goes_to_the_path(rung: Rung) -> None:
    ranking = climb(Ladder("mine", (rung,)), [candidate("/mess/deep/a.jpg"), candidate("/mess/a.jpg")])
    assert ranking.because == Because(Rule.PATH, Facts(name="/mess/a.jpg"), Facts(name="/mess/deep/a.jpg"))


def test_one_file_alone_is_chosen_for_no_reason() -> None:
    assert climb(USUAL, [SMALL]).because is None


def test_a_folder_is_not_a_beginning_of_letters_and_may_be_a_pattern() -> None:
    prefix = Ladder("mine", (Rung(Rule.FOLDER, ("/photos/arch",)),))
    assert climb(prefix, [candidate("/photos/archive/b.jpg"), candidate("/a.jpg")]).candidates[0].path == "/a.jpg"
    pattern = Ladder("mine", (Rung(Rule.FOLDER, ("*/archive",)),))
    inside = candidate("/disk/of mine/archive/2020/b.jpg")
    assert climb(pattern, [candidate("/a.jpg"), inside]).candidates[0] is inside


def test_sizes_within_a_step_are_equal_and_size_in_bytes_is_never_asked() -> None:
    ladder = Ladder("mine", (Rung(Rule.RESOLUTION, tolerance=0.5), Rung(Rule.NAME)))
    found = [candidate("/mess/b.jpg", size=(1000, 1000)), candidate("/mess/a.jpg", size=(999, 999))]
    because = climb(ladder, found).because
    assert because is not None
    assert because.rule is Rule.NAME
    assert not {"size", "bytes"} & {rule.value for rule in Rule}


@pytest.mark.parametrize("ladder", BUILT_IN, ids=lambda ladder: ladder.name)
def test_ladders_that_come_with_the_program_know_no_folders_and_end_with_the_name(ladder: Ladder) -> None:
    rules = [rung.rule for rung in ladder.rungs]
    assert rules[-1] is Rule.NAME
    assert not {Rule.FOLDER, Rule.PROTECTED} & set(rules)
    assert len(set(rules)) == len(rules)


def test_the_presets_differ_in_what_they_keep() -> None:
    original = candidate("/mess/original.jpg", size=(3000, 2000), camera="a camera")
    edited = candidate("/mess/edited.jpg", size=(2000, 1333), edited=True)
    upscaled = candidate("/mess/upscaled.jpg", size=(6000, 4000))
    kept = {ladder.name: climb(ladder, [original, edited, upscaled]).candidates[0] for ladder in BUILT_IN}
    assert {name: PurePath(one.path).stem for name, one in kept.items()} == {
        "usual": "edited",
        "keep originals": "original",
        "keep edited": "edited",
        "keep largest": "upscaled",
    }
