"""Companions are found on the disk, each folder listed once."""

import os
import time
from pathlib import Path

import pytest

from app.domain.companions import Companion, CompanionKind
from app.services.companions import Companions


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_bytes(name.encode())


def test_companions_come_by_path_with_their_sizes(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "a.NEF", "a.xmp", "b.jpg")
    companions = Companions()
    assert companions.of(str(tmp_path / "a.jpg")) == (
        Companion(str(tmp_path / "a.NEF"), CompanionKind.RAW, 5),
        Companion(str(tmp_path / "a.xmp"), CompanionKind.SIDECAR, 5),
    )
    assert companions.of(str(tmp_path / "a.NEF")) == ()
    assert companions.of(str(tmp_path / "b.jpg")) == ()


def test_links_and_folders_are_no_companions(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "elsewhere")
    (tmp_path / "a.xmp").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "a.NEF").mkdir()
    assert Companions().of(str(tmp_path / "a.jpg")) == ()


def test_a_folder_that_cannot_be_listed_has_none(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    assert Companions().of(str(tmp_path / "gone" / "a.jpg")) == ()
    assert Companions().of(str(tmp_path / "a.jpg" / "a.jpg")) == ()


def test_names_of_any_bytes_have_companions_too(tmp_path: Path) -> None:
    photo = os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.jpg")
    Path(photo).write_bytes(b"")
    Path(f"{photo}.xmp").write_bytes(b"")
    assert [companion.path for companion in Companions().of(photo)] == [f"{photo}.xmp"]


def test_each_folder_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.jpg", "a.xmp")
    listed: list[str] = []
    scandir = os.scandir

    def counted(path: str) -> object:
        listed.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", counted)
    companions = Companions()
    for _ in range(3):
        companions.of(str(tmp_path / "a.jpg"))
    assert listed == [str(tmp_path)]


def test_a_folder_of_many_photographs_takes_a_time_that_follows_its_size(tmp_path: Path) -> None:
    def took(folder: Path, count: int) -> float:
        folder.mkdir()
        for number in range(count):
            put(folder, f"{number}.jpg", f"{number}.NEF")
        begun = time.process_time()
        companions = Companions()
        assert all(len(companions.of(str(folder / f"{number}.jpg"))) == 1 for number in range(count))
        return time.process_time() - begun

    assert took(tmp_path / "many", 8000) < 30 * max(took(tmp_path / "few", 1000), 0.005)


@pytest.mark.shared
def test_a_live_photo_has_the_film_that_proves_to_be_its_own(shared: Path) -> None:
    series = shared / "photos" / "series" / "iphone-burst"
    companions = Companions()
    found = {path.name: companions.of(str(path)) for path in series.iterdir()}
    assert {name: [one.kind for one in ones] for name, ones in found.items() if ones} == {
        "IMG_3616.HEIC": [CompanionKind.FILM]
    }


def test_a_film_that_proves_nothing_stays_apart(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg", "a.mov", "a.xmp")
    assert [companion.kind for companion in Companions().of(str(tmp_path / "a.jpg"))] == [CompanionKind.SIDECAR]
