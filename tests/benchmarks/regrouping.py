"""How long it takes to find all clusters again after a person changed how alike the pictures of a dataset shall be.

The catalogue is made up: 100,000 pictures, about 20,000 clusters, 150,000 pairs of all strengths and relations.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.domain.pairs import DEFAULT, FAINTEST, LOOSE, STRICT, Alikeness, Relation
from app.services.grouping import regroup
from app.store import Store
from tests.benchmarks.figures import Rows, arguments, clock, show
from tests.benchmarks.libraries import library, put_pictures

DATASET = "made-up"
CHANGES = {
    "default again": Alikeness(DEFAULT),
    "default -> loose": Alikeness(LOOSE),
    "loose -> default": Alikeness(DEFAULT),
    "default -> strict": Alikeness(STRICT),
    "strict -> default": Alikeness(DEFAULT),
    "copies only": Alikeness(DEFAULT, copies_only=True),
    "all kinds again": Alikeness(DEFAULT),
    "across folders": Alikeness(DEFAULT, across_folders=True),
    "all folders again": Alikeness(DEFAULT),
}


def put_pairs(store: Store, count: int) -> None:
    """Relate pictures that lie beside each other: sets of 2 to 8, with nearly all their pairs."""
    with sqlite3.connect(store.data_dir / "catalogue.db") as connection:
        connection.executemany(
            "INSERT INTO pairs VALUES (?, ?, ?, ?, 60, 0, 0.7, 1, 50, 20, 12, 0.95, 0.9, 0, 0.8)", _pairs(count)
        )
    connection.close()


def _pairs(count: int) -> Iterator[tuple[int, int, str, float]]:
    rng = np.random.default_rng(3)
    relations = [str(relation) for relation in Relation]
    start = 1
    while start < count - 8:
        size = int(rng.choice([1, 2, 3, 4, 5, 6, 7, 8], p=[0.33, 0.23, 0.13, 0.1, 0.07, 0.06, 0.04, 0.04]))
        relation = relations[rng.integers(len(relations))]
        strengths = np.clip(rng.beta(4, 2.2, (size, size)), FAINTEST, 1).round(4)
        for one in range(size):
            for other in range(one + 1, size):
                if rng.random() < 0.95:
                    yield start + one, start + other, relation, float(strengths[one, other])
        start += size


def main() -> None:
    told = arguments(__doc__).parse_args()
    count = 3_000 if told.small else 100_000
    rows: Rows = []
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        put_pictures(store, library(count).pictures, compared=2)
        put_pairs(store, count)
        for name, alikeness in [("first", Alikeness()), *CHANGES.items()]:
            taken: dict[str, float] = {}
            with clock(taken, "change"), store.write() as work:
                dataset_id = work.datasets.id_of(DATASET)
                work.datasets.set_alikeness(dataset_id, alikeness)
                regroup(work, DATASET)
            with store.read() as work:
                clusters = work.datasets.get(DATASET).statistics.clusters
                links = len(list(work.pairs.all(dataset_id, alikeness, 0.0)))
            rows.append(
                {
                    "change": name,
                    "s": taken["change"],
                    "clusters": clusters,
                    "pairs that count": links,
                }
            )
    show(f"Regrouping of {count:,} pictures (made-up catalogue)", rows, as_json=told.json)


if __name__ == "__main__":
    main()
