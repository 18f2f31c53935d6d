"""In which parts a frame of a cluster is better or worse than the others: on spoilt photographs, and by law."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageOps

from app.domain.faces import Face
from app.domain.files import Header, Measures
from app.domain.frames import Frame, bound, choose_subject, lay, mapped, tell_scopes
from app.domain.judgements import BALANCED, Judgement, Part, scores
from app.domain.parts import judge
from app.domain.qualities import CELLS, Detail, Quality
from tests.faces import face
from tests.spoils import COMMON, FAULTS, exif_at, framed, lit, make_burst, opened

ITSELF = np.eye(2, 3)


@pytest.fixture(scope="module", params=["distractors/olympus-e-10.jpg", "spring-cleaning/ae_0.JPG"])
def burst(
    request: pytest.FixtureRequest, photos: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Frame]:
    made = make_burst(photos / request.param, tmp_path_factory.mktemp("burst"), *FAULTS)
    return dict(zip(made, framed(list(made.values())), strict=True))


@pytest.fixture(scope="module")
def copies(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Frame]:
    """An original and what people make of it."""
    folder = tmp_path_factory.mktemp("copies")
    whole = opened(photos / "distractors" / "kodak-dx4330.jpg", 900)
    width, height = whole.size
    made = {
        "resaved": (whole, 40),
        "cropped": (whole.crop((width // 10, height // 10, width, height)), 90),
        "framed": (ImageOps.expand(whole, width // 20, "white"), 90),
        "mirrored": (ImageOps.mirror(whole), 90),
        "smaller": (whole.resize((width // 2, height // 2)), 90),
        "brighter": (lit(whole, 1.35), 90),
        "bare": (whole, 93),
    }
    whole.save(folder / "original.jpg", quality=93, exif=exif_at(0))
    for name, (picture, quality) in made.items():
        picture.save(folder / f"{name}.jpg", quality=quality)
    names = ["original", *made]
    return dict(zip(names, framed([folder / f"{name}.jpg" for name in names], copies=True), strict=True))


def judged(frames: Mapping[str, Frame], *names: str) -> dict[str, Judgement]:
    return dict(zip(names, judge([frames[name] for name in names]), strict=True))


def values(frames: Mapping[str, Frame], part: Part, *names: str) -> list[float]:
    return [one.parts[part] for one in judged(frames, *names).values()]


def quality(
    energy: float = 100, light: float = 0.2, *, across: Sequence[float] = (1, 1, 1, 1), **rest: object
) -> Quality:
    """Give the measures of a picture that is the same in each cell."""
    plane = np.full((CELLS, CELLS), 1, np.float32)
    fine = np.stack([plane * energy * share for share in across])
    detail = Detail(fine, fine, plane * energy * 4, plane * 400, plane * light)
    given_ = {"burnt": 0.0, "black": 0.0, "contrast": 0.2, "noise": 1.0, "border": 0.0, "coding": 90, **rest}
    return Quality(detail.to_bytes(), **given_)  # type: ignore[arg-type]


def frame(own: Quality | None = None, *, size: tuple[int, int] = (1000, 800), copies: int = 0, **rest: object) -> Frame:
    values = {"header": Header("JPEG", *size), "measures": Measures(100, 50, 0.5), "place": ITSELF, **rest}
    return Frame(quality=own, copies=copies, **values)  # type: ignore[arg-type]


def test_the_sharp_frame_is_the_measure_of_sharpness_and_blurred_ones_are_less(burst: Mapping[str, Frame]) -> None:
    good, defocused, moved = values(burst, Part.SHARPNESS, "good", "defocused", "moved")
    assert good == 1
    assert defocused < 0.5
    assert moved < 0.5


def test_a_dark_frame_is_about_as_sharp_as_a_well_exposed_one(burst: Mapping[str, Frame]) -> None:
    good, under, defocused = values(burst, Part.SHARPNESS, "good", "under", "defocused")
    assert min(good, under) > 0.75
    assert defocused < 0.5


def test_motion_takes_detail_in_one_direction_and_defocus_in_all(burst: Mapping[str, Frame]) -> None:
    good, defocused, moved = values(burst, Part.MOTION, "good", "defocused a little", "moved a little")
    assert good == 1
    assert defocused > 0.9
    assert moved < 0.75


@pytest.mark.parametrize(("across", "motion"), [((1, 0.7, 1, 1), 1), ((0.35, 1, 1, 1), 0.5), ((0.5, 0.5, 0.5, 0.5), 1)])
def test_motion_is_told_by_the_direction_in_which_most_detail_is_lost(
    across: tuple[float, float, float, float], motion: float
) -> None:
    still, moved = judge([frame(quality()), frame(quality(across=across))])
    assert still.parts[Part.MOTION] == 1
    assert moved.parts[Part.MOTION] == pytest.approx(motion, abs=0.04)


def test_frames_that_are_too_dark_and_too_bright_are_worse_exposed(burst: Mapping[str, Frame]) -> None:
    found = judged(burst, *COMMON)
    exposure = {name: one.parts[Part.EXPOSURE] for name, one in found.items()}
    assert exposure["good"] == pytest.approx(1, abs=0.05)
    assert exposure["defocused"] == pytest.approx(1, abs=0.05)
    assert exposure["under"] < 0.3
    assert exposure["over"] < 0.3
    assert found["under"].ev - found["good"].ev == pytest.approx(2.2 * np.log2(0.45), abs=0.3)
    assert found["over"].ev - found["good"].ev > 1
    assert found["over"].burnt > 0.05
    assert found["good"].burnt < 0.01


@pytest.mark.parametrize("others", [("under", "good"), ("good", "over"), ("over", "good", "under")])
def test_the_exposure_that_loses_least_is_the_measure_where_there_is_no_majority(
    burst: Mapping[str, Frame], others: tuple[str, ...]
) -> None:
    found = judged(burst, *others)
    assert max(found, key=lambda name: found[name].parts[Part.EXPOSURE]) == "good"


def test_the_good_frame_of_a_burst_is_best_and_each_spoilt_one_is_less(burst: Mapping[str, Frame]) -> None:
    found = scores(list(judged(burst, *COMMON).values()), BALANCED.weights)
    assert dict(zip(COMMON, found, strict=True))["good"] == max(found)
    assert sorted(found)[-2] < max(found) - 0.04


@pytest.mark.parametrize("change", ["resaved", "cropped", "framed", "mirrored", "smaller", "brighter", "bare"])
def test_an_original_beats_each_copy_that_was_changed(copies: Mapping[str, Frame], change: str) -> None:
    for names in (("original", change), (change, "original"), tuple(copies)):
        found = judged(copies, *names)
        ranked = dict(zip(names, scores(list(found.values()), BALANCED.weights), strict=True))
        assert ranked["original"] > ranked[change]
        assert found["original"].parts[Part.ORIGINALITY] > found[change].parts[Part.ORIGINALITY]


def test_what_a_copy_lost_is_told(copies: Mapping[str, Frame]) -> None:
    found = judged(copies, *copies)
    assert {name for name, one in found.items() if one.camera_lost} == set(copies) - {"original"}
    assert found["cropped"].scope == pytest.approx(0.81, abs=0.02)
    assert found["mirrored"].scope == pytest.approx(1, abs=0.02)
    assert found["smaller"].scope == pytest.approx(1, abs=0.02)
    assert found["framed"].border > 0.1
    assert found["resaved"].coding == pytest.approx(40, abs=3)
    assert found["smaller"].pixels == pytest.approx(found["original"].pixels / 4, rel=0.01)


def test_frames_that_are_no_copies_are_all_originals(burst: Mapping[str, Frame]) -> None:
    assert set(values(burst, Part.ORIGINALITY, *burst)) == {1.0}


def test_a_frame_that_was_not_measured_leaves_rough_sharpness_and_size_to_compare() -> None:
    rough = [Measures(400, 50, 0.5), Measures(100, 50, 0.5), Measures(100, 25, 0.5)]
    found = judge([frame(None if place else quality(), measures=one) for place, one in enumerate(rough)])
    assert [one.parts[Part.SHARPNESS] for one in found] == [1, 0.5, 1]
    assert [one.parts[Part.RESOLUTION] for one in found] == [1, 1, 1]
    assert not any(one.measured for one in found)


def test_pictures_of_one_grey_are_all_as_sharp() -> None:
    found = judge([frame(measures=Measures()), frame(measures=Measures())])
    assert [one.parts[Part.SHARPNESS] for one in found] == [1, 1]


def test_pixels_count_by_the_largest() -> None:
    found = judge([frame(quality(), size=(4000, 3000)), frame(quality(), size=(2000, 1500))])
    assert [one.parts[Part.RESOLUTION] for one in found] == [1, 0.5]
    assert [one.pixels for one in found] == [12, 3]


def test_neither_contrast_nor_exposure_passes_for_sharpness() -> None:
    plane = np.full((CELLS, CELLS), 1, np.float32)
    fine = np.stack([plane] * 4)
    dim = [
        Detail(fine * 100 * gain, fine * 200 * gain, plane * 400 * gain, plane * 900 * gain, plane)
        for gain in (1, 0.25)
    ]
    found = judge([frame(replace(quality(), detail=one.to_bytes())) for one in dim])
    assert [one.parts[Part.SHARPNESS] for one in found] == pytest.approx([1, 1], abs=0.03)


def test_half_the_blur_at_the_size_of_a_screen_outweighs_as_much_at_full_size() -> None:
    plane = np.full((CELLS, CELLS), 100, np.float32)
    fine, coarse, light = np.stack([plane] * 4), plane * 10, np.full_like(plane, 0.2)

    def sharpness(finest: float, middle: float) -> float:
        whole, soft = (
            Detail(fine, fine, plane, coarse, light),
            Detail(fine * finest, fine, plane * middle, coarse, light),
        )
        return judge([frame(replace(quality(), detail=one.to_bytes())) for one in (whole, soft)])[1].parts[
            Part.SHARPNESS
        ]

    assert sharpness(1, 0.5) < sharpness(0.5, 1) < 1


def test_noise_counts_from_that_of_the_cleanest() -> None:
    found = judge([frame(quality(noise=noise)) for noise in (3, 5, 30)])
    assert [one.parts[Part.NOISE] for one in found] == [1, 0.75, 0]


def test_less_contrast_than_usual_counts_and_more_does_not() -> None:
    found = judge([frame(quality(contrast=contrast)) for contrast in (0.2, 0.1, 0.4)])
    assert [one.parts[Part.CONTRAST] for one in found] == [1, 0.5, 1]


def test_a_third_of_a_stop_is_no_fault() -> None:
    found = judge([frame(quality(light=0.2 * 2**ev)) for ev in (0, 0, 0.3, -0.8, -3)])
    assert [one.parts[Part.EXPOSURE] for one in found] == pytest.approx([1, 1, 1, 0.6, 0], abs=0.05)
    assert [one.ev for one in found] == pytest.approx([0, 0, 0.3, -0.8, -2.9], abs=0.06)


def test_lost_drawing_counts_beyond_that_of_the_frame_with_the_least() -> None:
    found = judge([frame(quality(burnt=burnt, black=black)) for burnt, black in ((0.3, 0.1), (0.5, 0.1), (0.3, 0.3))])
    assert [one.parts[Part.EXPOSURE] for one in found] == pytest.approx([1, 0.7, 0.9])
    assert [(one.burnt, one.black) for one in found] == [(0, 0), (0.2, 0), (0, 0.2)]


def test_sharpness_is_compared_where_all_frames_show_the_subject() -> None:
    texture = np.full((CELLS, CELLS), 1, np.float32)
    texture[2:6, 2:6] = 900
    detail = Detail(np.stack([texture] * 4), np.stack([texture] * 4), texture, texture, np.full_like(texture, 0.2))
    own = replace(quality(), detail=detail.to_bytes())
    half = np.array([[0.5, 0, 0.5], [0, 0.5, 0.5]])  # the second shows the lower right quarter
    back = np.linalg.inv(np.vstack([half, [0, 0, 1]]))[:2]
    frames = [frame(own), frame(own, place=back)]
    laid = lay(frames, [own, own])
    assert laid.shared[:8].sum() == laid.shared[:, :8].sum() == 0
    assert laid.shared[8:, 8:].all()
    assert not np.logical_and(choose_subject(laid), ~laid.shared).any()
    alone = choose_subject(lay(frames[:1], [own]))
    assert alone[2:6, 2:6].all()
    assert bound(alone) == (2 / CELLS, 2 / CELLS, 0.25, 0.25)


def test_the_exposure_of_most_frames_is_the_measure() -> None:
    lights = [0.09, 0.09, 0.09, 0.18]  # the last is the nearest to the middle grey
    found = judge([frame(quality(light=light)) for light in lights])
    assert [one.ev for one in found] == pytest.approx([0, 0, 0, 1], abs=0.05)


def test_of_two_exposures_the_one_that_loses_less_is_the_measure() -> None:
    found = judge([frame(quality(light=0.18, burnt=0.3)), frame(quality(light=0.06))])
    assert [one.ev for one in found] == pytest.approx([1.55, 0], abs=0.1)


@pytest.mark.parametrize(("coding", "border", "share"), [(40, 0.0, 0.075), (90, 0.1, 0.125)])
def test_a_copy_that_was_saved_worse_or_framed_is_less_of_an_original(coding: int, border: float, share: float) -> None:
    found = judge([frame(quality()), frame(quality(coding=coding, border=border))])
    lost = found[0].parts[Part.ORIGINALITY] - found[1].parts[Part.ORIGINALITY]
    assert lost == pytest.approx(share, abs=0.001)


def test_the_middle_is_the_subject_where_all_is_textured_alike() -> None:
    subject = choose_subject(lay([frame()], [quality()]))
    rows, columns = np.nonzero(subject)
    assert (rows.min(), rows.max()) == (columns.min(), columns.max())
    assert CELLS // 4 - 1 <= rows.min() <= rows.max() <= CELLS * 3 // 4
    assert not subject[0, 0]


def test_frames_that_share_nothing_are_compared_as_they_are() -> None:
    far = np.array([[1, 0, 3], [0, 1, 3.0]])
    found = judge([frame(quality(400)), frame(quality(100), place=far)])
    assert [one.parts[Part.SHARPNESS] for one in found] == pytest.approx([1, 0.25], abs=0.05)


def test_details_are_laid_where_they_lie_in_the_reference(photos: Path, tmp_path: Path) -> None:
    whole = opened(photos / "spring-cleaning" / "ae_0.JPG", 1200)
    left = whole.crop((0, 0, 900, whole.height))
    made = {"a": left, "b": ImageOps.mirror(left), "c": whole.crop((300, 0, 1200, whole.height))}
    for name, picture in made.items():
        picture.save(tmp_path / f"{name}.jpg", quality=95)
    frames = framed([tmp_path / f"{name}.jpg" for name in made])
    found = [one.quality for one in frames if one.quality]
    laid = lay(frames, found)
    unlaid = lay([replace(one, place=None) for one in frames], found)
    assert laid.shared[:, 6:].all()
    assert not laid.shared[:, :5].any()
    for name in ("light", "coarse"):
        one, other = (np.log2(getattr(way, name) + 0.01)[:, laid.shared] for way in (laid, unlaid))
        for place in (1, 2):
            assert np.abs(one[place] - one[0]).mean() < 0.5 * np.abs(other[place] - other[0]).mean()


def test_a_region_of_the_reference_is_mirrored_with_the_frame() -> None:
    region = (0.0, 0.25, 0.25, 0.25)
    assert mapped(region, None) == region
    assert mapped(region, np.array([[-1, 0, 1], [0, 1, 0.0]])) == (0.75, 0.25, 0.25, 0.25)
    assert mapped(region, np.array([[2, 0, -0.3], [0, 2, 0.0]])) == (0, 0.5, 0.2, 0.5)


def test_a_frame_shows_less_that_is_cropped_framed_or_cannot_be_laid() -> None:
    half = np.array([[2, 0, -0.5], [0, 1, 0.0]])
    frames = [frame(quality()), frame(quality(), place=half), frame(quality(border=0.2)), frame(quality(), place=None)]
    assert tell_scopes(frames) == pytest.approx([1, 0.5, 0.8, 0.7])


def test_a_dark_picture_of_one_colour_has_no_frame() -> None:
    assert tell_scopes([frame(quality(border=0.9))]) == [1]


def portraits(*faces: tuple[float, Face]) -> list[Judgement]:
    frames = [frame(quality(energy, faces=(own,)), copies=place) for place, (energy, own) in enumerate(faces)]
    return judge(frames, [[0] * len(frames)])


def test_the_sharpness_of_people_is_that_of_their_faces() -> None:
    found = portraits((400, face(sharpness=0.01)), (100, face(sharpness=0.04)))
    assert found[1].parts[Part.SHARPNESS] == 1
    assert found[0].parts[Part.SHARPNESS] == pytest.approx(0.5)  # the root, for faces vary more


def test_where_faces_tell_nothing_the_rest_of_the_picture_does() -> None:
    hidden = face(blink=None, smile=None, sharpness=None)
    found = portraits((400, hidden), (100, hidden))
    assert [one.parts[Part.SHARPNESS] for one in found] == pytest.approx([1, 0.25], abs=0.05)
    assert not {Part.EYES, Part.SMILE} & found[0].parts.keys()


def test_closed_eyes_are_told_with_their_place() -> None:
    open_, shut = portraits((100, face(blink=0.05)), (100, face(0.6, 0.5, blink=0.7)))
    assert (open_.parts[Part.EYES], shut.parts[Part.EYES]) == (1, 0)
    assert (open_.eyes_open, open_.eyes_closed, shut.eyes_open, shut.eyes_closed) == (1, 0, 0, 1)
    assert shut.faces[0] == pytest.approx((0.55, 0.45, 0.1, 0.1))
    assert open_.faces == ()
    assert (open_.persons, shut.persons) == (1, 1)
    assert open_.looks[0] > shut.looks[0]


def test_a_face_that_only_one_frame_cuts_is_badly_framed_there() -> None:
    whole, cut = portraits((100, face()), (100, face(cut=True)))
    assert (whole.parts[Part.FRAMING], cut.parts[Part.FRAMING]) == (1, 0)
    assert (whole.cut, cut.cut) == (0, 1)


def test_nothing_is_said_of_people_where_there_are_none() -> None:
    found = judge([frame(quality()), frame(quality())])
    assert not {Part.EYES, Part.SMILE, Part.FRAMING} & found[0].parts.keys()
    assert found[0].persons == 0


shares = st.floats(0, 1)
planes = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).integers(0, 256, 11 * CELLS * CELLS, np.uint8).tobytes()
)
details = st.one_of(planes, st.integers(0, 255).map(lambda value: bytes([value]) * (11 * CELLS * CELLS)))
faces = st.builds(
    face, shares, shares, size=st.floats(0.02, 0.5), blink=st.none() | shares, sharpness=st.none() | st.floats(1e-4, 1)
)
qualities = st.builds(
    Quality,
    details, shares, shares, st.floats(0, 0.5), st.floats(0, 60), shares, st.none() | st.integers(1, 100),
    faces=st.lists(faces, min_size=1, max_size=1).map(tuple),
)  # fmt: skip
cameras = st.sampled_from(["", "a"])
places = st.none() | st.tuples(st.floats(-2, 2), st.floats(-2, 2), st.floats(-3, 3), st.floats(-3, 3)).map(
    lambda one: np.array([[one[0], -one[1], one[2]], [one[1], one[0], one[3]]])
)
frames_of = st.lists(
    st.builds(
        Frame,
        header=st.builds(Header, st.just("JPEG"), st.integers(1, 9000), st.integers(1, 9000), camera=cameras),
        measures=st.builds(Measures, st.floats(0, 1e4), st.floats(0, 128), shares, shares),
        quality=qualities, place=places, copies=st.integers(0, 2),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(frames_of, st.booleans(), st.booleans(), st.randoms(use_true_random=False))
def test_parts_and_scores_lie_between_0_and_1_whatever_was_measured_and_in_whatever_order(
    frames: list[Frame],
    people: bool,
    unmeasured: bool,
    rng: "np.random.Generator",
) -> None:
    if unmeasured:
        frames[0] = replace(frames[0], quality=None)
    persons = [[0] * len(frames)] if people and not unmeasured else []
    found = judge(frames, persons)
    ranked = scores(found, BALANCED.weights)
    assert all(0 <= value <= 1 for one in found for value in one.parts.values())
    assert all(0 <= value <= 1 for value in ranked)
    order = list(range(len(frames)))
    rng.shuffle(order)
    again = judge([frames[place] for place in order], persons)
    for place, one in zip(order, again, strict=True):
        assert one.parts == pytest.approx(found[place].parts, abs=2e-4)
    assert scores(again, BALANCED.weights) == pytest.approx([ranked[place] for place in order], abs=2e-4)
