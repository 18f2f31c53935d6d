"""Build the window's parts and join them."""

import gc
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import logs
from app.settings import Settings
from app.store import Store
from app.ui.errors import catch_exceptions
from app.ui.garbage import Collector
from app.ui.main_window import MainWindow
from app.workers.desk import Desk

SWITCH_SECONDS = 0.001
"""How long a thread keeps the interpreter; short, so that painting does not wait for a task."""


def run_window(data_dir: Path, folder: str | None) -> int:
    """Open the window on a data folder, add a folder if one is given, and run until it is closed.

    Raises:
        StoreUnavailable: the catalogue cannot be opened.
        StoreTooNew: a newer program wrote it.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    logs.begin(data_dir)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ShotSift")
    application.setDesktopFileName("shotsift")
    collector = Collector()
    with Store(data_dir) as store:
        desk = Desk(store)
        window = MainWindow(desk, Settings.load(data_dir))
        catch_exceptions(window)
        window.show()
        if folder is not None:
            desk.add_folder(os.path.abspath(folder))  # noqa: PTH100 (links are resolved by the service)
        # What is here now stays, so collections of garbage, which hold up painting, need not go through it again.
        gc.freeze()
        status = application.exec()
        desk.close()
    collector.stop()
    return status
