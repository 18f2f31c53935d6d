"""Whatever a person does, and whatever happens outside: no picture is lost whose cluster has no keeper on disk."""

import os
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.decisions import Decision
from app.domain.deletions import FileState
from app.domain.files import Stamp
from app.errors import InvalidArgument, ResourceNotFound
from app.imaging.proofs import prove_file
from app.imaging.reading import prepare, read_file
from app.imaging.readings import Reading
from app.progress import SILENT
from app.services import steps
from app.services.applying import apply_plan
from app.services.deciding import accept, decide, keep_only, undecide
from app.services.grouping import group
from app.services.moving import QUARANTINE
from app.services.planning import make_plan
from app.services.restoring import restore
from app.store import Store
from app.workers.trash import SystemTrash

PHOTO = Path(__file__).parent.parent / "photos" / "distractors"
"""Three photographs; each is there under some names, as exact copies of one cluster."""
COPIES = 3


class NoTrash(SystemTrash):
    """A drive without a Trash."""

    def takes(self, folder: str) -> bool:
        return False


class Straight:
    """Readers that need no process: the photographs of a test are sound, or damaged by it."""

    def prove(self, paths: list[str]) -> Iterator[tuple[str, object]]:
        return ((path, prove_file(path)) for path in paths)
