"""The commands of the noun `rating`: stars and labels."""

import argparse
from collections.abc import Callable, Mapping, Sequence

from app.cli.places import indexed
from app.cli.terminal import Printer
from app.contract import choices as answers
from app.contract.choice_sentences import rating
from app.domain.ratings import RatedFile
from app.domain.uris import shown
from app.errors import InvalidArgument
from app.services import ratings
from app.store import Store

_FIELDS = ("File", "Rating", "Given here", "In its sidecar", "In the file", "Fault")
_FAILED = 1


def _set(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _print(ratings.rate(store, indexed(options.files), options.stars, options.label), printer)
    return 0


def _show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _print(ratings.ratings_of(store, indexed(options.files)), printer)
    return 0


def _forget(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    gone = ratings.unrate(store, indexed(options.files))
    printer.answer({"Forgotten": {"Ratings": gone}})
    return 0


def _write(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    if bool(options.files) == bool(options.dataset):
        raise InvalidArgument("Name files, or a dataset with --dataset, and not both.")
    paths = ratings.rated_files(store, options.dataset) if options.dataset else indexed(options.files)
    found = ratings.write_ratings(store, paths, dry_run=options.dry_run)
    if printer.as_json:
        printer.json({"DryRun": options.dry_run, "Files": [answers.written_answer(one) for one in found]})
    else:
        done = "would be written" if options.dry_run else "written"
        rows = [
            {
                "File": shown(one.path),
                "Sidecar": shown(one.sidecar),
                "Outcome": one.fault or (done if one.changed else "has it already"),
            }
            for one in found
        ]
        printer.rows("Files", rows, ("File", "Sidecar", "Outcome"))
    return _FAILED if any(one.fault for one in found) else 0


def _print(found: Sequence[RatedFile], printer: Printer) -> None:
    if printer.as_json:
        printer.json({"Ratings": [answers.rating_answer(one) for one in found]})
        return
    rows = [
        {
            "File": shown(one.path),
            "Rating": rating(one.rating),
            "Given here": rating(one.given),
            "In its sidecar": rating(one.sidecar),
            "In the file": rating(one.in_file),
            "Fault": one.fault,
        }
        for one in found
    ]
    printer.rows("Ratings", rows, _FIELDS)


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "set": _set,
    "show": _show,
    "forget": _forget,
    "write": _write,
}
