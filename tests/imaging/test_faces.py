"""Faces are found where they are and nowhere else, and nothing is told of them that cannot be seen."""

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from app import resources
from app.domain.faces import LEAST_PIXELS, Face
from app.imaging import face_readings
from app.imaging.face_nets import Numbers, lay_mesh
from app.imaging.faces import find_faces
from app.imaging.sketches import Picture
from tests.faces import LEFT_EYE, NO_FACES, load, resize, shut_eyes

FACE = (0.337, 0.134, 0.208, 0.208)
"""Where the face of the portrait is."""


@pytest.fixture(scope="module")
def portrait(photos: Path) -> Picture:
    return load(photos / "portrait" / "astronaut.jpeg")


@pytest.fixture(scope="module")
def shut(portrait: Picture) -> Picture:
    return shut_eyes(portrait)


def only(picture: Picture, scale: float = 1.0, *, thorough: bool = False) -> Face:
    (found,) = find_faces(picture, scale, thorough=thorough)
    return found


def mirrored(picture: Picture) -> Picture:
    return np.ascontiguousarray(picture[:, ::-1])


def blinks(face: Face) -> tuple[float, float]:
    assert face.blink_left is not None
    assert face.blink_right is not None
    return face.blink_left, face.blink_right


def turn_heads(monkeypatch: pytest.MonkeyPatch, degrees: float) -> None:
    """Turn each mesh about its upright axis, so that more of the person's left is seen."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])

    def turned(square: Picture) -> tuple[Numbers, float]:
        mesh, presence = lay_mesh(square)
        middle = mesh.mean(axis=0)
        return ((mesh - middle) @ turn.T + middle).astype(np.float32), presence

    monkeypatch.setattr(face_readings, "lay_mesh", turned)


@pytest.mark.parametrize("thorough", [False, True])
def test_a_portrait_has_one_open_eyed_smiling_face(portrait: Picture, thorough: bool) -> None:
    face = only(portrait, 3.0, thorough=thorough)
    assert np.allclose((face.x, face.y, face.width, face.height), FACE, atol=0.015)
    assert face.read_pixels == pytest.approx(106, abs=5)
    assert face.pixels == pytest.approx(3 * face.read_pixels)
    assert max(blinks(face)) < 0.1
    assert face.smile is not None
    assert face.smile > 0.85
    assert not face.cut


@pytest.mark.parametrize("thorough", [False, True])
def test_photographs_without_people_have_no_faces(photos: Path, thorough: bool) -> None:
    for path in (*(photos / NO_FACES).iterdir(), *(photos / "spring-cleaning").glob("*.JPG")):
        assert find_faces(load(path), thorough=thorough) == []


@pytest.mark.shared
@pytest.mark.parametrize("series", ["iphone-burst", "spring-cleaning/images"])
def test_series_without_people_have_no_faces(shared: Path, series: str) -> None:
    photographs = list((shared / "photos" / "series" / series).glob("*.[jJ][pP]*"))
    assert photographs
    for path in photographs:
        picture = load(path)
        assert find_faces(resize(picture, min(1.0, 2000 / max(picture.shape))), thorough=True) == []


@pytest.mark.parametrize("scale", [0.6, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_shut_eyes_are_told_at_any_size_and_mirrored(
    portrait: Picture, shut: Picture, scale: float, is_mirrored: bool
) -> None:
    before, after = (mirrored(picture) if is_mirrored else picture for picture in (portrait, shut))
    one, other = only(resize(before, scale)), only(resize(after, scale))
    assert max(blinks(one)) < 0.1
    assert min(blinks(other)) > 0.4
    assert other.smile == pytest.approx(one.smile, abs=0.1)


def test_left_is_the_persons_own_left(portrait: Picture) -> None:
    winking = shut_eyes(portrait, (LEFT_EYE,))
    left, right = blinks(only(winking))
    assert (left > 0.25, right < 0.1) == (True, True)
    left, right = blinks(only(mirrored(winking)))
    assert (right > 0.25, left < 0.1) == (True, True)


def test_of_a_face_below_sixty_pixels_only_the_place_is_told(portrait: Picture, shut: Picture) -> None:
    for picture in (portrait, shut):
        face = only(resize(picture, 0.5))
        assert face.read_pixels < LEAST_PIXELS
        assert (face.blink_left, face.blink_right, face.smile, face.sharpness) == (None, None, None, None)


def test_a_thorough_look_finds_small_faces_of_a_large_picture_once(photos: Path, portrait: Picture) -> None:
    scene = cv2.resize(load(photos / NO_FACES / "kodak-dx4330.jpg"), (2000, 1500)).astype(np.uint8, copy=False)
    small = resize(portrait, 0.65)
    for left, top in ((150, 100), (900, 700), (1600, 1100)):
        scene[top : top + small.shape[0], left : left + small.shape[1]] = small
    assert len(find_faces(scene)) < 3
    faces = find_faces(scene, thorough=True)
    assert sorted(round(face.x * 2000, -2) for face in faces) == [300, 1000, 1700]
    assert all(max(blinks(face)) < 0.1 for face in faces)


def test_a_face_that_the_edge_cuts_is_told_and_its_eye_at_the_edge_is_not(portrait: Picture) -> None:
    above = only(portrait[95:])
    assert above.cut
    beside = only(np.ascontiguousarray(portrait[:, 195:]))
    assert beside.cut
    assert beside.blink_right is None


def test_a_blurred_face_is_less_sharp_and_one_with_more_contrast_is_not_sharper(portrait: Picture) -> None:
    blurred = cv2.GaussianBlur(portrait, (0, 0), 1.0).astype(np.uint8, copy=False)
    pale = (portrait * 0.6 + 40).astype(np.uint8)
    sharp, soft, faint = (only(picture).sharpness or 0 for picture in (portrait, blurred, pale))
    assert soft < 0.7 * sharp
    assert faint == pytest.approx(sharp, rel=0.1)


@pytest.mark.parametrize(("degrees", "seen"), [(40, (True, False)), (-40, (False, True)), (60, (False, False))])
def test_the_eye_that_is_turned_away_is_not_judged(
    portrait: Picture, monkeypatch: pytest.MonkeyPatch, degrees: float, seen: tuple[bool, bool]
) -> None:
    turn_heads(monkeypatch, degrees)
    face = only(portrait)
    assert (face.blink_left is not None, face.blink_right is not None) == seen
    assert (face.smile is not None) == any(seen)


@pytest.mark.parametrize("landmark", [7, 33])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_landmarks_that_are_no_numbers_tell_nothing(
    portrait: Picture, monkeypatch: pytest.MonkeyPatch, landmark: int, value: float
) -> None:
    def broken(square: Picture) -> tuple[Numbers, float]:
        mesh, presence = lay_mesh(square)
        mesh[landmark] = value
        return mesh, presence

    monkeypatch.setattr(face_readings, "lay_mesh", broken)
    face = only(portrait)
    assert (face.blink_left, face.blink_right, face.smile) == (None, None, None)


@pytest.mark.parametrize("scale", [(0, 1), (1, -1)])
def test_landmarks_that_lie_as_those_of_no_face_tell_nothing(
    portrait: Picture, monkeypatch: pytest.MonkeyPatch, scale: tuple[float, float]
) -> None:
    def broken(square: Picture) -> tuple[Numbers, float]:
        mesh, presence = lay_mesh(square)
        return mesh * np.array([*scale, 1], np.float32), presence

    monkeypatch.setattr(face_readings, "lay_mesh", broken)
    face = only(portrait)
    assert (face.blink_left, face.blink_right, face.smile) == (None, None, None)


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (40, 30)])
@pytest.mark.parametrize("level", [0, 255])
def test_pictures_with_nothing_in_them_have_no_faces(shape: tuple[int, int], level: int) -> None:
    assert find_faces(np.full((*shape, 3), level, np.uint8), thorough=True) == []


def test_a_face_survives_being_kept_as_json(portrait: Picture) -> None:
    for face in (only(portrait), only(resize(portrait, 0.5))):
        kept = json.dumps(face.to_list())
        assert len(kept) < 120
        again = Face.from_list(json.loads(kept))
        assert again.to_list() == face.to_list()
        assert again.blink_left == (None if face.blink_left is None else pytest.approx(face.blink_left, rel=1e-3))


@pytest.mark.parametrize("kept", [[], [0.1] * 11, [None] * 12, [0.1] * 13])
def test_what_is_no_face_is_refused(kept: list[float | None]) -> None:
    with pytest.raises(ValueError, match="not"):
        Face.from_list(kept)


@pytest.mark.parametrize("network", ["face_landmarker.task", "face_detection_full_range.tflite"])
def test_the_networks_are_those_whose_origin_is_told(network: str) -> None:
    digest = hashlib.sha256(resources.path("models", network).read_bytes()).hexdigest()
    assert digest in resources.path("models", "ORIGIN.txt").read_text("utf-8")
