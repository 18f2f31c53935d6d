"""Every command of the window, once: menus, buttons and tooltips take their words and keys from here."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from app.ui.gallery_keys import MenuLetters
from app.ui.look import Look

translate = QCoreApplication.translate


class Actions(QObject):
    """The commands as actions. Who can do one connects to its ``triggered``."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self._icons: list[tuple[QAction, str]] = []
        self._helps: dict[QAction, str] = {}
        self.letters = MenuLetters(self)
        key = QKeySequence.StandardKey
        tr = self.tr
        self.add_folder = self._make(tr("&Add folder…"), "folder-plus", key.Open, tr("Find similar photos in a folder"))
        self.samples = self._make(tr("Try with &sample photos"), "images", None, tr("Look at a few photos of our own"))
        self.find = self._make(
            tr("&Find similar photos"), "play", "F5", tr("Look again for similar photos in this dataset")
        )
        self.stop = self._make(tr("S&top task"), "square", None, tr("Stop the running task; what is done is kept"))
        self.preferences = self._make(tr("&Preferences…"), "", "Ctrl+,", "")
        self.quit = self._make(tr("&Quit"), "", key.Quit, "")
        self.start_page = self._make(tr("&Start page"), "", "Esc", "")
        self.clusters = self._make(tr("&Clusters"), "", "Ctrl+1", "")
        self.tasks = self._make(tr("&Tasks"), "activity", "Ctrl+2", "")
        self.history = self._make(tr("&History"), "history", "Ctrl+3", tr("What was moved away, and the way back"))
        self.apply = self._make(
            tr("&Apply…"), "trash-2", "Ctrl+Return", tr("See what would go, and move it to the Trash")
        )
        self.sidebar = self._make(tr("Side&bar"), "", "F9", "", checked=True)
        self.full_screen = self._make(tr("F&ull screen"), "", "F11", "", checked=False)
        self._make_setting_actions()
        self.larger = self._make(tr("&Larger photos"), "", "+", "")
        self.smaller = self._make(tr("S&maller photos"), "", "-", "")
        self._make_folder_actions()
        self._make_cluster_actions()
        self._make_photo_actions()
        self._make_decision_actions()
        self.about = self._make(tr("&About ShotSift"), "info", None, "")
        self.themes = QActionGroup(self)
        words = {"system": tr("S&ystem"), "dark": tr("&Dark"), "light": tr("&Light")}
        for preference, text in words.items():
            action = self._make(text, "", None, "", checked=False)
            action.setData(preference)
            self.themes.addAction(action)
        look.changed.connect(self._on_look_changed)

    def all(self) -> list[QAction]:
        return [child for child in self.children() if isinstance(child, QAction)]

    def of_folder(self) -> list[QAction]:
        """Return the commands of one folder, in the order of their menu."""
        return [self.pause_folder, self.resume_folder, self.locate_folder, self.remove_folder]

    def of_cluster(self) -> list[QAction]:
        """Return the commands of what is chosen in the gallery, in the order of their menu."""
        return [self.not_similar, self.split_out, self.merge, self.why, self.why_best]

    def of_photo(self) -> list[QAction]:
        """Return what can be decided on chosen photographs, in the order of their menu."""
        return [
            self.keep,
            self.reject,
            self.undecide,
            self.keep_only,
            self.toggle_reject,
            self.reject_raw,
            self.reject_rendering,
        ]

    def of_decided_cluster(self) -> list[QAction]:
        """Return what can be decided on whole clusters, in the order of their menu."""
        return [self.accept, self.keep_all, self.undecide_all, self.reject_all]

    def fill(self, bar: QMenuBar) -> None:
        """Put all commands into the menus."""
        file = bar.addMenu(self.tr("&File"))
        file.addActions([self.add_folder, self.samples])
        file.addSeparator()
        file.addActions([self.find, self.stop, self.apply])
        file.addSeparator()
        file.addActions([self.preferences, self.quit])
        bar.addMenu(self.tr("&Edit")).addActions([self.undo, self.redo, self.corrections])
        self.folder_menu.addAction(self.folder)
        self.folder_menu.addSeparator()
        self.folder_menu.addActions(self.of_folder())
        bar.addMenu(self.folder_menu)
        photo = bar.addMenu(self.tr("&Photo"))
        photo.setToolTipsVisible(True)
        photo.addActions(self.of_photo())
        cluster = bar.addMenu(self.tr("&Cluster"))
        cluster.setToolTipsVisible(True)
        cluster.addActions(self.of_decided_cluster())
        cluster.addSeparator()
        cluster.addActions(self.of_cluster())
        cluster.addSeparator()
        cluster.addActions([self.accept_sure, self.accept_copies])
        cluster.addSeparator()
        cluster.addAction(self.ladders)
        view = bar.addMenu(self.tr("&View"))
        view.addActions([self.start_page, self.clusters, self.tasks, self.history])
        view.addSeparator()
        view.addActions([self.how_alike, self.best_shot])
        view.addSeparator()
        view.addActions([self.larger, self.smaller])
        view.addSeparator()
        view.addActions([self.sidebar, self.full_screen])
        theme: QMenu = view.addMenu(self.tr("T&heme"))
        theme.addActions(self.themes.actions())
        bar.addMenu(self.tr("&Help")).addAction(self.about)
        for part in (bar, *bar.findChildren(QMenu), self.folder_menu):
            part.installEventFilter(self.letters)

    def offer(self, action: QAction, why_not: str) -> None:
        """Let a command be used, or say in its tooltip why it cannot."""
        action.setEnabled(not why_not)
        action.setToolTip(why_not or self._helps[action])

    def _make_setting_actions(self) -> None:
        tr = self.tr
        self.how_alike = self._make(
            tr("&How alike"),
            "sliders-horizontal",
            "Ctrl+L",
            tr("Set how alike the photos of a cluster are"),
            checked=False,
        )
        self.best_shot = self._make(
            tr("&Best shot"), "crown", "Ctrl+B", tr("Set by what the best photo of a cluster is told"), checked=False
        )

    def _make_folder_actions(self) -> None:
        tr = self.tr
        self.folder_menu = QMenu(tr("Fo&lder"))
        self.folder_menu.setToolTipsVisible(True)
        self.folder = self._make("", "folder", None, tr("The folder that these commands are about"))
        self.folder.setEnabled(False)
        self.pause_folder = self._make(
            tr("&Pause watching"), "pause", None, tr("Do not look into this folder until it is resumed")
        )
        self.resume_folder = self._make(
            tr("&Resume watching"), "play", None, tr("Look into this folder again, and catch up with it")
        )
        self.locate_folder = self._make(
            tr("&Locate folder…"), "folder-open", None, tr("Say where this folder lies now; its clusters stay")
        )
        self.remove_folder = self._make(
            tr("Re&move folder…"), "folder-minus", None, tr("No longer watch this folder; its photos stay on the disk")
        )

    def _make_cluster_actions(self) -> None:
        tr = self.tr
        self.undo = self._make(tr("&Undo"), "", QKeySequence.StandardKey.Undo, tr("Take back what you did last"))
        self.redo = self._make(tr("&Redo"), "", "Ctrl+Shift+Z", tr("Do again what was undone last"))
        self.corrections = self._make(
            tr("Your &corrections…"), "", None, tr("See what you said of these photos, and take it back")
        )
        self.not_similar = self._make(
            tr("&Not similar"), "", "N", tr("These photos show different things: let their cluster go")
        )
        self.split_out = self._make(
            tr("&Split out selected"), "", "Ctrl+Shift+G", tr("The selected photos do not belong to the others")
        )
        self.merge = self._make(tr("&Merge clusters"), "", "G", tr("These clusters show the same: make them one"))
        self.why = self._make(
            tr("&Why together?"), "", "Y", tr("Two photos, or one and the best of its cluster: what speaks for them")
        )
        self.why_best = self._make(
            tr("Why this &one?"), "", "W", tr("What speaks for each photo of the cluster; choose another as the best")
        )

        self.ladders = self._make(
            tr("&Best of copies…"),
            "",
            "Ctrl+Shift+B",
            tr("Choose the best of copies by rules: folders, stars, formats"),
        )

    def _make_photo_actions(self) -> None:
        tr = self.tr
        self.keep = self._make(tr("&Keep"), "", "P", tr("Keep the selected photos"))
        self.reject = self._make(tr("Re&ject"), "", "X", tr("Reject the selected photos; no file is touched"))
        self.undecide = self._make(tr("&Undecide"), "", "U", tr("Take back what is decided on the selected photos"))
        self.keep_only = self._make(
            tr("Keep on&ly this"), "", "Shift+P", tr("Keep this photo, reject the rest, go to the next cluster")
        )
        self.toggle_reject = self._make(
            tr("R&eject on or off"), "", "Del", tr("Reject the selected photos, or no longer; no file is touched")
        )
        self.reject_raw = self._make(tr("Reject the &RAW only"), "", None, tr("The picture beside the RAW file stays"))
        self.reject_rendering = self._make(tr("Reject the JPE&G only"), "", None, tr("The RAW file stays"))

    def _make_decision_actions(self) -> None:
        tr = self.tr
        self.accept = self._make(tr("&Accept"), "", "A", tr("Decide in this cluster as ShotSift proposes"))
        self.keep_all = self._make(tr("Kee&p all"), "", None, tr("Keep all photos of this cluster"))
        self.undecide_all = self._make(
            tr("Un&decide all"), "", None, tr("Take back what is decided on the photos of this cluster")
        )
        self.reject_all = self._make(tr("Rejec&t all…"), "", None, tr("Reject all photos of this cluster, keep none"))
        self.accept_sure = self._make(
            tr("Accept all of &high confidence…"), "", None, tr("Look at some first, then accept them all at once")
        )
        self.accept_copies = self._make(
            tr("Accept all e&xact copies…"), "", None, tr("Look at some first, then accept them all at once")
        )

    def _make(
        self,
        text: str,
        icon: str,
        keys: QKeySequence.StandardKey | str | None,
        help_text: str,
        *,
        checked: bool | None = None,
    ) -> QAction:
        action = QAction(text, self)
        if keys is not None:
            action.setShortcuts([QKeySequence(keys)])
        if icon:
            self._icons.append((action, icon))
            action.setIcon(self._look.icon(icon))
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        words = help_text or action.iconText()
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._helps[action] = f"{words} ({shown})" if shown else words
        action.setToolTip(self._helps[action])
        return action

    def _on_look_changed(self) -> None:
        for action, icon in self._icons:
            action.setIcon(self._look.icon(icon))
