"""Why together: two photographs side by side, the verdict, what speaks for them, and what would change it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.explanations import Explanation
from app.domain.files import FileMeta
from app.domain.uris import shown
from app.errors import ShotSiftError
from app.imaging.readers import Readers
from app.services.explaining import explain
from app.services.thumbnails import get_thumbnails
from app.store import Store
from app.ui import explanations, words
from app.ui.look import Look, Text
from app.ui.paths import folder_name, short
from app.ui.regrouping import Regrouped, Regrouping
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.thumbnails import Decoded, decode
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label, surface
from app.workers.desk import Desk

_WIDTH = 620
_PICTURE = QSize(278, 200)
Pair = tuple[FileMeta, FileMeta]


class ExplanationDialog(QDialog):
    """Explains two photographs of a dataset, again after its clusters changed; ``wanted`` carries what would help."""

    wanted = Signal(object)

    def __init__(
        self, look: Look, desk: Desk, dataset_name: str, pair: Pair, regrouping: Regrouping, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Why together or apart?"))
        self.setFixedWidth(_WIDTH)
        self._desk, self._name, self._pair, self._regrouping = desk, dataset_name, pair, regrouping
        self._closed = self._answered = False
        self._found: Explanation | None = None
        self._pictures = [_Picture(look, file) for file in pair]
        self.title = Label(look, Text.TITLE)
        self.verdict = Label(look, Text.BODY, "text2")
        self.verdict.setWordWrap(True)
        self.table = Table(look, [self.tr("What speaks for them"), ""], whole=True)
        self.table.setAccessibleName(self.tr("What speaks for them"))
        self.remedy = Button(look, "")
        self.remedy.clicked.connect(self._on_remedy)
        self.close_button = Button(look, self.tr("Close"), kind="primary")
        self.close_button.clicked.connect(self.close)
        self._lay_out()
        self.close_button.setFocus()
        desk.failed.connect(self._on_failed)
        regrouping.ended.connect(self._on_regrouped)
        digests = list({file.sha256 for file in pair})
        desk.ask(lambda store: decode(digests, get_thumbnails(store, digests)), self._on_pictures)
        self._ask()

    def pair(self) -> Pair:
        """Return the two photographs."""
        return self._pair

    def done(self, result: int) -> None:
        # An answer may still be under way to what Qt deletes now.
        self._closed = True
        super().done(result)

    def _ask(self) -> None:
        self._answered = False
        name, paths = self._name, (self._pair[0].path, self._pair[1].path)
        self.title.setText(self.tr("Comparing…"))
        self.remedy.hide()
        self._desk.ask(lambda store: _explain(store, name, paths), self._on_explained)

    def _on_explained(self, found: Explanation) -> None:
        if self._closed:
            return
        self._answered, self._found = True, found
        self.title.setText(explanations.title(found))
        self.verdict.setText(explanations.verdict(found))
        told = explanations.evidence(found)
        self.table.show_rows([TableRow(what, (Cell(what), Cell(how, strong=True))) for what, how in told])
        self.table.setVisible(bool(told))
        remedy = explanations.remedy(found)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.adjustSize()

    def _on_pictures(self, decoded: Decoded) -> None:
        if not self._closed:
            for picture in self._pictures:
                picture.show_image(decoded[picture.file.sha256])

    def _on_remedy(self) -> None:
        if self._found is not None and (wanted := explanations.wanted(self._found)) is not None:
            self.remedy.setEnabled(False)
            self.title.setText(self.tr("Regrouping…"))
            self.wanted.emit(wanted)

    def _on_regrouped(self, found: Regrouped) -> None:
        if not self._closed and found.dataset_name == self._name:
            self.remedy.setEnabled(True)
            self._ask()

    def _on_failed(self, error: ShotSiftError) -> None:
        # It may have been another question of the window that failed; then ours is answered yet.
        self.remedy.setEnabled(True)
        if not self._closed and not self._answered:
            self.title.setText(self.tr("That cannot be told"))
            self.verdict.setText(error.message)

    def _lay_out(self) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(GAP_XL)
        for picture in self._pictures:
            pictures.addWidget(picture)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addStretch(1)
        buttons.addWidget(self.remedy)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_L)
        layout.addLayout(pictures)
        layout.addSpacing(GAP_S)
        layout.addWidget(self.title)
        layout.addWidget(self.verdict)
        layout.addWidget(self.table)
        layout.addSpacing(GAP_S)
        layout.addLayout(buttons)


class _Picture(QWidget):
    """A photograph with its name, and where it lies."""

    def __init__(self, look: Look, file: FileMeta) -> None:
        super().__init__()
        self.file = file
        self._image = QLabel()
        self._image.setFixedSize(_PICTURE)
        self._image.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._image.setAccessibleName(shown(file.name))
        surface(self._image, "backdrop")
        name, place = Label(look, Text.SMALL, elided=True), Label(look, Text.SMALL, "text3", elided=True)
        name.setText(shown(file.name))
        folder = folder_name(file.path.rpartition("/")[0])
        place.setText(words.SEPARATOR.join((words.details(file), folder)))
        place.setToolTip(short(file.path))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP_S)
        layout.addWidget(self._image)
        layout.addWidget(name)
        layout.addWidget(place)

    def show_image(self, image: QImage) -> None:
        if image.isNull():
            return
        ratio = self.devicePixelRatioF()
        fitted = image.scaled(
            _PICTURE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        fitted.setDevicePixelRatio(ratio)
        self._image.setPixmap(QPixmap.fromImage(fitted))


def _explain(store: Store, dataset_name: str, paths: tuple[str, str]) -> Explanation:
    with Readers(1) as readers:
        return explain(store, dataset_name, paths, readers)
