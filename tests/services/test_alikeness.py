"""How alike the pictures of a cluster are: regrouped from the evidence that is kept, without opening a file."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain import pairs
from app.domain.clusters import ClusterKind
from app.domain.files import Compared
from app.domain.pairs import DEFAULT, FAINTEST, LOOSE, STRICT, Alikeness, Pair, Relation
from app.errors import InvalidArgument
from app.services.alikeness import set_alikeness
from tests.factories import copy_photos, derive, names_of
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
STRANGERS = frozenset({"olympus-e-10.jpg", "kodak-dx4330.jpg"})


def choose(shelf: Shelf, **wanted: float | bool) -> set[frozenset[str]]:
    set_alikeness(shelf.store, shelf.name, replace(Alikeness(), **wanted))  # type: ignore[arg-type]
    return names_of(shelf.clusters())


def relate(shelf: Shelf, strength: float, distance: int = 60, cosine: float = 0.0) -> None:
    """Let two strangers be somewhat alike."""
    with shelf.store.write() as work:
        dataset_id = work.datasets.id_of(shelf.name)
        records = work.files.records(dataset_id, [str(shelf.folder / name) for name in sorted(STRANGERS)])
        digests = [record.content.sha256 for record in records if record.content is not None]
        first, second = sorted(one.content_id for one in work.contents.of_digests(dataset_id, digests))
        work.pairs.put([Pair(first, second, Relation.EDITED, strength, distance, cosine=cosine)])


def test_looser_is_more_and_stricter_is_less_and_no_file_is_read(shelf: Shelf, tmp_path: Path) -> None:
    shelf.run()
    relate(shelf, 0.4)
    shelf.folder.rename(tmp_path / "elsewhere")
    assert choose(shelf, strength=DEFAULT) == {BURST, PAIR}
    assert choose(shelf, strength=LOOSE) == {BURST, PAIR, STRANGERS}
    assert choose(shelf, strength=STRICT) == {BURST, PAIR}
    assert choose(shelf, strength=1) == set()
    assert choose(shelf) == {BURST, PAIR}


def test_a_cluster_keeps_its_identity_while_it_is_there(shelf: Shelf) -> None:
    shelf.run()
    before = {cluster.object_id for cluster in shelf.clusters()}
    choose(shelf, strength=LOOSE)
    choose(shelf)
    assert {cluster.object_id for cluster in shelf.clusters()} == before
    assert all(member.image_score is not None for cluster in shelf.clusters() for member in cluster.members)


def test_copies_only_leaves_bursts_alone_and_keeps_copies(shelf: Shelf) -> None:
    shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / "copy.JPG")
    derive(shelf.folder / "olympus-e-10.jpg", shelf.folder / "small.jpg")
    shelf.run()
    copies = {PAIR | {"copy.JPG"}, frozenset({"olympus-e-10.jpg", "small.jpg"})}
    assert choose(shelf, copies_only=True) == copies
    assert choose(shelf) == copies | {BURST}


def test_across_folders_only_counts_what_lies_apart(
    shelf_of: Callable[[Path], Shelf], photos: Path, tmp_path: Path
) -> None:
    folder = copy_photos(photos, tmp_path / "photos")
    other = folder / "other"
    other.mkdir()
    (folder / "ae_1.JPG").rename(other / "ae_1.JPG")
    shutil.copy(folder / "IMG_3606.JPG", folder / "beside.JPG")
    shutil.copy(folder / "olympus-e-10.jpg", other / "olympus.jpg")
    shelf = shelf_of(folder)
    shelf.run()
    found = choose(shelf, across_folders=True)
    assert found == {PAIR, frozenset({"olympus-e-10.jpg", "olympus.jpg"})}
    assert {cluster.kind for cluster in shelf.clusters()} >= {ClusterKind.EXACT}


def test_the_setting_holds_for_later_tasks(shelf: Shelf) -> None:
    choose(shelf, copies_only=True)
    shelf.run()
    assert BURST not in names_of(shelf.clusters())


@pytest.mark.parametrize("strength", [FAINTEST - 0.01, 1.01, float("nan")])
def test_a_strength_out_of_bounds_is_refused_and_nothing_changes(shelf: Shelf, strength: float) -> None:
    with pytest.raises(InvalidArgument, match="number from"):
        choose(shelf, strength=strength)
    with shelf.store.read() as work:
        assert work.datasets.alikeness(work.datasets.id_of(shelf.name)) == Alikeness()


def test_what_only_looks_alike_counts_by_how_many_there_are(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.run()
    relate(shelf, 0.9, distance=120, cosine=0.47)
    assert choose(shelf) == {BURST, PAIR, STRANGERS}
    with monkeypatch.context() as patch:
        patch.setattr(pairs, "_REACH", ((12, 0.45), (1_000, 0.5)))
        derive(shelf.folder / "canon-powershot-s30.jpg", shelf.folder / "small.jpg")
        shelf.run()
        small = frozenset({"canon-powershot-s30.jpg", "small.jpg"})
        assert names_of(shelf.clusters()) == {BURST, PAIR, small}
        (shelf.folder / "small.jpg").unlink()
        (shelf.folder / "canon-powershot-s30.jpg").unlink()
        with shelf.store.read() as work:
            dataset_id = work.datasets.id_of(shelf.name)
            assert not work.contents.uncompared(dataset_id, Compared.FULLY)
        shelf.run()
        assert names_of(shelf.clusters()) == {BURST, PAIR, STRANGERS}
        with shelf.store.read() as work:
            assert work.datasets.reach(dataset_id) == 0.45
