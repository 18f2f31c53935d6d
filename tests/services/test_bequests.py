"""Before the rejected go, their keeper is offered what they say; only its sidecar is ever written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.bequests import NOTHING, Bequest, Conflict, Metadata, Part
from app.domain.clusters import Cluster
from app.domain.plans import Plan
from app.errors import ResourceNotFound, SidecarUnusable
from app.imaging.readers import Readers
from app.imaging.sidecars import Sidecars, put_sidecar
from app.imaging.xmp_metadata import merged, xmp_metadata
from app.services.bequests import bequests_of, write_bequest
from app.services.planning import make_plan
from app.services.ratings import rate
from app.workers.trash import SystemTrash
from tests.imaging.test_xmp import BOMB, LIGHTROOM
from tests.imaging.test_xmp_metadata import DARKTABLE
from tests.services.conftest import Shelf
from tests.services.test_applying import plan_of, reject_rest, snapshot


@pytest.fixture
def cluster(stocked: Shelf) -> Cluster:
    """A burst of which all but the first were rejected."""
    return reject_rest(stocked)


@pytest.fixture
def keeper(cluster: Cluster) -> Path:
    return Path(cluster.members[0].path)


@pytest.fixture
def victims(cluster: Cluster) -> list[Path]:
    return sorted(Path(member.path) for member in cluster.members[1:])


def beside(photograph: Path) -> Path:
    return photograph.with_name(f"{photograph.name}.xmp")


def say(photograph: Path, metadata: Metadata) -> None:
    beside(photograph).write_bytes(merged(None, metadata))


def embed(photograph: Path, xmp: bytes) -> None:
    """Put XMP into a JPEG."""
    data, segment = photograph.read_bytes(), b"http://ns.adobe.com/xap/1.0/\0" + xmp
    photograph.write_bytes(data[:2] + b"\xff\xe1" + (len(segment) + 2).to_bytes(2, "big") + segment + data[2:])


def write_beside(photograph: str, change: Callable[[bytes | None], bytes]) -> None:
    written = Sidecars().change(photograph, change)
    put_sidecar(written.path, written.before, written.after)


def offered(shelf: Shelf) -> list[Bequest]:
    return bequests_of(shelf.store, plan_of(shelf), shelf.readers)


def test_a_keeper_is_offered_what_the_rejected_say_and_gets_it_in_its_sidecar(
    stocked: Shelf, keeper: Path, victims: list[Path]
) -> None:
    place = (48.85, 2.29)
    say(victims[0], Metadata(4, "Red", ("sea",), "At the sea", place))
    say(victims[1], Metadata(2, "", ("Sea", "ice")))
    before = snapshot(stocked.folder)
    (bequest,) = offered(stocked)
    assert snapshot(stocked.folder) == before
    gains = Metadata(4, "Red", ("sea", "ice"), "At the sea", place)
    assert bequest == Bequest(str(keeper), (str(victims[0]), str(victims[1])), gains)
    write_bequest(bequest, write_beside)
    assert xmp_metadata(beside(keeper).read_bytes()) == gains
    after = snapshot(stocked.folder)
    assert after.keys() - before.keys() == {beside(keeper).name}
    assert {name: after[name] for name in before} == before
    (again,) = offered(stocked)
    assert again.gains == NOTHING
    assert again.conflicts == (Conflict(Part.STARS, str(victims[1]), 4, 2),)


def test_what_stands_in_the_files_themselves_counts_and_a_sidecar_outranks_it(
    stocked: Shelf, keeper: Path, victims: list[Path]
) -> None:
    plan = plan_of(stocked)
    embed(victims[0], DARKTABLE)
    embed(keeper, LIGHTROOM)
    say(victims[0], Metadata(caption="Of the sidecar"))
    (bequest,) = bequests_of(stocked.store, plan, stocked.readers)
    assert bequest.gains.keywords == ("gr\u00fcn & blau", "places", "Paris & more")
    assert bequest.gains.caption == "Of the sidecar"
    assert bequest.conflicts == (Conflict(Part.STARS, str(victims[0]), 3, 4),)


def test_a_raw_file_that_stays_alone_gets_what_its_jpeg_says(stocked: Shelf, victims: list[Path]) -> None:
    plan = plan_of(stocked)
    raw = victims[0].with_suffix(".CR2")
    raw.write_bytes(b"II*\0" + bytes(50))
    embed(victims[0], DARKTABLE)
    part = replace(next(one for one in plan.files if one.path == str(victims[0])), keeper=str(raw))
    plan = replace(plan, files=(part,))
    (bequest,) = bequests_of(stocked.store, plan, stocked.readers)
    assert bequest.gains == xmp_metadata(DARKTABLE)
    write_bequest(bequest, write_beside)
    assert xmp_metadata(raw.with_suffix(".xmp").read_bytes()) == bequest.gains
    assert bequests_of(stocked.store, plan, stocked.readers) == []


def test_stars_that_a_person_gave_here_outrank_file_and_sidecar(
    stocked: Shelf, keeper: Path, victims: list[Path]
) -> None:
    say(victims[0], Metadata(1, "Red", caption="At the sea"))
    rate(stocked.store, [str(victims[0])], 5, "Mine")
    assert offered(stocked)[0].gains == Metadata(5, "Mine", caption="At the sea")
    rate(stocked.store, [str(keeper)], 2, None)
    (bequest,) = offered(stocked)
    assert bequest.gains == Metadata(None, "Mine", caption="At the sea")
    assert bequest.conflicts == (Conflict(Part.STARS, str(victims[0]), 2, 5),)


def test_a_sidecar_that_cannot_be_used_is_told_and_hinders_no_other(
    stocked: Shelf, keeper: Path, victims: list[Path]
) -> None:
    beside(victims[0]).write_bytes(BOMB)
    say(victims[1], Metadata(caption="At the sea"))
    (bequest,) = offered(stocked)
    assert bequest.gains == Metadata(caption="At the sea")
    (conflict,) = bequest.conflicts
    assert (conflict.part, conflict.path) == (Part.READING, str(victims[0]))
    assert "document type" in str(conflict.offered)


def in_utf_16(sidecar: Path) -> None:
    sidecar.write_bytes(LIGHTROOM.decode().encode("utf-16"))


def dangerous(sidecar: Path) -> None:
    sidecar.write_bytes(BOMB)


@pytest.mark.parametrize(
    ("spoil", "words"), [(in_utf_16, "UTF-8"), (dangerous, "document type"), (Path.mkdir, "directory")]
)
def test_nothing_is_offered_to_a_keeper_whose_sidecar_cannot_take_it(
    stocked: Shelf, keeper: Path, victims: list[Path], spoil: Callable[[Path], None], words: str
) -> None:
    spoil(beside(keeper))
    say(victims[0], Metadata(caption="At the sea"))
    (bequest,) = offered(stocked)
    assert bequest.gains == NOTHING
    assert bequest.conflicts[0].path == str(keeper)
    assert words in str(bequest.conflicts[0].offered)
    write_bequest(bequest, lambda photograph, change: pytest.fail("nothing is to be written"))


def test_nothing_is_offered_to_a_keeper_that_cannot_be_read(stocked: Shelf, keeper: Path, victims: list[Path]) -> None:
    plan = plan_of(stocked)
    keeper.write_bytes(b"no picture")
    say(victims[0], Metadata(caption="At the sea"))
    (bequest,) = bequests_of(stocked.store, plan, stocked.readers)
    assert bequest.gains == NOTHING
    assert bequest.conflicts == (Conflict(Part.READING, str(keeper), None, "It is no picture"),)


def test_files_that_are_gone_or_no_pictures_are_told(stocked: Shelf, keeper: Path, victims: list[Path]) -> None:
    plan = plan_of(stocked)
    victims[0].unlink()
    victims[1].write_bytes(b"no picture")
    (bequest,) = bequests_of(stocked.store, plan, stocked.readers)
    assert (bequest.keeper, bequest.gains) == (str(keeper), NOTHING)
    assert [(one.path, one.offered) for one in bequest.conflicts] == [
        (str(victims[0]), "It is not there any longer"),
        (str(victims[1]), "It is no picture"),
    ]


def test_keepers_are_read_only_where_their_rejected_say_anything(
    stocked: Shelf, keeper: Path, victims: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    look = Readers.read_metadata

    def noted(self: Readers, paths: list[str]) -> object:
        read.extend(paths)
        return look(self, paths)

    monkeypatch.setattr(Readers, "read_metadata", noted)
    assert offered(stocked) == []
    assert set(read) == {str(victim) for victim in victims}
    say(victims[0], Metadata(caption="At the sea"))
    assert len(offered(stocked)) == 1
    assert str(keeper) in read


def test_what_the_sidecar_says_at_the_moment_of_writing_is_not_replaced(
    stocked: Shelf, keeper: Path, victims: list[Path]
) -> None:
    say(victims[0], Metadata(3, caption="At the sea"))
    (bequest,) = offered(stocked)
    say(keeper, Metadata(caption="Written meanwhile"))
    write_bequest(bequest, write_beside)
    assert xmp_metadata(beside(keeper).read_bytes()) == Metadata(3, caption="Written meanwhile")
    beside(keeper).write_bytes(b"<x")
    with pytest.raises(SidecarUnusable, match="not well-formed"):
        write_bequest(bequest, write_beside)
    assert beside(keeper).read_bytes() == b"<x"


def test_a_plan_without_files_and_a_dataset_that_is_gone_have_no_bequests(stocked: Shelf) -> None:
    plan = make_plan(stocked.store, stocked.name, SystemTrash())
    assert bequests_of(stocked.store, plan, stocked.readers) == []
    with pytest.raises(ResourceNotFound):
        bequests_of(stocked.store, Plan("another", plan.end, "", ()), stocked.readers)
