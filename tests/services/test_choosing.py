"""Ladders and people choose the best shots of copies; it is kept by content, and can be taken back."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from app.domain.choices import Agreement, Proposer, Source
from app.domain.clusters import Cluster, ClusterKind
from app.domain.ladders import USUAL, Facts, Ladder, Rule, Rung
from app.domain.pairs import Kinship, Relation, are_copies
from app.domain.proposals import Proposal
from app.domain.ratings import Rating
from app.errors import InvalidArgument, ResourceNotFound
from app.events import Change, Noun
from app.services.choosing import (
    all_choices,
    apply_ladder,
    choose,
    follow_ladder,
    forget_ladder,
    ladder_of,
    overruled,
    preview_ladder,
    unchoose,
)
from app.services.corrections import say_different, say_same
from app.services.ladders import all_ladders, delete_ladder, get_ladder, save_ladder
from app.services.ratings import rate, unrate
from app.store import Store
from tests.factories import derive
from tests.services.conftest import Shelf

OLYMPUS, KODAK = "olympus-e-10.jpg", "kodak-dx4330.jpg"


def best(shelf: Shelf, name: str) -> str:
    """Give the name of the best shot of the cluster in which a file is."""
    return Path(cluster_of(shelf, name).members[0].path).name


def cluster_of(shelf: Shelf, name: str) -> Cluster:
    path = str(shelf.folder / name)
    return next(one for one in shelf.clusters() if any(member.path == path for member in one.members))


def proposal_of(shelf: Shelf, ladder: Ladder) -> Proposal:
    """Give what a ladder proposes for the copies of one photograph."""
    found = preview_ladder(shelf.store, shelf.name, ladder)
    return next(one for one in found if any(Path(member.path).name == OLYMPUS for member in one.cluster.members))


def rules(*rungs: Rung) -> Ladder:
    return Ladder("mine", rungs)


def by_folder(*folders: Path) -> Ladder:
    return rules(Rung(Rule.FOLDER, tuple(map(str, folders))))


def with_xmp(source: Path, to: Path, attributes: str) -> Path:
    """Save a photograph again, smaller and with XMP."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" {attributes}/></rdf:RDF></x:xmpmeta>'
    )
    return derive(source, to, xmp=packet.encode(), quality=80)


@pytest.fixture
def copies(shelf: Shelf) -> Shelf:
    """A shelf with an original, a smaller copy of it, and one with stars."""
    derive(shelf.folder / OLYMPUS, shelf.folder / "small.jpg")
    with_xmp(shelf.folder / OLYMPUS, shelf.folder / "starred.jpg", 'xmp:Rating="4" xmp:Label="Red"')
    shelf.run()
    return shelf


def test_a_preview_says_what_would_be_chosen_and_why_and_changes_nothing(copies: Shelf) -> None:
    before = copies.clusters()
    proposal = proposal_of(copies, USUAL)
    assert Path(proposal.chosen.path).name == "starred.jpg"
    assert proposal.because is not None
    assert proposal.because.rule is Rule.RATED
    assert proposal.because.chosen == Facts(stars=4, label="Red")
    assert proposal.differs
    assert copies.clusters() == before
    assert all_choices(copies.store, copies.name) == []


def test_a_ladder_chooses_only_among_copies(copies: Shelf) -> None:
    apply_ladder(copies.store, copies.name, USUAL)
    assert cluster_of(copies, "IMG_3606.JPG").kind is ClusterKind.BURST
    assert cluster_of(copies, "IMG_3606.JPG").choice is None
    assert best(copies, OLYMPUS) == "starred.jpg"
    choice = cluster_of(copies, OLYMPUS).choice
    assert choice is not None
    assert (choice.source, choice.ladder) == (Source.LADDER, "usual")
    assert choice.because is not None
    assert choice.because.rule is Rule.RATED
    assert choice.because.chosen.stars == 4


def test_what_is_bound_by_a_person_alone_or_taken_apart_is_no_copy() -> None:
    def kin(first: bytes, second: bytes, relation: Relation) -> Kinship:
        return Kinship(first, second, relation)

    chain = [kin(b"a", b"b", Relation.RESAVED), kin(b"b", b"c", Relation.CROPPED)]
    assert are_copies([b"a", b"b", b"c"], chain)
    assert are_copies([b"a"], [])
    assert not are_copies([b"a", b"b", b"c"], chain[:1])
    assert not are_copies([b"a", b"b", b"c"], [*chain, kin(b"a", b"c", Relation.RETAKEN)])


def test_a_ladder_leaves_a_cluster_alone_whose_members_a_person_bound(shelf: Shelf) -> None:
    shelf.run()
    say_same(shelf.store, shelf.name, [str(shelf.folder / OLYMPUS), str(shelf.folder / KODAK)])
    apply_ladder(shelf.store, shelf.name, USUAL)
    assert cluster_of(shelf, OLYMPUS).choice is None


def test_a_copy_that_was_made_smaller_is_no_original_even_with_the_data_of_the_camera(shelf: Shelf) -> None:
    with Image.open(shelf.folder / OLYMPUS) as image:
        small = image.resize((image.width // 2, image.height // 2))
        small.save(shelf.folder / "a.jpg", exif=image.getexif())
    shelf.run()
    apply_ladder(shelf.store, shelf.name, rules(Rung(Rule.ORIGINAL)))
    assert best(shelf, OLYMPUS) == OLYMPUS
    choice = cluster_of(shelf, OLYMPUS).choice
    assert choice is not None
    assert choice.because is not None
    assert choice.because.rule is Rule.ORIGINAL


def test_of_files_that_are_equal_to_the_byte_the_one_in_the_preferred_folder_is_chosen(shelf: Shelf) -> None:
    archive = shelf.folder / "archive"
    archive.mkdir()
    shutil.copy2(shelf.folder / KODAK, archive / "z.jpg")
    shelf.run()
    assert best(shelf, KODAK) != "z.jpg" or cluster_of(shelf, KODAK).choice is None
    apply_ladder(shelf.store, shelf.name, by_folder(archive))
    assert cluster_of(shelf, KODAK).kind is ClusterKind.EXACT
    assert best(shelf, KODAK) == "z.jpg"
    apply_ladder(shelf.store, shelf.name, rules(Rung(Rule.NAME)))
    assert best(shelf, KODAK) == KODAK


def test_all_files_in_protected_folders_are_told_to_be_kept(copies: Shelf) -> None:
    safe = copies.folder / "safe"
    safe.mkdir()
    for name in ("small.jpg", "starred.jpg"):
        (copies.folder / name).rename(safe / name)
    copies.run()
    ladder = rules(Rung(Rule.PROTECTED, (str(safe),)), Rung(Rule.RESOLUTION, tolerance=0.05), Rung(Rule.RATED))
    proposal = proposal_of(copies, ladder)
    assert Path(proposal.chosen.path).name == "starred.jpg"
    assert [Path(member.path).name for member in proposal.protected] == ["small.jpg"]


def test_clusters_that_come_later_follow_the_ladder_too(shelf: Shelf) -> None:
    shelf.run()
    apply_ladder(shelf.store, shelf.name, USUAL)
    before = all_choices(shelf.store, shelf.name)
    derive(shelf.folder / OLYMPUS, shelf.folder / "small.jpg")
    shelf.run()
    assert best(shelf, OLYMPUS) == OLYMPUS
    with_xmp(shelf.folder / OLYMPUS, shelf.folder / "starred.jpg", 'xmp:Rating="4"')
    shelf.run()
    assert best(shelf, OLYMPUS) == "starred.jpg"
    assert len(all_choices(shelf.store, shelf.name)) == len(before) + 1


def test_a_cluster_that_did_not_change_is_not_asked_again(copies: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_ladder(copies.store, copies.name, USUAL)
    asked: list[object] = []
    monkeypatch.setattr("app.services.choosing.propose", lambda *arguments: asked.append(arguments))
    follow_ladder(copies.store, copies.name)
    copies.run()
    assert asked == []


def test_what_a_person_tells_apart_loses_the_choice_that_was_among_it(copies: Shelf) -> None:
    apply_ladder(copies.store, copies.name, USUAL)
    paths = [str(copies.folder / name) for name in ("starred.jpg", "small.jpg", OLYMPUS)]
    say_different(copies.store, copies.name, [paths[:1], paths[1:]])
    assert best(copies, OLYMPUS) == OLYMPUS
    choice = cluster_of(copies, OLYMPUS).choice
    assert choice is not None
    assert Path(choice.path).name == OLYMPUS


def test_stars_that_are_given_here_count_more_than_those_in_the_file_and_at_once(copies: Shelf) -> None:
    apply_ladder(copies.store, copies.name, USUAL)
    rate(copies.store, [str(copies.folder / "small.jpg")], 5, None)
    assert best(copies, OLYMPUS) == "small.jpg"
    rate(copies.store, [str(copies.folder / "starred.jpg")], -1, None)
    unrate(copies.store, [str(copies.folder / "small.jpg")])
    assert best(copies, OLYMPUS) == OLYMPUS


def test_a_sidecar_counts_and_one_that_is_broken_is_told_and_hinders_nothing(copies: Shelf) -> None:
    (copies.folder / "small.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"/></rdf:RDF></x:xmpmeta>'
    )
    (copies.folder / f"{OLYMPUS}.xmp").write_text("<broken")
    proposal = proposal_of(copies, USUAL)
    assert Path(proposal.chosen.path).name == "small.jpg"
    (fault,) = proposal.faults
    assert f"{OLYMPUS}.xmp cannot be used: it is not well-formed" in fault


def test_forgetting_the_ladder_takes_back_its_choices_and_no_others(copies: Shelf) -> None:
    before = [member.path for member in cluster_of(copies, OLYMPUS).members]
    apply_ladder(copies.store, copies.name, USUAL)
    choose(copies.store, copies.name, str(copies.folder / "IMG_3608.JPG"))
    assert ladder_of(copies.store, copies.name) == USUAL
    made = [one for one in all_choices(copies.store, copies.name) if one.source is Source.LADDER]
    assert forget_ladder(copies.store, copies.name) == len(made) > 0
    assert ladder_of(copies.store, copies.name) is None
    assert [member.path for member in cluster_of(copies, OLYMPUS).members] == before
    assert best(copies, "IMG_3606.JPG") == "IMG_3608.JPG"
    copies.run()
    assert cluster_of(copies, OLYMPUS).choice is None


def test_a_person_outranks_ladder_and_scores_and_can_take_it_back(copies: Shelf) -> None:
    apply_ladder(copies.store, copies.name, USUAL)
    choice = choose(copies.store, copies.name, str(copies.folder / "small.jpg"))
    assert (choice.proposed_by, choice.agreed) == (Proposer.LADDER, False)
    assert best(copies, OLYMPUS) == "small.jpg"
    assert cluster_of(copies, OLYMPUS).choice == choice
    copies.run()
    assert best(copies, OLYMPUS) == "small.jpg"
    unchoose(copies.store, copies.name, str(copies.folder / "small.jpg"))
    assert best(copies, OLYMPUS) == "starred.jpg"
    with pytest.raises(ResourceNotFound, match=r"You did not choose .*small\.jpg"):
        unchoose(copies.store, copies.name, str(copies.folder / "small.jpg"))


def test_a_person_has_one_choice_in_a_cluster_the_last(copies: Shelf) -> None:
    choose(copies.store, copies.name, str(copies.folder / "small.jpg"))
    choose(copies.store, copies.name, str(copies.folder / "starred.jpg"))
    assert best(copies, OLYMPUS) == "starred.jpg"
    assert len(all_choices(copies.store, copies.name)) == 1


def test_a_choice_is_kept_by_content_when_files_move_go_away_and_come_back(copies: Shelf, tmp_path: Path) -> None:
    choose(copies.store, copies.name, str(copies.folder / "small.jpg"))
    away = (copies.folder / "small.jpg").rename(tmp_path / "away.jpg")
    copies.run()
    assert cluster_of(copies, OLYMPUS).choice is None
    away.rename(copies.folder / "renamed.jpg")
    copies.run()
    assert best(copies, OLYMPUS) == "renamed.jpg"
    unchoose(copies.store, copies.name, str(copies.folder / "renamed.jpg"))
    assert cluster_of(copies, OLYMPUS).choice is None


def test_the_rest_follows_the_chosen_one_by_score(copies: Shelf) -> None:
    scores = {member.path: member.image_score or 0 for member in cluster_of(copies, "IMG_3606.JPG").members}
    worst = cluster_of(copies, "IMG_3606.JPG").members[-1].path
    choose(copies.store, copies.name, worst)
    members = cluster_of(copies, "IMG_3606.JPG").members
    assert members[0].path == worst
    assert [member.path for member in members[1:]] == sorted(
        (path for path in scores if path != worst), key=lambda path: (-scores[path], path)
    )
    assert {member.path: member.image_score for member in members} == scores


def test_how_often_a_person_chose_otherwise_is_counted_by_what_was_proposed(copies: Shelf) -> None:
    burst = cluster_of(copies, "IMG_3606.JPG").members
    choose(copies.store, copies.name, burst[0].path)
    assert overruled(copies.store) == Agreement(1, 0, 0, 0)
    choose(copies.store, copies.name, burst[-1].path)
    assert overruled(copies.store) == Agreement(1, 1, 0, 0)
    apply_ladder(copies.store, copies.name, USUAL)
    choose(copies.store, copies.name, str(copies.folder / "starred.jpg"))
    assert overruled(copies.store) == Agreement(1, 1, 1, 0)
    choose(copies.store, copies.name, str(copies.folder / OLYMPUS))
    assert overruled(copies.store) == Agreement(1, 1, 1, 1)


def test_a_set_that_is_kept_whole_has_no_best_shot(shelf: Shelf) -> None:
    shelf.run()
    path = str(shelf.folder / "IMG_3606.JPG")
    choose(shelf.store, shelf.name, str(shelf.folder / "IMG_3608.JPG"))
    with shelf.store.write() as work:
        dataset_id = work.datasets.id_of(shelf.name)
        content = work.files.records(dataset_id, [path])[0].content
        assert content is not None
        (number,) = work.clusters.holding(dataset_id, [content.sha256])
        work.clusters.set_kinds({number: ClusterKind.BRACKET})
    assert cluster_of(shelf, "IMG_3606.JPG").choice is None
    with pytest.raises(InvalidArgument, match="is in a bracket, which is kept whole"):
        choose(shelf.store, shelf.name, path)


def test_what_cannot_be_chosen_is_refused_in_words(shelf: Shelf) -> None:
    shelf.run()
    with pytest.raises(InvalidArgument, match="is in no cluster"):
        choose(shelf.store, shelf.name, str(shelf.folder / KODAK))
    with pytest.raises(ResourceNotFound, match=r"has no file .*missing\.jpg"):
        choose(shelf.store, shelf.name, str(shelf.folder / "missing.jpg"))
    with pytest.raises(ResourceNotFound):
        apply_ladder(shelf.store, "nowhere", USUAL)


def test_each_act_is_announced(copies: Shelf) -> None:
    heard: list[frozenset[Change]] = []
    copies.store.events.listen(heard.append)

    def announced(act: object) -> bool:
        heard.clear()
        assert callable(act)
        act()
        return Change(Noun.CLUSTERS, copies.name) in frozenset().union(*heard)

    path = str(copies.folder / "small.jpg")
    assert announced(lambda: apply_ladder(copies.store, copies.name, USUAL))
    assert announced(lambda: choose(copies.store, copies.name, path))
    assert announced(lambda: unchoose(copies.store, copies.name, path))
    assert announced(lambda: rate(copies.store, [path], 5, None))
    assert announced(lambda: forget_ladder(copies.store, copies.name))


def test_a_ladder_is_saved_changed_and_forgotten_by_name(store: Store) -> None:
    built_in = [ladder.name for ladder in all_ladders(store)]
    assert built_in == ["usual", "keep originals", "keep edited", "keep largest"]
    mine = rules(Rung(Rule.FOLDER, ("/photos/é",)), Rung(Rule.RESOLUTION, tolerance=0.1))
    save_ladder(store, rules(Rung(Rule.NAME)))
    save_ladder(store, mine)
    assert get_ladder(store, "mine") == mine
    assert [ladder.name for ladder in all_ladders(store)] == [*built_in, "mine"]
    delete_ladder(store, "mine")
    with pytest.raises(ResourceNotFound, match="There is no ladder 'mine'"):
        get_ladder(store, "mine")
    with pytest.raises(ResourceNotFound, match="There is no ladder 'mine' of yours"):
        delete_ladder(store, "mine")


@pytest.mark.parametrize(
    ("ladder", "words"),
    [
        (Ladder("usual", (Rung(Rule.NAME),)), "comes with the program"),
        (Ladder(" ", (Rung(Rule.NAME),)), "name of a ladder"),
        (Ladder("mine", ()), "at least one rule"),
        (rules(Rung(Rule.NAME), Rung(Rule.NAME)), "stands twice"),
        (rules(Rung(Rule.FOLDER)), "names at least one folder"),
        (rules(Rung(Rule.NAME, ("a",))), "names none"),
        (rules(Rung(Rule.FOLDER, (os.fsdecode(b"/\xff"),))), "is no text"),
        (rules(Rung(Rule.RESOLUTION, tolerance=2.0)), "tolerance is 0 to 1"),
        (rules(Rung(Rule.NAME, tolerance=1.0)), "tolerance is 0 to 0"),
        (rules(Rung(Rule.PATH)), "part of every ladder"),
    ],
)
def test_a_ladder_that_cannot_be_climbed_is_refused_in_words(store: Store, ladder: Ladder, words: str) -> None:
    with pytest.raises(InvalidArgument, match=words):
        save_ladder(store, ladder)


def test_a_ladder_of_a_newer_program_is_left_out_and_followed_by_nobody(copies: Shelf) -> None:
    save_ladder(copies.store, rules(Rung(Rule.NAME)))
    apply_ladder(copies.store, copies.name, USUAL)
    with copies.store.write() as work:
        connection = work.datasets._session.connection()
        connection.exec_driver_sql('UPDATE ladders SET rungs = \'[{"rule": "taste"}]\'')
        connection.exec_driver_sql("UPDATE datasets SET ladder = '{\"name\": 1}'")
        connection.exec_driver_sql("UPDATE choices SET because = 'no JSON'")
    assert [ladder.name for ladder in all_ladders(copies.store)][-1] == "keep largest"
    assert ladder_of(copies.store, copies.name) is None
    choice = cluster_of(copies, OLYMPUS).choice
    assert choice is not None
    assert choice.because is None


def test_stars_of_two_files_of_one_content_are_the_same(shelf: Shelf) -> None:
    shutil.copy2(shelf.folder / KODAK, shelf.folder / "copy.jpg")
    shelf.run()
    paths: Sequence[str] = [str(shelf.folder / KODAK), str(shelf.folder / "copy.jpg")]
    rated = rate(shelf.store, paths[:1], 3, "Green")
    assert [one.rating for one in rated] == [Rating(3, "Green")]
    assert unrate(shelf.store, paths) == 1
