"""The strip at the lower edge: what runs, how far it is, how long it takes, and a way to stop it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.domain.tasks import Task
from app.ui import words
from app.ui.look import Look, Text
from app.ui.pace import Pace
from app.ui.tokens import GAP_L, STRIP
from app.ui.widgets import Button, IconLabel, Label, surface

_BAR = 160


class Bar(QProgressBar):
    """A thin bar without words; hidden while nobody knows the end."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)

    def show_part(self, done: int, total: int) -> None:
        """Fill the part that is done."""
        self.setVisible(total > 0)
        if total > 0:
            self.setRange(0, total)
            self.setValue(min(done, total))


class Strip(QWidget):
    """Asks by ``stop`` that the task it shows be cancelled."""

    stop = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        surface(self, "strip")
        self.setFixedHeight(STRIP)
        self._task_id = ""
        self._rest = Label(look, Text.SMALL, "text2")
        self._rest.setText(self.tr("Works offline. No account, no uploads."))
        self._icon = IconLabel(look, "scan-search", 14)
        self._stage, self._count, self._rate, self._left = (Label(look, Text.SMALL, "text2") for _ in range(4))
        self._bar = Bar(self.tr("Progress of the task"))
        self._bar.setFixedWidth(_BAR)
        self._stop = Button(look, self.tr("Stop"), "square", "quiet")
        self._stop.make_small()
        self._stop.setToolTip(self.tr("Stop this task; what is done is kept"))
        self._stop.clicked.connect(lambda: self.stop.emit(self._task_id))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP_L, 0, GAP_L, 0)
        layout.setSpacing(GAP_L)
        self._parts = (self._icon, self._stage, self._count, self._bar, self._rate, self._left, self._stop)
        layout.addWidget(self._rest)
        for part in self._parts:
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        self.rest()

    def rest(self) -> None:
        """Show that nothing runs."""
        self._task_id = ""
        self._rest.show()
        for part in self._parts:
            part.hide()

    def show_task(self, task: Task, pace: Pace) -> None:
        """Show a task under way."""
        self._task_id = task.task_id
        self._rest.hide()
        for part in (self._icon, self._stage, self._stop):
            part.show()
        self._stop.setEnabled(not task.cancel_requested)
        self._stage.setText(words.result(task))
        self._bar.show_part(task.done, task.total)
        rate, left = pace.rate, pace.left
        self._say(self._count, words.so_far(task.done, task.total))
        self._say(self._rate, "" if rate is None else words.rate(rate, task.stage))
        self._say(self._left, "" if left is None else words.left(left))

    def _say(self, label: Label, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
