"""A notification reaches a desktop that shows such, and its absence is no failure."""

import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from jeepney import HeaderFields, MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from app.workers.desktop import tell_desktop


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of its own."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


def test_the_line_is_shown_as_it_is(bus: str) -> None:
    shown: list[tuple[object, ...]] = []
    with open_dbus_connection(bus) as desktop:
        desktop.send_and_get_reply(message_bus.RequestName("org.freedesktop.Notifications"))

        def answer() -> None:
            while True:
                call = desktop.receive(timeout=10)
                if call.header.message_type is MessageType.method_call:
                    shown.append(call.body)
                    assert call.header.fields[HeaderFields.signature] == "susssasa{sv}i"
                    desktop.send(new_method_return(call, "u", (1,)))
                    return

        thread = threading.Thread(target=answer)
        thread.start()
        assert tell_desktop("Walks & <b>Lakes</b>: 2 clusters found")
        thread.join()
    ((name, replaces, _, summary, body, *_),) = shown
    assert (name, replaces, summary, body) == ("ShotSift", 0, "Walks & <b>Lakes</b>: 2 clusters found", "")


def test_a_desktop_without_notifications_is_no_failure(bus: str) -> None:
    assert not tell_desktop("2 clusters found")


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere", "nonsense"])
def test_no_bus_is_no_failure(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not tell_desktop("2 clusters found")
