"""Ranking: by what the frames of a dataset are compared and how many are kept; a person's setting that acts at once."""

from app.domain.judgements import Ranking
from app.errors import InvalidArgument
from app.events import Noun
from app.services.choosing import follow_ladder
from app.services.scoring import rank
from app.store import Store

_MOST = 10.0


def set_ranking(store: Store, dataset_name: str, ranking: Ranking) -> None:
    """Change the setting, and rank all clusters again by the parts that are kept; no file is read.

    Raises:
        ResourceNotFound: there is no such dataset.
        InvalidArgument: a weight is out of bounds, or none counts.
    """
    for part, weight in ranking.own.items():
        if not 0 <= weight <= _MOST:
            raise InvalidArgument(f"The weight of {part} is a number from 0 (it does not count) to 10, not {weight:g}.")
    if not any(ranking.weights.values()):
        raise InvalidArgument("At least one part must have a weight above 0, else no frame is better than another.")
    with store.write() as work:
        work.datasets.set_ranking(work.datasets.id_of(dataset_name), ranking)
        work.announce(Noun.DATASETS, dataset_name)
    rank(store, dataset_name)
    follow_ladder(store, dataset_name)
