"""What a person chose for the window: put on at once, and written down a moment later away from the screen's thread."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QActionGroup

from app.settings import Settings
from app.ui.endpoint import Endpoint
from app.ui.look import Look
from app.workers.desk import Desk

_SAVE_MS = 400


class Preferences(QObject):
    """Joins the settings to the theme's actions and to the size of the photographs."""

    def __init__(self, settings: Settings, look: Look, desk: Desk, themes: QActionGroup) -> None:
        super().__init__(look)
        self._settings, self._look, self._desk = settings, look, desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_MS)
        self._timer.timeout.connect(self.save)
        for action in themes.actions():
            action.setChecked(action.data() == settings.theme)
        themes.triggered.connect(self._on_theme)
        self.endpoint = Endpoint(desk, self)
        if settings.endpoint:
            self.endpoint.open(settings.endpoint_port)

    @property
    def settings(self) -> Settings:
        """What holds now; to be changed only by :meth:`change`."""
        return self._settings

    def change(self, name: str, value: object) -> None:
        """Change one setting.

        Raises:
            InvalidArgument: it cannot have this value.
        """
        self._settings.change(name, value)
        self._timer.start()

    def wants_desktop(self, *, in_front: bool) -> bool:
        """Tell whether the desktop is to be told of the end of a task."""
        return self._settings.notify == "always" or (self._settings.notify == "away" and not in_front)

    def remember_height(self, height: int) -> None:
        self.change("thumbnail_height", height)

    def save(self) -> None:
        """Write the settings down."""
        self._desk.ask(lambda _store: self._settings.save(), lambda _nothing: None)

    def _on_theme(self, action: QAction) -> None:
        self._settings.theme = action.data()
        self._look.choose(self._settings.theme)
        self._timer.start()
