"""The commands of the noun `ladder`: rules by which the best of several copies is chosen."""

import argparse
from collections.abc import Callable, Mapping

from app.cli.rules import rungs_of, typed
from app.cli.terminal import Printer
from app.contract import choice_sentences
from app.contract import choices as answers
from app.domain.ladders import USUAL, Ladder
from app.domain.proposals import Proposal
from app.domain.uris import shown
from app.services import choosing, ladders
from app.store import Store

_FIELDS = ("Chosen", "Because", "Instead of", "Kept as well")


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = [_answer(ladder, printer) for ladder in ladders.all_ladders(store)]
    printer.rows("Ladders", found, ("Name", "Rules"))
    return 0


def _show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    printer.answer({"Ladder": _answer(ladders.get_ladder(store, options.name), printer)})
    return 0


def _save(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    ladder = Ladder(options.name, rungs_of(options.rules))
    ladders.save_ladder(store, ladder)
    printer.answer({"Ladder": _answer(ladder, printer)})
    return 0


def _delete(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    ladders.delete_ladder(store, options.name)
    printer.answer({})
    return 0


def _preview(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    ladder = _wanted(store, options)
    found = choosing.preview_ladder(store, options.dataset, ladder)
    if printer.as_json:
        proposals = [answers.proposal_answer(one) for one in found]
        printer.json({"Ladder": answers.ladder_answer(ladder), "Proposals": proposals})
        return 0
    printer.rows("Proposals", [_row(one) for one in found], _FIELDS)
    printer.lines(fault for one in found for fault in one.faults)
    differing = sum(one.differs for one in found)
    printer.lines([f"{ladder.name}: {len(found)} clusters of copies, another best shot in {differing}"])
    return 0


def _apply(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    ladder = _wanted(store, options)
    choosing.apply_ladder(store, options.dataset, ladder)
    made = [one for one in choosing.all_choices(store, options.dataset) if one.ladder]
    printer.answer({"Applied": {"DatasetName": options.dataset, "Ladder": ladder.name, "Choices": len(made)}})
    return 0


def _forget(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    gone = choosing.forget_ladder(store, options.dataset)
    printer.answer({"Forgotten": {"DatasetName": options.dataset, "Choices": gone}})
    return 0


def _wanted(store: Store, options: argparse.Namespace) -> Ladder:
    """Give the ladder that was named, or else that which the dataset follows, or else the usual one."""
    if options.name is not None:
        return ladders.get_ladder(store, options.name)
    return choosing.ladder_of(store, options.dataset) or USUAL


def _answer(ladder: Ladder, printer: Printer) -> dict[str, object]:
    answer = answers.ladder_answer(ladder)
    return answer if printer.as_json else answer | {"Rules": shown(" ".join(typed(ladder.rungs)))}


def _row(one: Proposal) -> dict[str, object]:
    return {
        "Chosen": shown(one.chosen.path),
        "Because": choice_sentences.because(one.because),
        "Instead of": shown(one.cluster.members[0].path) if one.differs else "",
        "Kept as well": ", ".join(shown(member.path) for member in one.protected),
    }


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "list": _list,
    "show": _show,
    "save": _save,
    "delete": _delete,
    "preview": _preview,
    "apply": _apply,
    "forget": _forget,
}
