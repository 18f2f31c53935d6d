"""The look as values: every colour, distance and size that the window uses, once."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme by role; neutrals have equal parts of red, green and blue."""

    dark: bool
    backdrop: str
    panel: str
    sunken: str
    track: str
    raised: str
    hover: str
    pressed: str
    overlay: str
    mat: str
    mathover: str
    line: str
    edge: str
    ctl: str
    text1: str
    text2: str
    text3: str
    disabled: str
    focus: str
    primary: str
    onprimary: str
    best: str
    onbest: str
    keep: str
    onkeep: str
    reject: str
    onreject: str
    warn: str
    onwarn: str
    accent: str
    onaccent: str

    def colors(self) -> dict[str, str]:
        """Return each role with its colour."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "dark"}


DARK = Theme(
    dark=True,
    backdrop="#2b2b2b",
    panel="#232323",
    sunken="#1a1a1a",
    track="#1a1a1a",
    raised="#363636",
    hover="#424242",
    pressed="#1e1e1e",
    overlay="#303030",
    mat="#424242",
    mathover="#353535",
    line="#3a3a3a",
    edge="#161616",
    ctl="#8a8a8a",
    text1="#e8e8e8",
    text2="#c0c0c0",
    text3="#a8a8a8",
    disabled="#6e6e6e",
    focus="#f4f4f4",
    primary="#dcdcdc",
    onprimary="#161616",
    best="#f0f0f0",
    onbest="#161616",
    keep="#7fcb9c",
    onkeep="#0f2117",
    reject="#f29a90",
    onreject="#2a0d0a",
    warn="#e3b767",
    onwarn="#241a05",
    accent="#8db4e0",
    onaccent="#161616",
)

LIGHT = Theme(
    dark=False,
    backdrop="#d8d8d8",
    panel="#ececec",
    sunken="#fdfdfd",
    track="#dedede",
    raised="#fafafa",
    hover="#ffffff",
    pressed="#cfcfcf",
    overlay="#f6f6f6",
    mat="#f8f8f8",
    mathover="#e6e6e6",
    line="#cdcdcd",
    edge="#b2b2b2",
    ctl="#747474",
    text1="#1a1a1a",
    text2="#404040",
    text3="#525252",
    disabled="#8f8f8f",
    focus="#111111",
    primary="#2b2b2b",
    onprimary="#f6f6f6",
    best="#1f1f1f",
    onbest="#f6f6f6",
    keep="#1d6640",
    onkeep="#ffffff",
    reject="#a12a1f",
    onreject="#ffffff",
    warn="#704b00",
    onwarn="#ffffff",
    accent="#24588f",
    onaccent="#ffffff",
)

THUMBNAIL_MIN = 96
THUMBNAIL_MAX = 320
THUMBNAIL_BIGGER_CAPTION = 110
"""From this height on a caption has its second line."""

GAP_S, GAP_M, GAP_L, GAP_XL, GAP_XXL = 4, 8, 12, 16, 24
ROW = 28
TABLE_ROW = 30
TOOLBAR = 44
STRIP = 28
BUTTON = 28
NOTICE = 40
PAGE_HEADER = 40
CLUSTER_HEADER = 36
MAT = 6
SIDEBAR, SIDEBAR_MIN, SIDEBAR_MAX = 200, 160, 320
RADIUS_CHIP, RADIUS_CELL, RADIUS_BUTTON, RADIUS_CARD, RADIUS_DROP = 3, 4, 5, 6, 8
MIN_PIXELS = 11
"""No text of the window is smaller."""
