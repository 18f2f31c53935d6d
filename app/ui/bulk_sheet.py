"""The look at what would be accepted at once: some clusters of all, the totals, and the act by its name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.steps import StepKind
from app.errors import ShotSiftError
from app.services.thumbnails import get_thumbnails
from app.ui import bulk_samples, words
from app.ui.badges import Badges
from app.ui.bulk_samples import BulkOffer, read_offer
from app.ui.bulk_strip import BulkStrip
from app.ui.look import Look, Text
from app.ui.thumbnails import Thumbnails, decode
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label, surface
from app.workers.desk import Desk

_SIZE = (920, 640)


class BulkSheet(QDialog):
    """Nothing changes until the act is pressed; ``wanted`` carries the ids of the clusters that were counted."""

    wanted = Signal(object)

    def __init__(self, look: Look, desk: Desk, kind: StepKind, object_ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(bulk_samples.title(kind).rstrip("?"))
        self.resize(*_SIZE)
        self._look, self._desk = look, desk
        self._badges = Badges(look)
        self._closed = False
        self._offer: BulkOffer | None = None
        self._thumbnails = Thumbnails(
            lambda digests, then: desk.ask(lambda store: decode(digests, get_thumbnails(store, digests)), then)
        )
        self.title, self.totals = Label(look, Text.TITLE), Label(look, Text.BODY)
        self.note = Label(look, Text.SMALL, "text2")
        self.note.setWordWrap(True)
        self.title.setText(bulk_samples.title(kind))
        self.totals.setText(self.tr("Counting…"))
        self.samples = QScrollArea()
        self.samples.setAccessibleName(self.tr("Some of the clusters"))
        self.act, self.cancel = Button(look, self.tr("Accept")), Button(look, self.tr("Cancel"))
        self._lay_out()
        desk.failed.connect(self._on_failed)
        ids = tuple(object_ids)
        desk.ask(lambda store: read_offer(store, ids), self._on_read)

    def done(self, result: int) -> None:
        # An answer may still be under way to what Qt deletes now.
        self._closed = True
        super().done(result)

    def _on_read(self, offer: BulkOffer) -> None:
        if self._closed:
            return
        self._offer = offer
        if not offer.object_ids:
            self.totals.setText(self.tr("Nothing is left to accept"))
            return
        self.totals.setText(bulk_samples.totals(offer))
        self.note.setText(
            self.tr(
                "{count} of them, taken at random. No file is touched until you apply; Undo takes it all back."
            ).format(count=words.number(len(offer.samples)))
        )
        self.act.setText(bulk_samples.act(offer))
        self.act.setEnabled(True)
        self._show_samples(offer)

    def _show_samples(self, offer: BulkOffer) -> None:
        shown = QWidget()
        surface(shown, "backdrop")
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(GAP_M, GAP_M, GAP_M, GAP_M)
        layout.setSpacing(GAP_S)
        strips = [BulkStrip(self._look, self._badges, self._thumbnails, sample) for sample in offer.samples]
        for strip in strips:
            layout.addWidget(strip)
        layout.addStretch(1)
        self.samples.setWidget(shown)
        self._thumbnails.want([digest for strip in strips for digest in strip.digests()])

    def _on_act(self) -> None:
        if self._offer is not None:
            self.wanted.emit(list(self._offer.object_ids))
            self.accept()

    def _on_failed(self, error: ShotSiftError) -> None:
        if not self._closed:
            self._thumbnails.recover()
            if self._offer is None:
                self.totals.setText(error.message)

    def _lay_out(self) -> None:
        self.samples.setWidgetResizable(True)
        self.samples.setFrameShape(QScrollArea.Shape.NoFrame)
        self.samples.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.act.setEnabled(False)
        self.act.setAutoDefault(False)
        self.act.clicked.connect(self._on_act)
        self.cancel.clicked.connect(self.reject)
        self.cancel.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addStretch(1)
        buttons.addWidget(self.act)
        buttons.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_M)
        layout.addWidget(self.title)
        layout.addWidget(self.totals)
        layout.addWidget(self.note)
        layout.addWidget(self.samples, 1)
        layout.addSpacing(GAP_L - GAP_M)
        layout.addLayout(buttons)
        self.cancel.setFocus(Qt.FocusReason.TabFocusReason)
