"""An exception that nobody expected is logged, shown once and never kills the window."""

import logging
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.errors import catch_exceptions


def test_only_the_first_exception_is_shown_and_each_is_logged(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = QWidget()
    qtbot.addWidget(window)
    crashes = catch_exceptions(window)
    with caplog.at_level(logging.CRITICAL):
        for text in ("first", "second"):
            error = ValueError(text)
            crashes.hook(ValueError, error, None)
    shown = crashes.shown()
    assert shown is not None
    assert not shown.isModal()
    assert "ValueError: first" in shown.details.toPlainText()
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == ["first", "second"]


def test_an_exception_in_a_slot_fails_a_test(qtbot: QtBot) -> None:
    def fail() -> None:
        raise ValueError("in a slot")

    with qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert str(caught[0][1]) == "in a slot"
