import pytest

from app.domain.files import FileStatus, KnownFile, Stamp
from app.services.scanning import Found, _Look, _settle
from app.store import Store


def known(number: int, folder: str) -> KnownFile:
    return KnownFile(number, f"/{folder}/{number}", Stamp(9, number, number), FileStatus.INDEXED)


@pytest.mark.timeout(20)
def test_a_large_folder_that_was_renamed_is_settled_in_a_time_that_follows_its_size(store: Store) -> None:
    count = 10_000
    moved = [known(number, "old") for number in range(count)]
    gone = [known(count + number, "gone") for number in range(count)]
    found = Found(missing={file.path: file for file in moved + gone})
    found.to_read = {f"/new/{file.file_id}": file.stamp for file in moved}
    with store.write() as work:
        work.datasets.add("photos", "")
        look = _Look(store, work.datasets.id_of("photos"))
    look.found = found
    look.sort_out()
    _settle(store, "photos", found)
    assert (found.moved, found.gone, found.to_read) == (count, count, {})
