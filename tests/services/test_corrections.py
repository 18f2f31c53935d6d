"""What a person says outranks the machine: at once, in later tasks, and when files went away and came back."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.contract.requests import DeleteFileMeta, IndexFileMeta
from app.domain.corrections import Verdict
from app.domain.uris import uri_of
from app.errors import InvalidArgument, ResourceNotFound
from app.events import Change, Noun
from app.services.corrections import all_corrections, forget_correction, say_different, say_same
from app.services.files import delete_file
from app.services.index_jobs import create_index_job, run_index_job
from tests.factories import derive, names_of
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
OLYMPUS, KODAK = "olympus-e-10.jpg", "kodak-dx4330.jpg"


def paths(shelf: Shelf, *names: str) -> list[str]:
    return [str(shelf.folder / name) for name in names]


def tell_apart(shelf: Shelf, *names: str) -> int:
    """Say of each that it is another picture than all the others."""
    return say_different(shelf.store, shelf.name, [[path] for path in paths(shelf, *names)]).number


def bind(shelf: Shelf, *names: str) -> int:
    return say_same(shelf.store, shelf.name, paths(shelf, *names)).number


def take_back(shelf: Shelf, number: int) -> None:
    forget_correction(shelf.store, shelf.name, number)


def test_a_cluster_that_is_none_goes_away_at_once_and_stays_away(shelf: Shelf) -> None:
    shelf.run()
    tell_apart(shelf, *sorted(BURST))
    assert names_of(shelf.clusters()) == {PAIR}
    shelf.run()
    assert names_of(shelf.clusters()) == {PAIR}


def test_it_is_shown_again_only_with_a_look_alike_that_is_new(shelf: Shelf) -> None:
    shelf.run()
    tell_apart(shelf, *sorted(BURST))
    derive(shelf.folder / "IMG_3606.JPG", shelf.folder / "small.jpg")
    shelf.run()
    (fresh,) = names_of(shelf.clusters()) - {PAIR}
    assert "small.jpg" in fresh
    assert len(fresh & BURST) == 1  # the frames of the burst are too near to each other to say of which it was made


def test_what_was_said_survives_that_the_files_went_away_and_came_back_elsewhere(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    tell_apart(shelf, *sorted(BURST))
    bind(shelf, OLYMPUS, "ae_0.JPG")
    before = names_of(shelf.clusters())
    for path in shelf.folder.iterdir():
        path.rename(tmp_path / path.name)
    shelf.run()
    assert shelf.clusters() == []
    (shelf.folder / "deeper").mkdir()
    for path in tmp_path.glob("*.*"):
        path.rename(shelf.folder / "deeper" / path.name)
    shelf.run()
    assert names_of(shelf.clusters()) == before == {PAIR | {OLYMPUS}}


def test_a_file_taken_out_and_indexed_again_is_still_told_apart(shelf: Shelf) -> None:
    shelf.run()
    tell_apart(shelf, *sorted(PAIR))
    uri = uri_of(str(shelf.folder / "ae_0.JPG"))
    delete_file(shelf.store, DeleteFileMeta(dataset_name=shelf.name, uri=uri))
    job = create_index_job(shelf.store, IndexFileMeta.of({"DatasetName": shelf.name, "File": {"URI": uri}}, "r"))
    list(run_index_job(shelf.store, job, shelf.readers))
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST}


def test_the_part_that_holds_most_keeps_the_id_when_one_is_split_out(shelf: Shelf) -> None:
    shelf.run()
    (burst,) = (cluster for cluster in shelf.clusters() if len(cluster.members) == 4)
    rest = sorted(BURST - {"IMG_3609.JPG"})
    say_different(shelf.store, shelf.name, [paths(shelf, "IMG_3609.JPG"), paths(shelf, *rest)])
    (left,) = (cluster for cluster in shelf.clusters() if len(cluster.members) == 3)
    assert names_of([left]) == {frozenset(rest)}
    assert left.object_id == burst.object_id
    assert all(member.image_score is not None for member in left.members)


def test_a_split_makes_two_clusters_of_one(shelf: Shelf) -> None:
    shelf.run()
    say_different(
        shelf.store,
        shelf.name,
        [paths(shelf, "IMG_3606.JPG", "IMG_3607.JPG"), paths(shelf, "IMG_3608.JPG", "IMG_3609.JPG")],
    )
    halves = {frozenset({"IMG_3606.JPG", "IMG_3607.JPG"}), frozenset({"IMG_3608.JPG", "IMG_3609.JPG"})}
    assert names_of(shelf.clusters()) == halves | {PAIR}


def test_strangers_that_are_the_same_are_one_cluster_under_the_older_id(shelf: Shelf) -> None:
    shelf.run()
    ids = sorted((cluster.create_time, cluster.object_id) for cluster in shelf.clusters())
    bind(shelf, "ae_0.JPG", "ae_1.JPG", *sorted(BURST))
    (merged,) = shelf.clusters()
    assert names_of([merged]) == {BURST | PAIR}
    assert merged.object_id in {object_id for _, object_id in ids}
    shelf.run()
    assert shelf.clusters() == [merged]


def test_a_look_alike_of_one_comes_to_all_that_are_bound_to_it(shelf: Shelf) -> None:
    shelf.run()
    bind(shelf, OLYMPUS, KODAK)
    derive(shelf.folder / OLYMPUS, shelf.folder / "small.jpg")
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR, frozenset({OLYMPUS, KODAK, "small.jpg"})}


def test_a_file_that_comes_back_comes_to_what_it_is_bound_to(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    bind(shelf, OLYMPUS, KODAK)
    away = (shelf.folder / KODAK).rename(tmp_path / "away.jpg")
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR}
    away.rename(shelf.folder / "back.jpg")
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR, frozenset({OLYMPUS, "back.jpg"})}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_last_word_wins(shelf: Shelf, order: tuple[int, int]) -> None:
    shelf.run()
    says: list[Callable[[], int]] = [lambda: bind(shelf, *sorted(PAIR)), lambda: tell_apart(shelf, *sorted(PAIR))]
    for number in order:
        says[number]()
    together = order[-1] == 0
    assert (PAIR in names_of(shelf.clusters())) is together
    assert [one.overruled for one in all_corrections(shelf.store, shelf.name)] == [True, False]


def test_who_is_bound_through_another_can_be_told_apart(shelf: Shelf) -> None:
    shelf.run()
    bind(shelf, OLYMPUS, "ae_0.JPG")
    bind(shelf, "ae_0.JPG", KODAK)
    assert names_of(shelf.clusters()) == {BURST, PAIR | {OLYMPUS, KODAK}}
    tell_apart(shelf, OLYMPUS, KODAK)
    assert names_of(shelf.clusters()) == {BURST, PAIR | {KODAK}}


def test_what_was_taken_back_was_never_said(shelf: Shelf) -> None:
    shelf.run()
    before = shelf.clusters()
    first = tell_apart(shelf, *sorted(BURST))
    second = bind(shelf, OLYMPUS, KODAK)
    third = bind(shelf, "IMG_3606.JPG", "IMG_3609.JPG")
    assert names_of(shelf.clusters()) == {
        PAIR,
        frozenset({OLYMPUS, KODAK}),
        frozenset({"IMG_3606.JPG", "IMG_3609.JPG"}),
    }
    take_back(shelf, third)
    assert names_of(shelf.clusters()) == {PAIR, frozenset({OLYMPUS, KODAK})}
    take_back(shelf, first)
    take_back(shelf, second)
    assert names_of(shelf.clusters()) == names_of(before)
    assert all_corrections(shelf.store, shelf.name) == []
    assert tell_apart(shelf, *sorted(PAIR)) > third


def test_a_cluster_held_together_by_a_file_that_went_away_falls_apart_rightly(shelf: Shelf) -> None:
    shelf.run()
    bind(shelf, OLYMPUS, KODAK)
    (shelf.folder / KODAK).unlink()
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR}
    shutil.copy(shelf.folder / OLYMPUS, shelf.folder / "copy.jpg")
    bind(shelf, OLYMPUS, "ae_0.JPG")
    (shelf.folder / "ae_0.JPG").unlink()
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, frozenset({OLYMPUS, "copy.jpg"})}


def test_taking_back_what_bound_through_a_file_that_is_gone_leaves_the_rest_in_its_cluster(shelf: Shelf) -> None:
    shelf.run()
    bind(shelf, "ae_0.JPG", OLYMPUS)
    number = bind(shelf, OLYMPUS, KODAK)
    (shelf.folder / OLYMPUS).unlink()
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR | {KODAK}}
    take_back(shelf, number)
    assert names_of(shelf.clusters()) == {BURST, PAIR}


def test_it_is_listed_with_where_the_files_are_now(shelf: Shelf) -> None:
    shelf.run()
    number = say_different(
        shelf.store, shelf.name, [paths(shelf, "ae_1.JPG"), paths(shelf, "ae_0.JPG", "IMG_3606.JPG")]
    ).number
    (shelf.folder / "ae_1.JPG").rename(shelf.folder / "renamed.jpg")
    (shelf.folder / "ae_0.JPG").unlink()
    shelf.run()
    (said,) = all_corrections(shelf.store, shelf.name)
    assert (said.number, said.verdict, said.overruled) == (number, Verdict.DIFFERENT, False)
    places = [{file.path for file in side} for side in said.sides]
    assert places == [set(paths(shelf, "renamed.jpg")), set(paths(shelf, "ae_0.JPG", "IMG_3606.JPG"))]


def test_each_act_is_announced(shelf: Shelf) -> None:
    shelf.run()
    heard: list[frozenset[Change]] = []
    shelf.store.events.listen(heard.append)
    number = tell_apart(shelf, *sorted(PAIR))
    assert Change(Noun.CLUSTERS, shelf.name) in frozenset().union(*heard)
    heard.clear()
    take_back(shelf, number)
    assert Change(Noun.CLUSTERS, shelf.name) in frozenset().union(*heard)


def test_what_cannot_be_said_is_refused_in_words_and_changes_nothing(shelf: Shelf) -> None:
    shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / "copy.jpg")
    (shelf.folder / "broken.jpg").write_bytes(b"no picture")
    shelf.run()
    before = shelf.clusters()
    with pytest.raises(InvalidArgument, match=r"ae_0.JPG and .*copy.jpg are byte for byte equal, so they cannot be"):
        tell_apart(shelf, "ae_0.JPG", "copy.jpg")
    with pytest.raises(InvalidArgument, match=r"ae_0\.JPG is named twice"):
        tell_apart(shelf, "ae_0.JPG", "ae_0.JPG")
    with pytest.raises(InvalidArgument, match="at least two files that are not"):
        tell_apart(shelf, "ae_0.JPG")
    with pytest.raises(InvalidArgument, match="at least two files that are the same"):
        bind(shelf, "ae_0.JPG", "ae_0.JPG")
    with pytest.raises(InvalidArgument, match="byte for byte equal; they are in one cluster"):
        bind(shelf, "ae_0.JPG", "copy.jpg")
    with pytest.raises(ResourceNotFound, match=r"has no file .*missing\.jpg"):
        bind(shelf, "ae_0.JPG", "missing.jpg")
    with pytest.raises(ResourceNotFound, match="has no correction 7"):
        take_back(shelf, 7)
    with pytest.raises(ResourceNotFound):
        say_same(shelf.store, "nowhere", paths(shelf, "ae_0.JPG", "ae_1.JPG"))
    assert shelf.clusters() == before
    assert all_corrections(shelf.store, shelf.name) == []
