"""The window's words for how alike pictures are."""

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.pairs import DEFAULT, LOOSE, STRICT

translate = QCoreApplication.translate


def number(value: float) -> str:
    """Return a value of 0 to 1 in hundredths."""
    return str(QLocale().toString(value, "f", 2))  # type: ignore[call-overload]  # its stub takes a character for a number


def strength(value: float) -> str:
    """Return the name of a setting, or its number where it has none."""
    names = {
        LOOSE: translate("alikeness", "Loose"),
        DEFAULT: translate("alikeness", "Default"),
        STRICT: translate("alikeness", "Strict"),
    }
    return names.get(value, number(value))


def named(value: float) -> str:
    """Return the number of a setting, and its name if it has one, such as "0.50 Default"."""
    name = strength(value)
    return number(value) if name == number(value) else f"{number(value)} {name}"
