"""What a person may choose, in one dialog; each choice holds at once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.choices import Agreement
from app.errors import InvalidArgument, ShotSiftError
from app.services import choosing
from app.ui import ranking_words
from app.ui.look import Look, Text
from app.ui.preferences import Preferences
from app.ui.tokens import BUTTON, GAP_L, GAP_M, GAP_XXL
from app.ui.widgets import Button, CheckBox, IconButton, Label, rule
from app.workers.desk import Desk

_WIDTH = 640
_LINES = 6


class PreferencesDialog(QDialog):
    """The settings of the catalogue and of the window, but for those that have their place in a menu."""

    def __init__(self, look: Look, preferences: Preferences, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._preferences, self._endpoint = look, preferences, preferences.endpoint
        self._closed = False
        self.setWindowTitle(self.tr("Preferences"))
        self.setMinimumWidth(_WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._note = Label(look, Text.SMALL, "warn")
        self._note.setWordWrap(True)
        self._note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XXL)
        layout.setSpacing(GAP_L)
        form = QFormLayout()
        form.setHorizontalSpacing(GAP_L)
        form.setVerticalSpacing(GAP_M)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self._add_choices(form)
        form.addRow(rule())
        self._add_endpoint(form)
        layout.addLayout(form)
        layout.addWidget(self._note)
        layout.addWidget(rule())
        self.overruled = Label(look, Text.SMALL, "text2")
        self.overruled.setWordWrap(True)
        layout.addWidget(self.overruled)
        desk.ask(choosing.overruled, self._on_overruled)
        close = Button(look, self.tr("Close"), kind="primary")
        close.clicked.connect(self.close)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._endpoint.changed.connect(self._show_endpoint)
        desk.failed.connect(self._on_failed)
        self._show_endpoint()

    def _add_choices(self, form: QFormLayout) -> None:
        settings = self._preferences.settings
        self.notify = QComboBox()
        for value, text in (
            ("away", self.tr("While the window is not in front")),
            ("always", self.tr("Always")),
            ("never", self.tr("Never")),
        ):
            self.notify.addItem(text, value)
        self.notify.setCurrentIndex(self.notify.findData(settings.notify))
        self.notify.activated.connect(lambda _: self._change("notify", self.notify.currentData()))
        self.left_out = QPlainTextEdit("\n".join(settings.left_out))
        self.left_out.setTabChangesFocus(True)
        self.left_out.setFixedHeight(self.left_out.fontMetrics().lineSpacing() * _LINES + GAP_XXL)
        self.left_out.textChanged.connect(self._on_left_out)
        self.webhook = QLineEdit(settings.webhook)
        self.webhook.setPlaceholderText(self.tr("Nowhere; or an address that begins with http:// or https://"))
        self.webhook.editingFinished.connect(lambda: self._change("webhook", self.webhook.text().strip()))
        self._add(form, self.tr("&Tell the desktop when a task ends"), self.notify)
        self._add(form, self.tr("&Folders not looked into, one pattern a line"), self.left_out)
        self._add(form, self.tr("&Post messages of ended tasks to"), self.webhook)

    def _add_endpoint(self, form: QFormLayout) -> None:
        settings = self._preferences.settings
        self.answer = CheckBox(self._look, self.tr("&Answer other programs on this machine"))
        self.answer.setChecked(settings.endpoint)
        self.answer.toggled.connect(self._on_answer)
        self.port = QSpinBox()
        self.port.setRange(0, 65535)
        self.port.setSpecialValueText(self.tr("Any free one"))
        self.port.setValue(settings.endpoint_port)
        self.port.valueChanged.connect(lambda port: self._change("endpoint_port", port))
        form.addRow(self.answer)
        self._add(form, self.tr("P&ort"), self.port)
        self.address, self.key_id, self.secret = QLineEdit(), QLineEdit(), QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        for name, line in (
            (self.tr("Endpoint"), self.address),
            (self.tr("AccessKeyId"), self.key_id),
            (self.tr("AccessKeySecret"), self.secret),
        ):
            line.setReadOnly(True)
            self._add(form, name, line, self._make_copy(name, line))

    def _make_copy(self, name: str, line: QLineEdit) -> IconButton:
        button = IconButton(self._look, "copy", self.tr("Copy {name}").format(name=name))
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(line.text()))
        return button

    def _add(self, form: QFormLayout, text: str, field: QWidget, button: QWidget | None = None) -> None:
        """Add a field with its words, which a screen reader says too."""
        label = Label(self._look, Text.BODY, "text2")
        label.setText(text)
        label.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        field.setFont(self._look.font(Text.BODY))
        for part in (label, field):
            part.setMinimumHeight(BUTTON)
        if button is None:
            form.addRow(label, field)
            return
        line = QHBoxLayout()
        line.setSpacing(GAP_M)
        line.addWidget(field, 1)
        line.addWidget(button)
        form.addRow(label, line)

    def done(self, result: int) -> None:
        # An answer may still be under way to what Qt deletes now.
        self._closed = True
        super().done(result)

    def _on_overruled(self, found: Agreement) -> None:
        if not self._closed:
            self.overruled.setText(ranking_words.overruled(found))

    def _change(self, name: str, value: object) -> None:
        try:
            self._preferences.change(name, value)
        except InvalidArgument as error:
            self._say(error.message)
        else:
            self._say("")

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _on_left_out(self) -> None:
        patterns = [line.strip() for line in self.left_out.toPlainText().splitlines()]
        self._change("left_out", [pattern for pattern in patterns if pattern])

    def _on_answer(self, on: bool) -> None:  # noqa: FBT001 (as the signal gives it)
        self._change("endpoint", on)
        if on:
            self._endpoint.open(self.port.value())
        else:
            self._endpoint.close()

    def _on_failed(self, error: ShotSiftError) -> None:
        self._say(error.message)
        if self.answer.isChecked() and not self._endpoint.address:
            self.answer.setChecked(False)
            self._say(error.message)

    def _show_endpoint(self) -> None:
        answers = bool(self._endpoint.address)
        self.port.setEnabled(not answers)
        for line, text in zip(
            (self.address, self.key_id, self.secret), (self._endpoint.address, *self._endpoint.keys), strict=True
        ):
            line.setText(text)
            line.setEnabled(answers)
