"""The palette and the style sheet of a theme, made from its tokens."""

from string import Template

from PySide6.QtGui import QColor, QPalette

from app.ui import tokens
from app.ui.tokens import Theme

_Role = QPalette.ColorRole
_ROLES = {
    _Role.Window: "panel",
    _Role.Base: "backdrop",
    _Role.AlternateBase: "panel",
    _Role.Button: "raised",
    _Role.Text: "text1",
    _Role.WindowText: "text1",
    _Role.ButtonText: "text1",
    _Role.BrightText: "text1",
    _Role.PlaceholderText: "text3",
    _Role.Highlight: "mat",
    _Role.HighlightedText: "text1",
    _Role.ToolTipBase: "overlay",
    _Role.ToolTipText: "text1",
    _Role.Link: "text1",
    _Role.LinkVisited: "accent",
    _Role.Accent: "text2",
    _Role.Mid: "line",
    _Role.Dark: "edge",
    _Role.Light: "hover",
    _Role.Midlight: "line",
    _Role.Shadow: "edge",
}
_DISABLED = (_Role.Text, _Role.WindowText, _Role.ButtonText, _Role.HighlightedText)


def palette(theme: Theme) -> QPalette:
    """Return the palette that plain widgets and Fusion paint with."""
    colors = theme.colors()
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, QColor(colors[token]))
    for role in _DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    made.setColor(QPalette.ColorGroup.Inactive, _Role.Highlight, QColor(theme.mathover))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the boxes of the controls: heights, borders and radii, which a palette cannot say."""
    sizes = {name.lower(): value for name, value in vars(tokens).items() if isinstance(value, int)}
    ctl = QColor(theme.ctl)
    scroll = f"rgba({ctl.red()}, {ctl.green()}, {ctl.blue()}, 153)"
    return Template(_SHEET).substitute(sizes, **theme.colors(), scroll=scroll)


_SHEET = """
QPushButton, QToolButton {
    background: $raised; color: $text1; border: 1px solid $line; border-radius: ${radius_button}px;
    padding: 0 10px; min-height: 26px; max-height: 26px;
}
QToolButton { padding: 0; min-width: 26px; max-width: 26px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; }
QPushButton[small="true"] { min-height: 22px; max-height: 22px; padding: 0 8px; }
QPushButton[small="true"]:focus { min-height: 20px; max-height: 20px; padding: 0 7px; }
QPushButton:focus, QToolButton:focus {
    border: 2px solid $focus; padding: 0 9px; min-height: 24px; max-height: 24px; outline: none;
}
QToolButton:focus { padding: 0; min-width: 24px; max-width: 24px; }
QPushButton[primary="true"] {
    background: $primary; color: $onprimary; border-color: $primary; padding: 0 14px;
}
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:pressed { background: $best; border-color: $best; }
QPushButton[primary="true"]:disabled { background: $raised; color: $disabled; border-color: $line; }
QPushButton[primary="true"]:focus { border: 2px solid $ctl; padding: 0 13px; }
QPushButton[quiet="true"], QToolButton[quiet="true"] { background: transparent; border-color: transparent; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:pressed, QToolButton[quiet="true"]:pressed { background: $pressed; }
QPushButton[mark="true"] { color: $text3; padding: 0 4px; min-height: 16px; max-height: 16px; }
QPushButton[quiet="true"]:checked { background: $mat; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus { border-color: $focus; }

QMenuBar { background: $panel; color: $text1; padding: 0 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; margin: 1px 0; border-radius: ${radius_cell}px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $overlay; color: $text1; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 4px 23px 4px 7px; border: 1px solid transparent; border-radius: ${radius_cell}px; }
QMenu::item:selected { background: $mat; border-color: $ctl; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $overlay; color: $text1; border: 1px solid $line; padding: 4px; }
QDialog { background: $overlay; }

QScrollBar { background: transparent; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $ctl; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $edge; }

QSlider:horizontal { min-height: 24px; }
QSlider { border: 2px solid transparent; border-radius: ${radius_cell}px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { height: 2px; background: $ctl; }
QSlider::sub-page:horizontal { height: 2px; background: $text2; }
QSlider::handle:horizontal { background: $text1; width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; }

QProgressBar { background: $line; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: $text2; border-radius: 2px; }

QHeaderView { background: $backdrop; }
QHeaderView::section {
    background: $backdrop; color: $text3; border: none; border-top: 1px solid $line; border-bottom: 1px solid $line;
    padding: 0 8px; min-height: 26px;
}
QAbstractItemView { border: none; outline: none; }
QPlainTextEdit, QLineEdit {
    background: $sunken; color: $text1; border: 1px solid $ctl; border-radius: ${radius_button}px;
    selection-background-color: $accent; selection-color: $onaccent;
}
QLabel { selection-background-color: $accent; selection-color: $onaccent; }

QFrame[surface="backdrop"], QWidget[surface="backdrop"] { background: $backdrop; }
QWidget[surface="panel"] { background: $panel; }
QWidget[surface="details"] { background: $panel; border-top: 1px solid $edge; }
QWidget[surface="toolbar"] { background: $panel; border-bottom: 1px solid $edge; }
QWidget[surface="header"] { background: $backdrop; border-bottom: 1px solid $line; }
QWidget[surface="tray"] { background: $panel; border-bottom: 1px solid $edge; }
QWidget[surface="strip"] { background: $panel; border-top: 1px solid $edge; }
QWidget[surface="notice"] { background: $overlay; border-top: 1px solid $edge; }
QWidget[surface="card"] { background: transparent; border: 1px solid $line; border-radius: ${radius_card}px; }
QWidget[surface="rule"] { background: $line; min-height: 1px; max-height: 1px; }
"""
