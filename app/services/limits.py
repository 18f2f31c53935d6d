"""Limits: how many more photographs a dataset takes, and what to do when it takes no more."""

from dataclasses import dataclass

from app.domain.datasets import Dataset
from app.errors import LimitExceeded

HOW_TO_GO_ON = "Take files out of it, or raise DatasetMaxFileCount or DatasetMaxTotalFileSize with UpdateDataset."


@dataclass(slots=True)
class Room:
    """What is left of the limits of a dataset: files, those that cannot be read included, and bytes."""

    files: int
    size: int

    def take(self, size: int) -> bool:
        """Take the place of a file, if there is one; where one did not fit there is none for a later one either."""
        if self.files < 1 or self.size < size:
            self.files = 0
            return False
        self.files -= 1
        self.size -= size
        return True


def room_of(dataset: Dataset) -> Room:
    """Give what is left of the limits of a dataset."""
    known, limits = dataset.statistics, dataset.limits
    return Room(limits.file_count - known.files - known.skipped, limits.total_file_size - known.size)


def check_room(dataset: Dataset, sizes: list[int]) -> None:
    """Make sure that a dataset takes files of these sizes.

    Raises:
        LimitExceeded: it does not.
    """
    room, known, limits = room_of(dataset), dataset.statistics, dataset.limits
    if not all(room.take(size) for size in sizes):
        raise LimitExceeded(
            f"The dataset {dataset.name!r} has {known.files + known.skipped:,} files of {known.size:,} bytes, and "
            f"takes no more than {limits.file_count:,} of {limits.total_file_size:,}. {HOW_TO_GO_ON}"
        )
