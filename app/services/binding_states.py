"""What bindings are told of a scan: whether their folders could be seen, and when all in them has been read."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.domain.datasets import Binding, BindingPhase, BindingState
from app.events import Noun
from app.services.limits import HOW_TO_GO_ON
from app.store import Store


def note_begun(store: Store, dataset_name: str) -> None:
    """Note that bindings that waited for it are looked at now."""
    with store.write() as work:
        for binding in work.bindings.of(dataset_name):
            if binding.state is BindingState.READY:
                work.bindings.set_state(binding, BindingState.RUNNING, binding.phase, binding.reason)
                work.announce(Noun.BINDINGS, dataset_name)


def note_looked(
    store: Store, dataset_name: str, closed: dict[str, list[str]], away: Iterable[str], left: Iterable[str]
) -> None:
    """Note with the bindings that were looked at whether their folders could be seen whole.

    ``closed``: the folders below each that could not be opened; ``away``: the paths of photographs whose drive is not
    here; ``left``: of those that the dataset has no room for.
    """
    with store.write() as work:
        bindings = work.bindings.of(dataset_name)
        waiting, lacking = _by_binding(bindings, away), _by_binding(bindings, left)
        for binding in bindings:
            if binding.path not in closed or binding.state is BindingState.STOPPED:
                continue
            waits, reason = _state(binding, closed[binding.path], waiting[binding.path], lacking[binding.path])
            state = BindingState.RETRYING if waits else BindingState.RUNNING
            if work.bindings.set_state(binding, state, binding.phase, reason):
                work.announce(Noun.BINDINGS, dataset_name)


def note_whole(store: Store, dataset_name: str) -> None:
    """Note that all that a scan found has been read: the bindings that it could see go on with what changes."""
    with store.write() as work:
        for binding in work.bindings.of(dataset_name):
            going = binding.state is BindingState.RUNNING
            if going and work.bindings.set_state(binding, binding.state, BindingPhase.INCREMENTAL, binding.reason):
                work.announce(Noun.BINDINGS, dataset_name)


def _state(binding: Binding, closed: Sequence[str], waiting: int, left: int) -> tuple[bool, str]:
    """Say whether a binding has to wait for its folder, and why, or what else a person should know of it."""
    if closed[:1] == [binding.path]:
        return True, "The folder cannot be opened; is its drive connected?"
    if waiting:
        wait = "1 photograph waits" if waiting == 1 else f"{waiting:,} photographs wait"
        return True, f"Its drive is not connected: {wait} for it"
    parts = [f"Folders that cannot be opened: {len(closed)}"] if closed else []
    if left:
        lacks = "1 photograph" if left == 1 else f"{left:,} photographs"
        parts.append(f"The dataset is full and lacks {lacks}. {HOW_TO_GO_ON}")
    return False, ". ".join(parts)


def _by_binding(bindings: Sequence[Binding], paths: Iterable[str]) -> Counter[str]:
    """Count files by the innermost bound folder above them."""
    folders = Counter(os.path.dirname(path) for path in paths)  # noqa: PTH120 (as text, which is quick)
    counted: Counter[str] = Counter()
    for folder, count in folders.items():
        above = [binding.path for binding in bindings if Path(folder).is_relative_to(binding.path)]
        if above:
            counted[max(above, key=len)] += count
    return counted
