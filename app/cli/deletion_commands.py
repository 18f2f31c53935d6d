"""The commands `apply` and `deletion`: moving what is rejected away, and putting it back."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from rich.filesize import decimal

from app.cli.places import folder_of, read_file, write_file
from app.cli.terminal import Counter, Printer, ask
from app.contract import plans as answers
from app.contract.bequests import bequest_answer, bequest_sentences
from app.contract.plan_sentences import concern, done_with, refusal, why
from app.domain.bequests import Bequest
from app.domain.deletions import DeletedFile, Deletion, End, FileState
from app.domain.plans import Plan, Refusal
from app.domain.uris import shown
from app.errors import InvalidArgument
from app.imaging.readers import Readers
from app.services import datasets, deletions
from app.services.applying import apply_plan
from app.services.bequests import bequests_of
from app.services.moving import Trash
from app.services.planning import make_plan
from app.services.recovering import recover
from app.services.restoring import Restored, purge, restore
from app.store import Store

_FIELDS = ("DeletionId", "DatasetName", "Time", "Photographs", "Size", "What")
_FILE_FIELDS = ("State", "Size", "File", "Why", "Where")
_REFUSED = 1


def apply(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Carry out what was decided, or a plan that was saved."""
    _recover(store)
    plans = _plans(store, options)
    answer = answers.plan_answer(plans)
    if options.save_plan is not None:
        write_file(options.save_plan, json.dumps(answer, indent=1))
    with Readers() as readers:
        bequests = [bequests_of(store, plan, readers) if options.merge_metadata else [] for plan in plans]
        done = [] if options.dry_run else _carry_out(store, plans, bequests, readers)
    refused = [file for one in done for file in _refused(store, one)]
    if printer.as_json:
        answer["Refused"] = [*map(answers.refusal_answer, _all_refused(plans)), *map(answers.deleted_answer, refused)]
        answer["Bequests"] = [bequest_answer(one) for own in bequests for one in own]
        printer.json(answer | {"DryRun": options.dry_run, "Deletions": [answers.deletion_answer(one) for one in done]})
    else:
        printer.lines(line for own in bequests for one in own for line in bequest_sentences(one))
        _say(printer, plans, done, refused, dry_run=options.dry_run)
    return _REFUSED if refused or _all_refused(plans) else 0


def _plans(store: Store, options: argparse.Namespace) -> list[Plan]:
    end, folder = _end(options)
    if options.plan is not None:
        if options.accept_suggestions or end is not End.TRASH:
            raise InvalidArgument("A saved plan says itself what goes, and where to; leave the other options out.")
        return deletions.plans_of(store, answers.read_plan(read_file(options.plan)), options.dataset)
    names = [options.dataset] if options.dataset else [dataset.name for dataset in datasets.all_datasets(store)]
    trash = _trash()
    return [
        make_plan(store, name, trash, accept_suggestions=options.accept_suggestions, end=end, folder=folder)
        for name in names
    ]


def _end(options: argparse.Namespace) -> tuple[End, str]:
    """Give where rejected photographs go, and the folder where it is one."""
    if options.move_to is not None:
        return End.FOLDER, folder_of(options.move_to)
    if options.mark:
        return End.LABELS, ""
    return End(options.link) if options.link else End.TRASH, ""


def _carry_out(
    store: Store, plans: Sequence[Plan], bequests: Sequence[Sequence[Bequest]], readers: Readers
) -> list[Deletion]:
    trash = _trash()
    with Counter("Moving") as counter:
        return [
            apply_plan(store, plan, readers, trash, counter.show, own)
            for plan, own in zip(plans, bequests, strict=True)
            if plan.files
        ]


def _say(
    printer: Printer, plans: Sequence[Plan], done: Sequence[Deletion], refused: Sequence[DeletedFile], *, dry_run: bool
) -> None:
    for plan in plans:
        if dry_run:
            printer.lines(_line(plan))
        printer.lines(f"note: {concern(one)}" for one in plan.warnings)
        printer.lines(f"stays: {refusal(one)}" for one in plan.refused)
    printer.lines(f"stays: {shown(file.path)}: {why(file.fault)}" for file in refused)
    if dry_run:
        count, size = sum(plan.count for plan in plans), sum(plan.size for plan in plans)
        printer.lines([f"would move {_files(count)}, {decimal(size)}; nothing was changed"])
    for one in done:
        printer.lines(
            [
                f"{one.dataset_name}: {_files(one.files)}, {decimal(one.size)}, {done_with(one)}",
                f"`shotsift deletion restore {one.deletion_id}` takes that back",
            ]
        )
    if not done and not dry_run:
        printer.lines(["nothing to do: nothing is rejected that could go"])


def _line(plan: Plan) -> list[str]:
    lines: list[str] = []
    for one in plan.files:
        along = f" (+{len(one.companions)})" if one.companions else ""
        keeper = "nothing is kept" if one.keeper is None else f"kept: {shown(one.keeper)}"
        lines.append(f"{shown(one.path)}{along} -> {shown(one.destination)}: {one.reason}; {keeper}")
    return lines


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _refused(store: Store, deletion: Deletion) -> list[DeletedFile]:
    files = deletions.deletion_files(store, deletion.deletion_id)
    return [file for file in files if file.state is FileState.REFUSED]


def _all_refused(plans: Sequence[Plan]) -> list[Refusal]:
    return [one for plan in plans for one in plan.refused]


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _recover(store)
    found = deletions.all_deletions(store)
    printer.rows("Deletions", [_deletion(one, printer) for one in found], _FIELDS)
    return 0


def _show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _recover(store)
    deletion = deletions.get_deletion(store, options.deletion)
    files = deletions.deletion_files(store, options.deletion)
    if printer.as_json:
        found = [answers.deleted_answer(file) for file in files]
        printer.json({"Deletion": answers.deletion_answer(deletion), "Files": found})
        return 0
    printer.rows("Files", [_file(file) for file in files], _FILE_FIELDS)
    return 0


def _restore(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _recover(store)
    deletion = deletions.last_deletion(store) if options.last else deletions.get_deletion(store, options.deletion)
    with Counter("Putting back") as counter:
        done = restore(store, deletion.deletion_id, _trash(), undo=options.undo, told=counter.show)
    if printer.as_json:
        names = {"Restored": done.back, "RestoredBeside": done.beside, "Lost": done.lost, "Refused": done.refused}
        printer.json(
            {"DeletionId": deletion.deletion_id}
            | {name: [answers.deleted_answer(file) for file in files] for name, files in names.items()}
        )
    else:
        _say_restored(done, printer)
    return _REFUSED if done.lost or done.refused else 0


def _say_restored(done: Restored, printer: Printer) -> None:
    printer.lines(f"its place is taken: {shown(file.path)} is now {shown(file.target)}" for file in done.beside)
    printer.lines(f"gone for good: {shown(file.path)} is no longer in the Trash" for file in done.lost)
    printer.lines(f"still away: {shown(file.path)}: {file.fault}" for file in done.refused)
    printer.lines([f"{_files(len(done.back) + len(done.beside))} put back"])


def _purge(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _recover(store)
    deletion = deletions.get_deletion(store, options.deletion)
    if not options.yes and not ask(f"Delete what deletion {deletion.deletion_id} put aside, for good?"):
        raise InvalidArgument("Nothing was deleted. Say --yes to delete for good without a question.")
    with Counter("Deleting") as counter:
        freed = purge(store, deletion.deletion_id, _trash(), counter.show)
    printer.answer({"Freed": freed} if printer.as_json else {"Freed": {"Freed": decimal(freed)}})
    return 0


def _trash() -> Trash:
    from app.workers.trash import SystemTrash  # noqa: PLC0415 (all other commands do without Qt)

    return SystemTrash()


def _recover(store: Store) -> None:
    """Settle what a program left that ended in the middle of a move, and say so."""
    for file in recover(store, _trash()):
        place = {FileState.MOVED: f"was moved, and is in {shown(file.place)}", FileState.LOST: "cannot be found"}
        what = place.get(file.state, "is back in its place")
        print(f"shotsift: after an interruption: {shown(file.path)} {what}", file=sys.stderr)  # noqa: T201 (what was settled)


def _deletion(one: Deletion, printer: Printer) -> dict[str, object]:
    answer = answers.deletion_answer(one)
    if printer.as_json:
        return answer
    return answer | {"Photographs": one.photos, "Size": decimal(one.size), "What": done_with(one)}


def _file(file: DeletedFile) -> dict[str, object]:
    where = file.target if file.state is FileState.RESTORED else file.place
    return {
        "State": file.state,
        "Size": decimal(file.evidence.size),
        "File": shown(file.path),
        "Why": why(file.fault) if file.fault else file.reason,
        "Where": shown(where),
    }


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "list": _list,
    "show": _show,
    "restore": _restore,
    "purge": _purge,
}
