"""Each picture is described once, before it is compared, and none is lost to a missing thumbnail."""

import numpy as np
from PIL import Image

from app.contract.requests import GetDataset
from app.domain.clusters import ClusterKind
from app.imaging.readers import Readers
from app.progress import SILENT
from app.services.datasets import get_dataset
from app.services.describing import describe_pictures, sketches_of
from app.store import Store
from tests.services.conftest import Shelf


def sights(store: Store, name: str) -> dict[int, bytes | None]:
    with store.read() as work:
        return {known.content_id: known.sight for known in work.contents.known(work.datasets.id_of(name))}


def test_every_picture_is_described_by_a_task_and_stays_so(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    before = sights(shelf.store, shelf.name)
    assert len(before) == get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).statistics.files == 12
    assert all(before.values())
    (shelf.folder / "ae_0.JPG").rename(shelf.folder / "moved.JPG")
    shelf.run()
    describe_pictures(shelf.store, shelf.name, readers, SILENT)
    assert sights(shelf.store, shelf.name) == before


def test_pictures_whose_thumbnails_are_lost_are_described_and_drawn_again(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    found = sights(shelf.store, shelf.name)
    with shelf.store.write() as work:
        work.contents.set_sights([(content_id, None) for content_id in found])
        digests = [known.sha256 for known in work.contents.known(work.datasets.id_of(shelf.name))]
    drawn = shelf.store.thumbnails.get_sketches(digests)
    shelf.store.thumbnails.close()
    (shelf.store.data_dir / "thumbnails.db").unlink()
    with Store(shelf.store.data_dir) as again:
        assert sketches_of(again, digests[:2], readers).keys() == set(digests[:2])
        describe_pictures(again, shelf.name, readers, SILENT)
        assert again.thumbnails.get_sketches(digests) == drawn
        assert sights(again, shelf.name) == found


def test_what_shows_nothing_any_more_is_described_as_that_and_no_task_tries_again(
    shelf: Shelf, readers: Readers
) -> None:
    shelf.run()
    with shelf.store.write() as work:
        lost = next(work.contents.known(work.datasets.id_of(shelf.name)))
        work.contents.set_sights([(lost.content_id, None)])
    shelf.store.thumbnails.put({lost.sha256: b"no picture"})
    describe_pictures(shelf.store, shelf.name, readers, SILENT)
    assert sights(shelf.store, shelf.name)[lost.content_id] == b""
    assert np.count_nonzero([sight is None for sight in sights(shelf.store, shelf.name).values()]) == 0


def test_a_crop_is_found(shelf: Shelf) -> None:
    with Image.open(shelf.folder / "olympus-e-10.jpg") as picture:
        width, height = picture.size
        picture.crop((width // 8, height // 8, width * 7 // 8, height * 7 // 8)).save(shelf.folder / "crop.jpg")
    shelf.run()
    sets = {frozenset(member.name for member in cluster.members): cluster.kind for cluster in shelf.clusters()}
    assert sets[frozenset({"olympus-e-10.jpg", "crop.jpg"})] is ClusterKind.NEAR
