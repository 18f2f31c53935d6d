"""Whose the single letters are: the photographs', unless a menu is open."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_WITH_LETTERS = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class MenuLetters(QObject):
    """Leaves the letters to an open menu; Qt would let one act on what is behind it, though an entry has it.

    It filters the events of menus, of their bar and of what has commands with letters.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or QApplication.activePopupWidget() is None:
            return False
        if isinstance(event, QKeyEvent) and event.modifiers() in _WITH_LETTERS:
            event.accept()
            return True
        return False


def give_keys(gallery: QWidget, actions: Iterable[QAction], letters: MenuLetters) -> None:
    """Let the keys of commands act where the photographs have them; elsewhere letters lead to rows by their names."""
    for action in actions:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        gallery.addAction(action)
    gallery.installEventFilter(letters)
