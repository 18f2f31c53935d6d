"""The pace tells how fast a stage goes, and nothing before it can."""

from dataclasses import replace

import pytest

from app.domain.tasks import Stage
from app.ui.pace import Pace
from tests.ui.factories import task


def hear(pace: Pace, done: int, now: float, stage: Stage = Stage.READ, total: int = 1000) -> None:
    pace.hear(replace(task(stage=stage), done=done, total=total), now)


def test_one_report_tells_no_rate() -> None:
    pace = Pace()
    hear(pace, 10, 0)
    assert pace.rate is None
    assert pace.left is None


def test_the_rate_is_that_of_the_last_seconds() -> None:
    pace = Pace()
    for second in range(60):
        hear(pace, second, second)
    for second in range(60, 80):
        hear(pace, 60 + (second - 60) * 10, second)
    assert pace.rate == pytest.approx(10)
    assert pace.left == pytest.approx((1000 - 250) / 10)


def test_a_new_stage_begins_anew_and_the_old_one_is_remembered() -> None:
    pace = Pace()
    hear(pace, 0, 0, Stage.SCAN, 0)
    hear(pace, 500, 4, Stage.SCAN, 0)
    assert pace.left is None
    hear(pace, 0, 5)
    assert pace.rate is None
    assert pace.stages[Stage.SCAN].seconds == 5
    assert pace.stages[Stage.SCAN].done == 500
