"""Values for tests, with sensible rest."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from app.domain.clusters import Cluster
from app.domain.files import Content, Header, Measures


def content(
    name: str = "a",
    *,
    phash: bytes = bytes(32),
    capture_time: int | None = None,
    camera: str = "",
    measures: Measures = Measures(sharpness=100, texture=50, brightness=0.5),  # noqa: B008 (frozen)
    size: tuple[int, int] = (600, 400),
) -> Content:
    header = Header("JPEG", *size, capture_time=capture_time, camera=camera)
    return Content(hashlib.sha256(name.encode()).digest(), phash, header, measures)


def copy_photos(photos: Path, to: Path) -> Path:
    """Put the six different photographs, a burst of four and a pair into one folder."""
    to.mkdir(parents=True, exist_ok=True)
    for source in sorted(photos.rglob("*")):
        if source.suffix.lower() == ".jpg":
            shutil.copy2(source, to / source.name)
    return to


def derive(source: Path, to: Path, **save: object) -> Path:
    """Save a photograph again, smaller and without its EXIF."""
    with Image.open(source) as image:
        image.resize((image.width // 2, image.height // 2)).save(to, **save)  # type: ignore[arg-type]
    return to


def write_old(path: Path, data: bytes) -> Path:
    """Write a file that was finished an hour ago."""
    path.write_bytes(data)
    hour_ago = time.time() - 3600
    os.utime(path, (hour_ago, hour_ago))
    return path


def names_of(clusters: Iterable[Cluster]) -> set[frozenset[str]]:
    """Give clusters as sets of file names, whatever their order."""
    return {frozenset(os.path.basename(member.path) for member in cluster.members) for cluster in clusters}  # noqa: PTH119
