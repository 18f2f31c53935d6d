"""The commands of the noun `choice`: the best shots that a person or a ladder chose."""

import argparse
from collections.abc import Callable, Mapping

from app.cli.places import indexed
from app.cli.terminal import Printer
from app.contract import choice_sentences
from app.contract import choices as answers
from app.domain.choices import Agreement, Choice
from app.domain.uris import shown
from app.services import choosing, datasets, explaining
from app.store import Store

_FIELDS = ("DatasetName", "Time", "File", "Because")


def _set(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    (path,) = indexed([options.file])
    name = options.dataset or explaining.find_dataset(store, [path])
    printer.answer({"Choice": _answer(name, choosing.choose(store, name, path), printer)})
    return 0


def _forget(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    (path,) = indexed([options.file])
    choosing.unchoose(store, options.dataset or explaining.find_dataset(store, [path]), path)
    printer.answer({})
    return 0


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    names = [options.dataset] if options.dataset else [dataset.name for dataset in datasets.all_datasets(store)]
    found = [_answer(name, choice, printer) for name in names for choice in choosing.all_choices(store, name)]
    agreement = choosing.overruled(store)
    if printer.as_json:
        printer.json({"Choices": found, "Overruled": answers.agreement_answer(agreement)})
        return 0
    printer.rows("Choices", found, _FIELDS)
    printer.lines(_overruled(agreement))
    return 0


def _answer(name: str, choice: Choice, printer: Printer) -> dict[str, object]:
    answer: dict[str, object] = {"DatasetName": name, **answers.choice_answer(choice)}
    if printer.as_json:
        return answer
    reason = choice_sentences.choice(choice)
    return {"DatasetName": name, "Time": answer["Time"], "File": shown(choice.path), "Because": reason}


def _overruled(agreement: Agreement) -> list[str]:
    """Say how often a person chose other than was proposed; nothing where nobody did."""
    return [
        f"of {made} choices of yours, in all datasets, {other} were other than the {proposer} proposed"
        for made, other, proposer in (
            (agreement.over_scores, agreement.other_than_scores, "scores"),
            (agreement.over_ladders, agreement.other_than_ladders, "ladder"),
        )
        if made
    ]


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "set": _set,
    "forget": _forget,
    "list": _list,
}
