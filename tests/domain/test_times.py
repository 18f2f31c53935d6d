import re
from datetime import datetime

from app.domain.times import capture_microseconds, capture_moment, rfc3339, task_time

MOMENT = 1_640_314_909_480_109_219


def test_a_task_time_is_utc_with_nanoseconds() -> None:
    assert task_time(MOMENT) == "2021-12-24T03:01:49.480109219Z"


def test_other_times_carry_nanoseconds_and_an_offset() -> None:
    assert re.fullmatch(r"2021-12-2[345]T\d\d:\d1:49\.480109219[+-]\d\d:\d\d", rfc3339(MOMENT))


def test_the_clock_of_a_camera_comes_back_with_its_fraction() -> None:
    moment = datetime(2020, 4, 17, 10, 4, 33, 120_000)  # noqa: DTZ001 (a camera's clock has no zone)
    assert capture_moment(capture_microseconds(moment)) == moment
