"""How alike the pictures of one cluster are: a person's setting for a dataset, which regroups at once."""

from app.domain.pairs import FAINTEST, Alikeness
from app.errors import InvalidArgument
from app.events import Noun
from app.progress import SILENT
from app.services.grouping import regroup
from app.services.scoring import score
from app.store import Store


def set_alikeness(store: Store, dataset_name: str, alikeness: Alikeness) -> None:
    """Change the setting, and find the clusters again from the evidence that is kept; no file is read.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: the strength is out of bounds.
    """
    if not FAINTEST <= alikeness.strength <= 1:
        raise InvalidArgument(
            f"How alike pictures are is a number from {FAINTEST} (loosest) to 1 (strictest), not {alikeness.strength}."
        )
    with store.write() as work:
        dataset_id = work.datasets.id_of(dataset_name)
        work.datasets.set_alikeness(dataset_id, alikeness)
        regroup(work, dataset_name)
        work.announce(Noun.DATASETS, dataset_name)
    score(store, dataset_name, SILENT)
