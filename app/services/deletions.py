"""Deletions: what went when, why, where it is, and how much was freed."""

from collections.abc import Iterable, Sequence

from app.domain.deletions import DeletedFile, Deletion, End
from app.domain.files import FileRecord
from app.domain.plans import Plan, PlannedFile, Refusal, Why
from app.errors import ResourceNotFound
from app.store import Store


def all_deletions(store: Store) -> list[Deletion]:
    """Give all deletions, the last first."""
    with store.read() as work:
        return work.deletions.all()


def get_deletion(store: Store, deletion_id: int) -> Deletion:
    """Give one deletion.

    Raises:
        ResourceNotFound: there is none of this number.
    """
    with store.read() as work:
        return work.deletions.get(deletion_id)


def last_deletion(store: Store) -> Deletion:
    """Give the last deletion of which something is still away.

    Raises:
        ResourceNotFound: there is none.
    """
    found = next((one for one in all_deletions(store) if one.files), None)
    if found is None:
        raise ResourceNotFound("Nothing is away that could be put back.")
    return found


def deletion_files(store: Store, deletion_id: int) -> list[DeletedFile]:
    """Give the files of a deletion in the order in which they went.

    Raises:
        ResourceNotFound: there is none of this number.
    """
    with store.read() as work:
        work.deletions.get(deletion_id)
        return work.deletions.files(deletion_id)


def returned_files(store: Store, dataset_name: str) -> list[FileRecord]:
    """Give the photographs of a dataset that a person rejected before, and that came back, as from a card.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        return work.files.records(dataset_id, work.deletions.returned(dataset_id))


def plans_of(store: Store, planned: Sequence[PlannedFile], dataset_name: str | None) -> list[Plan]:
    """Find the datasets that a saved plan speaks of; what none of them knows is refused.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    plans: list[Plan] = []
    rest = list(planned)
    with store.read() as work:
        for name in [dataset_name] if dataset_name else work.datasets.names():
            paths = sorted({path for one in rest for path in (one.path, one.keeper) if path is not None})
            known = {record.path for record in work.files.records(work.datasets.id_of(name), paths)}
            own = [one for one in rest if one.path in known or one.keeper in known]
            if own:
                plans.append(Plan(name, End.TRASH, "", tuple(own)))
            rest = [one for one in rest if one not in own]
    if rest:
        plans.append(Plan(dataset_name or "", End.TRASH, "", (), (), tuple(_unknown(rest))))
    return plans


def _unknown(planned: Iterable[PlannedFile]) -> Iterable[Refusal]:
    return (Refusal(one.path, Why.UNKNOWN) for one in planned)
