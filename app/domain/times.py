"""Times: nanoseconds since the epoch inside, the contract's text forms outside."""

import time
from datetime import UTC, datetime, timedelta

_SECOND = 10**9
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """Give the present time in nanoseconds since the epoch."""
    return time.time_ns()


def rfc3339(moment: int) -> str:
    """Write a time as RFC3339Nano with the offset of this machine (datasets, bindings, files, clusters)."""
    local = datetime.fromtimestamp(moment // _SECOND, UTC).astimezone()
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%dT%H:%M:%S}.{moment % _SECOND:09d}{offset[:3]}:{offset[3:5]}"


def task_time(moment: int) -> str:
    """Write a time as the contract writes those of tasks: UTC, nanoseconds, ``Z``."""
    return f"{datetime.fromtimestamp(moment // _SECOND, UTC):%Y-%m-%dT%H:%M:%S}.{moment % _SECOND:09d}Z"


def capture_moment(capture_time: int) -> datetime:
    """Turn a camera's clock (microseconds since 1970) into a naive datetime."""
    return (_EPOCH + timedelta(microseconds=capture_time)).replace(tzinfo=None)


def capture_microseconds(moment: datetime) -> int:
    """Turn a naive datetime of a camera's clock into microseconds since 1970."""
    return (moment.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
