"""Which files of a folder are one photograph, by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.companions import Companion, CompanionKind, Shot, mark, shots

RAW, RENDERING, SIDECAR, SOUND, FILM = CompanionKind


def told(*names: str) -> dict[str, dict[str, CompanionKind]]:
    """Give what belongs to each face of a folder; films that have to prove it are left out."""
    return {shot.face: {companion.path: companion.kind for companion in shot.companions} for shot in shots(names)}


def films(*names: str) -> dict[str, tuple[str, ...]]:
    return {shot.face: shot.films for shot in shots(names)}


def test_one_raw_and_one_rendering_are_one_photograph_with_the_face_of_the_rendering() -> None:
    assert told("a.NEF", "A.jpg") == {"A.jpg": {"a.NEF": RAW}}
    assert told("a.dng", "a.HEIC") == {"a.HEIC": {"a.dng": RAW}}
    assert told("a.cr3", "a.hif", "a.JPG") == {"a.JPG": {"a.cr3": RAW, "a.hif": RENDERING}}


@pytest.mark.parametrize(
    "names",
    [
        ("a.jpg", "a.heic"),
        ("a.jpg", "a.png"),
        ("a.nef", "a.dng"),
        ("a.nef", "a.dng", "a.jpg"),
        ("a.nef", "a.jpg", "a.jpeg"),
        ("a.nef", "a.jpg", "a.JPG"),
        ("a.nef", "a.jpg", "a.tif"),
        ("a.nef", "a.png"),
        ("a.nef", "a-1.jpg"),
        ("._a.nef", "a.jpg"),
    ],
)
def test_pictures_that_may_be_two_photographs_stay_apart(names: tuple[str, ...]) -> None:
    assert told(*names) == {name: {} for name in names if not name.startswith("._")}


def test_what_macos_notes_of_a_file_is_no_picture() -> None:
    assert told("._a.nef", "._a.jpg") == {}


def test_a_sidecar_with_a_whole_name_belongs_to_that_file_and_so_to_its_photograph() -> None:
    assert told("a.jpg", "a.JPG.xmp", "a.jpg.pp3", "a.jpg.dop") == {
        "a.jpg": {"a.JPG.xmp": SIDECAR, "a.jpg.dop": SIDECAR, "a.jpg.pp3": SIDECAR}
    }
    assert told("a.nef", "a.jpg", "a.nef.xmp") == {"a.jpg": {"a.nef": RAW, "a.nef.xmp": SIDECAR}}
    assert told("a.jpg", "a.heic", "a.heic.xmp") == {"a.jpg": {}, "a.heic": {"a.heic.xmp": SIDECAR}}
    assert told("a.jpg", "a.jpg.wav") == {"a.jpg": {}}


def test_a_sidecar_with_a_stem_belongs_to_the_only_photograph_that_has_it() -> None:
    names = ("a.xmp", "a.aae", "a.thm", "a.WAV", "a.dop", "a.pp3")
    kinds = {name: SOUND if name == "a.WAV" else SIDECAR for name in names}
    assert told("a.jpg", *names) == {"a.jpg": kinds}
    assert told("a.orf", "a.jpg", *names) == {"a.jpg": {"a.orf": RAW, **kinds}}
    assert told("a.jpg", "a.heic", *names) == {"a.jpg": {}, "a.heic": {}}
    assert told("a.nef", "a.dng", "a.xmp") == {"a.nef": {}, "a.dng": {}}


def test_a_sidecar_that_could_belong_to_two_files_of_one_name_belongs_to_neither() -> None:
    assert told("a.jpg", "A.JPG", "a.jpg.xmp", "a.xmp") == {"a.jpg": {}, "A.JPG": {}}


def test_a_sidecar_alone_is_nothing() -> None:
    assert told("a.xmp", "b.jpg.xmp", "b.mp", "c.txt", ".jpg", "d") == {}


def test_an_edit_of_an_iphone_belongs_to_its_original_if_the_notes_of_the_edit_are_there() -> None:
    assert told("IMG_0001.HEIC", "IMG_E0001.JPG", "IMG_0001.AAE", "IMG_O0001.AAE", "IMG_E0001.xmp") == {
        "IMG_0001.HEIC": {
            "IMG_E0001.JPG": RENDERING,
            "IMG_0001.AAE": SIDECAR,
            "IMG_O0001.AAE": SIDECAR,
            "IMG_E0001.xmp": SIDECAR,
        }
    }
    assert told("IMG_0001.HEIC", "IMG_E0001.JPG") == {"IMG_0001.HEIC": {}, "IMG_E0001.JPG": {}}
    assert told("IMG_E0001.JPG", "IMG_0001.AAE") == {"IMG_E0001.JPG": {}}
    assert told("IMG_0001.HEIC", "IMG_0001.JPG", "IMG_E0001.JPG", "IMG_0001.AAE") == {
        "IMG_0001.HEIC": {},
        "IMG_0001.JPG": {},
        "IMG_E0001.JPG": {},
    }
    assert films("IMG_0001.HEIC", "IMG_E0001.JPG", "IMG_0001.AAE", "IMG_E0001.MOV") == {
        "IMG_0001.HEIC": ("IMG_E0001.MOV",)
    }


def test_a_pixel_names_the_raw_and_the_cover_of_one_shot_otherwise() -> None:
    cover, original = "PXL_2.RAW-01.COVER.jpg", "PXL_2.RAW-02.ORIGINAL.dng"
    assert told(cover, original, "PXL_2.jpg") == {"PXL_2.jpg": {}, cover: {original: RAW}}
    assert told("PXL_2.RAW-01.MP.COVER.jpg", original, f"{original}.xmp", "PXL_2.RAW-02.ORIGINAL.pp3") == {
        "PXL_2.RAW-01.MP.COVER.jpg": {
            original: RAW,
            f"{original}.xmp": SIDECAR,
            "PXL_2.RAW-02.ORIGINAL.pp3": SIDECAR,
        }
    }


def test_the_film_of_a_motion_photo_belongs_to_it() -> None:
    assert told("PXL_1.MP.jpg", "PXL_1.MP") == {"PXL_1.MP.jpg": {"PXL_1.MP": FILM}}
    assert told("PXL_1.jpg", "PXL_1.MP") == {"PXL_1.jpg": {"PXL_1.MP": FILM}}
    assert told("PXL_1.jpg", "PXL_1.MP.jpg", "PXL_1.MP") == {"PXL_1.jpg": {}, "PXL_1.MP.jpg": {}}


def test_a_film_of_the_same_stem_has_to_prove_that_it_belongs() -> None:
    assert shots(["a.HEIC", "a.MOV", "a.mp4", "b.mov"]) == [Shot("a.HEIC", films=("a.MOV", "a.mp4"))]
    assert films("a.jpg", "a.heic", "a.mov") == {"a.jpg": (), "a.heic": ()}
    assert films("a.jpg", "a.dng", "a.mov") == {"a.jpg": ("a.mov",)}


def test_paths_are_given_back_as_they_are() -> None:
    companions = (Companion("/p/a.NEF", RAW), Companion("/p/a.xmp", SIDECAR))
    assert shots(["/p/a.xmp", "/p/a.NEF", "/p/a.jpg"]) == [Shot("/p/a.jpg", companions)]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("a.jpg",), ""),
        (("a.jpg", "a.nef"), "RAW+J"),
        (("a.JPG", "a.nef", "a.nef.xmp", "a.xmp"), "RAW+J +XMP"),
        (("a.heic", "a.dng", "a.aae"), "RAW+H +AAE"),
        (("a.jpg", "a.nef", "a.heic", "a.wav"), "RAW+J +HEIC +WAV"),
        (("a.png", "a.png.pp3"), "+PP3"),
    ],
)
def test_what_goes_along_is_said_in_one_short_word_each(names: tuple[str, ...], said: str) -> None:
    (shot,) = shots(names)
    assert mark(shot.face, shot.companions) == said


STEMS = ("a", "A", "a.mp", "IMG_1", "img_e1", "IMG_O1", "p.RAW-01.COVER", "p.RAW-02.ORIGINAL", "a.jpg", "._a")
SUFFIXES = ("jpg", "JPG", "heic", "nef", "dng", "png", "xmp", "aae", "thm", "wav", "mov", "MP", "jpg.xmp", "nef.dop")
FOLDERS = st.sets(st.builds("{}.{}".format, st.sampled_from(STEMS), st.sampled_from(SUFFIXES)), max_size=24)


@given(FOLDERS, st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(folder: set[str], random: object) -> None:
    names = sorted(folder)
    mixed = list(names)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert shots(mixed) == shots(names)


@given(FOLDERS)
def test_each_file_belongs_to_one_photograph_at_most_and_each_picture_to_exactly_one(folder: set[str]) -> None:
    found = shots(folder)
    faces = [shot.face for shot in found]
    companions = [companion.path for shot in found for companion in shot.companions]
    proofs = [film for shot in found for film in shot.films]
    assert len(set(faces + companions + proofs)) == len(faces + companions + proofs)
    assert set(faces + companions + proofs) <= folder
    pictures = {name for name in folder if name.rpartition(".")[2].lower() in {"jpg", "heic", "nef", "dng", "png"}}
    assert {name for name in pictures if not name.startswith("._")} <= set(faces + companions)
