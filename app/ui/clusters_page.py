"""The page of a dataset: its clusters in a gallery, and a word where there are none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QStackedWidget, QVBoxLayout, QWidget

from app.domain.clusters import Cluster
from app.domain.files import SkippedFile
from app.events import Noun
from app.ui import words
from app.ui.actions import Actions
from app.ui.alikeness_commands import AlikenessCommands
from app.ui.alikeness_panel import AlikenessPanel
from app.ui.choice import Choice, choice_of
from app.ui.empty import EmptyState
from app.ui.empty_words import say_why_empty
from app.ui.gallery_model import EMPTY, GalleryContent, GalleryModel
from app.ui.gallery_view import GalleryView
from app.ui.look import Look, Text
from app.ui.overview import Overview, Refresh
from app.ui.page_reading import PageReading, Waiting, read_page
from app.ui.proposals import Proposals
from app.ui.ranking_commands import RankingCommands
from app.ui.ranking_panel import RankingPanel
from app.ui.returned_bar import ReturnedBar
from app.ui.skipped import SkippedDialog
from app.ui.thumbnails import Thumbnails
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL, PAGE_HEADER, THUMBNAIL_MAX, THUMBNAIL_MIN, TOOLBAR
from app.ui.widgets import Button, IconLabel, Label, surface
from app.workers.desk import Desk

_STEP = 16
_SLIDER = 88
_Nouns = frozenset({Noun.CLUSTERS, Noun.FILES, Noun.DATASETS, Noun.DELETIONS})


class ClustersPage(QWidget):
    """Shows one dataset at a time.

    ``resized`` tells the height that a person chose for the photographs, and ``locate`` asks to say where a folder that
    cannot be opened lies now.
    """

    resized = Signal(int)
    locate = Signal()
    was_read = Signal()
    """What the catalogue says was read and is shown; ``waiting`` is as new."""

    def __init__(self, look: Look, desk: Desk, overview: Overview, actions: Actions, thumbnails: Thumbnails) -> None:
        super().__init__()
        surface(self, "backdrop")
        self._look, self._desk, self._overview, self._thumbnails = look, desk, overview, thumbnails
        self._name = ""
        self._read = self._decided_since = False
        self._skipped: list[SkippedFile] = []
        self.waiting = Waiting()
        self._model = GalleryModel(self)
        self.gallery = self._make_gallery(desk)
        self.returned = ReturnedBar(look)
        self.empty = EmptyState(look, Button.of(look, actions.add_folder, "folder-plus"))
        self._slider = _slider()
        self._slider.setAccessibleName(self.tr("Size of the photos"))
        self.toolbar = self._make_toolbar(actions)
        self._title = Label(look, Text.TITLE)
        self._numbers = Label(look, Text.SMALL, "text2")
        self.offline = self._make_offline()
        self.skipped_button = Button(look, "", "file-warning", "quiet")
        self.skipped_button.clicked.connect(self._on_skipped)
        self.panel = AlikenessPanel(look)
        self.alikeness = AlikenessCommands(desk, overview, actions, self.panel)
        self.ranking_panel = RankingPanel(look)
        self.ranking = RankingCommands(desk, overview, actions, self.ranking_panel)
        for led in (self.alikeness, self.ranking):
            led.switch.left.connect(self.take_keys)
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._arrange()
        self._connect(actions)
        overview.datasets_read.connect(self._show_words)
        self._refresh = Refresh(desk, _Nouns, self)
        self._refresh.due.connect(self._on_due)

    def _connect(self, actions: Actions) -> None:
        self._slider.valueChanged.connect(self._on_slider)
        self.gallery.resized.connect(self.step)
        actions.larger.triggered.connect(lambda: self.step(1))
        actions.smaller.triggered.connect(lambda: self.step(-1))
        self.returned.wanted.connect(self._on_review)

    def _make_gallery(self, desk: Desk) -> GalleryView:
        gallery = GalleryView(self._look, self._thumbnails)
        gallery.show_model(self._model)
        gallery.setAccessibleName(self.tr("Photos in clusters"))
        self._proposals = Proposals(desk, self)
        self._proposals.arrived.connect(self._on_proposed)
        gallery.seen.connect(self._proposals.want)
        return gallery

    def _arrange(self) -> None:
        for page in (self._blank, self.gallery, self.empty):
            page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_header())
        layout.addWidget(self.panel)
        layout.addWidget(self.ranking_panel)
        layout.addWidget(self.returned)
        layout.addWidget(self._stack, 1)

    def show_dataset(self, name: str) -> None:
        """Show another dataset from its beginning, or the same one where it is."""
        if name != self._name:
            self._name, self._read, self._skipped, self.waiting = name, False, [], Waiting()
            self.returned.show_photos(EMPTY, ())
            self._model.set_content(EMPTY)
            self._turn_to(self._blank)
            self.alikeness.show_dataset(name)
            self.ranking.show_dataset(name)
            self._show_words()
        self._refresh.now()

    def shown(self) -> str:
        """Return the name of the dataset on the page, or nothing."""
        return self._name

    def content(self) -> GalleryContent:
        """Return what the gallery shows."""
        return self._model.content

    def choice(self) -> Choice | None:
        """Return what is chosen in the gallery, if it is in sight."""
        rows = self.gallery.currentIndex().row(), self.gallery.chosen()
        return choice_of(self.content(), *rows) if self.gallery.isVisible() else None

    def take_keys(self) -> None:
        """Let the keys act on what the page shows."""
        self._stack.currentWidget().setFocus()

    def set_thumbnail(self, height: int) -> None:
        self._slider.setValue(height)
        self.gallery.set_thumbnail(height)

    def step(self, direction: int) -> None:
        """Make the photographs larger (1) or smaller (-1)."""
        self._slider.setValue(self._slider.value() + direction * _STEP)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.alikeness.offer(in_sight=True)
        self.ranking.offer(in_sight=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.alikeness.offer(in_sight=False)
        self.ranking.offer(in_sight=False)

    def _make_toolbar(self, actions: Actions) -> QWidget:
        bar = QWidget()
        surface(bar, "toolbar")
        bar.setFixedHeight(TOOLBAR)
        add = Button.of(self._look, actions.add_folder, "folder-plus")
        find = Button.of(self._look, actions.find, "play", "primary")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(GAP_L, 0, GAP_L, 0)
        layout.setSpacing(GAP_M)
        layout.addWidget(add)
        layout.addStretch(1)
        layout.addWidget(Button.of(self._look, actions.how_alike, "sliders-horizontal", "quiet"))
        layout.addWidget(Button.of(self._look, actions.best_shot, "crown", "quiet"))
        layout.addSpacing(GAP_XL)
        layout.addWidget(IconLabel(self._look, "image", 12))
        layout.addWidget(self._slider)
        layout.addWidget(IconLabel(self._look, "image", 18))
        layout.addSpacing(GAP_XL)
        layout.addWidget(Button.of(self._look, actions.apply, "trash-2"))
        layout.addWidget(find)
        return bar

    def _make_header(self) -> QWidget:
        header = QWidget()
        surface(header, "header")
        header.setFixedHeight(PAGE_HEADER)
        layout = QHBoxLayout(header)
        layout.setContentsMargins(GAP_XL, 0, GAP_L, GAP_S // 2)
        layout.setSpacing(GAP_L)
        layout.addWidget(self._title)
        layout.addWidget(self._numbers)
        layout.addSpacing(GAP_M)
        for part in self.offline:
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self.skipped_button)
        return header

    def _make_offline(self) -> tuple[QWidget, ...]:
        label = Label(self._look, Text.SMALL, "warn")
        label.setText(words.offline())
        locate = Button(self._look, self.tr("Locate folder…"), "folder-open", "quiet")
        locate.make_small()
        locate.clicked.connect(self.locate)
        return IconLabel(self._look, "unplug", 14, "warn"), label, locate

    def _on_due(self) -> None:
        name, before = self._name, self._model.content.clusters
        self._decided_since = False
        if name:
            self._desk.ask(lambda store: read_page(store, name, before), self._on_read)
        else:
            self._refresh.answered()

    def _on_read(self, found: PageReading) -> None:
        self._refresh.answered()
        if found.name != self._name or self._decided_since:
            # What was decided while this was read would vanish for a moment.
            self._refresh.now()
            return
        first, self._read = not self._read, True
        self._skipped, self.waiting = found.skipped, found.waiting
        self._proposals.renew()
        if found.content is not None:
            self._thumbnails.forget_missing()
            with self.gallery.keeping_place():
                self._model.set_content(found.content)
        if first and self._model.content.photos:
            self.gallery.verticalScrollBar().setValue(0)
        self.returned.show_photos(self.content(), found.returned)
        self._show_words()
        self.was_read.emit()

    def show_decided(self, clusters: Sequence[Cluster]) -> None:
        """Show at once what was decided in clusters; all is read again a little later."""
        self._decided_since = True
        self._model.show_decided(clusters)

    def read_again(self) -> None:
        """Show what the catalogue says: something that was shown beforehand did not come to be."""
        self._refresh.now()

    def go_after(self, object_id: str) -> None:
        """Go to the first photograph of the next cluster, if there is one."""
        content = self.content()
        group = next((place for place, one in enumerate(content.clusters) if one.object_id == object_id), -1)
        if 0 <= group < len(content.clusters) - 1:
            self.gallery.choose([content.photos[int(content.starts[group + 1])].file.file_id])

    def _on_proposed(self) -> None:
        self._model.proposed = self._proposals.known
        self.gallery.viewport().update()

    def _show_words(self) -> None:
        content, dataset = self._model.content, self._overview.dataset(self._name)
        self._title.setText(self._overview.title(self._name))
        parts = [words.clusters(len(content.clusters)), words.photos(len(content.photos)), words.freed(content.freed)]
        self._numbers.setText(words.SEPARATOR.join(parts) if content.clusters else "")
        self.alikeness.show_found(len(content.clusters), len(content.photos))
        for part in self.offline:
            part.setVisible(dataset is not None and dataset.offline and bool(content.clusters))
        self.skipped_button.setText(words.unreadable(len(self._skipped)))
        self.skipped_button.setVisible(bool(self._skipped))
        if not self._read:
            return
        self._turn_to(self.gallery if content.photos else self.empty)
        if not content.photos:
            say_why_empty(self.empty, self._overview, self._name)

    def _turn_to(self, page: QWidget) -> None:
        had_keys = self._stack.currentWidget().hasFocus()
        self._stack.setCurrentWidget(page)
        if had_keys:
            page.setFocus()

    def _on_slider(self, height: int) -> None:
        self.gallery.set_thumbnail(height)
        self.resized.emit(height)

    def _on_review(self, file_ids: Sequence[int]) -> None:
        self.gallery.choose(file_ids)
        self.take_keys()

    def _on_skipped(self) -> None:
        dialog = SkippedDialog(self._look, self._skipped, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _slider() -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(THUMBNAIL_MIN, THUMBNAIL_MAX)
    slider.setSingleStep(_STEP)
    slider.setPageStep(4 * _STEP)
    slider.setFixedWidth(_SLIDER)
    slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return slider
