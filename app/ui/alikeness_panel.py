"""How alike: the panel over the gallery that sets what a cluster is, and shows at once what comes of it."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.domain.pairs import AS_USUAL, DEFAULT, FAINTEST, LOOSE, STRICT, Alikeness
from app.ui import words
from app.ui.alikeness_words import named, strength
from app.ui.look import Look, Text
from app.ui.tokens import GAP_L, GAP_M, GAP_S, GAP_XL, GAP_XXL
from app.ui.widgets import Button, CheckBox, IconButton, Label, surface

_WHOLE = 100
"""The slider counts in hundredths."""
_STEP, _LEAP = 5, 15
_NARROWEST, _WIDEST = 210, 420
_MARK = 22
_TICK = 4
_KNOB = 12
_EDGE = 2
"""The frame of the slider, in which its ring is drawn, as in the style sheet."""


class AlikenessPanel(QWidget):
    """Shows the setting of one dataset; ``wanted`` carries another one, ``closed`` says that it was closed by hand."""

    wanted = Signal(object)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        surface(self, "tray")
        self._look = look
        self._alikeness = AS_USUAL
        self._found = ""
        self.slider = _AlikeSlider()
        self.slider.setAccessibleName(self.tr("How alike, from loose to strict"))
        self.slider.setToolTip(
            self.tr("To the left clusters grow, to the right they hold only what is nearly the same.\n")
            + self.tr("What you said of photos stays as you said it.")
        )
        self.number = Label(look, Text.SMALL, "text2")
        self.copies_only = self._make_box(
            self.tr("Copies only (no bursts)"),
            self.tr("Photos that were taken one after the other are no cluster; copies of one photo are"),
        )
        self.across_folders = self._make_box(
            self.tr("Across folders only"), self.tr("Photos of one folder are no cluster, however alike they are")
        )
        self.count = Label(look, Text.SMALL_STRONG, "text1")
        self.back = Button(look, self.tr("Back to default"), kind="quiet")
        self.back.make_small()
        self.close_button = IconButton(look, "x", self.tr("Close How alike"))
        self._lay_out()
        self.slider.valueChanged.connect(self._on_slider)
        self.copies_only.toggled.connect(lambda on: self._want(replace(self._alikeness, copies_only=on)))
        self.across_folders.toggled.connect(lambda on: self._want(replace(self._alikeness, across_folders=on)))
        self.back.clicked.connect(lambda: self._want(AS_USUAL))
        self.close_button.clicked.connect(self.closed)
        self.show_alikeness(AS_USUAL)

    def alikeness(self) -> Alikeness:
        """Return the setting that is shown."""
        return self._alikeness

    def show_alikeness(self, alikeness: Alikeness) -> None:
        """Show a setting without wanting it."""
        self._alikeness = alikeness
        for part in (self.slider, self.copies_only, self.across_folders):
            part.blockSignals(True)
        self.slider.setValue(round(alikeness.strength * _WHOLE))
        self.copies_only.setChecked(alikeness.copies_only)
        self.across_folders.setChecked(alikeness.across_folders)
        for part in (self.slider, self.copies_only, self.across_folders):
            part.blockSignals(False)
        text = named(alikeness.strength)
        self.number.setText(text)
        self.slider.setAccessibleDescription(text)
        self.back.setEnabled(alikeness != AS_USUAL)

    def show_found(self, clusters: int, photos: int, *, under_way: bool) -> None:
        """Tell what the setting comes to, or that it is being found out."""
        self._found = words.SEPARATOR.join((words.clusters(clusters), words.photos(photos)))
        self.show_under_way(under_way)

    def show_under_way(self, under_way: bool) -> None:  # noqa: FBT001 (one state of a line)
        self.count.setText(self.tr("Regrouping…") if under_way else self._found)
        self.count.set_color("text2" if under_way else "text1")

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

    def _make_box(self, text: str, help_text: str) -> CheckBox:
        box = CheckBox(self._look, text)
        box.setToolTip(help_text)
        return box

    def _lay_out(self) -> None:
        title = Label(self._look, Text.STRONG)
        title.setText(self.tr("How alike"))
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance(named(DEFAULT)))
        scale = QWidget()
        scale.setMaximumWidth(_WIDEST)
        scale.setLayout(_column(self.slider, _Marks(self._look, self.slider), spacing=0))
        self.count.setContentsMargins(0, 0, GAP_M, 0)
        told = _column(self.count, self.back, spacing=GAP_S)
        for part in (self.count, self.back):
            told.setAlignment(part, Qt.AlignmentFlag.AlignRight)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP_XL, GAP_M, GAP_L, GAP_M)
        layout.setSpacing(GAP_XXL)
        layout.addLayout(_column(title, self.number, spacing=GAP_S))
        layout.addWidget(scale, 4)
        layout.addLayout(_column(self.copies_only, self.across_folders, spacing=GAP_S))
        layout.addStretch(1)
        layout.addLayout(told)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_slider(self, value: int) -> None:
        self._want(replace(self._alikeness, strength=value / _WHOLE))

    def _want(self, alikeness: Alikeness) -> None:
        self.show_alikeness(alikeness)
        self.wanted.emit(alikeness)


class _AlikeSlider(QSlider):
    """From loosest to strictest, in hundredths."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(round(FAINTEST * _WHOLE), _WHOLE)
        self.setSingleStep(_STEP)
        self.setPageStep(_LEAP)
        self.setMinimumWidth(_NARROWEST)

    def place(self, value: int) -> int:
        """Return where the middle of the knob is at a value."""
        room = self.width() - 2 * _EDGE - _KNOB
        return _EDGE + _KNOB // 2 + round(room * (value - self.minimum()) / (self.maximum() - self.minimum()))


class _Marks(QWidget):
    """The named positions under a slider, each a way to go there by the mouse."""

    def __init__(self, look: Look, slider: _AlikeSlider) -> None:
        super().__init__()
        self._look, self._slider = look, slider
        self.setFixedHeight(_MARK)
        self._buttons: dict[int, Button] = {}
        for value in (LOOSE, DEFAULT, STRICT):
            button = Button(look, strength(value), kind="quiet")
            button.setParent(self)
            button.setProperty("mark", "true")
            button.setFont(look.font(Text.NOTE))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda *_, value=value: slider.setValue(round(value * _WHOLE)))
            self._buttons[round(value * _WHOLE)] = button
        slider.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._arrange()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for value in self._buttons:
            painter.fillRect(self._slider.place(value), 0, 1, _TICK, self._look.color("ctl"))
        painter.end()

    def _arrange(self) -> None:
        for value, button in self._buttons.items():
            size = button.sizeHint()
            button.setGeometry(self._slider.place(value) - size.width() // 2, _TICK, size.width(), _MARK - _TICK)
        self.update()


def _column(*parts: QWidget, spacing: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    for part in parts:
        column.addWidget(part)
    return column


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
