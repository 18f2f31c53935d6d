"""How the parts of the window lie: a toolbar per page above, the sidebar beside the pages, notice and strip below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.ui.sidebar import Sidebar
from app.ui.tokens import SIDEBAR, SIDEBAR_MAX, SIDEBAR_MIN


class Frame(QWidget):
    """Holds the pages and shows one of them with its toolbar."""

    def __init__(self, sidebar: Sidebar, notice: QWidget, strip: QWidget) -> None:
        super().__init__()
        self._sidebar = sidebar
        self._wanted = True
        self._toolbars: dict[QWidget, QWidget] = {}
        self._toolbar_stack, self._pages = QStackedWidget(), QStackedWidget()
        self._pages.currentChanged.connect(self._arrange)
        right = _column(self._pages, notice)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        sidebar.setMinimumWidth(SIDEBAR_MIN)
        sidebar.setMaximumWidth(SIDEBAR_MAX)
        splitter.addWidget(sidebar)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([SIDEBAR, 10 * SIDEBAR])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._toolbar_stack)
        layout.addWidget(splitter, 1)
        layout.addWidget(strip)

    def add_page(self, page: QWidget, toolbar: QWidget | None = None) -> None:
        """Take a page; one without a toolbar fills the window alone."""
        if toolbar is not None:
            self._toolbars[page] = toolbar
            self._toolbar_stack.addWidget(toolbar)
        self._pages.addWidget(page)
        self._arrange()

    def page(self) -> QWidget:
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)

    def show_sidebar(self, wanted: bool) -> None:  # noqa: FBT001 (the slot of a checkable action)
        """Show the sidebar beside the pages that have one."""
        self._wanted = wanted
        self._arrange()

    def _arrange(self) -> None:
        toolbar = self._toolbars.get(self.page())
        self._toolbar_stack.setVisible(toolbar is not None)
        if toolbar is not None:
            self._toolbar_stack.setCurrentWidget(toolbar)
            self._toolbar_stack.setFixedHeight(toolbar.height())
        self._sidebar.setVisible(toolbar is not None and self._wanted)


def _column(pages: QWidget, notice: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(pages, 1)
    layout.addWidget(notice)
    return column
