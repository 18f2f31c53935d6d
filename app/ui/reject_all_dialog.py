"""The one question by which a whole cluster is rejected."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.domain.clusters import Cluster
from app.ui import words
from app.ui.look import Look, Text
from app.ui.tokens import GAP_L, GAP_M, GAP_XL, GAP_XXL
from app.ui.widgets import Button, Label

_WIDTH = 460


class RejectAllDialog(QDialog):
    """Names the cluster and its photographs; whoever cancels it, or presses Enter at once, rejects nothing."""

    def __init__(self, look: Look, cluster: Cluster, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Reject all"))
        self.setFixedWidth(_WIDTH)
        photos = words.photos(len(cluster.members))
        title, sentence = Label(look, Text.TITLE), Label(look, Text.BODY)
        title.setText(self.tr("{kind}: reject all {photos}?").format(kind=words.kind(cluster.kind), photos=photos))
        sentence.setText(
            self.tr("None of them will be kept. No file is touched until you apply, and Undo takes this back.")
        )
        for label in (title, sentence):
            label.setWordWrap(True)
        self.setAccessibleDescription(f"{title.text()} {sentence.text()}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP_XXL, GAP_XXL, GAP_XXL, GAP_XL)
        layout.setSpacing(GAP_L)
        layout.addWidget(title)
        layout.addWidget(sentence)
        layout.addSpacing(GAP_M)
        self.reject_button = Button(look, self.tr("Reject all {photos}").format(photos=photos))
        self.cancel_button = Button(look, self.tr("Cancel"))
        box = QDialogButtonBox()
        box.addButton(self.reject_button, QDialogButtonBox.ButtonRole.DestructiveRole)
        box.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.reject_button.clicked.connect(self.accept)
        self.reject_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus(Qt.FocusReason.TabFocusReason)
        layout.addWidget(box)
