"""The desktop: shows a notification of its own where it can, after the rules that all free desktops follow.

https://specifications.freedesktop.org/notification-spec/latest/
"""

import logging

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

_log = logging.getLogger(__name__)

_NOTIFICATIONS = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
)
_TIMEOUT_SECONDS = 3.0
_BY_THE_DESKTOP = -1
"""The desktop decides how long it is shown."""


def tell_desktop(text: str) -> bool:
    """Show one line on the desktop; tell whether there is a desktop that shows it.

    It is the notification's summary, which is never read as markup, whatever the names in it are.
    """
    hints = {"desktop-entry": ("s", "shotsift")}
    arguments: tuple[object, ...] = ("ShotSift", 0, "shotsift", text, "", [], hints, _BY_THE_DESKTOP)
    call = new_method_call(_NOTIFICATIONS, "Notify", "susssasa{sv}i", arguments)
    try:
        with open_dbus_connection() as connection:
            answer = connection.send_and_get_reply(call, timeout=_TIMEOUT_SECONDS)
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        _log.info("No notification on the desktop: %r", error)
        return False
    return answer.header.message_type is MessageType.method_return
