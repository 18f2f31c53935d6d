"""How many files a second are moved to the Trash and back, each looked at again.

The files are made up: JPEGs of 100 kB with different bytes behind one picture, in pairs of which one goes. That their
pixels are the same is not told to the catalogue, in which they would be one cluster.
"""

import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from app.domain.decisions import DecidedFile, Decision
from app.domain.files import Compared
from app.domain.plans import Plan
from app.domain.steps import Change
from app.domain.times import now
from app.imaging.readers import Readers
from app.imaging.reading import prepare, read_file
from app.imaging.readings import Reading
from app.progress import SILENT
from app.services.applying import apply_plan
from app.services.grouping import group
from app.services.planning import make_plan
from app.services.restoring import restore
from app.store import Store
from app.workers.trash import SystemTrash
from tests.benchmarks.figures import Rows, arguments, show

_SIDE = (600, 400)
_BYTES = 100_000
_NAME = "made-up"


def make_files(folder: Path, count: int) -> None:
    """Make pairs of copies; each pair differs from all others by the bytes behind its picture."""
    noise = np.random.default_rng(7).normal(128, 30, (_SIDE[1] // 4, _SIDE[0] // 4, 3)).clip(0, 255).astype(np.uint8)
    picture = folder / "picture.jpg"
    Image.fromarray(noise).resize(_SIDE).save(picture, quality=95)
    data = picture.read_bytes()
    picture.unlink()
    for number in range(count):
        tail = number.to_bytes(8, "big") + bytes(max(0, _BYTES - len(data) - 8))
        for copy in "ab":
            place = folder / copy / f"{number:06}.jpg"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(data + tail)


def fill(store: Store, folder: Path) -> None:
    """Put the files into a catalogue, and decide: of each pair the second goes."""
    prepare()
    with store.write() as work:
        work.datasets.add(_NAME, "")
        dataset_id = work.datasets.id_of(_NAME)
    paths = sorted(str(path) for path in folder.rglob("*.jpg"))
    for start in range(0, len(paths), 500):
        with store.write() as work:
            changes = []
            for path in paths[start : start + 500]:
                read = read_file(path)
                assert isinstance(read, Reading)
                work.files.put_read(dataset_id, path, read.stamp, replace(read.content, pixels=b""))
                kept = Decision.KEEP if "/a/" in path else Decision.REJECT
                changes.append(Change(None, DecidedFile(read.content.sha256, path, kept, now())))
            work.decisions.change(dataset_id, changes)
    with store.write() as work:
        known = [one.content_id for one in work.contents.known(dataset_id)]
        work.contents.set_compared(known, Compared.FULLY)
    group(store, _NAME, SILENT)


def measure(count: int) -> Rows:
    """Move and put back, with the catalogue and all files on one disk."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "photos"
        folder.mkdir()
        os.environ["XDG_DATA_HOME"] = str(Path(root) / "data")
        (Path(root) / "data").mkdir()
        make_files(folder, count)
        rows: Rows = []
        with Store(Path(root) / "catalogue") as store:
            fill(store, folder)
            plan, seconds = _timed(lambda: make_plan(store, _NAME, SystemTrash()))
            assert isinstance(plan, Plan)
            rows.append({"errand": "plan", "files": count, "s": seconds, "files/s": count / seconds})
            with Readers(2) as readers:
                list(readers.prove([plan.files[0].path]))  # the processes are there
                done, seconds = _timed(lambda: apply_plan(store, plan, readers, SystemTrash()))
            rows.append({"errand": "apply, looked at again", "files": count, "s": seconds, "files/s": count / seconds})
            with store.read() as work:
                number = work.deletions.all()[0].deletion_id
                assert work.deletions.get(number).photos == count, done
            _, seconds = _timed(lambda: restore(store, number, SystemTrash(), undo=True))
            rows.append({"errand": "undo", "files": count, "s": seconds, "files/s": count / seconds})
    return rows


def _timed(work: object) -> tuple[object, float]:
    start = time.perf_counter()
    assert callable(work)
    answer = work()
    return answer, time.perf_counter() - start


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--count", type=int, default=10_000, metavar="N", help="files that go (10,000)")
    options = parser.parse_args()
    count = 300 if options.small else options.count
    show("Moving away and putting back (made-up files of 100 kB)", measure(count), as_json=options.json)


if __name__ == "__main__":
    main()
