"""Sidecars are found under both usual names, read safely, and written whole or not at all."""

import os
from pathlib import Path

import pytest

from app.domain.ratings import Rating
from app.errors import SidecarUnusable
from app.imaging.sidecars import Sidecars
from tests.imaging.test_xmp import DARKTABLE, LIGHTROOM


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(b"a photograph")
    return path


def rating_of(photograph: Path) -> Rating | None:
    packet = Sidecars().read(str(photograph))
    return None if packet is None else packet.rating


@pytest.mark.parametrize("name", ["IMG_1.xmp", "IMG_1.XMP", "IMG_1.jpg.xmp", "img_1.JPG.Xmp"])
def test_a_sidecar_is_found_under_either_name_in_any_case(photo: Path, name: str) -> None:
    assert rating_of(photo) is None
    (photo.parent / name).write_bytes(LIGHTROOM)
    assert rating_of(photo) == Rating(3, "Red")


def test_the_longer_name_belongs_to_the_file_more_surely(photo: Path) -> None:
    (photo.parent / "IMG_1.xmp").write_bytes(LIGHTROOM)
    (photo.parent / "IMG_1.jpg.xmp").write_bytes(DARKTABLE)
    assert rating_of(photo) == Rating()


def test_the_short_name_belongs_to_a_raw_file_of_the_same_name(photo: Path) -> None:
    (photo.parent / "IMG_1.xmp").write_bytes(LIGHTROOM)
    raw, made_of_it = photo.with_suffix(".CR2"), photo.with_suffix(".png")
    for path in (raw, made_of_it):
        path.write_bytes(b"a file")
    assert rating_of(raw) == Rating(3, "Red")
    assert rating_of(made_of_it) is None
    assert rating_of(photo) is None


@pytest.mark.parametrize("name", ["IMG_1.xmp", "IMG_1.CR2.xmp"])
def test_what_is_said_of_the_raw_file_of_a_shot_is_said_of_its_jpeg_and_changed_there(photo: Path, name: str) -> None:
    photo.with_suffix(".CR2").write_bytes(b"a raw file")
    assert rating_of(photo) is None
    sidecar = photo.parent / name
    sidecar.write_bytes(LIGHTROOM)
    assert rating_of(photo) == rating_of(photo.with_suffix(".CR2")) == Rating(3, "Red")
    assert Sidecars().write(str(photo), Rating(5, "Red")) == (str(sidecar), True)
    (photo.parent / "IMG_1.jpg.xmp").write_bytes(DARKTABLE)
    assert rating_of(photo) == Rating()


def test_a_new_sidecar_is_called_as_the_programs_that_read_it_call_it(photo: Path) -> None:
    raw = photo.with_name("IMG_2.CR2")
    raw.write_bytes(b"a raw file")
    for path, name in ((photo, "IMG_1.jpg.xmp"), (raw, "IMG_2.xmp")):
        sidecar, changed = Sidecars().write(str(path), Rating(4, "Green"))
        assert (Path(sidecar).name, changed) == (name, True)
        assert rating_of(path) == Rating(4, "Green")


@pytest.mark.parametrize("name", ["IMG_1.xmp", "IMG_1.jpg.XMP"])
def test_a_sidecar_that_is_there_is_changed_under_its_own_name(photo: Path, name: str) -> None:
    sidecar = photo.parent / name
    sidecar.write_bytes(LIGHTROOM)
    sidecar.chmod(0o600)
    assert Sidecars().write(str(photo), Rating(5, "Red")) == (str(sidecar), True)
    assert sidecar.read_bytes() == LIGHTROOM.replace(b'xmp:Rating="3"', b'xmp:Rating="5"')
    assert sidecar.stat().st_mode & 0o777 == 0o600
    assert Sidecars().write(str(photo), Rating(5, "Red")) == (str(sidecar), False)
    assert sorted(path.name for path in photo.parent.iterdir()) == sorted([name, "IMG_1.jpg"])
    assert photo.read_bytes() == b"a photograph"


def test_stars_that_nobody_gave_are_left_as_they_are(photo: Path) -> None:
    (photo.parent / "IMG_1.jpg.xmp").write_bytes(LIGHTROOM)
    Sidecars().write(str(photo), Rating(None, "Blue"))
    assert rating_of(photo) == Rating(3, "Blue")


def test_a_sidecar_that_would_say_nothing_is_not_made(photo: Path) -> None:
    assert Sidecars().write(str(photo), Rating()) == (f"{photo}.xmp", False)
    assert [path.name for path in photo.parent.iterdir()] == ["IMG_1.jpg"]


def test_a_dry_run_says_what_would_change_and_writes_nothing(photo: Path) -> None:
    assert Sidecars().write(str(photo), Rating(1), dry_run=True) == (f"{photo}.xmp", True)
    assert [path.name for path in photo.parent.iterdir()] == ["IMG_1.jpg"]


def test_what_cannot_be_read_is_told_and_never_written_over(photo: Path) -> None:
    sidecar = photo.parent / "IMG_1.jpg.xmp"
    for data, words in ((b"<x", "not well-formed"), (b" " * 2_000_000, "longer than 1 MB")):
        sidecar.write_bytes(data)
        with pytest.raises(SidecarUnusable, match=words):
            Sidecars().read(str(photo))
        with pytest.raises(SidecarUnusable, match=words):
            Sidecars().write(str(photo), Rating(1))
        assert sidecar.read_bytes() == data


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_sidecar_that_is_no_file_is_not_opened(photo: Path, tmp_path: Path, kind: str) -> None:
    sidecar = photo.parent / "IMG_1.jpg.xmp"
    if kind == "link":
        (tmp_path / "elsewhere").write_bytes(LIGHTROOM)
        sidecar.symlink_to(tmp_path / "elsewhere")
    elif kind == "pipe":
        os.mkfifo(sidecar)
    else:
        sidecar.mkdir()
    with pytest.raises(SidecarUnusable):
        Sidecars().read(str(photo))
    with pytest.raises(SidecarUnusable):
        Sidecars().write(str(photo), Rating(1))


def test_a_change_of_another_program_at_the_last_moment_is_not_lost(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidecar = photo.parent / "IMG_1.jpg.xmp"
    sidecar.write_bytes(LIGHTROOM)
    monkeypatch.setattr(os, "fsync", lambda _: sidecar.write_bytes(DARKTABLE))
    with pytest.raises(SidecarUnusable, match="another program changed it"):
        Sidecars().write(str(photo), Rating(1))
    assert sidecar.read_bytes() == DARKTABLE
    assert sorted(path.name for path in photo.parent.iterdir()) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]


def test_a_disk_that_fails_leaves_the_old_sidecar_and_no_rest(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sidecar = photo.parent / "IMG_1.jpg.xmp"
    sidecar.write_bytes(LIGHTROOM)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SidecarUnusable, match="No space left"):
        Sidecars().write(str(photo), Rating(1))
    assert sidecar.read_bytes() == LIGHTROOM
    assert len(list(photo.parent.iterdir())) == 2


def test_names_of_any_bytes_have_sidecars_too(tmp_path: Path) -> None:
    photo = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.jpg"))
    photo.write_bytes(b"a photograph")
    Sidecars().write(str(photo), Rating(2))
    assert rating_of(photo) == Rating(2)
    Path(f"{photo}.xmp").write_bytes(b"<")
    with pytest.raises(SidecarUnusable, match=r"\\xe9\.jpg\.xmp"):
        Sidecars().read(str(photo))
