"""The words for counts, sizes and times read as a person would write them."""

import pytest
from PySide6.QtCore import QLocale

from app.domain.clusters import ClusterKind
from app.domain.tasks import Status
from app.ui import words
from app.ui.gallery_delegate import header_parts
from tests.ui.factories import cluster, photo, task


@pytest.fixture(autouse=True)
def _english() -> None:
    QLocale.setDefault(QLocale("en_US"))


def test_one_and_many_have_their_own_words() -> None:
    assert words.photos(1) == "1 photo"
    assert words.photos(12480) == "12,480 photos"
    assert words.clusters_found(0) == "no similar photos found"
    assert words.unreadable(1) == "1 file could not be read"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "0 s"), (59.6, "1 min 00 s"), (41, "41 s"), (232, "3 min 52 s"), (3600, "1 h 00 min"), (7384, "2 h 03 min")],
)
def test_a_duration_has_two_units_at_most(seconds: float, text: str) -> None:
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("microseconds", "text"),
    [
        (1_960_000, "2.0 s"),
        (45_000_000, "45 s"),
        (600_000_000, "10 min"),
        (3 * 10**11, "3 days"),
        (63 * 10**13, "20 years"),
    ],
)
def test_the_span_of_a_cluster_gets_coarser(microseconds: int, text: str) -> None:
    assert words.span(microseconds) == text


def test_a_capture_time_is_the_clock_of_the_camera() -> None:
    assert words.camera_time(0) == "00:00:00"
    assert words.camera_date(0) == "Jan 1, 1970"


def test_a_stopped_task_says_so_and_a_failed_one_names_its_code() -> None:
    assert words.result(task(status=Status.FAILED, code="Interrupted")) == "Interrupted: The drive was removed."
    assert words.status_icon(task(status=Status.FAILED, code="Canceled"))[0] == "circle-stop"


def test_the_header_of_a_cluster_drops_its_date_first_and_its_count_last() -> None:
    parts = header_parts(cluster(1, 5))
    assert [text for _, text in parts] == [
        "Nov 14, 2023",
        "Burst, 2.0 s",
        "5 photos",
        "4.0 MB of 5.0 MB could be freed",
    ]
    assert max(parts)[1] == "Nov 14, 2023"
    assert min(parts)[1] == "5 photos"


def test_a_caption_tells_pixels_and_bytes() -> None:
    assert words.details(photo(1)) == "3000 × 2000 · 1.0 MB"  # noqa: RUF001 (times sign)


def test_the_header_of_a_bracket_says_that_it_is_kept_whole() -> None:
    bracket = cluster(1, 3, ClusterKind.BRACKET)
    assert [text for _, text in header_parts(bracket)][1:] == [
        "Bracket, 1.0 s",
        "3 photos",
        "Kept whole: nothing to free",
    ]
    assert bracket.freed == 0
