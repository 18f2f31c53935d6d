"""Which member of a cluster is the best, why, and by what the members are ranked."""

import argparse

from app.cli.terminal import Printer
from app.contract import opinions as answers
from app.contract.requests import GetDataset
from app.domain.judgements import Keep, Part, Preset, Ranking
from app.errors import InvalidArgument
from app.services import datasets, opinions, ranking
from app.store import Store


def show_cluster(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Print the members of a cluster with their parts and with what speaks for and against each."""
    opinion = opinions.opinion_of(store, options.cluster)
    if printer.as_json:
        printer.json({"SimilarImageCluster": answers.opinion_answer(opinion)})
    else:
        printer.opinion(opinion)
    return 0


def rank(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Change by what the members of clusters are ranked; what is not given stays as it is."""
    before = datasets.get_dataset(store, GetDataset(dataset_name=options.dataset)).ranking
    preset = before.preset if options.preset is None else Preset(options.preset)
    own = dict(before.own) if options.preset is None else {}
    own |= dict(_weight(text) for text in options.weight)
    keep = before.keep if options.keep is None else Keep(options.keep.replace("-", " "))
    wanted = Ranking(preset, own, keep)
    ranking.set_ranking(store, options.dataset, wanted)
    printer.answer({"Ranking": answers.ranking_answer(wanted)})
    return 0


def _weight(text: str) -> tuple[Part, float]:
    """Read ``sharpness=2``.

    Raises:
        InvalidArgument: it is no part with a number.
    """
    name, _, number = text.partition("=")
    try:
        return Part(name), float(number)
    except ValueError as error:
        parts = ", ".join(Part)
        raise InvalidArgument(f"A weight is PART=NUMBER, such as sharpness=2, not {text!r}. Parts: {parts}.") from error
