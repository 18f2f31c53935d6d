"""Why this one: the members of a cluster in their order, what speaks for each, and a way to choose another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.choices import Source
from app.domain.opinions import Opinion
from app.domain.uris import shown
from app.errors import ResourceNotFound, ShotSiftError
from app.events import Noun
from app.services.opinions import opinion_of
from app.services.thumbnails import get_thumbnails
from app.store import Store
from app.ui import remark_words, words
from app.ui.framed_picture import FramedPicture, RemarkLines
from app.ui.look import Look, Text
from app.ui.members_view import MembersView
from app.ui.overview import Refresh
from app.ui.thumbnails import Thumbnails, decode
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label
from app.workers.desk import Desk

_SIZE = (1000, 660)
_LIST, _PARTS = 440, 3


class OpinionDialog(QDialog):
    """Shows a cluster as it is, again after every change.

    ``wanted`` carries the path of the member that is to be the best, and that of the one a person chose before, if any;
    ``unwanted`` carries the path of a choice to take back.
    """

    wanted = Signal(str, str)
    unwanted = Signal(str)

    def __init__(self, look: Look, desk: Desk, object_id: str, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Why this one?"))
        self.resize(*_SIZE)
        self._desk, self._object_id, self._first = desk, object_id, path
        self._closed = self._answered = False
        self._found: Opinion | None = None
        self._thumbnails = Thumbnails(
            lambda digests, then: desk.ask(lambda store: decode(digests, get_thumbnails(store, digests)), then)
        )
        self.title, self.sentence = Label(look, Text.TITLE), Label(look, Text.BODY, "text2")
        self.sentence.setWordWrap(True)
        self.members = MembersView(look, self._thumbnails)
        self.members.setAccessibleName(self.tr("Photos of the cluster, the best first"))
        self.picture, self.name = FramedPicture(look), Label(look, Text.STRONG, elided=True)
        self.remarks = RemarkLines(look)
        self.parts = Label(look, Text.NOTE, "text3")
        self.parts.setWordWrap(True)
        self.best = Button(look, self.tr("This is the &best"), "crown")
        self.take_back = Button(look, self.tr("&Take back your choice"))
        self.close_button = Button(look, self.tr("Close"), kind="primary")
        self._undo = QAction(self)
        self._undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.addAction(self._undo)
        self._lay_out()
        self._connect()
        self._offer()
        self.members.setFocus()
        self._refresh = Refresh(desk, frozenset({Noun.CLUSTERS}), self)
        self._refresh.due.connect(self._on_due)
        self._refresh.now()

    def done(self, result: int) -> None:
        # An answer may still be under way to what Qt deletes now.
        self._closed = True
        super().done(result)

    def _connect(self) -> None:
        self.members.selectionModel().currentChanged.connect(self._show_member)
        self.members.rows.modelReset.connect(self._show_member)
        self._thumbnails.arrived.connect(self._show_picture)
        self.remarks.pointed.connect(self.picture.show_regions)
        self.best.clicked.connect(self._on_best)
        self.take_back.clicked.connect(self._on_take_back)
        self._undo.triggered.connect(self._on_take_back)
        self.close_button.clicked.connect(self.close)
        self._desk.failed.connect(self._on_failed)

    def _on_due(self) -> None:
        self._answered = False
        self.title.setText(self.title.text() or self.tr("Looking…"))
        self._desk.ask(self._ask, self._on_read)

    def _ask(self, store: Store) -> Opinion | None:
        try:
            return opinion_of(store, self._object_id)
        except ResourceNotFound:
            return None

    def _on_read(self, found: Opinion | None) -> None:
        if self._closed:
            return
        self._answered, self._found = True, found
        self._refresh.answered()
        if found is None:
            self.title.setText(self.tr("This cluster is gone"))
            self.sentence.setText(
                self.tr("Its photos were grouped anew. Close this and choose one of the new clusters.")
            )
        else:
            self.title.setText(words.kind(found.cluster.kind))
            self.sentence.setText(remark_words.head(found))
            self.members.show_opinion(found)
            self._go_to_first()
        self._show_member()

    def _go_to_first(self) -> None:
        """Begin with the photograph that was chosen in the gallery."""
        if self._first and (place := self.members.rows.find(self._first)) >= 0:
            self.members.setCurrentIndex(self.members.rows.index(place, 0))
        self._first = ""

    def _show_member(self) -> None:
        row = self.members.current()
        if row is not None:
            self.name.setText(shown(row.opinion.file.name))
            self.remarks.show_remarks(row.opinion.remarks)
            told = remark_words.parts(row.opinion.judgement)
            self.parts.setText(
                self.tr("Each part from 0 to 1, as good as the best of the cluster:\n{parts}").format(parts=told)
                if told
                else ""
            )
        self._show_picture()
        self._offer()

    def _show_picture(self) -> None:
        if (row := self.members.current()) is not None and not self._closed:
            self.picture.show_picture(self._thumbnails.whole(row.opinion.file.sha256), self.name.toolTip())

    def _offer(self) -> None:
        row, chosen = self.members.current(), self._chosen()
        self.best.setVisible(self._found is None or not self._found.cluster.kind.protected)
        self.best.setEnabled(row is not None and self._found is not None and row.key != chosen)
        self.take_back.setVisible(bool(chosen))

    def _chosen(self) -> str:
        """Return the path of the member that a person chose, or nothing."""
        cluster = None if self._found is None else self._found.cluster
        if cluster is None or cluster.choice is None or cluster.choice.source is not Source.PERSON:
            return ""
        return cluster.members[0].path

    def _on_best(self) -> None:
        if (row := self.members.current()) is not None:
            self.best.setEnabled(False)
            self.wanted.emit(row.opinion.file.path, self._chosen())

    def _on_take_back(self) -> None:
        if path := self._chosen():
            self.members.setFocus()
            self.take_back.setVisible(False)
            self.unwanted.emit(path)

    def _on_failed(self, error: ShotSiftError) -> None:
        if self._closed:
            return
        # It may have been another question of the window that failed; then ours is answered yet.
        if not self._answered:
            self.title.setText(self.tr("That cannot be told"))
        self.sentence.setText(error.message)
        self._thumbnails.recover()
        self._offer()

    def _lay_out(self) -> None:
        self.best.setAutoDefault(False)
        self.take_back.setAutoDefault(False)
        self.close_button.setDefault(True)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.parts.setFixedHeight(self.parts.fontMetrics().lineSpacing() * (_PARTS + 1))
        self.parts.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.members.setFixedWidth(_LIST)
        told = QVBoxLayout()
        told.setSpacing(GAP_S)
        told.addWidget(self.picture, 1)
        told.addSpacing(GAP_S)
        told.addWidget(self.name)
        told.addWidget(self.remarks)
        told.addWidget(self.parts)
        middle = QHBoxLayout()
        middle.setSpacing(GAP_XL)
        middle.addWidget(self.members)
        middle.addLayout(told, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        buttons.addWidget(self.best)
        buttons.addWidget(self.take_back)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_M)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addSpacing(GAP_S)
        layout.addLayout(middle, 1)
        layout.addSpacing(GAP_L - GAP_M)
        layout.addLayout(buttons)
