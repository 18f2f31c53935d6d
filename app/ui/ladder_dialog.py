"""The best of copies: ladders of rules, what one would choose in a dataset, and whether the dataset follows it."""

from collections.abc import Callable
from functools import partial
from itertools import count

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ladders import BUILT_IN, Ladder
from app.domain.proposals import Proposal
from app.domain.uris import shown
from app.errors import ShotSiftError
from app.services.choosing import apply_ladder, forget_ladder, ladder_of, preview_ladder
from app.services.ladders import LONGEST_NAME, all_ladders, delete_ladder, save_ladder
from app.store import Store
from app.ui import choice_words, ladder_words
from app.ui.ladder_rules import LadderRules
from app.ui.look import Look, Text
from app.ui.paths import short
from app.ui.rows import Cell, TableRow
from app.ui.table import Table
from app.ui.tokens import BUTTON, GAP_L, GAP_M, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label
from app.workers.desk import Desk

_SIZE = (1040, 740)
_LIST = 240
Known = tuple[list[Ladder], Ladder | None]


class LadderDialog(QDialog):
    """Shows the ladders for one dataset; nothing changes until a ladder is applied."""

    def __init__(self, look: Look, desk: Desk, dataset_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Best of copies"))
        self.resize(*_SIZE)
        self._look, self._desk, self._name = look, desk, dataset_name
        self._closed = self._busy = False
        self._known: list[Ladder] = []
        self._followed: Ladder | None = None
        self.title, self.sentence = Label(look, Text.TITLE), Label(look, Text.BODY, "text2")
        self.title.setText(self.windowTitle())
        self.sentence.setWordWrap(True)
        self.ladders = Table(look, [self.tr("Ladders")])
        self.ladders.setAccessibleName(self.tr("Ladders"))
        self.rules = LadderRules(look)
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name of the ladder"))
        self.name.setFixedHeight(BUTTON)
        self.name.setMaxLength(LONGEST_NAME)
        self.save, self.delete = Button(look, self.tr("&Save")), Button(look, self.tr("D&elete"))
        self.delete.setToolTip(self.tr("Forget this ladder; datasets that follow it go on"))
        self.found = Table(look, [self.tr("Best shot"), self.tr("Now"), self.tr("Because")])
        self.found.setAccessibleName(self.tr("What the ladder would choose"))
        self.counts = Label(look, Text.SMALL_STRONG)
        self.preview = Button(look, self.tr("Pre&view"), "eye")
        self.apply = Button(look, self.tr("&Apply to this dataset"))
        self.take_back = Button(look, self.tr("&Take back"))
        self.close_button = Button(look, self.tr("Close"), kind="primary")
        self._lay_out()
        self._connect()
        self.ladders.setFocus()
        self._offer()
        self._read()

    def ladder(self) -> Ladder:
        """Return the ladder as it stands in the dialog, saved or not."""
        text = self.name.text().strip()
        names = {choice_words.ladder(one.name): one.name for one in BUILT_IN}
        return Ladder(names.get(text, text), self.rules.rungs)

    def done(self, result: int) -> None:
        # An answer may still be under way to what Qt deletes now.
        self._closed = True
        super().done(result)

    def _connect(self) -> None:
        self.ladders.selectionModel().currentChanged.connect(self._on_chosen)
        self.rules.changed.connect(self._on_changed)
        self.name.textEdited.connect(self._offer)
        self.save.clicked.connect(self._on_save)
        self.delete.clicked.connect(self._on_delete)
        self.preview.clicked.connect(self._on_preview)
        self.apply.clicked.connect(self._on_apply)
        self.take_back.clicked.connect(self._on_take_back)
        self.close_button.clicked.connect(self.close)
        self._desk.failed.connect(self._on_failed)

    def _read(self) -> None:
        name = self._name
        self._desk.ask(lambda store: (all_ladders(store), ladder_of(store, name)), self._on_read)

    def _on_read(self, answer: Known) -> None:
        if self._closed:
            return
        self._busy = False
        first = not self._known
        self._known, self._followed = answer
        self.ladders.show_rows([self._row(ladder) for ladder in self._known])
        if first:
            followed = "" if self._followed is None else self._followed.name
            names = [ladder.name for ladder in self._known]
            self.ladders.choose(followed if followed in names else names[0])
        self._say_followed()
        self._offer()

    def _row(self, ladder: Ladder) -> TableRow:
        followed = self._followed is not None and self._followed.name == ladder.name
        name = choice_words.ladder(ladder.name)
        text = self.tr("{name} (applied)").format(name=name) if followed else name
        return TableRow(ladder.name, (Cell(text, "check" if followed else "", strong=True),))

    def _say_followed(self) -> None:
        if self._followed is None:
            text = self.tr("A ladder chooses among copies, edits and crops, not in bursts. Nothing is applied yet.")
        else:
            name = choice_words.ladder(self._followed.name)
            text = self.tr("This dataset follows the ladder {name}. What you choose yourself comes first.")
            text = text.format(name=name)
        self.sentence.setText(text)

    def _on_chosen(self) -> None:
        ladder = next((one for one in self._known if one.name == self.ladders.current_key()), None)
        if ladder is not None:
            self.rules.show_rungs(ladder.rungs)
            self.name.setText(choice_words.ladder(ladder.name))
            self._forget_preview()
            self._offer()

    def _on_changed(self) -> None:
        # A changed ladder of the program is another one, so that its name never lies.
        if any(one.name == self.ladder().name for one in BUILT_IN):
            self.name.setText(self._free_name())
        self._forget_preview()
        self._offer()

    def _free_name(self) -> str:
        taken, name = {one.name for one in self._known}, self.tr("My ladder")
        return next(free for number in count(1) if (free := f"{name} {number}" if number > 1 else name) not in taken)

    def _forget_preview(self) -> None:
        self.found.show_rows([])
        self.counts.setText(self.tr("Preview shows what this ladder would choose."))

    def _offer(self) -> None:
        ladder = self.ladder()
        built_in = next((one for one in BUILT_IN if one.name == ladder.name), None)
        valid = bool(ladder.name and ladder.rungs) and (built_in is None or built_in == ladder) and not self._busy
        self.save.setEnabled(valid and ladder not in self._known)
        for button in (self.preview, self.apply):
            button.setEnabled(valid)
        saved = {one.name for one in self._known} - {one.name for one in BUILT_IN}
        self.delete.setEnabled(self.ladders.current_key() in saved and not self._busy)
        self.take_back.setEnabled(self._followed is not None and not self._busy)

    def _on_save(self) -> None:
        ladder = self.ladder()
        self._do(lambda store: save_ladder(store, ladder), lambda _: self._on_saved(ladder))

    def _on_saved(self, ladder: Ladder) -> None:
        if ladder not in self._known:
            self._known = [*(one for one in self._known if one.name != ladder.name), ladder]
        self.ladders.show_rows([self._row(one) for one in self._known])
        self.ladders.choose(ladder.name)
        self._read()

    def _on_delete(self) -> None:
        name = str(self.ladders.current_key())
        self._do(lambda store: delete_ladder(store, name), lambda _: self._on_deleted(name))

    def _on_deleted(self, name: str) -> None:
        self._known = [one for one in self._known if one.name != name]
        self.ladders.show_rows([self._row(one) for one in self._known])
        self.ladders.choose(self._known[-1].name)
        self._read()

    def _on_preview(self) -> None:
        ladder = self.ladder()
        self.counts.setText(self.tr("Looking…"))
        self._do(lambda store: preview_ladder(store, self._name, ladder), partial(self._on_previewed, ladder))

    def _on_previewed(self, ladder: Ladder, found: list[Proposal]) -> None:
        self._busy = False
        if ladder == self.ladder():
            in_order = sorted(found, key=lambda one: not one.differs)
            self.found.show_rows([_proposal_row(one) for one in in_order])
            self.counts.setText(ladder_words.counts(found))
        self._offer()

    def _on_apply(self) -> None:
        ladder = self.ladder()
        self.sentence.setText(self.tr("Choosing…"))
        self._do(lambda store: _apply(store, self._name, ladder), lambda _: self._on_applied(ladder))

    def _on_applied(self, ladder: Ladder) -> None:
        self._forget_preview()
        self._on_saved(ladder)

    def _on_take_back(self) -> None:
        self._do(lambda store: forget_ladder(store, self._name), self._on_taken_back)

    def _on_taken_back(self, count: int) -> None:
        self._busy, self._followed = False, None
        self._forget_preview()
        self.ladders.show_rows([self._row(ladder) for ladder in self._known])
        self.sentence.setText(ladder_words.taken_back(count))
        self._offer()

    def _do(self, act: Callable[[Store], object], then: Callable[..., object]) -> None:
        """Do one thing at a time away from the window, and answer unless the dialog was closed meanwhile."""
        self._busy = True
        self._offer()

        def answer(found: object) -> None:
            if not self._closed:
                then(found)

        self._desk.ask(act, answer)

    def _on_failed(self, error: ShotSiftError) -> None:
        if not self._closed:
            self._busy = False
            self.sentence.setText(error.message)
            self.counts.setText("")
            self._offer()

    def _lay_out(self) -> None:
        self.ladders.setFixedWidth(_LIST)
        for button in (self.save, self.delete, self.preview, self.apply, self.take_back):
            button.setAutoDefault(False)
        self.close_button.setDefault(True)
        named = QHBoxLayout()
        named.setSpacing(GAP_M)
        named.addWidget(self.name, 1)
        named.addWidget(self.save)
        named.addWidget(self.delete)
        ruled = QVBoxLayout()
        ruled.setSpacing(GAP_M)
        ruled.addLayout(named)
        ruled.addWidget(self.rules, 1)
        upper = QHBoxLayout()
        upper.setSpacing(GAP_XL)
        upper.addWidget(self.ladders)
        upper.addLayout(ruled, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_M)
        for button in (self.preview, self.apply, self.take_back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_L)
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addLayout(upper, 7)
        layout.addWidget(self.counts)
        layout.addWidget(self.found, 4)
        layout.addLayout(buttons)


def _apply(store: Store, dataset_name: str, ladder: Ladder) -> None:
    """Apply a ladder; one of a person's own is kept under its name, so that it can be found again."""
    if ladder not in BUILT_IN:
        save_ladder(store, ladder)
    apply_ladder(store, dataset_name, ladder)


def _proposal_row(proposal: Proposal) -> TableRow:
    chosen, now = proposal.chosen, proposal.cluster.members[0]
    stays = Cell(ladder_words.same(), help=short(now.path))
    cells = (
        Cell(shown(chosen.name), "crown" if proposal.differs else "", help=short(chosen.path), strong=proposal.differs),
        Cell(shown(now.name), help=short(now.path)) if proposal.differs else stays,
        Cell(ladder_words.because(proposal)),
    )
    return TableRow(proposal.cluster.object_id, cells)
