"""The running task as a card: its stages, how far each is, and a way to stop it."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QStyle, QVBoxLayout, QWidget

from app.domain.tasks import Stage, Task
from app.ui import stages, words
from app.ui.look import Look, Text
from app.ui.pace import Pace
from app.ui.strip import Bar
from app.ui.tokens import GAP_L, GAP_M, GAP_XL
from app.ui.widgets import Button, IconLabel, Label, rule, surface

_STAGES = [stage for stage in Stage if stage is not Stage.WAITING]
_ROWS = 4
_TURN_MS = 80
_TURN = 29
_SPINNER = 16


class TaskCard(QFrame):
    """Shows one task. ``stop`` asks that it be cancelled."""

    stop = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "card")
        self._task_id = ""
        self._status = Label(look, Text.STRONG)
        self._what = Label(look, Text.SMALL, "text2", elided=True)
        self._stop = Button(look, self.tr("Stop"), "square")
        self._stop.setToolTip(self.tr("Stop this task; what is done is kept"))
        self._stop.clicked.connect(lambda: self.stop.emit(self._task_id))
        self._bar = Bar(self.tr("Progress of the task"))
        self._percent = Label(look, Text.SMALL_STRONG)
        self._left = Label(look, Text.SMALL, "text2")
        self._lines = {stage: _StageLine(look, stage) for stage in _STAGES}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XL, GAP_L, GAP_XL, GAP_L)
        layout.setSpacing(GAP_L)
        layout.addLayout(_row(GAP_M, Spinner(look), self._status, (self._what, 1), self._stop))
        layout.addLayout(_row(GAP_L, (self._bar, 1), self._percent, self._left))
        layout.addLayout(self._make_stages())
        layout.addWidget(rule())
        note = Label(look, Text.SMALL, "text2")
        note.setText(self.tr("Clusters can be looked at while this runs. Stop keeps what is done."))
        layout.addLayout(_row(GAP_M, IconLabel(look, "info", 14), (note, 1)))

    def show_task(self, task: Task, pace: Pace, title: str) -> None:
        """Show how far a task is."""
        self._task_id = task.task_id
        self._status.setText(words.status(task))
        started = self.tr("started {moment}").format(moment=words.moment(task.start_time))
        self._what.setText(words.SEPARATOR.join((title, started, words.result(task))))
        self._stop.setEnabled(not task.cancel_requested)
        self._bar.show_part(task.progress, 100)
        self._percent.setText(self.tr("{percent} %").format(percent=task.progress))
        self._left.setText("" if pace.left is None else words.left(pace.left))
        for line in self._lines.values():
            line.show_stage(task, pace)

    def _make_stages(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * GAP_XL)
        grid.setVerticalSpacing(GAP_M)
        for place, line in enumerate(self._lines.values()):
            grid.addWidget(line, place % _ROWS, place // _ROWS)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid


class _StageLine(QWidget):
    """One stage: done, under way or still to come."""

    def __init__(self, look: Look, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._icon = IconLabel(look, "circle", 14)
        self._name = Label(look, Text.SMALL)
        self._name.setText(stages.heading(stage))
        self._name.setFixedWidth(self._name.fontMetrics().averageCharWidth() * 20)
        self._count, self._pace = Label(look, Text.SMALL, "text2"), Label(look, Text.SMALL, "text2")
        layout = _row(GAP_M, self._icon, self._name, (self._count, 1), self._pace)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_stage(self, task: Task, pace: Pace) -> None:
        order = list(Stage)
        ahead = order.index(self._stage) - order.index(task.stage)
        seen = pace.stages.get(self._stage)
        icon, color = (
            ("check", "keep") if ahead < 0 else ("loader-circle", "text1") if ahead == 0 else ("circle", "text3")
        )
        self._icon.show_icon(icon, color)
        self._name.set_color("text1" if ahead == 0 else "text2")
        self._count.setText("" if seen is None or ahead > 0 else words.so_far(seen.done, seen.total))
        rate = words.rate(pace.rate, self._stage) if ahead == 0 and pace.rate is not None else ""
        seconds = words.duration(seen.seconds) if seen is not None and ahead <= 0 else ""
        self._pace.setText("   ".join(part for part in (rate, seconds) if part))


class Spinner(QWidget):
    """A sign that turns once a second while something works, and stands still where motion is not wanted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._angle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN_MS)
        self._timer.timeout.connect(self._on_turn)
        self.setFixedSize(_SPINNER, _SPINNER)

    def sizeHint(self) -> QSize:
        return QSize(_SPINNER, _SPINNER)

    def showEvent(self, event: object) -> None:
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0:
            self._timer.start()

    def hideEvent(self, event: object) -> None:
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(_SPINNER / 2, _SPINNER / 2)
        painter.rotate(self._angle)
        pixmap = self._look.pixmap("loader-circle", _SPINNER, "text1", self.devicePixelRatioF())
        painter.drawPixmap(-_SPINNER // 2, -_SPINNER // 2, pixmap)
        painter.end()

    def _on_turn(self) -> None:
        self._angle = (self._angle + _TURN) % 360
        self.update()


def _row(spacing: int, *parts: QWidget | tuple[QWidget, int]) -> QHBoxLayout:
    """Return widgets side by side; one given with a number takes the room that is left."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    for part in parts:
        widget, stretch = part if isinstance(part, tuple) else (part, 0)
        layout.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
    return layout
