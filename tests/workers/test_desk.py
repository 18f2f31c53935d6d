"""The desk on a real catalogue: what it tells arrives where the window lives."""

import threading
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.store import Store
from app.workers.desk import Desk
from tests.factories import copy_photos

SIGNALS = ("changed", "progressed", "ended", "added", "failed")


def test_every_signal_is_emitted_in_the_windows_thread(
    qtbot: QtBot, data_dir: Path, photos: Path, tmp_path: Path
) -> None:
    heard: dict[str, set[int]] = {}

    def listen(name: str) -> None:
        def hear(_: object) -> None:
            heard.setdefault(name, set()).add(threading.get_ident())

        # A direct call runs in the thread that emits.
        getattr(desk, name).connect(hear, Qt.ConnectionType.DirectConnection)

    with Store(data_dir) as store:
        desk = Desk(store)
        for name in SIGNALS:
            listen(name)
        desk.add_folder(str(tmp_path / "missing"))
        desk.add_folder(str(copy_photos(photos, tmp_path / "photos")))
        qtbot.waitUntil(lambda: "ended" in heard, timeout=60_000)
        desk.close()
    assert heard == {name: {threading.get_ident()} for name in SIGNALS}
