"""The frames of a cluster are judged in each other's company, and ranked as a person weighs them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from app.contract.requests import GetDataset
from app.domain.clusters import Cluster, ClusterKind
from app.domain.judgements import Confidence, Keep, Part, Preset, Ranking
from app.domain.opinions import MemberOpinion, Opinion
from app.domain.remarks import Ground
from app.errors import InvalidArgument, ResourceNotFound
from app.services.datasets import get_dataset
from app.services.opinions import opinion_of
from app.services.ranking import set_ranking
from app.store import Store
from tests.faces import load, resize, shut_eyes
from tests.services.conftest import Shelf
from tests.spoils import COMMON, exif_at, lit, make_burst, opened

SEED = "distractors/olympus-e-10.jpg"
Shelves = Callable[[Path], Shelf]


def only(*counting: Part) -> Ranking:
    """Let nothing count but some parts."""
    return Ranking(own={part: float(part in counting) for part in Part})


def fault_of(member: MemberOpinion) -> str:
    """Give the fault that a frame of a made burst was given."""
    return Path(member.file.path).stem.rpartition("-")[2]


def opinion(shelf: Shelf) -> Opinion:
    """Give the opinion of the only cluster."""
    (cluster,) = shelf.clusters()
    return opinion_of(shelf.store, cluster.object_id)


def order(shelf: Shelf) -> list[str]:
    return [fault_of(member) for member in opinion(shelf).members]


@pytest.fixture
def burst(shelf_of: Shelves, photos: Path, tmp_path: Path) -> Callable[..., Shelf]:
    """Give a shelf with a burst, after its first task."""

    def make(*names: str) -> Shelf:
        make_burst(photos / SEED, tmp_path / "frames", *names)
        shelf = shelf_of(tmp_path / "frames")
        shelf.run()
        return shelf

    return make


def test_the_good_frame_of_a_burst_is_best_and_each_other_is_told_its_fault(burst: Callable[..., Shelf]) -> None:
    found = opinion(burst())
    assert found.cluster.kind is ClusterKind.BURST
    assert found.confidence is Confidence.HIGH
    told = {fault_of(member): member for member in found.members}
    assert told.keys() == set(COMMON)
    assert fault_of(found.members[0]) == "good"
    scores = [member.file.image_score for member in found.members]
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert all(score is not None and 0 <= score <= 1 for score in scores)
    assert [member.kept for member in found.members] == [True, False, False, False, False]
    first = {name: member.remarks[0].ground for name, member in told.items()}
    assert first["defocused"] is Ground.SOFTER
    assert first["moved"] in {Ground.SOFTER, Ground.MOVED}
    assert first["under"] is Ground.DARKER
    assert first["over"] is Ground.BRIGHTER
    for member in found.members:
        assert member.judgement is not None
        assert {
            Part.SHARPNESS,
            Part.MOTION,
            Part.EXPOSURE,
            Part.NOISE,
            Part.RESOLUTION,
        } <= member.judgement.parts.keys()
        assert 1 <= len(member.remarks) <= 3


def test_other_weights_rank_again_at_once_without_the_photographs(burst: Callable[..., Shelf]) -> None:
    shelf = burst("defocused", "under", "good")
    shelf.folder.rename(shelf.folder.with_name("away"))
    before = opinion(shelf)
    set_ranking(shelf.store, shelf.name, only(Part.SHARPNESS))
    assert order(shelf)[-1] == "defocused"
    set_ranking(shelf.store, shelf.name, only(Part.EXPOSURE))
    assert order(shelf)[-1] == "under"
    assert opinion(shelf).weights == only(Part.EXPOSURE).weights
    set_ranking(shelf.store, shelf.name, Ranking())
    assert opinion(shelf) == before


def test_other_weights_change_how_sure_the_best_is(burst: Callable[..., Shelf]) -> None:
    shelf = burst("good", "under")
    assert opinion(shelf).confidence is Confidence.HIGH
    set_ranking(shelf.store, shelf.name, only(Part.RESOLUTION))
    assert opinion(shelf).confidence is Confidence.LOW
    assert {member.file.image_score for member in opinion(shelf).members} == {1}


def test_a_setting_is_kept_and_counts_for_the_next_task(burst: Callable[..., Shelf], photos: Path) -> None:
    shelf = burst("defocused", "under")
    wanted = Ranking(Preset.ACTION, {Part.SHARPNESS: 9.0, Part.EXPOSURE: 0.0}, Keep.BEST_AND_OTHER)
    set_ranking(shelf.store, shelf.name, wanted)
    assert get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).ranking == wanted
    make_burst(photos / SEED, shelf.folder, "defocused", "under", "good")
    shelf.run()
    assert order(shelf)[-1] == "defocused"
    assert sum(member.kept for member in opinion(shelf).members) == 2


def test_who_comes_and_goes_makes_the_others_be_judged_anew(burst: Callable[..., Shelf], photos: Path) -> None:
    shelf = burst("defocused", "defocused a little")

    def sharpness() -> float:
        judged = {fault_of(member): member.judgement for member in opinion(shelf).members}["defocused a little"]
        assert judged is not None
        return judged.parts[Part.SHARPNESS]

    alone = opinion(shelf)
    assert sharpness() == 1
    good = make_burst(photos / SEED, shelf.folder, "defocused", "defocused a little", "good")["good"]
    assert shelf.run().counts.read == 1
    assert sharpness() < 0.8
    good.unlink()
    assert shelf.run().counts.read == 0
    assert sharpness() == 1
    assert opinion(shelf).members == alone.members
    assert opinion(shelf).confidence == alone.confidence


def test_what_is_to_be_judged_anew_is_not_ranked_by_what_was_said_before(burst: Callable[..., Shelf]) -> None:
    shelf = burst("good", "under")
    before = opinion(shelf)
    with shelf.store.write() as work:
        members = work.contents.known(work.datasets.id_of(shelf.name))
        work.contents.unscore_mates([member.content_id for member in members])
        work.qualities.put_judgements((one, before.members[0].judgement) for one in (1, 2))  # type: ignore[misc]
    set_ranking(shelf.store, shelf.name, Ranking())
    assert [(member.judgement, member.remarks) for member in opinion(shelf).members] == [(None, ())] * 2
    assert opinion(shelf).members[0].file.image_score is None
    shelf.run()
    assert opinion(shelf).members == before.members


def test_a_bracket_is_scored_and_kept_whole_without_confidence(shelf_of: Shelves, photos: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bracket"
    folder.mkdir()
    for place, step in enumerate((0.0, -1.5, 1.5)):
        frame = lit(opened(photos / SEED, 900), 2 ** (step / 2.2))
        exif = exif_at(place * 0.5, bias=step, time=2**step / 125, aperture=5.6, mode=2)
        frame.save(folder / f"{place}.jpg", quality=92, exif=exif)
    shelf = shelf_of(folder)
    shelf.run()
    found = opinion(shelf)
    assert found.cluster.kind is ClusterKind.BRACKET
    assert found.confidence is None
    assert all(member.kept and member.remarks == () for member in found.members)
    assert all(member.judgement and member.judgement.measured for member in found.members)
    assert all(member.file.image_score is not None for member in found.members)
    set_ranking(shelf.store, shelf.name, only(Part.EXPOSURE))
    assert opinion(shelf).confidence is None


def test_an_original_is_better_than_its_copies_and_each_copy_says_what_it_lost(
    shelf_of: Shelves, photos: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    whole = opened(photos / "distractors" / "kodak-dx4330.jpg", 900)
    width, height = whole.size
    whole.save(folder / "z-original.jpg", quality=93, exif=exif_at(0))
    whole.save(folder / "a-resaved.jpg", quality=40, exif=exif_at(0))
    ImageOps.mirror(whole).save(folder / "a-mirrored.jpg", quality=85, exif=exif_at(0))
    whole.crop((width // 10, height // 10, width, height)).save(folder / "a-cropped.jpg", quality=93, exif=exif_at(0))
    shelf = shelf_of(folder)
    shelf.run()
    found = opinion(shelf)
    told = {Path(member.file.path).stem[2:]: member for member in found.members}
    assert Path(found.members[0].file.path).name == "z-original.jpg"
    assert Ground.COMPRESSED in {remark.ground for remark in told["resaved"].remarks}
    assert Ground.CROPPED in {remark.ground for remark in told["cropped"].remarks}
    mirrored, original = told["mirrored"].judgement, told["original"].judgement
    assert mirrored is not None
    assert original is not None
    assert mirrored.scope == original.scope == 1
    assert mirrored.subject is not None
    assert original.subject is not None
    left, _, size, _ = original.subject
    assert mirrored.subject[0] == pytest.approx(1 - left - size, abs=0.01)


def test_closed_eyes_lose_against_open_ones_and_are_pointed_at(shelf_of: Shelves, photos: Path, tmp_path: Path) -> None:
    portrait = resize(load(photos / "portrait" / "astronaut.jpeg"), 1.5)
    (tmp_path / "eyes").mkdir()
    for place, (name, picture) in enumerate((("a-shut", shut_eyes(portrait)), ("b-open", portrait))):
        frame = Image.fromarray(picture[..., ::-1])
        frame.save(tmp_path / "eyes" / f"{name}.jpg", quality=93, exif=exif_at(place * 0.4))
    shelf = shelf_of(tmp_path / "eyes")
    shelf.run()
    found = opinion(shelf)
    assert [fault_of(member) for member in found.members] == ["open", "shut"]
    best, other = found.members
    assert Ground.EYES_OPEN in {remark.ground for remark in best.remarks}
    shut = next(remark for remark in other.remarks if remark.ground is Ground.EYES_CLOSED)
    assert (shut.count, shut.of, len(shut.regions)) == (1, 1, 1)
    assert 0.3 < shut.regions[0][0] < 0.5
    set_ranking(shelf.store, shelf.name, only(Part.RESOLUTION))
    assert order(shelf) == ["shut", "open"]  # by their names


@pytest.mark.parametrize("revision", ["0008", "0009"])
def test_photographs_that_an_older_version_scored_are_scored_again_and_not_read(
    burst: Callable[..., Shelf], shelf_of: Shelves, revision: str
) -> None:
    shelf = burst("good", "defocused")
    before = opinion(shelf)
    shelf.store.close()
    with closing(sqlite3.connect(shelf.store.data_dir / "catalogue.db")) as connection, connection:
        make_older(connection, revision)
    with Store(shelf.store.data_dir) as store:
        older = Shelf(store, shelf.folder, shelf.readers)
        assert older.name == shelf.name
        assert [member.judgement for member in opinion(older).members] == [None, None]
        assert opinion(older).confidence is None
        counts = older.run().counts
        assert (counts.read, counts.unchanged) == (0, 2)
        after = opinion(older)
    assert (after.members, after.confidence, after.weights) == (before.members, before.confidence, before.weights)


def make_older(connection: sqlite3.Connection, revision: str) -> None:
    """Take out of a catalogue what the revisions after one brought."""
    tables = ["qualities", "judgements", "decisions", "changes", "steps", "deleted"]
    tables += ["written_sidecars", "deletions"]
    columns = ["clusters confidence", "datasets preset", "datasets weights", "datasets keep", "files companions"]
    if revision == "0008":
        tables += ["choices", "ladders", "ratings"]
        columns += ["contents stars", "contents label", "contents edited", "datasets ladder", "clusters climbed"]
    for table in tables:
        connection.execute(f"DROP TABLE {table}")
    for column in columns:
        table, name = column.split()
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    connection.execute("UPDATE contents SET image_score = 0.5")
    connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


@pytest.mark.parametrize("weight", [-0.1, 10.1, float("nan"), float("inf")])
def test_a_weight_that_is_out_of_bounds_is_refused_and_changes_nothing(shelf: Shelf, weight: float) -> None:
    with pytest.raises(InvalidArgument, match=r"The weight of eyes is a number from 0 .* to 10"):
        set_ranking(shelf.store, shelf.name, Ranking(own={Part.EYES: weight}))
    assert get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).ranking == Ranking()


def test_something_has_to_count(shelf: Shelf) -> None:
    with pytest.raises(InvalidArgument, match="At least one part"):
        set_ranking(shelf.store, shelf.name, only())


def test_a_dataset_or_a_cluster_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(ResourceNotFound, match="nowhere"):
        set_ranking(store, "nowhere", Ranking())
    with pytest.raises(ResourceNotFound, match=r"'nothing'.*cluster list"):
        opinion_of(store, "nothing")


def test_a_cluster_that_was_not_scored_so_far_has_no_opinion_but_its_first_file(burst: Callable[..., Shelf]) -> None:
    shelf = burst("good", "under")
    with shelf.store.write() as work:
        work.contents.unscore_mates([1, 2])
        work.clusters.set_confidence({1: None})
    found: Opinion = opinion(shelf)
    assert isinstance(found.cluster, Cluster)
    assert found.confidence is None
    assert [member.judgement for member in found.members] == [None, None]
    assert [member.kept for member in found.members] == [True, False]
