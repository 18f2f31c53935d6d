"""What a person does with a watched folder: pause and resume it, say where it lies now, or no longer watch it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QMenu, QVBoxLayout, QWidget

from app.domain.datasets import Binding, BindingState
from app.services import bindings
from app.ui import words
from app.ui.actions import Actions
from app.ui.clusters_page import ClustersPage
from app.ui.look import Look, Text
from app.ui.notice import Notice
from app.ui.overview import Overview
from app.ui.paths import folder_name, short
from app.ui.sidebar import Sidebar
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label
from app.workers.desk import Desk

_WIDTH = 420
_IDLE = {BindingState.STOPPED, BindingState.FAILED}
_DONE = ("circle-check", "text1")


class FolderCommands(QObject):
    """Does the commands of the folder chosen in the sidebar, else of the only one of the dataset shown."""

    def __init__(
        self,
        look: Look,
        desk: Desk,
        overview: Overview,
        commands: Actions,
        parts: tuple[Sidebar, ClustersPage, Notice],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._look, self._desk, self._overview, self._commands, self._window = look, desk, overview, commands, window
        self._sidebar, self._page, self._notice = parts
        commands.pause_folder.triggered.connect(self._on_pause)
        commands.resume_folder.triggered.connect(self._on_resume)
        commands.locate_folder.triggered.connect(self._on_locate)
        commands.remove_folder.triggered.connect(self._on_remove)
        commands.folder_menu.aboutToShow.connect(self.offer)
        self._sidebar.walked.connect(self.offer)
        self._sidebar.menu_wanted.connect(self._on_menu_wanted)
        self._page.locate.connect(self._on_locate_waiting)

    def chosen(self) -> Binding | None:
        """Return the folder that the commands are about."""
        name, folder = "", ""
        if self._sidebar.isVisible() and (current := self._sidebar.folder()) is not None:
            name, folder = current
        elif self._page.isVisible():
            name = self._page.shown()
        dataset = self._overview.dataset(name)
        found = [binding for binding in dataset.bindings if folder in {"", binding.path}] if dataset else []
        return found[0] if len(found) == 1 else None

    def offer(self) -> None:
        """Offer what can be done with the folder, and name it."""
        binding, commands = self.chosen(), self._commands
        idle = binding is not None and binding.state in _IDLE
        commands.pause_folder.setVisible(not idle)
        commands.resume_folder.setVisible(idle)
        why_not = "" if binding is not None else self.tr("Choose a folder in the sidebar")
        for action in commands.of_folder():
            commands.offer(action, why_not)
        named = why_not if binding is None else folder_name(binding.path)
        commands.folder.setText(named.replace("&", "&&"))

    def _on_menu_wanted(self, place: QPoint) -> None:
        self.offer()
        binding = self.chosen()
        if binding is None or QApplication.activePopupWidget() is not None:
            return
        menu = QMenu(folder_name(binding.path), self._window)
        menu.setAccessibleName(menu.title())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        offered = self._commands.of_folder()
        if binding.state is BindingState.RETRYING:
            offered.sort(key=lambda action: action is not self._commands.locate_folder)
        menu.addActions(offered)
        menu.popup(place)

    def _on_pause(self) -> None:
        if (binding := self.chosen()) is not None:
            self._desk.pause(binding.dataset_name, binding.path)

    def _on_resume(self) -> None:
        if (binding := self.chosen()) is not None:
            self._desk.resume(binding.dataset_name, binding.path)

    def _on_locate(self) -> None:
        if (binding := self.chosen()) is not None:
            self._desk.ask(lambda _store: _nearest(binding.path), partial(self._ask_where, binding))

    def _on_locate_waiting(self) -> None:
        """Locate the folder that the page of its dataset says cannot be opened."""
        dataset, chosen = self._overview.dataset(self._page.shown()), self.chosen()
        waiting = [binding for binding in dataset.bindings if binding.state is BindingState.RETRYING] if dataset else []
        if waiting:
            binding = chosen if chosen is not None and chosen in waiting else waiting[0]
            self._desk.ask(lambda _store: _nearest(binding.path), partial(self._ask_where, binding))

    def _ask_where(self, binding: Binding, start: str) -> None:
        title = self.tr("Where is “{folder}” now?").format(folder=folder_name(binding.path))
        dialog = QFileDialog(self._window, title, start)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(
            lambda chosen: self._desk.locate(
                binding.dataset_name, binding.path, chosen, partial(self._on_located, binding.path)
            )
        )
        dialog.open()

    def _on_located(self, folder: str, place: str) -> None:
        text = self.tr("{folder} was found in {place}").format(folder=folder_name(folder), place=short(place))
        self._notice.say(text, _DONE)

    def _on_remove(self) -> None:
        if (binding := self.chosen()) is not None:
            self._desk.ask(
                lambda store: bindings.count_files(store, binding.dataset_name, binding.path),
                partial(self._ask_whether, binding),
            )

    def _ask_whether(self, binding: Binding, photos: int) -> None:
        dialog = RemoveDialog(self._look, folder_name(binding.path), photos, self._window)
        dialog.answered.connect(
            lambda forget: self._desk.remove(
                binding.dataset_name, binding.path, partial(self._on_removed, binding.path), forget=forget
            )
        )
        dialog.open()

    def _on_removed(self, folder: str, forgotten: int) -> None:
        text = self.tr("{folder} is no longer watched").format(folder=folder_name(folder))
        if forgotten:
            text = self.tr("{folder} is no longer watched; {photos} forgotten").format(
                folder=folder_name(folder), photos=words.photos(forgotten)
            )
        self._notice.say(text, _DONE)


class RemoveDialog(QDialog):
    """Asks what becomes of the photos that only a folder gave its dataset; ``answered`` tells whether to forget them.

    Who cancels it gives no answer.
    """

    answered = Signal(bool)

    def __init__(self, look: Look, folder: str, photos: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Remove folder"))
        self.setFixedWidth(_WIDTH)
        title, sentence = _wrapped(look, Text.TITLE, "text1"), _wrapped(look, Text.BODY, "text1")
        title.setText(self.tr("Stop watching “{folder}”?").format(folder=folder))
        sentence.setText(self._sentence(photos))
        self.setAccessibleDescription(sentence.text())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_L)
        layout.addWidget(title)
        layout.addWidget(sentence)
        if photos:
            note = _wrapped(look, Text.SMALL, "text2")
            note.setText(self.tr("Forgotten photos leave their clusters; kept ones stay in them as they are."))
            layout.addWidget(note)
        layout.addSpacing(GAP_M)
        layout.addWidget(self._make_buttons(look, photos))

    def _sentence(self, photos: int) -> str:
        if not photos:
            return self.tr("ShotSift knows no photos that lie in this folder alone. Nothing on your disk changes.")
        if photos == 1:
            return self.tr("Its 1 photo stays on your disk, whatever you choose.")
        return self.tr("Its {photos} stay on your disk, whatever you choose.").format(photos=words.photos(photos))

    def _make_buttons(self, look: Look, photos: int) -> QDialogButtonBox:
        box = QDialogButtonBox()
        keep = Button(look, self.tr("Keep in ShotSift") if photos else self.tr("Remove"))
        keep.clicked.connect(lambda: self._answer(forget=False))
        box.addButton(keep, QDialogButtonBox.ButtonRole.AcceptRole)
        if photos:
            forget = Button(look, self.tr("Forget photos"))
            forget.clicked.connect(lambda: self._answer(forget=True))
            box.addButton(forget, QDialogButtonBox.ButtonRole.DestructiveRole)
        cancel = Button(look, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setDefault(True)
        cancel.setFocus(Qt.FocusReason.TabFocusReason)
        return box

    def _answer(self, *, forget: bool) -> None:
        self.accept()
        self.answered.emit(forget)


def _wrapped(look: Look, text: Text, color: str) -> Label:
    label = Label(look, text, color)
    label.setWordWrap(True)
    return label


def _nearest(folder: str) -> str:
    """Return the folder itself, or the nearest one above it that is there. It looks at the disk."""
    return str(next((place for place in (Path(folder), *Path(folder).parents) if place.is_dir()), Path(folder).anchor))
