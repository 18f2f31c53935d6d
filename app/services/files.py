"""Files of a dataset: which could not be read."""

from app.domain.files import SkippedFile
from app.store import Store


def list_skipped(store: Store, dataset_name: str) -> list[SkippedFile]:
    """Give the files that claim to be pictures and cannot be read now, with the reasons.

    Raises:
        ResourceNotFound: there is no such dataset.
    """
    with store.read() as work:
        return work.files.skipped(work.datasets.id_of(dataset_name))
