"""A closer look at one frame: its measures at 1,600 pixels, in an isolated process.

Sharpness is told by gradients at four scales and in four directions, cell by cell (Tenengrad; Pertuz et al. 2013), so
that frames can be compared later where all of them show the same. Noise is estimated after Immerkaer (1996) in the
plainest cells, and what it adds to the gradients is taken off: a noisy frame must not look sharp.
"""

import io
from dataclasses import replace
from functools import partial
from io import BufferedReader
from pathlib import PurePath

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.domain.files import Stamp
from app.domain.qualities import CELLS, Cells, Detail, Quality, Search
from app.imaging.decoding import flat_picture, look_into, open_picture, try_to_decode, turned
from app.imaging.faces import find_faces
from app.imaging.formats import HEAD_BYTES, JPEG, Format, sniff
from app.imaging.headers import read_header
from app.imaging.readings import MeasureAnswer, Unreadable

SIDE = 1600
_BLACK, _WHITE = 3, 252
_LEVELS = 4
_LARGE = 40 * CELLS
_PLAIN = 0.1
"""Share of the cells by which noise is told: the plainest."""
_FLAT = 1.0
"""Standard deviation in grey levels up to which a line of pixels is one colour, whatever a JPEG made of it."""
_NOISE_KERNEL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_LINEAR = ((np.arange(256) / 255.0) ** 2.2).astype(np.float32)
_STANDARD_TABLE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
"""The table of the JPEG standard (annex K.1) for quality 50."""

Grey = NDArray[np.float32]
Wanted = tuple[str, Search]
"""A file, and how faces are to be looked for in it."""


def measure_frame(wanted: Wanted) -> MeasureAnswer:
    """Look closer at a file. It never raises for what the file holds."""
    path, search = wanted
    return look_into(path, partial(_measure_open, PurePath(path).name, search))


def _measure_open(name: str, search: Search, file: BufferedReader, _: Stamp) -> Quality | Unreadable:
    kind = sniff(file.read(HEAD_BYTES), name)
    if kind is None:
        return Unreadable("It is no picture any more")
    return try_to_decode(kind, partial(_measured, file, kind, search))


def _measured(file: BufferedReader, kind: Format, search: Search) -> Quality:
    file.seek(0)
    with open_picture(io.BytesIO(file.read()), kind) as image:
        header = read_header(image, kind.name)
        coding = _coding(image, kind)
        if kind is JPEG:
            share = min(1.0, SIDE / max(image.size))
            image.draft("RGB", (max(1, int(image.width * share)), max(1, int(image.height * share))))
        image.load()
        picture = np.asarray(turned(flat_picture(image), header.orientation), np.uint8)
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    quality = measure(_sized(grey), coding)
    if search is Search.NONE:
        return quality
    scale = header.height / picture.shape[0]
    faces = find_faces(picture[:, :, ::-1], scale, thorough=search is Search.THOROUGH)
    return replace(quality, search=search, faces=tuple(faces))


def measure(grey: NDArray[np.uint8], coding: int | None) -> Quality:
    """Measure a grey picture of 8 bits whose long side has 1,600 pixels."""
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel().astype(np.float64) / grey.size
    levels = np.arange(256)
    mean = float(counts @ levels)
    fine = grey.astype(np.float32)
    noise = _noise(fine)
    return Quality(
        detail=_detail(grey, fine, noise).to_bytes(),
        burnt=float(counts[_WHITE:].sum()),
        black=float(counts[: _BLACK + 1].sum()),
        contrast=float(np.sqrt(counts @ (levels - mean) ** 2)) / 255,
        noise=noise,
        border=_border(fine),
        coding=coding,
    )


def _sized(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring a picture to one size, small ones too: what was never there is missing at the size of the others."""
    share = SIDE / max(grey.shape)
    size = max(CELLS, round(grey.shape[1] * share)), max(CELLS, round(grey.shape[0] * share))
    way = cv2.INTER_AREA if share < 0.5 else cv2.INTER_LINEAR
    return cv2.resize(grey, size, interpolation=way).astype(np.uint8, copy=False)


def _detail(grey: NDArray[np.uint8], fine: Grey, noise: float) -> Detail:
    scales = [fine]
    for _ in range(_LEVELS - 1):
        height, width = scales[-1].shape
        half = max(CELLS, width // 2), max(CELLS, height // 2)
        scales.append(_float(cv2.resize(scales[-1], half, interpolation=cv2.INTER_AREA)))
    # A mean of four pixels has half their noise; a difference of two pixels has twice its variance.
    directed = [
        np.clip(_directed(scale) - 2 * (noise / 2**level) ** 2, 0, None) for level, scale in enumerate(scales[:2])
    ]
    middle, coarse = (_directed(scale).sum(axis=0) for scale in scales[2:])
    return Detail(directed[0], directed[1], middle, coarse, _cells(_float(cv2.LUT(grey, _LINEAR))))


def _directed(grey: Grey) -> NDArray[np.float32]:
    """Give the mean squared differences across four directions (4, 16, 16), of pixels two apart.

    Those across the diagonals lie further apart, by the square root of two, and count for half.
    """
    level, upright = cv2.subtract(grey[1:-1, 2:], grey[1:-1, :-2]), cv2.subtract(grey[2:, 1:-1], grey[:-2, 1:-1])
    falling, rising = cv2.subtract(grey[2:, 2:], grey[:-2, :-2]), cv2.subtract(grey[2:, :-2], grey[:-2, 2:])
    steps = ((level, 1.0), (falling, 0.5), (upright, 1.0), (rising, 0.5))
    return np.stack([_cells(_float(cv2.multiply(step, step, scale=weight))) for step, weight in steps])


def _cells(values: Grey) -> Cells:
    """Give the mean of each cell (16, 16), to the edges: a mirrored copy is to have the same cells, mirrored."""
    if min(values.shape) >= _LARGE:  # whole cells are quicker, and what is left out at both edges is little
        top, left = (side % CELLS // 2 for side in values.shape)
        height, width = (side // CELLS * CELLS for side in values.shape)
        values = values[top : top + height, left : left + width]
    return _float(cv2.resize(values, (CELLS, CELLS), interpolation=cv2.INTER_AREA))


def _float(values: cv2.typing.MatLike) -> NDArray[np.float32]:
    return values.astype(np.float32, copy=False)


def _noise(grey: Grey) -> float:
    """Estimate the noise by the plainest cells that are neither black nor white."""
    rough = _cells(np.abs(_float(cv2.filter2D(grey, -1, _NOISE_KERNEL))))
    light = _cells(grey)
    inside = rough[(light > 16) & (light < 240)]
    return float(np.quantile(inside, _PLAIN)) * float(np.sqrt(np.pi / 2)) / 6 if inside.size else 0.0


def _border(grey: Grey) -> float:
    """Give the share of the picture that lies in flat lines along its edges."""
    rows, columns = _spread(grey, 1) < _FLAT, _spread(grey, 0) < _FLAT
    if rows.all() or columns.all():
        return 0.0
    kept = _inner(rows) / len(rows) * _inner(columns) / len(columns)
    return 1 - kept


def _spread(grey: Grey, axis: int) -> NDArray[np.float32]:
    """Give the standard deviation of each row (axis 1) or column (axis 0)."""
    mean = cv2.reduce(grey, axis, cv2.REDUCE_AVG).ravel()
    squares = cv2.reduce(cv2.multiply(grey, grey), axis, cv2.REDUCE_AVG).ravel()
    variance = _float(squares) - _float(mean) ** 2
    spread: NDArray[np.float32] = np.sqrt(np.clip(variance, 0, None))
    return spread


def _inner(flat: NDArray[np.bool_]) -> int:
    """Count what lies between the flat lines at both ends."""
    drawn = np.flatnonzero(~flat)
    return int(drawn[-1] - drawn[0]) + 1


def _coding(image: Image.Image, kind: Format) -> int | None:
    """Estimate the JPEG quality by the tables, after the formula of the Independent JPEG Group."""
    if kind is not JPEG:
        return 100 if kind.name in {"PNG", "BMP", "TIFF", "PSD", "GIF"} else None
    tables = getattr(image, "quantization", None)
    if not tables or 0 not in tables:
        return None
    scale = float(np.sum(tables[0]) / np.sum(_STANDARD_TABLE)) * 100
    quality = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return int(np.clip(round(quality), 1, 100))
