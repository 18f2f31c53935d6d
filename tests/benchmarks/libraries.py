"""Synthetic libraries: pictures as arrays with as many neighbours as real photographs have, and catalogues of them.

What embeddings of strangers have in common was measured on the sets of tools/make_copies.py and make_bursts.py (54
real photographs and what was derived of them, 179,000 pairs of strangers): by their sights the mean cosine is -0.01,
the standard deviation 0.117, 1 of 100 lies above 0.39, 1 of 1,000 above 0.52, 1 of 10,000 above 0.60; 0.0014 lie above
0.5. The model below (themes in 150 dimensions, and events) gives 0.01, 0.118, 0.35, 0.50, 0.59 and 0.0011. Their
phashes are apart as those of random bits are: 127 bits, standard deviation 8.
"""

import sqlite3
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.matching.candidates import SIGHT_BITS, Pictures
from app.matching.phashes import ORIENTATIONS, turned
from app.store import Store

_DIMENSIONS, _THEMES = 150, 25
_SECOND = 1_000_000
_CHUNK = 50_000
_SINGLE, _BURST, _COPIES = range(3)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Library:
    """Pictures, and for each the group of those that show the same."""

    pictures: Pictures
    groups: NDArray[np.int64]


def library(count: int, seed: int = 1) -> Library:
    """Make up pictures: 55 % alone, 30 % in bursts of 2 to 8, 15 % in threes of an original and two copies.

    Events of 50 to 200 pictures lie beside each other; their strangers share a part of what they show, up to 0.4.
    """
    rng = np.random.default_rng(seed)
    kinds, groups = _kinds(rng, count)
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    of_group = starts[groups]
    events = np.repeat(np.arange(count // 50 + 1), rng.integers(50, 201, count // 50 + 1))[of_group]
    moments = groups * 30 * _SECOND + events * 86_400 * _SECOND + (np.arange(count) - of_group) * _SECOND // 3
    cameras = events % 5
    bare = (kinds == _COPIES) & (np.arange(count) > of_group)
    pictures = Pictures(
        numbers=np.arange(1, count + 1),
        phashes=_phashes(rng, kinds, of_group),
        sights=_sights(rng, kinds, groups, events),
        seen=np.ones(count, np.bool_),
        textures=np.full(count, 50, np.float32),
        cameras=np.where(bare, -1 - np.arange(count), cameras),
        moments=np.where(bare, 0, moments),
        bursts=-1 - np.arange(count),
    )
    return Library(pictures, groups)


def _kinds(rng: np.random.Generator, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give for each picture its kind and its group; groups of all kinds lie mixed."""
    shares, sizes = np.array([0.55, 0.30 / 5, 0.15 / 3]), (1, 5, 3)
    kinds = rng.choice(3, count, p=shares / shares.sum())
    sizes_of = np.select([kinds == _BURST, kinds == _COPIES], [rng.integers(2, 9, count), sizes[2]], 1)
    groups = np.repeat(np.arange(count), sizes_of)[:count]
    return kinds[groups], groups


def _phashes(rng: np.random.Generator, kinds: NDArray[np.int64], of_group: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Give hashes that differ from that of the first of their group by 10 to 45 bits in bursts, by up to 15 in copies.

    Two others of a group are so twice as far apart: 20 to 90, and 0 to 30. Of the copies one in ten is turned.
    """
    count = len(kinds)
    phashes = rng.integers(0, 256, (count, 32), np.uint8)[of_group]
    for start in range(0, count, _CHUNK):
        span = slice(start, start + _CHUNK)
        part = kinds[span]
        bits = np.select(
            [part == _BURST, part == _COPIES], [rng.integers(10, 46, len(part)), rng.integers(0, 16, len(part))], 0
        )
        phashes[span] ^= np.packbits(rng.random((len(part), 256)) < bits[:, None] / 256, axis=1)
    for place in np.flatnonzero((kinds == _COPIES) & (rng.random(count) < 0.1)):
        phashes[place] = turned(phashes[place : place + 1])[rng.integers(1, ORIENTATIONS), 0]
    return phashes


def _sights(
    rng: np.random.Generator, kinds: NDArray[np.int64], groups: NDArray[np.int64], events: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Give the signs of random projections of what pictures show: a theme, an event, a group, a part of their own."""
    planes = rng.standard_normal((_DIMENSIONS, SIGHT_BITS)).astype(np.float32)
    themes = _unit(rng, _THEMES)[rng.integers(0, _THEMES, groups[-1] + 1)]
    theme_share = rng.uniform(0.1, 0.5, groups[-1] + 1) * (rng.random(groups[-1] + 1) < 0.9)
    occasions, group_own = _unit(rng, int(events.max()) + 1), _unit(rng, groups[-1] + 1)
    event_share = rng.uniform(0, 0.4, groups[-1] + 1)
    base = np.sqrt(theme_share)[:, None] * themes + np.sqrt(1 - theme_share - event_share)[:, None] * group_own
    sights = np.empty((len(kinds), SIGHT_BITS // 8), np.uint8)
    for start in range(0, len(kinds), _CHUNK):
        span = slice(start, start + _CHUNK)
        of, event = groups[span], event_share[groups[span]][:, None]
        common = np.sqrt(event) * occasions[events[span]] + base[of]
        kind = kinds[span]
        same = np.select(
            [kind == _BURST, kind == _COPIES],
            [rng.uniform(0.6, 0.95, len(kind)), rng.uniform(0.85, 1, len(kind))],
            1,
        )[:, None]
        shown = np.sqrt(same) * common + np.sqrt(1 - same) * _unit(rng, len(kind))
        sights[span] = np.packbits(shown.astype(np.float32) @ planes > 0, axis=1)
    return sights


def _unit(rng: np.random.Generator, count: int) -> Floats:
    vectors = rng.standard_normal((count, _DIMENSIONS), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def put_pictures(store: Store, pictures: Pictures, dataset_name: str = "made-up", *, compared: int = 0) -> None:
    """Write pictures into an empty catalogue, each with one file, eight folders with one after the other."""
    with store.write() as work:
        work.datasets.add(dataset_name, "")
    with sqlite3.connect(store.data_dir / "catalogue.db") as connection:
        connection.executemany(
            "INSERT INTO contents (id, dataset_id, sha256, phash, sight, texture, camera, capture_time, compared,"
            " grouped, format, width, height, orientation, exposure, sharpness, brightness, clipped)"
            f" VALUES (?, 1, ?, ?, ?, ?, ?, ?, {compared}, 1, 'JPEG', 4000, 3000, 1, '', 100, 0.5, 0)",
            (
                (
                    number,
                    number.to_bytes(8, "big") * 4,
                    pictures.phashes[place].tobytes(),
                    pictures.sights[place].tobytes(),
                    50.0,
                    f"Camera {camera}" if camera >= 0 else "",
                    moment if camera >= 0 else None,
                )
                for place, (number, camera, moment) in enumerate(
                    zip(pictures.numbers.tolist(), pictures.cameras.tolist(), pictures.moments.tolist(), strict=True)
                )
            ),
        )
        connection.executemany(
            "INSERT INTO files (id, dataset_id, content_id, uri, folder, size, mtime_ns, inode, status, reason,"
            " create_time, update_time) VALUES (?1, 1, ?1, ?2 || '/' || ?1, ?2, 4000000, 0, ?1, 'Indexed', '', 0, 0)",
            ((number, f"file:///photos/{number // 4 % 4000}") for number in pictures.numbers.tolist()),
        )
    connection.close()
