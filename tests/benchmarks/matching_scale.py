"""How long it takes to find what belongs together in big libraries, and how much memory.

The pictures are made up (libraries.py). The search runs as it is; each candidate that wants an alignment is charged
with what one costs on the real photographs of the tests, in two processes, and each pair that is kept with what keeping
costs.
"""

import tempfile
import time
from pathlib import Path

import cv2
import faiss
import numpy as np

from app.domain.files import Compared
from app.domain.pairs import least_cosine
from app.imaging import reading
from app.imaging.readings import Reading
from app.imaging.sketches import decode, draw_sketch
from app.matching import candidates
from app.matching.candidates import Candidates
from app.matching.geometry import ALIGNMENT, Bench, align_pairs
from app.services import relating
from app.store import Store
from tests.benchmarks.figures import Rows, arguments, clock, forget_peak, peak_megabytes, show
from tests.benchmarks.libraries import Library, library, put_pictures

PHOTOS = Path(__file__).resolve().parent.parent / "photos"
PROCESSES = 2
_PART = 500


def alignment_seconds() -> float:
    """Measure what one pair costs a process: parts of 500 pairs with 600 sketches."""
    reading.prepare()
    read = [reading.read_file(str(path)) for path in sorted(PHOTOS.rglob("*.[jJ][pP][gG]"))]
    sketches = [draw_sketch(decode(one.thumbnail)).to_bytes() for one in read if isinstance(one, Reading)]
    threads = faiss.omp_get_max_threads(), cv2.getNumThreads()
    faiss.omp_set_num_threads(1)
    cv2.setNumThreads(1)
    many = [sketches[place % len(sketches)] for place in range(_PART + _PART // 5)]
    pairs = [(_PART + place // 5, place) for place in range(_PART)]
    align_pairs(Bench(many, pairs[:20]))
    start = time.perf_counter()
    align_pairs(Bench(many, pairs))
    taken = time.perf_counter() - start
    faiss.omp_set_num_threads(threads[0])
    cv2.setNumThreads(threads[1])
    return taken / _PART


def keeping_seconds(store: Store) -> float:
    """Measure what keeping one pair costs, from arrays to the committed row."""
    search = relating._search(store, "made-up", Compared.FULLY)
    count = min(2000, len(search.digests) - 1)
    first = np.arange(count)
    nothing = np.zeros(count, np.int64)
    flags = np.zeros(count, np.bool_)
    part = Candidates(first, first + 1, nothing, nothing, nothing.astype(np.float32), flags, ~flags)
    start = time.perf_counter()
    relating._keep(store, search, part, np.zeros(count, ALIGNMENT))
    return (time.perf_counter() - start) / count


def searched(made: Library, fresh: int, costs: tuple[float, float]) -> dict[str, object]:
    """Search for what belongs to the fresh pictures, strewn over a library."""
    count = len(made.groups)
    new = np.zeros(count, np.bool_)
    new[np.random.default_rng(2).permutation(count)[:fresh]] = True
    taken: dict[str, float] = {}
    forget_peak()
    with clock(taken, "find"):
        found = candidates.find(made.pictures, new, least_cosine(count))
    same = made.groups[found.first] == made.groups[found.second]
    align = int((~found.proved).sum())
    aligning, keeping = align * costs[0] / PROCESSES, int((same | found.proved).sum()) * costs[1]
    return {
        "new": fresh,
        "library": count,
        "find s": taken["find"],
        "candidates": len(found),
        "to align": align,
        "of these by sight alone": int((found.by_sight_alone & ~found.proved).sum()),
        "of these strangers": int((~same & ~found.proved).sum()),
        "align s": aligning,
        "keep s": keeping,
        "total s": taken["find"] + aligning + keeping,
        "peak MB": peak_megabytes(),
    }


def read_seconds(count: int) -> tuple[float, float]:
    """Measure how long a library takes to come from the catalogue into arrays, and what keeping a pair costs."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        put_pictures(store, library(count).pictures)
        forget_peak()
        start = time.perf_counter()
        relating._search(store, "made-up", Compared.FULLY)
        return time.perf_counter() - start, keeping_seconds(store)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=["all", "more", "million", "read"], action="append")
    told = parser.parse_args()
    large = 2_000 if told.small else 100_000
    runs = {"all": (large, large), "more": (large, large // 100), "million": (large * 10, large // 100)}
    align = alignment_seconds()
    _, keep = read_seconds(2_000)
    rows: Rows = []
    for name, (count, fresh) in runs.items():
        if not told.only or name in told.only:
            rows.append(searched(library(count), fresh, (align, keep)))
    costs: Rows = [{"figure": "ms to align a pair, one process", "value": align * 1e3}]
    costs.append({"figure": "ms to keep a pair", "value": keep * 1e3})
    if not told.only or "read" in told.only:
        costs.append({"figure": f"s to read {large * 10:,} rows", "value": read_seconds(large * 10)[0]})
        costs.append({"figure": "peak MB of reading and keeping", "value": peak_megabytes()})
    show("Costs", costs, as_json=told.json)
    if rows:
        show("Search (made-up library)", rows, as_json=told.json)


if __name__ == "__main__":
    main()
