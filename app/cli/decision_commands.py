"""The commands of the noun `decision`: what a person wants to become of photographs."""

import argparse
import json
from collections.abc import Callable, Mapping

from app.cli.places import indexed, read_file, write_file
from app.cli.terminal import Printer
from app.contract import decisions as answers
from app.contract.plan_sentences import DECISIONS, step
from app.domain.decisions import DecidedFile, Decision, Scope
from app.domain.steps import Step
from app.domain.uris import shown, uri_of
from app.services import deciding, decision_files, deletions, explaining, steps
from app.store import Store

_FIELDS = ("Decision", "Time", "File")


def _decide(decision: Decision) -> Callable[[Store, argparse.Namespace, Printer], int]:
    def command(store: Store, options: argparse.Namespace, printer: Printer) -> int:
        paths = indexed(options.files)
        name = options.dataset or explaining.find_dataset(store, paths)
        scope = Scope(options.part) if decision is Decision.REJECT else Scope.WHOLE
        _print(deciding.decide(store, name, paths, decision, scope), printer)
        return 0

    return command


def _only(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    (path,) = indexed(options.files)
    name = options.dataset or explaining.find_dataset(store, [path])
    _print(deciding.keep_only(store, name, path), printer)
    return 0


def _reject_all(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _print(deciding.reject_all(store, options.cluster), printer)
    return 0


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = deciding.all_decisions(store, options.dataset)
    printer.rows("Decisions", [_answer(one, printer) for one in found], _FIELDS)
    return 0


def _returned(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = deletions.returned_files(store, options.dataset)
    if printer.as_json:
        printer.json({"Returned": [uri_of(record.path) for record in found]})
        return 0
    printer.lines(shown(record.path) for record in found)
    return 0


def _undo(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    return _again(steps.undo(store, options.dataset), "undone", printer)


def _redo(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    return _again(steps.redo(store, options.dataset), "done again", printer)


def _export(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = deciding.all_decisions(store, options.dataset)
    write_file(options.file, json.dumps(answers.decisions_answer(found), indent=1))
    printer.answer({"Exported": {"Decisions": len(found)}})
    return 0


def _import(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _print(
        decision_files.import_decisions(store, options.dataset, answers.read_decisions(read_file(options.file))),
        printer,
    )
    return 0


def _again(made: Step | None, done: str, printer: Printer) -> int:
    if printer.as_json:
        printer.json({"Step": None if made is None else answers.step_answer(made)})
    else:
        printer.lines(["nothing to do" if made is None else f"{done}: {step(made.kind, made.count)}"])
    return 0


def _print(made: Step, printer: Printer) -> None:
    if printer.as_json:
        printer.json({"Step": answers.step_answer(made)})
    else:
        printer.lines([step(made.kind, made.count) if made.count else "nothing changed"])


def _answer(decided: DecidedFile, printer: Printer) -> dict[str, object]:
    answer = answers.decision_answer(decided)
    if printer.as_json:
        return answer
    what = DECISIONS[decided.decision] + ("" if decided.scope is Scope.WHOLE else f" ({decided.scope} only)")
    return {"Decision": what, "Time": answer["Time"], "File": shown(decided.path)}


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "keep": _decide(Decision.KEEP),
    "reject": _decide(Decision.REJECT),
    "undecide": _decide(Decision.UNDECIDED),
    "only": _only,
    "reject-all": _reject_all,
    "list": _list,
    "returned": _returned,
    "undo": _undo,
    "redo": _redo,
    "export": _export,
    "import": _import,
}
