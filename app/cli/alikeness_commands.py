"""How alike the pictures of one cluster are, and why two of them are together or apart."""

import argparse
import os
from dataclasses import replace

from app.cli.terminal import Printer
from app.contract import answers
from app.contract.requests import GetDataset
from app.domain.pairs import DEFAULT, LOOSE, STRICT
from app.errors import InvalidArgument
from app.imaging.readers import Readers
from app.services import alikeness, clusters, datasets, explaining
from app.store import Store

NAMED = {"strict": STRICT, "default": DEFAULT, "loose": LOOSE}


def set_dataset(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Change how alike the pictures of a cluster are; what is not given stays as it is."""
    before = datasets.get_dataset(store, GetDataset(dataset_name=options.dataset)).alikeness
    given = {
        "strength": None if options.alike is None else strength_of(options.alike),
        "copies_only": options.copies_only,
        "across_folders": options.across_folders,
    }
    wanted = replace(before, **{name: value for name, value in given.items() if value is not None})
    alikeness.set_alikeness(store, options.dataset, wanted)
    found = clusters.all_clusters(store, options.dataset)
    printer.answer({"Alikeness": answers.alikeness_answer(wanted) | {"Clusters": len(found)}})
    return 0


def explain(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Say why two files are, or are not, together, and which setting would change it."""
    paths = (os.path.realpath(options.first), os.path.realpath(options.second))
    name = options.dataset or explaining.find_dataset(store, paths)
    with Readers(1) as readers:
        found = explaining.explain(store, name, paths, readers)
    if printer.as_json:
        printer.json({"Explanation": answers.explanation_answer(name, found)})
    else:
        printer.explanation(name, found)
    return 0


def strength_of(text: str) -> float:
    """Turn strict, default, loose or a number into the strength that evidence must have.

    Raises:
        InvalidArgument: it is none of these.
    """
    try:
        return NAMED[text] if text in NAMED else float(text)
    except ValueError as error:
        raise InvalidArgument(f"How alike is strict, default, loose or a number, not {text!r}.") from error
