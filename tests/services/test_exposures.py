"""The whole path for frames that one camera took one after the other."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from app.domain.clusters import ClusterKind
from app.store.migrations.versions import r0007_exposures
from tests.services.conftest import Shelf


def write_frame(source: Path, to: Path, second: int, step: float) -> None:
    """Save a photograph as the frame of a camera that was so many EV off."""
    with Image.open(source) as image:
        frame = image.convert("RGB").point(lambda value: min(255, round(value * 2 ** (step / 2.2))))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Testcam", "T-1"
    exif.get_ifd(0x8769).update(
        {
            0x9003: f"2024:07:01 09:00:{second:02}",
            0x9291: "250",
            0x829A: 2**step / 125,
            0x829D: 5.6,
            0x8827: 100,
            0x9204: step,
        }
    )
    frame.save(to, quality=90 + second, exif=exif)  # no two exposures have the same pixels


@pytest.mark.parametrize(
    ("steps", "kind"), [((0.0, -1.0, 1.0), ClusterKind.BRACKET), ((0.0, 0.0, 0.0), ClusterKind.BURST)]
)
def test_frames_are_a_bracket_if_their_exposures_differ_and_a_burst_if_not(
    shelf_of: Callable[[Path], Shelf], photos: Path, tmp_path: Path, steps: tuple[float, ...], kind: ClusterKind
) -> None:
    folder = tmp_path / "frames"
    folder.mkdir()
    for second, step in enumerate(steps):
        write_frame(photos / "distractors" / "olympus-e-10.jpg", folder / f"{second}.jpg", second, step)
    shelf = shelf_of(folder)
    shelf.run()
    (cluster,) = shelf.clusters()
    assert (cluster.kind, len(cluster.members)) == (kind, 3)
    assert (cluster.freed == 0) is kind.protected
    assert all(member.image_score is not None for member in cluster.members)


def test_photographs_that_an_older_version_read_are_read_again_and_keep_their_clusters(shelf: Shelf) -> None:
    shelf.run()
    before = shelf.clusters()
    assert shelf.run().counts.read == 0
    with closing(sqlite3.connect(shelf.store.data_dir / "catalogue.db")) as connection, connection:
        connection.execute("UPDATE contents SET burst_id = '', exposure_seconds = NULL, subsecond = 0")
        for statement in r0007_exposures._STATEMENTS:
            if statement.startswith("UPDATE"):
                connection.execute(statement)
    assert shelf.run().counts.read == 12
    assert [
        (cluster.object_id, cluster.kind, [(m.file_id, m.stamp, m.header) for m in cluster.members])
        for cluster in shelf.clusters()
    ] == [
        (cluster.object_id, cluster.kind, [(m.file_id, m.stamp, m.header) for m in cluster.members])
        for cluster in before
    ]
    assert shelf.run().counts.read == 0
