"""Why two photographs are together or apart, and which setting would change it."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from app.domain.explanations import Explanation, Reason
from app.domain.pairs import LOOSE, Alikeness, Relation
from app.errors import ResourceNotFound
from app.imaging.readers import Readers
from app.services.alikeness import set_alikeness
from app.services.corrections import say_different, say_same
from app.services.explaining import explain, find_dataset
from tests.services.conftest import Shelf


def asked(shelf: Shelf, readers: Readers, first: str, second: str) -> Explanation:
    return explain(shelf.store, shelf.name, (str(shelf.folder / first), str(shelf.folder / second)), readers)


def test_related_ones_are_together_with_the_evidence_that_is_kept(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    found = asked(shelf, readers, "ae_0.JPG", "ae_1.JPG")
    assert (found.together, found.reason, found.remedy) == (True, Reason.RELATED, None)
    assert found.pair is not None
    with shelf.store.read() as work:
        assert work.pairs.of(found.pair.second_id, found.pair.first_id) == found.pair
    burst = asked(shelf, readers, "IMG_3606.JPG", "IMG_3609.JPG")
    assert burst.pair is not None
    assert (burst.pair.relation, burst.one_camera) == (Relation.BURST, True)
    assert burst.gap is not None
    assert 0 < burst.gap < 10_000_000


def test_strangers_are_apart_and_no_setting_would_change_it(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    found = asked(shelf, readers, "ae_0.JPG", "kodak-dx4330.jpg")
    assert (found.together, found.reason, found.remedy, found.looked_at) == (False, Reason.UNLIKE, None, False)
    assert found.pair is not None
    assert found.pair.strength == 0
    assert found.pair.distance > 80


def test_copies_are_told_by_their_bytes_and_by_their_pixels(shelf: Shelf, readers: Readers) -> None:
    shutil.copy(shelf.folder / "ae_0.JPG", shelf.folder / "copy.JPG")
    with Image.open(shelf.folder / "kodak-dx4330.jpg") as image:
        image.save(shelf.folder / "one.png")
        image.save(shelf.folder / "two.bmp")
    shelf.run()
    assert asked(shelf, readers, "ae_0.JPG", "copy.JPG").reason is Reason.SAME_BYTES
    assert asked(shelf, readers, "ae_0.JPG", "ae_0.JPG").reason is Reason.SAME_FILE
    pixels = asked(shelf, readers, "one.png", "two.bmp")
    assert pixels.together
    assert pixels.pair is not None
    assert (pixels.pair.relation, pixels.pair.strength) == (Relation.SAME_PIXELS, 1)


def test_a_setting_that_keeps_two_apart_is_named_and_lets_them_together(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    for setting, reason in (
        (Alikeness(1.0), Reason.TOO_FAINT),
        (Alikeness(copies_only=True), Reason.OTHER_EXPOSURE),
        (Alikeness(across_folders=True), Reason.ONE_FOLDER),
    ):
        set_alikeness(shelf.store, shelf.name, setting)
        found = asked(shelf, readers, "IMG_3606.JPG", "IMG_3607.JPG")
        assert (found.together, found.reason) == (False, reason)
        assert found.remedy is not None
        set_alikeness(shelf.store, shelf.name, found.remedy)
        assert asked(shelf, readers, "IMG_3606.JPG", "IMG_3607.JPG").together


def test_two_parts_of_one_picture_are_together_through_the_whole(shelf: Shelf, readers: Readers) -> None:
    with Image.open(shelf.folder / "olympus-e-10.jpg") as image:
        width, height = image.size
        image.crop((0, 0, width * 2 // 3, height)).save(shelf.folder / "left.jpg", quality=95)
        image.crop((width // 3, 0, width, height)).save(shelf.folder / "right.jpg", quality=95)
    set_alikeness(shelf.store, shelf.name, Alikeness(LOOSE))
    shelf.run()
    found = asked(shelf, readers, "left.jpg", "right.jpg")
    assert (found.together, found.reason) == (True, Reason.THROUGH)
    assert Path(found.through).name == "olympus-e-10.jpg"


def test_what_a_person_said_comes_first(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    folder = shelf.folder
    say_different(shelf.store, shelf.name, [[str(folder / "ae_0.JPG")], [str(folder / "ae_1.JPG")]])
    say_same(shelf.store, shelf.name, [str(folder / "olympus-e-10.jpg"), str(folder / "kodak-dx4330.jpg")])
    assert asked(shelf, readers, "ae_0.JPG", "ae_1.JPG").reason is Reason.SAID_DIFFERENT
    assert asked(shelf, readers, "olympus-e-10.jpg", "kodak-dx4330.jpg").reason is Reason.SAID_SAME


def test_before_a_task_has_compared_them_that_is_said(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    with shelf.store.write() as work:
        dataset_id = work.datasets.id_of(shelf.name)
        for known in list(work.contents.known(dataset_id)):
            work.contents.set_compared([known.content_id], 0)  # type: ignore[arg-type]
        work.contents.move((known.content_id, None) for known in list(work.contents.known(dataset_id)))
    assert asked(shelf, readers, "ae_0.JPG", "ae_1.JPG").reason is Reason.NOT_COMPARED


def test_a_file_that_was_not_read_is_an_error_that_names_it(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    with pytest.raises(ResourceNotFound, match="no-such"):
        asked(shelf, readers, "ae_0.JPG", "no-such.jpg")
    with pytest.raises(ResourceNotFound, match="no-such"):
        find_dataset(shelf.store, [str(shelf.folder / "ae_0.JPG"), str(shelf.folder / "no-such.jpg")])
    both = [str(shelf.folder / "ae_0.JPG"), str(shelf.folder / "ae_1.JPG")]
    assert find_dataset(shelf.store, both) == shelf.name
