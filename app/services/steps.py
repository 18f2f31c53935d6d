"""Steps: what was decided, taken back and done again, to any depth; they outlast the program."""

from app.domain.steps import Change, History, Step, StepKind
from app.errors import InvalidArgument
from app.events import Noun
from app.store import Store


def undo(store: Store, dataset_name: str) -> Step | None:
    """Take back the last step of a dataset that decided something; None if there is none.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: the last step moved files; restore that deletion to undo it.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        step = work.decisions.history(dataset_id).undo
        if step is None:
            return None
        if step.kind is StepKind.APPLY:
            raise InvalidArgument(
                f"The last step moved files. `shotsift deletion restore {step.deletion_id}` puts them back."
            )
        back = [Change(one.after, one.before) for one in work.decisions.changes(step.number)]
        work.decisions.change(dataset_id, back)
        work.decisions.set_undone(step.number, undone=True)
        work.announce(Noun.CLUSTERS, dataset_name)
        return step


def redo(store: Store, dataset_name: str) -> Step | None:
    """Do again what was undone last; None if there is nothing.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        step = work.decisions.history(dataset_id).redo
        if step is not None:
            work.decisions.change(dataset_id, work.decisions.changes(step.number))
            work.decisions.set_undone(step.number, undone=False)
            work.announce(Noun.CLUSTERS, dataset_name)
        return step


def history(store: Store, dataset_name: str) -> History:
    """Give what can be undone and done again next.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.decisions.history(work.datasets.id_of(dataset_name))
