"""What a benchmark prints: a table of figures, or JSON."""

import argparse
import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

Rows = list[dict[str, object]]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Give what every benchmark can be told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a very small run, only to see that it works")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def show(title: str, rows: Rows, *, as_json: bool) -> None:
    """Print rows that have the same columns."""
    if as_json:
        print(json.dumps({"title": title, "rows": rows}))  # noqa: T201
        return
    table = Table(title=title, title_justify="left")
    for name in rows[0]:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    Console(width=160).print(table)


def _text(value: object) -> str:
    if isinstance(value, float | int):
        return f"{value:,.3g}" if isinstance(value, float) and abs(value) < 100 else f"{value:,.0f}"
    return str(value)


@contextmanager
def clock(taken: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds that something takes."""
    start = time.perf_counter()
    yield
    taken[name] = taken.get(name, 0.0) + time.perf_counter() - start


def forget_peak() -> None:
    """Let the peak begin anew (Linux): what it took to make data up does not count."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_megabytes() -> float:
    """Give the most memory that this process held since the peak was forgotten."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
