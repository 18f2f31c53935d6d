import os
import shutil
import time
from dataclasses import replace

import pytest

from app.domain.files import SkippedFile
from app.imaging.readers import Readers
from app.imaging.readings import STILL_WRITTEN
from app.progress import SILENT
from app.services.files import all_skipped
from app.services.indexing import index_files
from app.services.scanning import has_changed
from app.services.walking import stamp_of
from tests.factories import names_of, write_old
from tests.services.conftest import Shelf

BURST = frozenset({"IMG_3606.JPG", "IMG_3607.JPG", "IMG_3608.JPG", "IMG_3609.JPG"})
PAIR = frozenset({"ae_0.JPG", "ae_1.JPG"})
COUNT = 12


@pytest.mark.parametrize("ending", [".part", ".PARTIAL", ".crdownload", ".filepart", ".Tmp", ".download"])
def test_a_name_of_a_file_that_is_half_written_is_not_looked_at(shelf: Shelf, ending: str) -> None:
    half = shelf.folder / f"new.jpg{ending}"
    shutil.copy(shelf.folder / "ae_0.JPG", half)
    assert shelf.run().counts.scanned == COUNT
    half.rename(shelf.folder / "new.jpg")
    assert shelf.run().counts.read == 1
    assert names_of(shelf.clusters()) == {BURST, PAIR | {"new.jpg"}}


def test_a_young_file_that_cannot_be_read_is_read_again_however_old_it_is_then(shelf: Shelf) -> None:
    path = shelf.folder / "new.jpg"
    whole = (shelf.folder / "ae_0.JPG").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    shelf.run()
    assert all_skipped(shelf.store, shelf.name) == [SkippedFile(str(path), STILL_WRITTEN.reason)]
    os.utime(path, (time.time() - 3600, time.time() - 3600))
    assert has_changed(shelf.store, shelf.name)
    assert shelf.run().counts.read == 1
    (skipped,) = all_skipped(shelf.store, shelf.name)
    assert skipped.reason.startswith("The picture is damaged")
    assert shelf.run().counts.read == 0


def test_an_old_file_that_cannot_be_read_is_damaged(shelf: Shelf) -> None:
    path = write_old(shelf.folder / "new.jpg", b"")
    shelf.run()
    assert all_skipped(shelf.store, shelf.name) == [SkippedFile(str(path), "The file is empty")]


def test_a_file_that_changed_between_scan_and_reading_is_read_again(shelf: Shelf, readers: Readers) -> None:
    path = str(shelf.folder / "ae_0.JPG")
    now = stamp_of(path)
    assert now is not None
    index_files(shelf.store, shelf.name, {path: replace(now, size=now.size - 1)}, readers, SILENT)
    assert all_skipped(shelf.store, shelf.name) == [SkippedFile(path, STILL_WRITTEN.reason)]
    assert shelf.run().counts.read == COUNT
    assert names_of(shelf.clusters()) == {BURST, PAIR}
