"""The colours keep the contrast that the look promises, and stand in one module only."""

import re
from pathlib import Path

import pytest

from app.ui.tokens import DARK, LIGHT, Theme

_TEXT, _OUTLINE = 4.5, 3.0
_COLUMNS = ("text1", "text2", "text3", "keep", "reject", "warn", "accent", "focus", "ctl")
_TABLE = {
    (DARK, "backdrop"): (11.6, 7.8, 6.0, 7.4, 6.6, 7.6, 6.6, 12.9, 4.1),
    (DARK, "panel"): (12.8, 8.6, 6.6, 8.2, 7.3, 8.4, 7.3, 14.3, 4.6),
    (DARK, "raised"): (9.9, 6.6, 5.1, 6.3, 5.6, 6.5, 5.6, 11.0, 3.5),
    (DARK, "overlay"): (10.8, 7.3, 5.6, 6.9, 6.2, 7.1, 6.1, 12.0, 3.8),
    (DARK, "mat"): (8.2, 5.5, 4.2, 5.2, 4.7, 5.4, 4.7, 9.1, 2.9),
    (LIGHT, "backdrop"): (12.2, 7.3, 5.5, 4.9, 5.1, 5.5, 5.1, 13.2, 3.3),
    (LIGHT, "panel"): (14.7, 8.8, 6.6, 5.9, 6.2, 6.6, 6.2, 16.0, 4.0),
    (LIGHT, "mat"): (16.4, 9.8, 7.4, 6.5, 6.9, 7.3, 6.9, 17.8, 4.4),
}
_ON_FILL = [
    (DARK, "onkeep", "keep", 8.7),
    (DARK, "onreject", "reject", 8.4),
    (DARK, "onwarn", "warn", 9.2),
    (DARK, "onbest", "best", 15.9),
    (DARK, "onprimary", "primary", 13.2),
    (LIGHT, "onkeep", "keep", 6.9),
    (LIGHT, "onreject", "reject", 7.3),
    (LIGHT, "onwarn", "warn", 7.8),
    (LIGHT, "onbest", "best", 15.3),
    (LIGHT, "onprimary", "primary", 13.1),
]
_NOT_ON_A_DARK_MAT = {"text3", "ctl"}


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("theme", "ground"), _TABLE)
def test_the_table_of_contrasts_holds(theme: Theme, ground: str) -> None:
    colors = theme.colors()
    for column, expected in zip(_COLUMNS, _TABLE[theme, ground], strict=True):
        found = contrast(colors[column], colors[ground])
        assert found == pytest.approx(expected, abs=0.06), column
        if not (theme.dark and ground == "mat" and column in _NOT_ON_A_DARK_MAT):
            assert found >= (_OUTLINE if column in ("focus", "ctl") else _TEXT), column


@pytest.mark.parametrize(("theme", "sign", "fill", "expected"), _ON_FILL)
def test_signs_are_read_on_their_fill(theme: Theme, sign: str, fill: str, expected: float) -> None:
    assert contrast(theme.colors()[sign], theme.colors()[fill]) == pytest.approx(expected, abs=0.06)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_what_is_no_state_is_grey(theme: Theme) -> None:
    coloured = {name for name, color in theme.colors().items() if len({color[1:3], color[3:5], color[5:7]}) > 1}
    assert coloured == {
        *("keep", "reject", "warn", "accent"),
        *(("onkeep", "onreject", "onwarn") if theme.dark else ()),
    }


def test_no_other_module_names_a_colour() -> None:
    folder = Path(__file__).parents[2] / "app"
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b|GlobalColor\.(?!transparent)|QColor\(\s*\d")
    found = [path.name for path in sorted(folder.rglob("*.py")) if named.search(path.read_text(encoding="utf-8"))]
    assert found == ["tokens.py"]
