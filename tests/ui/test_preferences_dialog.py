"""What is chosen in the preferences holds at once and is kept; the endpoint opens and closes with its switch."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.store import Store
from app.ui.main_window import MainWindow
from app.ui.preferences_dialog import PreferencesDialog
from app.ui.widgets import IconButton
from app.workers.desk import Desk
from tests.ui.factories import task
from tests.ui.shelf import PaperDesk


@pytest.fixture
def real(qtbot: QtBot, data_dir: Path) -> Iterator[MainWindow]:
    """A window on a real catalogue."""
    with Store(data_dir) as store:
        window = MainWindow(Desk(store), Settings.load(data_dir))
        qtbot.addWidget(window)
        window.show()
        yield window
        window.close()


def opened(window: MainWindow) -> PreferencesDialog:
    window.commands.preferences.trigger()
    dialog = window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    return dialog


def answers(address: str) -> bool:
    host, _, port = address.partition(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


def test_what_is_chosen_is_kept(qtbot: QtBot, window: MainWindow, settings: Settings, tmp_path: Path) -> None:
    dialog = opened(window)
    dialog.notify.setCurrentIndex(1)
    dialog.notify.activated.emit(1)
    dialog.left_out.setPlainText(".*\n\n export \n")
    dialog.webhook.setText("http://127.0.0.1:9/hook")
    dialog.webhook.editingFinished.emit()
    assert (settings.notify, settings.left_out) == ("always", [".*", "export"])
    assert settings.webhook == "http://127.0.0.1:9/hook"


def test_what_cannot_be_chosen_is_said_and_changes_nothing(window: MainWindow, settings: Settings) -> None:
    dialog = opened(window)
    dialog.webhook.setText("ftp://example.org")
    dialog.webhook.editingFinished.emit()
    assert "http://" in dialog._note.text()
    assert settings.webhook == ""
    dialog.webhook.clear()
    dialog.webhook.editingFinished.emit()
    assert dialog._note.isHidden()


def test_the_switch_opens_and_closes_the_endpoint(qtbot: QtBot, real: MainWindow) -> None:
    dialog = opened(real)
    assert (dialog.answer.isChecked(), dialog.address.text()) == (False, "")
    dialog.answer.click()
    qtbot.waitUntil(lambda: bool(dialog.address.text()), timeout=10_000)
    address = dialog.address.text()
    assert answers(address)
    assert len(dialog.secret.text()) == 48
    for button in dialog.findChildren(IconButton):
        button.click()
        assert QGuiApplication.clipboard().text() in {address, dialog.key_id.text(), dialog.secret.text()}
    dialog.answer.click()
    qtbot.waitUntil(lambda: not answers(address), timeout=10_000)
    assert dialog.address.text() == ""


def test_the_endpoint_is_there_after_the_next_start_and_gone_with_the_window(qtbot: QtBot, data_dir: Path) -> None:
    settings = Settings.load(data_dir)
    settings.endpoint = True
    settings.save()
    with Store(data_dir) as store:
        window = MainWindow(Desk(store), Settings.load(data_dir))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: bool(window._preferences.endpoint.address), timeout=10_000)
        address = window._preferences.endpoint.address
        assert answers(address)
        window.close()
        assert not answers(address)


def test_a_port_that_is_taken_is_said_and_the_switch_goes_back(qtbot: QtBot, real: MainWindow) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        dialog = opened(real)
        dialog.port.setValue(taken.getsockname()[1])
        dialog.answer.click()
        qtbot.waitUntil(lambda: not dialog.answer.isChecked(), timeout=10_000)
        assert "cannot be used" in dialog._note.text()


def test_every_control_has_a_name_and_a_key(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(window)
    for control in dialog.findChildren(QWidget):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.parent() is dialog:
            assert control.accessibleName() or (isinstance(control, QAbstractButton) and control.text())
    buddies = [label.buddy() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    assert {dialog.notify, dialog.left_out, dialog.webhook, dialog.port} <= set(buddies)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(PreferencesDialog) is None)


@pytest.mark.parametrize(("wish", "in_front"), [("always", True), ("always", False), ("away", False)])
def test_the_desktop_is_told_as_the_person_wishes(
    window: MainWindow, desk: PaperDesk, settings: Settings, monkeypatch: pytest.MonkeyPatch, wish: str, in_front: bool
) -> None:
    monkeypatch.setattr(window, "isActiveWindow", lambda: in_front)
    for wished, told in ((wish, 1), ("never", 0)):
        settings.change("notify", wished)
        desk.done.clear()
        window._on_ended(task("garden"))
        assert [done[0] for done in desk.done].count("desktop") == told
    settings.change("notify", "away")
    monkeypatch.setattr(window, "isActiveWindow", lambda: True)
    desk.done.clear()
    window._on_ended(task("garden"))
    assert desk.done == []
