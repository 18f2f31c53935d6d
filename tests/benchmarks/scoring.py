"""What it costs to judge photographs: CPU of one core a frame to measure, a face, and a cluster to judge and score.

The frames are the small photographs of the tests at 12 megapixels, for a file of that size is decoded and looked
through as any other. Times are CPU times of this process with one thread, so that other work does not count.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import faiss
import numpy as np
from PIL import Image

from app.domain.judgements import BALANCED, confidence, scores
from app.domain.parts import judge
from app.domain.qualities import Quality, Search
from app.domain.remarks import remarks
from app.imaging import reading
from app.imaging.qualities import measure_frame
from app.imaging.readings import Reading
from app.imaging.sketches import decode, draw_sketch
from app.matching import geometry
from tests.benchmarks.figures import Rows, arguments, show
from tests.spoils import framed, make_burst, opened

PHOTOS = Path(__file__).resolve().parent.parent / "photos"
SIZE = (4000, 3000)
_NAMES = ("canon-powershot-s30", "kodak-dx4330", "olympus-e-10", "samsung-sm-j327t1")


def milliseconds(work: Callable[[Any], object], given: Sequence[object]) -> float:
    """Give what some work costs for each of what it is given, once it has warmed up."""
    work(given[0])
    start = time.process_time()
    for one in given:
        work(one)
    return (time.process_time() - start) / len(given) * 1e3


def write_frames(folder: Path, count: int) -> list[str]:
    """Write photographs of 12 megapixels."""
    paths = []
    for name in _NAMES[:count]:
        path = folder / f"{name}.jpg"
        picture = opened(PHOTOS / "distractors" / f"{name}.jpg").resize(SIZE, Image.Resampling.LANCZOS)
        picture.save(path, quality=92)
        paths.append(str(path))
    return paths


def measuring(paths: Sequence[str], repeats: int) -> Rows:
    """Measure frames without faces, with plain and with thorough search for them."""
    rows: Rows = []
    for search in Search:
        wanted = [(path, search) for path in paths] * repeats
        rows.append({"work": f"measure, faces {search.name.lower()}", "ms": milliseconds(measure_frame, wanted)})
    return rows


def faces(folder: Path, repeats: int) -> Rows:
    """Tell what a face costs: a picture with four of one portrait against one with none of them, searched alike."""
    side = SIZE[1] // 2
    portrait = opened(PHOTOS / "portrait" / "astronaut.jpeg", side)
    paths, found = [], []
    for count in (0, 4):
        picture = opened(PHOTOS / "distractors" / f"{_NAMES[0]}.jpg").resize(SIZE, Image.Resampling.LANCZOS)
        for place in range(count):
            picture.paste(portrait, (place % 2 * side, place // 2 * side))
        paths.append(str(folder / f"{count} faces.jpg"))
        picture.save(paths[-1], quality=92)
        quality = measure_frame((paths[-1], Search.PLAIN))
        assert isinstance(quality, Quality)
        found.append(len(quality.faces))
    none, some = (milliseconds(measure_frame, [(path, Search.PLAIN)] * 3 * repeats) for path in paths)
    return [{"work": "a face", "ms": (some - none) / (found[1] - found[0])}]


def judging(folder: Path, repeats: int) -> Rows:
    """Judge and score a cluster of five: lay its frames on each other, compare them, and say why."""
    frames = framed(list(make_burst(PHOTOS / "distractors" / "olympus-e-10.jpg", folder).values()))
    read = [reading.read_file(str(path)) for path in sorted(folder.glob("olympus-e-10-*.jpg"))]
    sketches = [draw_sketch(decode(one.thumbnail)) for one in read if isinstance(one, Reading)]

    def lay(_: object) -> None:
        for sketch in sketches[1:]:
            geometry.place(sketches[0], sketch)

    def judge_all(_: object) -> None:
        judged = judge(frames)
        found = scores(judged, BALANCED.weights)
        confidence(judged, found, BALANCED.weights)
        remarks(judged, int(np.argmax(found)), BALANCED.weights)

    work = (("lay a cluster of 5", lay), ("judge and score a cluster of 5", judge_all))
    return [{"work": name, "ms": milliseconds(each, range(10 * repeats))} for name, each in work]


def main() -> None:
    told = arguments(__doc__).parse_args()
    reading.prepare()
    cv2.setNumThreads(1)
    faiss.omp_set_num_threads(1)
    count, repeats = (1, 1) if told.small else (len(_NAMES), 5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = measuring(write_frames(folder, count), repeats) + faces(folder, repeats) + judging(folder, repeats)
    show("CPU of one core, frames of 12 megapixels", rows, as_json=told.json)


if __name__ == "__main__":
    main()
