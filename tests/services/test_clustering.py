import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from app.domain.clusters import ClusterKind
from app.domain.pairs import FAINTEST, Alikeness
from app.domain.tasks import Counts, Stage
from app.errors import Cancelled
from app.services.clustering import cluster_photographs
from app.services.files import all_skipped
from tests.factories import derive, names_of, write_old
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
COUNT = 12


class StopAt:
    """Cancels at the first report of a stage that is as far as this."""

    def __init__(self, stage: Stage, done: int = 0) -> None:
        self._stage = stage
        self._done = done

    def report(self, stage: Stage, done: int, total: int) -> None:
        if stage is self._stage and done >= self._done:
            raise Cancelled


def test_a_burst_and_a_pair_are_found_among_strangers(shelf: Shelf) -> None:
    outcome = shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR}
    assert outcome.counts == Counts(scanned=COUNT, read=COUNT, clusters=2)
    assert {cluster.kind for cluster in shelf.clusters()} == {ClusterKind.BURST, ClusterKind.NEAR}


def test_members_are_scored_and_the_best_comes_first(shelf: Shelf) -> None:
    shelf.run()
    for cluster in shelf.clusters():
        scores = [member.image_score for member in cluster.members]
        assert all(score is not None and 0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, key=lambda score: -(score or 0))


def test_a_second_run_of_an_unchanged_folder_reads_nothing_and_changes_nothing(shelf: Shelf) -> None:
    shelf.run()
    before = shelf.clusters()
    outcome = shelf.run()
    assert outcome.counts == Counts(scanned=COUNT, unchanged=COUNT, clusters=2)
    assert shelf.clusters() == before


def test_only_added_files_are_read_and_they_join_their_clusters(shelf: Shelf) -> None:
    shelf.run()
    before = {cluster.object_id for cluster in shelf.clusters()}
    shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / "copy.jpg")
    derive(shelf.folder / "IMG_3607.JPG", shelf.folder / "small.jpg")
    outcome = shelf.run()
    assert outcome.counts.read == 2
    assert names_of(shelf.clusters()) == {BURST | {"small.jpg"}, PAIR | {"copy.jpg"}}
    assert {cluster.object_id for cluster in shelf.clusters()} == before


def test_a_renamed_file_is_moved_and_not_read(shelf: Shelf) -> None:
    shelf.run()
    (shelf.folder / "deeper").mkdir()
    (shelf.folder / "ae_0.JPG").rename(shelf.folder / "deeper" / "renamed.jpg")
    outcome = shelf.run()
    assert (outcome.counts.moved, outcome.counts.read, outcome.counts.gone) == (1, 0, 0)
    assert outcome.counts.scanned == COUNT
    assert names_of(shelf.clusters()) == {BURST, frozenset({"renamed.jpg", "ae_1.JPG"})}


def test_a_file_moved_over_another_takes_its_place(shelf: Shelf) -> None:
    shelf.run()
    (shelf.folder / "IMG_3606.JPG").replace(shelf.folder / "ae_0.JPG")
    outcome = shelf.run()
    assert (outcome.counts.moved, outcome.counts.read, outcome.counts.gone) == (1, 0, 1)
    assert names_of(shelf.clusters()) == {BURST - {"IMG_3606.JPG"} | {"ae_0.JPG"}}


def test_a_cluster_that_loses_all_but_one_is_gone_and_its_id_never_returns(shelf: Shelf) -> None:
    shelf.run()
    lost = next(cluster.object_id for cluster in shelf.clusters() if len(cluster.members) == 2)
    kept = (shelf.folder / "ae_1.JPG").read_bytes()
    (shelf.folder / "ae_1.JPG").unlink()
    assert shelf.run().counts.gone == 1
    assert names_of(shelf.clusters()) == {BURST}
    (shelf.folder / "again.jpg").write_bytes(kept)
    shelf.run()
    assert names_of(shelf.clusters()) == {BURST, frozenset({"ae_0.JPG", "again.jpg"})}
    assert lost not in {cluster.object_id for cluster in shelf.clusters()}


def test_a_cluster_whose_photographs_all_went_at_once_is_gone(shelf: Shelf) -> None:
    shelf.run()
    for path in shelf.folder.iterdir():
        path.unlink()
    assert shelf.run().counts.clusters == 0
    assert shelf.clusters() == []


def test_a_changed_file_is_read_again_and_leaves_its_cluster(shelf: Shelf) -> None:
    shelf.run()
    shutil.copy(shelf.folder / "kodak-dx4330.jpg", shelf.folder / "ae_1.JPG")
    outcome = shelf.run()
    assert outcome.counts.read == 1
    assert names_of(shelf.clusters()) == {BURST, frozenset({"kodak-dx4330.jpg", "ae_1.JPG"})}


def test_exact_copies_form_a_cluster_of_their_own_kind(shelf: Shelf) -> None:
    shutil.copy(shelf.folder / "olympus-e-10.jpg", shelf.folder / "copy.jpg")
    shelf.run()
    (exact,) = (cluster for cluster in shelf.clusters() if cluster.kind is ClusterKind.EXACT)
    assert names_of([exact]) == {frozenset({"olympus-e-10.jpg", "copy.jpg"})}


def test_an_unreadable_file_is_listed_with_its_reason_in_later_runs_too(shelf: Shelf) -> None:
    write_old(shelf.folder / "broken.jpg", b"<html>404</html>")
    (shelf.folder / "notes.txt").write_text("no picture")
    assert shelf.run().counts.read == COUNT + 1
    later = shelf.run()
    assert (later.counts.read, later.counts.skipped) == (0, 1)
    (skipped,) = all_skipped(shelf.store, shelf.name)
    assert (os.path.basename(skipped.path), skipped.reason) == ("broken.jpg", "Its content is not a picture")  # noqa: PTH119


def test_a_mended_file_is_no_longer_skipped(shelf: Shelf) -> None:
    path = write_old(shelf.folder / "broken.jpg", b"<html>404</html>")
    shelf.run()
    shutil.copy(shelf.folder / "ae_0.JPG", path)
    shelf.run()
    assert all_skipped(shelf.store, shelf.name) == []
    assert PAIR | {"broken.jpg"} in names_of(shelf.clusters())


def test_a_folder_that_vanished_loses_nothing(shelf: Shelf) -> None:
    shelf.run()
    before = names_of(shelf.clusters())
    away = shelf.folder.rename(shelf.folder.with_name("away"))
    outcome = shelf.run()
    assert outcome.counts.gone == 0
    assert names_of(shelf.clusters()) == before
    away.rename(shelf.folder)
    assert shelf.run().counts == Counts(scanned=COUNT, unchanged=COUNT, clusters=2)


def test_hidden_folders_and_links_are_left_out(shelf: Shelf) -> None:
    (shelf.folder / ".hidden").mkdir()
    shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / ".hidden" / "a.jpg")
    (shelf.folder / "link.jpg").symlink_to(shelf.folder / "ae_0.JPG")
    (shelf.folder / "loop").symlink_to(shelf.folder)
    assert shelf.run().counts.scanned == COUNT


@pytest.mark.parametrize(
    ("stage", "done"), [(Stage.READ, 5), (Stage.CANDIDATES, 0), (Stage.RELATE, 0), (Stage.GROUP, 0), (Stage.SCORE, 0)]
)
def test_a_run_that_was_stopped_is_taken_up_where_it_was(shelf: Shelf, stage: Stage, done: int) -> None:
    with pytest.raises(Cancelled):
        cluster_photographs(shelf.store, shelf.name, shelf.readers, StopAt(stage, done))
    outcome = shelf.run()
    assert names_of(shelf.clusters()) == {BURST, PAIR}
    assert all(member.image_score is not None for cluster in shelf.clusters() for member in cluster.members)
    assert outcome.counts.scanned == COUNT
    assert outcome.counts.read < COUNT or stage is Stage.READ


def test_no_file_that_was_read_is_read_again_after_a_stop(shelf: Shelf) -> None:
    with pytest.raises(Cancelled):
        cluster_photographs(shelf.store, shelf.name, shelf.readers, StopAt(Stage.READ, 5))
    assert shelf.run().counts.read == COUNT - 5


def test_lost_thumbnails_change_no_result(shelf: Shelf) -> None:
    shelf.run()
    with closing(sqlite3.connect(shelf.store.data_dir / "thumbnails.db")) as connection, connection:
        connection.execute("DELETE FROM thumbnails")
    derive(shelf.folder / "ae_0.JPG", shelf.folder / "small.jpg")
    shelf.run()
    assert PAIR | {"small.jpg"} in names_of(shelf.clusters())


def test_clusters_are_the_same_whether_files_come_at_once_or_one_by_one(
    shelf: Shelf, shelf_of: Callable[[Path], Shelf], tmp_path: Path
) -> None:
    derive(shelf.folder / "ae_0.JPG", shelf.folder / "small.jpg")
    shutil.copy(shelf.folder / "small.jpg", shelf.folder / "small copy.jpg")
    growing = shelf_of(Path(shutil.copytree(shelf.folder, tmp_path / "growing", ignore=lambda *_: ["*"])))
    for path in sorted(shelf.folder.iterdir(), key=lambda path: path.name[::-1]):
        shutil.copy2(path, growing.folder)
        growing.run()
    shelf.run()
    assert names_of(growing.clusters()) == names_of(shelf.clusters())


def slide(source: Path, folder: Path, names: str) -> None:
    """Cut windows out of a photograph, each a little further than the one before."""
    with Image.open(source) as image:
        step, width = image.width * 8 // 100, image.width * 64 // 100
        for number, name in enumerate(names):
            image.crop((number * step, 0, number * step + width, image.height)).save(folder / f"{name}.jpg", quality=95)


def test_a_chain_of_pictures_whose_ends_are_unlike_is_cut_whichever_comes_first(
    shelf_of: Callable[[Path], Shelf], photos: Path, tmp_path: Path
) -> None:
    found = []
    for order in ("abcd", "dbac"):
        folder = tmp_path / order
        folder.mkdir()
        shelf = shelf_of(folder)
        slide(photos / "distractors" / "olympus-e-10.jpg", tmp_path, "abcd")
        for name in order:
            (tmp_path / f"{name}.jpg").rename(folder / f"{name}.jpg")
            shelf.run()
        found.append(names_of(shelf.clusters()))
    assert found[0] == found[1] != set()
    assert all(not {"a.jpg", "d.jpg"} <= cluster for cluster in found[0])


def test_copies_without_end_leave_evidence_that_grows_with_their_number_only(
    shelf_of: Callable[[Path], Shelf], photos: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    with Image.open(photos / "distractors" / "olympus-e-10.jpg") as image:
        for number in range(12):
            exif = Image.Exif()
            exif[0x010E] = f"copy {number}"
            image.save(folder / f"{number}.jpg", quality=90, exif=exif)
    shelf = shelf_of(folder)
    shelf.run()
    (cluster,) = shelf.clusters()
    assert (len(cluster.members), cluster.kind) == (12, ClusterKind.EXACT)
    with shelf.store.read() as work:
        assert list(work.pairs.all(work.datasets.id_of(shelf.name), Alikeness(FAINTEST), 0)) == []
