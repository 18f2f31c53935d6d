"""How fast a task goes and how long it will take, from what it reports."""

from collections import deque
from dataclasses import dataclass

from app.domain.tasks import Stage, Task

_WINDOW_S = 8.0
_SHORTEST_S = 1.0


@dataclass(slots=True)
class StagePace:
    """One stage as seen so far: seconds of the clock when it began and was last heard of, and its counts."""

    began: float
    heard: float
    done: int
    total: int

    @property
    def seconds(self) -> float:
        return self.heard - self.began


class Pace:
    """The pace of one task. Times are seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self.stages: dict[Stage, StagePace] = {}
        self._recent: deque[tuple[float, int]] = deque()
        self._stage: Stage | None = None

    def hear(self, task: Task, now: float) -> None:
        """Take note of a report."""
        if task.stage is not self._stage:
            if self._stage is not None:
                self.stages[self._stage].heard = now
            self._stage = task.stage
            self._recent.clear()
        stage = self.stages.setdefault(task.stage, StagePace(now, now, 0, 0))
        stage.heard, stage.done, stage.total = now, task.done, task.total
        self._recent.append((now, task.done))
        while now - self._recent[0][0] > _WINDOW_S:
            self._recent.popleft()

    @property
    def rate(self) -> float | None:
        """How many are done in a second, over the last few seconds; None before it can be told."""
        if not self._recent:
            return None
        (began, first), (now, last) = self._recent[0], self._recent[-1]
        if now - began < _SHORTEST_S or last <= first:
            return None
        return (last - first) / (now - began)

    @property
    def left(self) -> float | None:
        """Seconds until the stage ends, if it goes on like this."""
        rate, stage = self.rate, self.stages.get(self._stage) if self._stage else None
        if rate is None or stage is None or not stage.total:
            return None
        return max(0, stage.total - stage.done) / rate
