"""Each picture gets its embedding once, before it is compared, and none is lost to a missing thumbnail."""

from PIL import Image

from app.contract.requests import GetDataset
from app.domain.clusters import ClusterKind
from app.imaging.readers import Readers
from app.progress import SILENT
from app.services.datasets import get_dataset
from app.services.embedding import embed, embeddings_of
from app.store import Store
from tests.services.conftest import Shelf


def kept(store: Store, name: str) -> dict[int, bytes]:
    with store.read() as work:
        return work.contents.embeddings(work.datasets.id_of(name))


def test_every_picture_has_an_embedding_after_a_task_and_keeps_it(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    before = kept(shelf.store, shelf.name)
    assert len(before) == get_dataset(shelf.store, GetDataset(dataset_name=shelf.name)).statistics.files == 12
    (shelf.folder / "ae_0.JPG").rename(shelf.folder / "moved.JPG")
    shelf.run()
    embed(shelf.store, shelf.name, readers, SILENT)
    assert kept(shelf.store, shelf.name) == before


def test_an_embedding_is_made_of_a_photograph_whose_thumbnail_is_lost(shelf: Shelf, readers: Readers) -> None:
    shelf.run()
    found = kept(shelf.store, shelf.name)
    with shelf.store.write() as work:
        work.contents.set_embeddings([(content_id, None) for content_id in found])
    shelf.store.thumbnails.close()
    (shelf.store.data_dir / "thumbnails.db").unlink()
    with Store(shelf.store.data_dir) as again:
        embed(again, shelf.name, readers, SILENT)
        remade = kept(again, shelf.name)
    assert remade.keys() == found.keys()
    likeness = (embeddings_of(list(found.values())) * embeddings_of(list(remade.values()))).sum(axis=1)
    assert likeness.min() > 0.99


def test_a_crop_is_found(shelf: Shelf) -> None:
    with Image.open(shelf.folder / "olympus-e-10.jpg") as picture:
        width, height = picture.size
        picture.crop((width // 8, height // 8, width * 7 // 8, height * 7 // 8)).save(shelf.folder / "crop.jpg")
    shelf.run()
    sets = {frozenset(member.name for member in cluster.members): cluster.kind for cluster in shelf.clusters()}
    assert sets[frozenset({"olympus-e-10.jpg", "crop.jpg"})] is ClusterKind.NEAR
