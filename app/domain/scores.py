"""ImageScore: how good a frame is among the frames of its cluster, 0 to 1."""

from collections.abc import Sequence

from app.domain.files import Content

_SHARPNESS, _EXPOSURE, _PIXELS, _ORIGIN = 0.4, 0.2, 0.1, 0.3


def image_scores(contents: Sequence[Content]) -> list[float]:
    """Score the contents of one cluster against each other.

    Sharpness and size count relative to the best of the cluster, exposure by what is clipped and how far the mean lies
    from the middle of the cluster, and an original that still carries its camera's data over one that lost it.
    """
    sharpest = max(_sharpness(content) for content in contents)
    largest = max(_pixels(content) for content in contents)
    middle = sorted(content.measures.brightness for content in contents)[len(contents) // 2]
    return [
        round(
            _SHARPNESS * _ratio(_sharpness(content), sharpest) ** 0.5
            + _EXPOSURE * _exposure(content, middle)
            + _PIXELS * _ratio(_pixels(content), largest) ** 0.5
            + _ORIGIN * (content.header.camera != ""),
            6,
        )
        for content in contents
    ]


def _sharpness(content: Content) -> float:
    """Give the gradients relative to the contrast, so that a copy with more contrast is not a sharper one."""
    return content.measures.sharpness / max(1.0, content.measures.texture) ** 2


def _exposure(content: Content, middle: float) -> float:
    deviation = min(1.0, 2 * abs(content.measures.brightness - middle))
    return (1 - deviation) * (1 - min(1.0, content.measures.clipped))


def _pixels(content: Content) -> float:
    return float(content.header.width * content.header.height)


def _ratio(value: float, best: float) -> float:
    return value / best if best > 0 else 1.0
