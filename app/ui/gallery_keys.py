"""Whose the single letters are: the photographs', unless a menu is open."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.ui.actions import Actions


class GalleryKeys(QObject):
    """Gives the commands of photographs and clusters their keys where the photographs have the keys.

    Elsewhere letters lead to rows by their names, and in an open menu to its entries.
    """

    def __init__(self, commands: Actions, gallery: QWidget) -> None:
        super().__init__(gallery)
        self._gallery = gallery
        self._open = 0
        self._actions = [*commands.of_photo(), *commands.of_decided_cluster(), *commands.of_cluster()]
        for action in self._actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        gallery.addActions(self._actions)
        commands.menu_open.connect(self._on_menu_open)

    def _on_menu_open(self, is_open: bool) -> None:  # noqa: FBT001 (a slot)
        self._open = max(0, self._open + (1 if is_open else -1))
        for action in self._actions:
            # Qt would let a letter act on the photographs although the menu has an entry for it.
            if self._open:
                self._gallery.removeAction(action)
            elif action not in self._gallery.actions():
                self._gallery.addAction(action)
