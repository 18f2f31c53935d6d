"""Real photographs, spoilt as photographs are: blurred, moved, badly exposed, noisy; and bursts of them."""

import datetime as dt
import math
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from app.domain.frames import Frame
from app.domain.qualities import Quality, Search
from app.imaging import reading
from app.imaging.qualities import measure_frame
from app.imaging.readings import Reading
from app.imaging.sketches import decode, draw_sketch
from app.matching import geometry

Spoil = Callable[[Image.Image], Image.Image]


def opened(path: Path, side: int | None = None) -> Image.Image:
    """Give a photograph as it lies in its file, its long side at so many pixels."""
    with Image.open(path) as image:
        picture = image.convert("RGB")
    if side is None:
        return picture
    share = side / max(picture.size)
    size = round(picture.width * share), round(picture.height * share)
    return picture.resize(size, Image.Resampling.LANCZOS)


def blurred(picture: Image.Image, pixels: float = 3.5) -> Image.Image:
    """Defocus it; pixels of a picture that is a thousand wide."""
    return picture.filter(ImageFilter.GaussianBlur(pixels * picture.width / 1000))


def moved(picture: Image.Image, pixels: float = 14, degrees: float = 0) -> Image.Image:
    """Move the camera in one direction; pixels of a picture that is a thousand wide."""
    length = pixels * picture.width / 1000
    values = np.asarray(picture, np.float32)
    turn = math.radians(degrees)
    kernel = np.zeros((2 * int(length) + 3,) * 2, np.float32)
    middle = len(kernel) // 2
    for step in np.linspace(-length / 2, length / 2, 4 * int(length) + 1):
        kernel[middle + round(step * math.sin(turn)), middle + round(step * math.cos(turn))] += 1
    return Image.fromarray(cv2.filter2D(values, -1, kernel / kernel.sum()).clip(0, 255).astype(np.uint8))


def lit(picture: Image.Image, gain: float) -> Image.Image:
    """Expose it by so much."""
    return ImageEnhance.Brightness(picture).enhance(gain)


def noisy(picture: Image.Image, sigma: float, seed: int = 1) -> Image.Image:
    """Add the noise of a sensor, in grey levels."""
    noise = np.random.default_rng(seed).normal(0, sigma, (picture.height, picture.width, 3))
    return Image.fromarray((np.asarray(picture, np.float32) + noise).clip(0, 255).astype(np.uint8))


def shaken(picture: Image.Image, seed: int) -> Image.Image:
    """Hold the camera a little differently: shift, turn and zoom."""
    rng = np.random.default_rng(seed)
    width, height = picture.size
    turn, zoom = math.radians(rng.uniform(-1, 1)), 1 / (1.06 + rng.uniform(0, 0.02))
    across, down = rng.uniform(-0.015, 0.015, 2) * (width, height)
    cos, sin, x, y = math.cos(turn) * zoom, math.sin(turn) * zoom, width / 2, height / 2
    rows = (cos, sin, x - cos * x - sin * y + across, -sin, cos, y + sin * x - cos * y + down)
    return picture.transform(picture.size, Image.Transform.AFFINE, rows, Image.Resampling.BICUBIC)


def exif_at(seconds: float, **tags: float) -> Image.Exif:
    """Say which camera took a photograph, when, and how far the exposure was shifted (``bias``)."""
    moment = dt.datetime(2024, 6, 1, 10, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Testcam", "T-1"
    within = exif.get_ifd(0x8769)
    within[0x9003], within[0x9291] = moment.strftime("%Y:%m:%d %H:%M:%S"), f"{moment.microsecond // 1000:03d}"
    for number, value in tags.items():
        within[{"bias": 0x9204, "time": 0x829A, "aperture": 0x829D, "mode": 0xA402}[number]] = value
    return exif


FAULTS: Mapping[str, Spoil] = {
    "good": lambda picture: picture,
    "defocused": blurred,
    "moved": lambda picture: moved(picture, degrees=30),
    "under": lambda picture: lit(picture, 0.45),
    "over": lambda picture: lit(picture, 1.9),
    "defocused a little": lambda picture: blurred(picture, 1.4),
    "moved a little": lambda picture: moved(picture, 6),
}


COMMON = ("good", "defocused", "moved", "under", "over")


def make_burst(source: Path, folder: Path, *names: str, start: float = 0, side: int = 900) -> dict[str, Path]:
    """Make a hand-held burst, 0.4 s apart: a frame for each of some faults; the one without any is ``good``."""
    folder.mkdir(parents=True, exist_ok=True)
    picture = opened(source, side)
    made = {}
    for place, name in enumerate(names or COMMON):
        frame = noisy(FAULTS[name](shaken(picture, place)), 2, place)
        made[name] = folder / f"{source.stem}-{name}.jpg"
        frame.save(made[name], quality=93, exif=exif_at(start + 0.4 * place))
        os.utime(made[name], (1_700_000_000, 1_700_000_000))
    return made


def framed(paths: Sequence[Path], *, copies: bool = False) -> list[Frame]:
    """Look at files as a task does: read, measured, and laid on the first; copies of one picture, or exposures."""
    reading.prepare()
    read = [reading.read_file(str(path)) for path in paths]
    drawn = [draw_sketch(decode(one.thumbnail)) for one in read if isinstance(one, Reading)]
    frames = []
    for place, (path, one) in enumerate(zip(paths, read, strict=True)):
        quality = measure_frame((str(path), Search.NONE))
        assert isinstance(one, Reading)
        assert isinstance(quality, Quality)
        where = geometry.place(drawn[0], drawn[place])
        frames.append(Frame(one.content.header, one.content.measures, quality, where, 0 if copies else place))
    return frames
