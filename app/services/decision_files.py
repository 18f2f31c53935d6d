"""Decision files: the decisions of a dataset as a file, to take them to another catalogue and back."""

from collections.abc import Sequence

from app.domain.decisions import DecidedFile
from app.domain.steps import Change, Step, StepKind
from app.domain.times import now
from app.events import Noun
from app.store import Store


def import_decisions(store: Store, dataset_name: str, decided: Sequence[DecidedFile]) -> Step:
    """Take decisions over, as one step. They count by content, also for files that come later.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        present = {(one.sha256, one.path): one for one in work.decisions.all(dataset_id)}
        changes = [
            Change(present.get((one.sha256, one.path)), one)
            for one in decided
            if present.get((one.sha256, one.path)) != one
        ]
        step = Step(0, StepKind.IMPORT, len(changes), 0, now())
        if not changes:
            return step
        work.decisions.change(dataset_id, changes)
        work.announce(Noun.CLUSTERS, dataset_name)
        return work.decisions.add_step(dataset_id, step, changes)
