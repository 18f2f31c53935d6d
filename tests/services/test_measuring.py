"""Members of clusters are looked at once, as far as it decides, and no file that is lost stops a task."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from app.domain.judgements import Part
from app.domain.qualities import Quality, Search
from app.domain.remarks import Ground
from app.imaging.qualities import Wanted, measure_frame
from app.imaging.readers import Readers
from app.imaging.readings import MeasureAnswer, Unreadable
from app.progress import SILENT
from app.services import clustering
from app.services.measuring import measure_members
from app.services.opinions import opinion_of
from app.store import Store
from tests.factories import derive
from tests.services.conftest import Shelf
from tests.services.test_scoring import opinion
from tests.spoils import make_burst

SEED = "distractors/olympus-e-10.jpg"
NAMES = ("good", "defocused", "under")


class Looking(Readers):
    """Readers that answer in this process, and note which files they were asked to look at, and how."""

    def __init__(self, answer: Callable[[Wanted], MeasureAnswer] = measure_frame) -> None:
        super().__init__(1)
        self.asked: list[tuple[str, Search]] = []
        self._answer_to = answer

    def measure(self, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, MeasureAnswer]]:
        for path, search in wanted:
            self.asked.append((Path(path).name, search))
            yield (path, search), self._answer_to((path, search))


@pytest.fixture
def burst(shelf_of: Callable[[Path], Shelf], photos: Path, tmp_path: Path) -> Shelf:
    """A burst that no task looked at so far."""
    make_burst(photos / SEED, tmp_path / "frames", *NAMES, side=700)
    return shelf_of(tmp_path / "frames")


def qualities(store: Store, name: str) -> dict[int, Quality]:
    with store.read() as work:
        members = work.contents.known(work.datasets.id_of(name))
        return work.qualities.of([member.content_id for member in members])


def unscored(shelf: Shelf) -> list[int]:
    with shelf.store.read() as work:
        return work.contents.unscored(work.datasets.id_of(shelf.name))


def measured_by(shelf: Shelf, readers: Readers) -> None:
    measure_members(shelf.store, shelf.name, readers, SILENT)


def test_each_member_is_measured_once_and_a_second_task_opens_no_file(burst: Shelf) -> None:
    burst.run()
    before = qualities(burst.store, burst.name)
    assert len(before) == len(NAMES)
    looking = Looking()
    measured_by(burst, looking)
    assert looking.asked == []
    assert burst.run().counts.read == 0
    assert qualities(burst.store, burst.name) == before
    assert unscored(burst) == []


def test_only_members_of_clusters_are_measured_and_copies_byte_for_byte_are_not(shelf: Shelf) -> None:
    (shelf.folder / "twin.jpg").write_bytes((shelf.folder / "kodak-dx4330.jpg").read_bytes())
    shelf.run()
    members = {member.sha256 for cluster in shelf.clusters() for member in cluster.members}
    digests = {member.sha256 for cluster in shelf.clusters() if cluster.kind != "exact" for member in cluster.members}
    assert len(members) == len(digests) + 1
    assert len(qualities(shelf.store, shelf.name)) == len(digests)
    twins = next(cluster for cluster in shelf.clusters() if cluster.kind == "exact")
    assert [one.image_score for one in twins.members] == [twins.members[0].image_score] * 2 != [None] * 2


def test_a_new_member_alone_is_measured(burst: Shelf, photos: Path) -> None:
    burst.run()
    before = qualities(burst.store, burst.name)
    make_burst(photos / SEED, burst.folder, *NAMES, "over", side=700)
    burst.run()
    after = qualities(burst.store, burst.name)
    assert len(after) == len(before) + 1
    assert after.items() >= before.items()


def test_faces_are_looked_for_in_a_burst_and_thoroughly_in_one_frame_where_there_are_none(burst: Shelf) -> None:
    burst.run()
    searches = sorted(one.search for one in qualities(burst.store, burst.name).values())
    assert searches == [Search.PLAIN, Search.PLAIN, Search.THOROUGH]


def test_the_same_is_asked_of_files_step_by_step(burst: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "measure_members", lambda *_: None)
    burst.run()
    assert qualities(burst.store, burst.name) == {}
    looking = Looking()
    measured_by(burst, looking)
    assert [search for _, search in looking.asked] == [Search.PLAIN] * 3 + [Search.THOROUGH]
    assert len({name for name, _ in looking.asked}) == 3


def test_what_was_measured_is_judged_anew(burst: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(clustering, "measure_members", lambda *_: None)
        burst.run()
    rough = opinion(burst)
    assert {remark.ground for member in rough.members for remark in member.remarks} == {Ground.NOT_MEASURED}
    assert all(member.file.image_score is not None for member in rough.members)
    assert unscored(burst) == []
    burst.run()
    assert all(member.judgement and member.judgement.measured for member in opinion(burst).members)


@pytest.mark.parametrize("data", [None, b"no picture at all"], ids=["gone", "no picture any more"])
def test_a_file_that_is_lost_while_a_task_runs_does_not_stop_it_and_its_cluster_is_scored(
    burst: Shelf, monkeypatch: pytest.MonkeyPatch, data: bytes | None
) -> None:
    victim = burst.folder / "olympus-e-10-defocused.jpg"

    def lose(store: Store, *rest: object) -> None:
        victim.unlink()
        if data is not None:
            victim.write_bytes(data)
        measure_members(store, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(clustering, "measure_members", lose)
        burst.run()
    assert len(qualities(burst.store, burst.name)) == 2
    found = opinion(burst)
    assert len(found.members) == 3
    assert all(member.file.image_score is not None for member in found.members)
    assert all(member.judgement and Part.SHARPNESS in member.judgement.parts for member in found.members)
    assert {remark.ground for member in found.members for remark in member.remarks} == {Ground.NOT_MEASURED}
    looking = Looking()
    measured_by(burst, looking)
    assert [name for name, _ in looking.asked if name == victim.name] == ([victim.name] if data is None else [])
    burst.run()
    assert len(opinion(burst).members) == 2
    assert all(member.judgement and member.judgement.measured for member in opinion(burst).members)


@pytest.mark.parametrize("final", [True, False])
def test_what_cannot_be_measured_is_tried_again_only_if_it_may_become_better(
    burst: Shelf, monkeypatch: pytest.MonkeyPatch, *, final: bool
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(clustering, "measure_members", lambda *_: None)
        burst.run()
    broken = Looking(lambda _: Unreadable("Its disk cannot read it", final=final))
    measured_by(burst, broken)
    assert len(broken.asked) == 3  # and no second time in one task
    assert qualities(burst.store, burst.name) == {}
    again = Looking()
    measured_by(burst, again)
    assert len(again.asked) == (0 if final else 4)


def test_measures_are_the_same_after_they_were_kept(burst: Shelf, photos: Path) -> None:
    burst.run()
    portrait = measure_frame((str(photos / "portrait" / "astronaut.jpeg"), Search.PLAIN))
    assert isinstance(portrait, Quality)
    (number, *_) = qualities(burst.store, burst.name)
    with burst.store.write() as work:
        work.qualities.put({number: portrait})
    kept = qualities(burst.store, burst.name)[number]
    assert (kept.detail, kept.burnt, kept.contrast, kept.coding) == (
        portrait.detail, portrait.burnt, portrait.contrast, portrait.coding,
    )  # fmt: skip
    assert kept.faces[0].to_list() == portrait.faces[0].to_list()
    with burst.store.write() as work:
        work.qualities.put({number: "It is no picture any more"})
    assert number not in qualities(burst.store, burst.name)


def test_measures_and_judgements_go_with_the_last_file(burst: Shelf) -> None:
    burst.run()
    with burst.store.read() as work:
        dataset_id = work.datasets.id_of(burst.name)
        assert [len(one) for one in work.qualities.judged_clusters(dataset_id).values()] == [3]
    (burst.folder / "olympus-e-10-under.jpg").unlink()
    burst.run()
    assert len(qualities(burst.store, burst.name)) == 2
    with burst.store.read() as work:
        assert [len(one) for one in work.qualities.judged_clusters(dataset_id).values()] == [2]


def test_a_small_copy_is_measured_as_if_it_were_large(shelf: Shelf) -> None:
    small = derive(shelf.folder / "kodak-dx4330.jpg", shelf.folder / "small.jpg", quality=90)
    shelf.run()
    cluster = next(one for one in shelf.clusters() if str(small) in {member.path for member in one.members})
    told = {Path(member.file.path).name: member for member in opinion_of(shelf.store, cluster.object_id).members}
    little, whole = told["small.jpg"].judgement, told["kodak-dx4330.jpg"].judgement
    assert little is not None
    assert whole is not None
    assert little.parts[Part.SHARPNESS] < 0.9 < whole.parts[Part.SHARPNESS]
    assert little.parts[Part.RESOLUTION] == pytest.approx(0.5, abs=0.01)
