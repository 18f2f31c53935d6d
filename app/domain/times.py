"""Times: nanoseconds since the epoch inside, the contract's text forms outside."""

import re
import time
from datetime import UTC, datetime, timedelta, timezone

from app.errors import InvalidArgument

_SECOND = 10**9
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FAR = 2**63 - 1
"""As far from the epoch as 64 bits reach, in the year 2262; what lies beyond counts as then."""
_ISO = re.compile(r"(?P<whole>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.(?P<fraction>\d+))?(?P<offset>Z|[+-]\d\d:?\d\d)")


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


def camera_time(capture_time: int, offset_minutes: int | None) -> str:
    """Write a camera's clock (microseconds since 1970) as RFC3339Nano; one without a known offset as if it were UTC."""
    local = datetime(1970, 1, 1, tzinfo=timezone(timedelta(minutes=offset_minutes or 0)))
    local += timedelta(microseconds=capture_time)
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%dT%H:%M:%S}.{capture_time % 10**6:06d}000{offset[:3]}:{offset[3:5]}"


def moment_of(text: str) -> int:
    """Read a time in any form of the contract: ISO 8601 with an offset or ``Z``, and any fraction of a second.

    Raises:
        InvalidArgument: it is none.
    """
    found = _ISO.fullmatch(text)
    whole = None if found is None else _moment(found["whole"] + found["offset"])
    if found is None or whole is None:
        raise InvalidArgument(f"{text!r} is no time; write it like 2026-11-24T13:05:09.123Z.")
    fraction = (found["fraction"] or "").ljust(9, "0")[:9]
    moment = (whole - _EPOCH) // timedelta(seconds=1) * _SECOND + int(fraction)
    return max(-_FAR, min(_FAR, moment))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def capture_moment(capture_time: int) -> datetime:
    """Turn a camera's clock (microseconds since 1970) into a naive datetime."""
    return (_EPOCH + timedelta(microseconds=capture_time)).replace(tzinfo=None)


def capture_microseconds(moment: datetime) -> int:
    """Turn a naive datetime of a camera's clock into microseconds since 1970."""
    return (moment.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
