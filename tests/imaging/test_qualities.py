"""What a closer look measures of real photographs, and of the same spoilt; files of any kind get an answer."""

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from app.domain.qualities import CELLS, Detail, Quality, Search
from app.imaging import qualities, reading
from app.imaging.qualities import SIDE, measure, measure_frame
from app.imaging.readings import Unreadable, Vanished
from tests.spoils import Spoil, blurred, lit, moved, noisy, opened

PHOTOS = ("distractors/olympus-e-10.jpg", "spring-cleaning/ae_0.JPG", "distractors/kodak-dx4330.jpg")
SCALES = ("finest", "fine", "middle", "coarse")


@pytest.fixture(autouse=True, scope="module")
def pillow() -> None:
    reading.prepare()


@pytest.fixture(scope="module", params=PHOTOS)
def photo(request: pytest.FixtureRequest, photos: Path) -> Image.Image:
    return opened(photos / request.param, SIDE)


@pytest.fixture
def saved(photos: Path, tmp_path: Path) -> Callable[..., Path]:
    """Save a photograph in a way."""

    def save(name: str, *, spoil: Spoil = lambda picture: picture, **options: object) -> Path:
        path = tmp_path / name
        spoil(opened(photos / PHOTOS[0])).save(path, **options)  # type: ignore[arg-type]
        return path

    return save


def grey(picture: Image.Image) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    return np.asarray(picture.convert("L"), np.uint8)


def detail_of(picture: Image.Image) -> Detail:
    return Detail.from_bytes(measure(grey(picture), None).detail)


def energies(picture: Image.Image) -> list[float]:
    """Give how much there is at each scale, the finest first."""
    detail = detail_of(picture)
    return [float(getattr(detail, name).sum()) for name in SCALES]


def look(path: Path | str, search: Search = Search.NONE) -> Quality:
    answer = measure_frame((str(path), search))
    assert isinstance(answer, Quality), answer
    return answer


def planes(*shape: int, most: float) -> st.SearchStrategy[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return st.integers(0, 2**32 - 1).map(
        lambda seed: (np.random.default_rng(seed).random((*shape, CELLS, CELLS)) ** 4 * most).astype(np.float32)
    )


@settings(max_examples=40, deadline=None)
@given(planes(4, most=60_000), planes(4, most=60_000), planes(most=60_000), planes(most=60_000), planes(most=1))
def test_kept_detail_is_true_to_a_sixteenth_of_an_octave(
    finest: np.ndarray, fine: np.ndarray, middle: np.ndarray, coarse: np.ndarray, light: np.ndarray
) -> None:
    before = Detail(finest, fine, middle, coarse, light)
    kept = before.to_bytes()
    assert len(kept) == 11 * CELLS * CELLS
    after = Detail.from_bytes(kept)
    for name in SCALES:
        one, other = (np.log2(1 + getattr(detail, name).astype(np.float64)) for detail in (before, after))
        capped = np.minimum(one, 255 / 16)
        assert np.abs(other - capped).max() <= 1 / 32 + 1e-4
    assert np.abs(np.sqrt(after.light) - np.sqrt(light)).max() <= 0.5 / 255 + 1e-4
    assert Detail.from_bytes(after.to_bytes()).to_bytes() == kept


def test_detail_falls_with_blur_at_each_scale_and_the_finest_first(photo: Image.Image) -> None:
    ladder = [energies(spoilt) for spoilt in (photo, blurred(photo, 0.7), blurred(photo, 1.4), blurred(photo, 3.5))]
    for sharper, softer in pairwise(ladder):
        left = [after / before for before, after in zip(sharper, softer, strict=True)]
        assert all(share < 1 for share in left)
        assert left == sorted(left)


@pytest.mark.parametrize(("degrees", "lost"), [(0, 0), (45, 1), (90, 2), (135, 3)])
def test_motion_takes_detail_in_its_own_direction_most_and_hardly_in_the_other(
    photo: Image.Image, degrees: int, lost: int
) -> None:
    before = detail_of(photo).finest.sum(axis=(1, 2))
    kept = detail_of(moved(photo, 10, degrees)).finest.sum(axis=(1, 2)) / before
    assert kept.argmin() == lost
    assert kept.argmax() == (lost + 2) % 4
    assert kept.min() < 0.65 * kept.max()


def test_blur_takes_detail_in_all_directions_alike(photo: Image.Image) -> None:
    before = detail_of(photo).finest.sum(axis=(1, 2))
    kept = detail_of(blurred(photo, 1.4)).finest.sum(axis=(1, 2)) / before
    assert kept.min() > 0.7 * kept.max()


def test_a_darker_copy_is_dark_and_a_brighter_one_has_burnt_lights(photo: Image.Image) -> None:
    usual, dark, bright = (measure(grey(lit(photo, gain)), None) for gain in (1, 0.45, 1.9))
    light = [Detail.from_bytes(one.detail).light.mean() for one in (usual, dark, bright)]
    assert light[1] == pytest.approx(light[0] * 0.45**2.2, rel=0.15)
    assert light[2] > 2 * light[0]
    assert bright.burnt > usual.burnt + 0.05
    assert dark.burnt <= usual.burnt
    assert dark.black > usual.black >= bright.black
    assert dark.contrast == pytest.approx(0.45 * usual.contrast, rel=0.05)


def test_shares_of_the_picture_without_drawing_are_told() -> None:
    plain = np.full((1200, 1600), 128, np.uint8)
    plain[:300], plain[300:420] = 255, 0
    found = measure(plain, None)
    assert (found.burnt, found.black) == pytest.approx((0.25, 0.1), abs=0.001)
    light = Detail.from_bytes(found.detail).light
    assert light[0, 0] == pytest.approx(1, abs=0.01)
    assert light[10, 5] == pytest.approx((128 / 255) ** 2.2, abs=0.005)


@pytest.mark.parametrize("sigma", [2.0, 5.0])
def test_noise_is_told_and_does_not_pass_for_detail(
    photo: Image.Image, sigma: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean, spoilt = measure(grey(photo), None), measure(grey(noisy(photo, sigma)), None)
    in_grey = sigma * float(np.sqrt(0.299**2 + 0.587**2 + 0.114**2))
    assert clean.noise < 0.5
    assert spoilt.noise == pytest.approx(in_grey, rel=0.3)
    before, after = energies(photo), energies(noisy(photo, sigma))
    monkeypatch.setattr(qualities, "_noise", lambda _: 0.0)
    raised = energies(noisy(photo, sigma))
    for scale in (0, 1):
        added, left = raised[scale] - before[scale], after[scale] - before[scale]
        assert added > 0
        assert abs(left) < 0.5 * added
        assert abs(left) < 0.06 * before[scale]


def test_a_picture_is_measured_at_one_size_whatever_it_had(photo: Image.Image, tmp_path: Path) -> None:
    small, large = tmp_path / "small.png", tmp_path / "large.png"
    photo.resize((photo.width * 3 // 4, photo.height * 3 // 4), Image.Resampling.LANCZOS).save(small)
    photo.save(large, compress_level=1)
    one, other = (Detail.from_bytes(look(path).detail) for path in (small, large))
    assert one.coarse.sum() == pytest.approx(other.coarse.sum(), rel=0.05)
    assert one.light.mean() == pytest.approx(other.light.mean(), rel=0.02)
    assert one.finest.sum() < other.finest.sum()


def test_the_share_that_a_frame_takes_is_told(photo: Image.Image) -> None:
    assert measure(grey(photo), None).border == 0
    framed = ImageOps.expand(photo, photo.width // 20, "white")
    drawn = photo.width * photo.height / (framed.width * framed.height)
    assert measure(grey(framed), None).border == pytest.approx(1 - drawn, abs=0.01)


def test_the_share_that_a_banner_takes_is_told(photo: Image.Image) -> None:
    banner = photo.copy()
    ImageDraw.Draw(banner).rectangle((0, int(photo.height * 0.88), photo.width, photo.height), fill="black")
    assert measure(grey(banner), None).border == pytest.approx(0.12, abs=0.01)


@pytest.mark.parametrize("quality", range(30, 96, 5))
def test_the_quality_that_a_jpeg_was_saved_with_is_told(saved: Callable[..., Path], quality: int) -> None:
    assert look(saved("resaved.jpg", quality=quality)).coding == pytest.approx(quality, abs=3)


@pytest.mark.parametrize(("name", "coding"), [("a.png", 100), ("a.tif", 100), ("a.bmp", 100), ("a.webp", None)])
def test_what_loses_nothing_has_the_best_quality_and_what_does_not_say_none(
    saved: Callable[..., Path], name: str, coding: int | None
) -> None:
    assert look(saved(name)).coding == coding


def test_what_is_no_jpeg_is_measured_alike(saved: Callable[..., Path]) -> None:
    path, same = saved("a.avif", quality=90), saved("a.png")
    found = look(path)
    assert found.coding is None
    assert found.contrast == pytest.approx(look(same).contrast, abs=0.01)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_measured_the_right_way_up(
    saved: Callable[..., Path], tmp_path: Path, photos: Path, orientation: int
) -> None:
    upright = opened(photos / PHOTOS[0])
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how the pixels lie, to be turned back
    stored = upright if orientation == 1 else upright.transpose(Image.Transpose(ways[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / "turned.jpg"
    stored.save(path, quality=95, exif=exif)
    one, other = (Detail.from_bytes(look(one).detail) for one in (path, saved("upright.jpg", quality=95)))
    np.testing.assert_allclose(one.light, other.light, atol=0.03)
    np.testing.assert_allclose(one.fine.sum(axis=(1, 2)), other.fine.sum(axis=(1, 2)), rtol=0.05)


def test_faces_are_looked_for_only_if_wanted(photos: Path) -> None:
    portrait = photos / "portrait" / "astronaut.jpeg"
    nothing, plain = look(portrait), look(portrait, Search.PLAIN)
    assert (nothing.search, nothing.faces) == (Search.NONE, ())
    assert (plain.search, len(plain.faces)) == (Search.PLAIN, 1)
    assert plain.detail == nothing.detail


def test_a_small_face_is_found_by_a_thorough_search(photos: Path, tmp_path: Path) -> None:
    scene = opened(photos / PHOTOS[1], 2400)
    scene.paste(opened(photos / "portrait" / "astronaut.jpeg", 300), (100, 100))
    scene.save(tmp_path / "scene.jpg", quality=92)
    counts = [len(look(tmp_path / "scene.jpg", search).faces) for search in (Search.PLAIN, Search.THOROUGH)]
    assert counts == [0, 1]


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (20, 3), (3, 2000), (17, 17)])
def test_tiny_and_narrow_pictures_are_measured(tmp_path: Path, size: tuple[int, int]) -> None:
    for place, colour in enumerate(("black", "grey", "white")):
        path = tmp_path / f"{place}.png"
        Image.new("RGB", size, colour).save(path)
        found = look(path, Search.THOROUGH)
        assert (found.contrast, found.noise, found.border, found.faces) == (0, 0, 0, ())
        assert (found.burnt, found.black) == (float(colour == "white"), float(colour == "black"))
        assert np.isfinite(Detail.from_bytes(found.detail).finest).all()


def test_a_picture_without_any_cell_that_is_neither_black_nor_white_has_no_noise() -> None:
    half = np.zeros((800, 1600), np.uint8)
    half[:, 800:] = 255
    found = measure(half, None)
    assert (found.noise, found.black, found.burnt) == (0, 0.5, 0.5)


def test_a_damaged_picture_gets_a_reason(saved: Callable[..., Path]) -> None:
    path = saved("whole.png")
    for name, data in (("cut.png", path.read_bytes()[:3000]), ("cut.jpg", saved("whole.jpg").read_bytes()[:300])):
        broken = path.with_name(name)
        broken.write_bytes(data)
        answer = measure_frame((str(broken), Search.PLAIN))
        assert isinstance(answer, Unreadable)
        assert answer.final
        assert answer.reason.startswith("The picture is damaged")


@pytest.mark.parametrize("data", [b"", b"no picture at all" * 100, b"%PDF-1.7\n" + b"x" * 500])
def test_what_is_no_picture_any_more_gets_a_reason(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    assert measure_frame((str(path), Search.NONE)) == Unreadable("It is no picture any more")


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_no_damage_makes_it_raise(
    photos: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, count: int
) -> None:
    rng = np.random.default_rng(seed)
    data = bytearray((photos / PHOTOS[0]).read_bytes())
    for place in rng.integers(0, min(len(data), 10 ** int(rng.integers(2, 6))), count):
        data[place] = int(rng.integers(256))
    path = tmp_path_factory.getbasetemp() / "fuzzed.jpg"
    path.write_bytes(data)
    assert isinstance(measure_frame((str(path), Search.NONE)), Quality | Unreadable)


def test_what_is_gone_or_no_file_any_more_has_vanished(tmp_path: Path, photos: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "link.jpg").symlink_to(photos / PHOTOS[0])
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("gone.jpg", "folder.jpg", "link.jpg", "pipe.jpg"):
        assert measure_frame((str(tmp_path / name), Search.PLAIN)) == Vanished()


def test_what_changes_while_it_is_measured_is_tried_again_later(
    saved: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved("growing.jpg")

    def grow(image: Image.Image) -> Image.Image:
        with path.open("ab") as file:
            file.write(b"more")
        return image.convert("RGB")

    monkeypatch.setattr(qualities, "flat_picture", grow)
    answer = measure_frame((str(path), Search.NONE))
    assert isinstance(answer, Unreadable)
    assert not answer.final


def test_a_photograph_is_only_read(saved: Callable[..., Path]) -> None:
    path = saved("mine.jpg")
    path.chmod(0o400)
    before = path.read_bytes(), path.stat().st_mtime_ns
    look(path, Search.THOROUGH)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
