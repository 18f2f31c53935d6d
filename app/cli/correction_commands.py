"""The commands of the noun `correction`: what a person says of photographs."""

import argparse
from collections.abc import Callable, Mapping

from app.cli.places import indexed
from app.cli.terminal import Printer
from app.contract import answers
from app.domain.corrections import Correction
from app.domain.uris import shown
from app.services import corrections
from app.store import Store

_FIELDS = ("Number", "Verdict", "Time", "Overruled", "Files")


def _different(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    sides = [[path] for path in indexed(options.files)]
    _print(corrections.say_different(store, options.dataset, sides), printer)
    return 0


def _split(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    sides = [indexed(options.files), indexed(options.others)]
    _print(corrections.say_different(store, options.dataset, sides), printer)
    return 0


def _same(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _print(corrections.say_same(store, options.dataset, indexed(options.files)), printer)
    return 0


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = corrections.all_corrections(store, options.dataset)
    printer.rows("Corrections", [_answer(one, printer) for one in found], _FIELDS)
    return 0


def _forget(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    corrections.forget_correction(store, options.dataset, options.number)
    printer.answer({})
    return 0


def _print(correction: Correction, printer: Printer) -> None:
    printer.answer({"Correction": _answer(correction, printer)})


def _answer(correction: Correction, printer: Printer) -> answers.Answer:
    """Give the answer of a correction; for a person its files in one line, with a bar between the sides."""
    answer = answers.correction_answer(correction)
    if printer.as_json:
        return answer
    sides = " | ".join(", ".join(shown(file.path) for file in side) for side in correction.sides)
    return answer | {"Overruled": "yes" if correction.overruled else "no", "Files": sides}


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "different": _different,
    "split": _split,
    "same": _same,
    "list": _list,
    "forget": _forget,
}
