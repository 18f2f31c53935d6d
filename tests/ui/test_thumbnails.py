"""Thumbnails are read in the order they are wanted, never twice at once, and kept within bounds."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.ui.thumbnails import Decoded, Thumbnails, decode


class Pool:
    """Keeps questions until the test answers them."""

    def __init__(self) -> None:
        self.asked: list[Sequence[bytes]] = []
        self._thens: list[Callable[[Decoded], None]] = []

    def __call__(self, sha256s: Sequence[bytes], then: Callable[[Decoded], None]) -> None:
        self.asked.append(sha256s)
        self._thens.append(then)

    def answer(self, i: int, *, found: bool = True) -> None:
        image = QImage(100, 100, QImage.Format.Format_RGB32) if found else QImage()
        self._thens[i](dict.fromkeys(self.asked[i], image))


def keys(*numbers: int) -> list[bytes]:
    return [bytes([number]) for number in numbers]


def test_two_batches_are_read_at_once_and_the_rest_waits(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool)
    thumbnails.want(keys(*range(100)))
    assert [len(batch) for batch in pool.asked] == [24, 24]
    pool.answer(0)
    assert pool.asked[2] == keys(*range(48, 72))


def test_what_is_no_longer_wanted_is_never_read(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool)
    thumbnails.want(keys(*range(100)))
    thumbnails.want(keys(200, 201))
    pool.answer(0)
    assert pool.asked[2:] == [keys(200, 201)]


def test_what_is_under_way_or_known_is_not_asked_again(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool)
    thumbnails.want(keys(1))
    thumbnails.want(keys(1, 2))
    pool.answer(0)
    thumbnails.want(keys(1, 2))
    assert pool.asked == [keys(1), keys(2)]


def test_what_has_no_thumbnail_is_asked_again_only_after_a_change(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool)
    thumbnails.want(keys(1))
    pool.answer(0, found=False)
    assert thumbnails.is_missing(b"\1")
    thumbnails.want(keys(1))
    assert len(pool.asked) == 1
    thumbnails.forget_missing()
    thumbnails.want(keys(1))
    assert len(pool.asked) == 2


def test_the_memory_is_bounded_and_the_least_used_leaves_first(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool, limit=100_000)
    thumbnails.want(keys(1, 2))
    pool.answer(0)
    assert thumbnails.whole(b"\1") is not None
    thumbnails.want(keys(3))
    pool.answer(1)
    assert thumbnails._bytes <= 100_000
    assert thumbnails.whole(b"\1") is not None
    assert thumbnails.whole(b"\2") is None


def test_a_thumbnail_is_scaled_to_the_pixels_it_takes(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool)
    assert thumbnails.scaled(b"\1", QSize(50, 40)) is None
    thumbnails.want(keys(1))
    pool.answer(0)
    scaled = thumbnails.scaled(b"\1", QSize(50, 40))
    assert scaled is not None
    assert scaled.size() == QSize(50, 40)


def test_after_a_failed_question_reading_goes_on(qapp: QApplication) -> None:
    pool = Pool()
    thumbnails = Thumbnails(pool)
    thumbnails.want(keys(1))
    thumbnails.recover()
    thumbnails.want(keys(1))
    assert pool.asked == [keys(1), keys(1)]


def test_bytes_that_are_no_picture_become_a_null_picture(qapp: QApplication) -> None:
    decoded = decode(keys(1, 2), {b"\1": b"no jpeg"})
    assert [image.isNull() for image in decoded.values()] == [True, True]
