"""Best shot: the panel over the gallery that sets by what the best of a cluster is told, and which are kept."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.domain.judgements import BALANCED, PRESETS, Keep, Part, Preset, Ranking
from app.ui import ranking_words, remark_words
from app.ui.alikeness_words import number
from app.ui.look import Look, Text
from app.ui.tokens import BUTTON, GAP_L, GAP_M, GAP_S, GAP_XL
from app.ui.widgets import Button, IconButton, Label, surface

_WHOLE = 100
"""The sliders count in hundredths; none goes beyond 1, which is more than any preset gives."""
_STEP, _LEAP = 5, 20
_COLUMNS = 5


class RankingPanel(QWidget):
    """Shows the setting of one dataset; ``wanted`` carries another one, ``closed`` says that it was closed by hand."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        surface(self, "tray")
        self._look = look
        self._ranking = BALANCED
        self.preset, self.keep = _Combo(look), _Combo(look)
        self.preset.setAccessibleName(self.tr("What counts most"))
        self.keep.setAccessibleName(self.tr("Which photos are proposed to be kept"))
        for preset in Preset:
            self.preset.addItem(ranking_words.preset(preset), preset)
        for keep in Keep:
            self.keep.addItem(ranking_words.keep(keep), keep)
        self.weights = {part: _Weight(look, part) for part in Part}
        self.state = Label(look, Text.SMALL, "text2")
        self.reset = Button(look, self.tr("Reset"), kind="quiet")
        self.reset.setToolTip(self.tr("Back to Balanced, and keep the best"))
        self.reset.make_small()
        self.close_button = IconButton(look, "x", self.tr("Close Best shot"))
        self._lay_out()
        self.preset.activated.connect(self._on_preset)
        self.keep.activated.connect(lambda _: self._want(replace(self._ranking, keep=self.keep.currentData())))
        for weight in self.weights.values():
            weight.changed.connect(self._on_weight)
        self.reset.clicked.connect(lambda: self._want(BALANCED))
        self.close_button.clicked.connect(self.closed)
        self.show_ranking(BALANCED)

    def ranking(self) -> Ranking:
        """Return the setting that is shown."""
        return self._ranking

    def show_ranking(self, ranking: Ranking) -> None:
        """Show a setting without wanting it."""
        self._ranking = ranking
        self.preset.setCurrentIndex(list(Preset).index(ranking.preset))
        self.keep.setCurrentIndex(list(Keep).index(ranking.keep))
        for part, weight in self.weights.items():
            weight.show_value(ranking.weights.get(part, 0.0), own=part in ranking.own)
        self.reset.setEnabled(ranking != BALANCED)
        self.show_under_way(False)

    def show_under_way(self, under_way: bool) -> None:  # noqa: FBT001 (one state of a line)
        changed = self.tr("Changed by you") if self._ranking.own else ""
        self.state.setText(self.tr("Ranking…") if under_way else changed)

    def event(self, event: QEvent) -> bool:
        # The window has a command on Escape too; it must not leave the page from here.
        if event.type() is QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_preset(self) -> None:
        # A preset is chosen as it is; what a person changed in another one does not belong to it.
        self._want(Ranking(self.preset.currentData(), keep=self._ranking.keep))

    def _on_weight(self, part: Part, value: float) -> None:
        own = {**self._ranking.own, part: value}
        usual = PRESETS[self._ranking.preset]
        changed = {one: weight for one, weight in own.items() if weight != usual.get(one, 0.0)}
        wanted = replace(self._ranking, own=changed)
        if any(wanted.weights.values()):
            self._want(wanted)
        else:
            self.show_ranking(self._ranking)
            self.state.setText(self.tr("At least one must count"))

    def _want(self, ranking: Ranking) -> None:
        self.show_ranking(ranking)
        self.wanted.emit(ranking)

    def _lay_out(self) -> None:
        title = Label(self._look, Text.STRONG)
        title.setText(self.tr("Best shot"))
        choices = QHBoxLayout()
        choices.setSpacing(GAP_M)
        for left in (title, self.preset, self.keep):
            choices.addWidget(left)
        choices.addStretch(1)
        for right in (self.state, self.reset, self.close_button):
            choices.addWidget(right)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_XL)
        grid.setVerticalSpacing(GAP_S)
        for place, weight in enumerate(self.weights.values()):
            grid.addWidget(weight, place // _COLUMNS, place % _COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XL, GAP_M, GAP_L, GAP_M)
        layout.setSpacing(GAP_S)
        layout.addLayout(choices)
        layout.addLayout(grid)


class _Weight(QWidget):
    """How much a part counts: its name, a slider and the number; ``changed`` carries both when a person moves it."""

    changed = Signal(object, float)

    def __init__(self, look: Look, part: Part) -> None:
        super().__init__()
        self._part = part
        name = Label(look, Text.SMALL, elided=True)
        name.setText(remark_words.part(part))
        self.number = Label(look, Text.SMALL, "text2")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _WHOLE)
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(_LEAP)
        self.slider.setAccessibleName(_spoken(part))
        self.slider.valueChanged.connect(lambda value: self.changed.emit(self._part, value / _WHOLE))
        line = QHBoxLayout()
        line.addWidget(name, 1)
        line.addWidget(self.number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.slider)

    def show_value(self, value: float, *, own: bool) -> None:
        """Show a weight; one that a person changed is brighter than that of the preset."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * _WHOLE))
        self.slider.blockSignals(False)
        self.number.setText(number(value))
        self.number.set_color("text1" if own else "text2")
        self.slider.setAccessibleDescription(number(value))


class _Combo(QComboBox):
    """A choice in the height of the buttons beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFont(look.font(Text.BODY))
        self.setFixedHeight(BUTTON)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)


def _spoken(part: Part) -> str:
    """Return what a screen reader says of the slider of a part."""
    return remark_words.translate("ranking", "How much it counts: {part}").format(part=remark_words.part(part))


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
