"""What a terminal shows: the progress of a task on standard error, answers on standard output."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from app.cli import sentences
from app.contract import choice_sentences
from app.contract.remark_sentences import said
from app.domain import companions
from app.domain.clusters import Cluster, ClusterKind
from app.domain.datasets import Dataset
from app.domain.explanations import Explanation
from app.domain.files import SkippedFile
from app.domain.opinions import Opinion
from app.domain.tasks import Stage, Status, Task
from app.domain.times import capture_moment
from app.domain.uris import shown

_STAGES = {
    Stage.WAITING: "Waiting for another task",
    Stage.SCAN: "Scanning folders",
    Stage.READ: "Reading photographs",
    Stage.FIRST: "First clusters",
    Stage.DESCRIBE: "Looking closer",
    Stage.CANDIDATES: "Finding candidates",
    Stage.RELATE: "Comparing",
    Stage.GROUP: "Clustering",
    Stage.MEASURE: "Measuring frames",
    Stage.SCORE: "Scoring",
    Stage.ANNOUNCE: "Finishing",
}
_KINDS = {
    ClusterKind.EXACT: "exact copies",
    ClusterKind.BURST: "burst",
    ClusterKind.BRACKET: "bracket, kept whole",
    ClusterKind.FOCUS_STACK: "focus stack, kept whole",
    ClusterKind.NEAR: "near duplicates",
}
_MAX_SKIPPED = 10
_UNFOLDED = 5000
"""Characters of a line where nobody looks: a file or a pipe gets paths whole."""


def ask(question: str) -> bool:
    """Ask a person at a terminal; the answer is no unless it begins with y, and where there is no terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower().startswith("y")


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )


class Meter:
    """The progress of one task on standard error; silent where that is no terminal."""

    def __init__(self) -> None:
        self._progress = _bar()
        self._row = self._progress.add_task(_STAGES[Stage.WAITING], total=None)
        self._stage = Stage.WAITING

    def show(self, task: Task) -> None:
        if task.stage is not self._stage:
            self._stage = task.stage
            self._progress.reset(self._row, total=task.total or None, description=_STAGES[task.stage])
        self._progress.update(self._row, completed=task.done, total=task.total or None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class Counter:
    """The progress of one errand on standard error; silent where that is no terminal."""

    def __init__(self, what: str) -> None:
        self._progress = _bar()
        self._row = self._progress.add_task(what, total=None)

    def show(self, done: int, total: int) -> None:
        self._progress.update(self._row, completed=done, total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


class Printer:
    """Answers on standard output, for a person or as JSON."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._console = Console(highlight=False, width=None if sys.stdout.isatty() else _UNFOLDED)

    def json(self, answer: Mapping[str, object], indent: int | None = 1) -> None:
        sys.stdout.write(json.dumps(answer, ensure_ascii=True, indent=indent) + "\n")

    def answer(self, answer: Mapping[str, object]) -> None:
        """Print one answer: its fields a line each."""
        if self.as_json:
            self.json(answer)
            return
        fields = next(iter(answer.values())) if len(answer) == 1 else answer
        assert isinstance(fields, Mapping)
        width = max((len(name) + 2 for name in fields), default=0)
        for name, value in fields.items():
            self._console.print(Text(f"{name:<{max(16, width)}}{'' if value is None else value}"))

    def rows(self, name: str, answers: Sequence[Mapping[str, object]], fields: Sequence[str]) -> None:
        """Print a list of answers: for a person a table of some of their fields."""
        if self.as_json:
            self.json({name: list(answers)})
            return
        if not answers:
            self._console.print(f"no {name.lower()}")
            return
        table = Table(box=None, pad_edge=False)
        for field in fields:
            table.add_column(field, overflow="fold")
        for answer in answers:
            table.add_row(*(Text(str(answer[field])) for field in fields))
        self._console.print(table)

    def lines(self, lines: Iterable[str]) -> None:
        """Print lines as they are."""
        for line in lines:
            self._console.print(Text(line))

    def endpoint(self, address: str, key_id: str, secret: str) -> None:
        """Print where calls are taken and with which keys; at once, for a program may wait for it."""
        if self.as_json:
            self.json({"Endpoint": address, "AccessKeyId": key_id, "AccessKeySecret": secret}, indent=None)
        else:
            for name, value in (("Endpoint", address), ("AccessKeyId", key_id), ("AccessKeySecret", secret)):
                self._console.print(Text(f"{name:16}{value}"))
            self._console.print("Ctrl+C ends it. The keys are for your own programs alone.")
        sys.stdout.flush()

    def explanation(self, dataset_name: str, found: Explanation) -> None:
        """Print why two photographs are together or apart."""
        self._console.print(Text(sentences.verdict(found)))
        for name, value in sentences.evidence(found):
            self._console.print(Text(f"  {name:<20}{value}"))
        remedy = sentences.remedy(found, dataset_name)
        if remedy:
            self._console.print(Text(f"This would let it count: {remedy}"))

    def opinion(self, opinion: Opinion) -> None:
        """Print the members of a cluster, what is proposed, and what speaks for and against each."""
        cluster = opinion.cluster
        unsure = "kept whole" if cluster.kind.protected else "not scored so far"
        sure = unsure if opinion.confidence is None else f"confidence {opinion.confidence.lower()}"
        self._console.print(Text(f"{cluster.object_id}: {cluster.kind}, {len(opinion.members)} files, {sure}"))
        for member in opinion.members:
            score = "" if member.file.image_score is None else f"{member.file.image_score:.2f}"
            proposed = "keep" if member.kept else ""
            mark = companions.mark(member.file.path, member.file.companions)
            self._console.print(Text(f"{score:>6}  {proposed:<6}{shown(member.file.path)}  {mark}".rstrip()))
            if member.remarks:
                self._console.print(Text(" " * 14 + ", ".join(said(remark) for remark in member.remarks)))
            if member.judgement is not None:
                parts = ", ".join(f"{part} {value:.2f}" for part, value in member.judgement.parts.items())
                self._console.print(Text(" " * 14 + parts, style="dim"))

    def clusters(self, found: Sequence[Cluster]) -> None:
        """Print clusters, the best file of each first."""
        table = Table(box=None, pad_edge=False)
        chosen = ("Chosen",) if any(cluster.choice for cluster in found) else ()
        together = ("With",) if any(member.companions for cluster in found for member in cluster.members) else ()
        for heading in ("Cluster", "When", "Kind", "Score", "Size", "File", *together, *chosen):
            table.add_column(heading, overflow="fold", justify="right" if heading in {"Score", "Size"} else "left")
        for number, cluster in enumerate(found, start=1):
            moment = cluster.capture_time
            when = "" if moment is None else f"{capture_moment(moment):%Y-%m-%d %H:%M:%S}"
            for place, member in enumerate(cluster.members):
                first = place == 0
                table.add_row(
                    f"{number} ({len(cluster.members)})" if first else "",
                    when if first else "",
                    _KINDS[cluster.kind] if first else "",
                    "" if member.image_score is None else f"{member.image_score:.2f}",
                    decimal(member.size),
                    Text(shown(member.path)),
                    *(Text(companions.mark(member.path, member.companions)) for _ in together),
                    *(Text(choice_sentences.choice(cluster.choice) if first else "") for _ in chosen),
                )
        self._console.print(table)

    def result(self, dataset: Dataset, task: Task, found: Sequence[Cluster], skipped: Sequence[SkippedFile]) -> None:
        """Print what a scan found."""
        if found:
            self.clusters(found)
        for file in skipped[:_MAX_SKIPPED]:
            self._console.print(Text(f"not read: {shown(file.path)}: {file.reason}"))
        if len(skipped) > _MAX_SKIPPED:
            self._console.print(f"not read: {len(skipped) - _MAX_SKIPPED} more; --json lists them all")
        if task.status is not Status.SUCCEEDED:
            self._console.print(Text(f"{dataset.title}: failed, {task.code}: {task.message}"))
            return
        members, freed = sum(len(cluster.members) for cluster in found), sum(cluster.freed for cluster in found)
        self._console.print(
            Text(
                f"{dataset.title}: {dataset.statistics.files} photographs, {len(found)} clusters of {members} files, "
                f"{decimal(freed)} to free, {len(skipped)} not read ({task.timings.total:.1f} s)"
            )
        )
