"""From arguments to services: one function a command, and what an error looks like."""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from app import logs
from app.cli.arguments import COMMANDS, build_parser
from app.cli.terminal import Meter, Printer
from app.domain.tasks import Status, Task
from app.errors import InvalidArgument, ScreenMissing, ShotSiftError
from app.imaging.readers import Readers
from app.services import answers, bindings, clusters, datasets, files, tasks
from app.settings import default_data_dir
from app.store import Store

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    if not typed or (typed[0] not in {*COMMANDS, "window", "-h", "--help", "--version"}):
        typed.insert(0, "window")
    options = build_parser().parse_args(typed)
    try:
        return _run(options)
    except ShotSiftError as error:
        if options.debug:
            traceback.print_exc()
        else:
            print(f"shotsift: {error.message}", file=sys.stderr)  # noqa: T201 (the line that says what went wrong)
        return WRONG_USAGE if isinstance(error, InvalidArgument) else FAILED
    except KeyboardInterrupt:
        print("shotsift: interrupted; what was done is kept", file=sys.stderr)  # noqa: T201 (the line that says what went wrong)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _run(options: argparse.Namespace) -> int:
    data_dir: Path = options.data_dir or default_data_dir()
    if options.command == "window":
        if sys.platform == "linux" and not any(os.environ.get(name) for name in _SCREENS):
            raise ScreenMissing
        from app.main import run_window  # noqa: PLC0415 (the terminal does without Qt)

        return run_window(data_dir, options.folder)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    command = _COMMANDS[options.command, getattr(options, "verb", None)]
    logs.begin(data_dir)
    with Store(data_dir) as store:
        return command(store, options, Printer(as_json=options.json))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _scan(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    name = bindings.bind_folders(store, options.folders, options.dataset)
    task = _run_task(store, tasks.create_task(store, name), options.jobs)
    found, skipped = clusters.list_clusters(store, name), files.list_skipped(store, name)
    if printer.as_json:
        printer.json(answers.scan_answer(task, found, skipped))
    else:
        printer.result(datasets.get_dataset(store, name), task, found, skipped)
    return _status(task)


def _run_task(store: Store, task: Task, jobs: int | None) -> Task:
    with Meter() as meter, Readers(jobs) as readers:
        return tasks.run_task(store, task.task_id, readers, meter.show)


def _status(task: Task) -> int:
    return 0 if task.status is Status.SUCCEEDED else FAILED


def _dataset_create(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    printer.answer(
        {"Dataset": answers.dataset_answer(datasets.create_dataset(store, options.dataset, options.description))}
    )
    return 0


def _dataset_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = [answers.dataset_answer(dataset) for dataset in datasets.list_datasets(store)]
    printer.rows("Datasets", found, ("DatasetName", "Description", "BindCount", "FileCount"))
    return 0


def _dataset_show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    printer.answer({"Dataset": answers.dataset_answer(datasets.get_dataset(store, options.dataset))})
    return 0


def _dataset_delete(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    datasets.delete_dataset(store, options.dataset)
    printer.answer({})
    return 0


def _binding_create(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    binding = bindings.create_binding(store, options.dataset, options.folder)
    printer.answer({"Binding": answers.binding_answer(binding)})
    return 0


def _binding_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = bindings.list_bindings(store, options.dataset)
    printer.rows(
        "Bindings",
        [answers.binding_answer(binding) for binding in found],
        ("DatasetName", "URI", "State", "Phase", "Reason"),
    )
    return 0


def _binding_delete(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    bindings.delete_binding(store, options.dataset, options.folder)
    printer.answer({})
    return 0


def _task_create(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    task = tasks.create_task(store, options.dataset, options.user_data, dict(options.tag))
    task = _run_task(store, task, options.jobs)
    printer.answer(answers.task_answer(task))
    return _status(task)


def _task_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = [answers.task_answer(task) for task in tasks.list_tasks(store)]
    printer.rows("Tasks", found, ("TaskId", "DatasetName", "Status", "Progress", "Code", "StartTime"))
    return 0


def _task_show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    printer.answer(answers.task_answer(tasks.get_task(store, options.task)))
    return 0


def _task_cancel(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    tasks.cancel_task(store, options.task)
    printer.answer(answers.task_answer(tasks.get_task(store, options.task)))
    return 0


def _cluster_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = clusters.list_clusters(store, options.dataset)
    if printer.as_json:
        printer.json({"SimilarImageClusters": [answers.cluster_answer(cluster) for cluster in found]})
    else:
        printer.clusters(found)
    return 0


_Command = Callable[[Store, argparse.Namespace, Printer], int]
_COMMANDS: dict[tuple[str, str | None], _Command] = {
    ("scan", None): _scan,
    ("dataset", "create"): _dataset_create,
    ("dataset", "list"): _dataset_list,
    ("dataset", "show"): _dataset_show,
    ("dataset", "delete"): _dataset_delete,
    ("binding", "create"): _binding_create,
    ("binding", "list"): _binding_list,
    ("binding", "delete"): _binding_delete,
    ("task", "create"): _task_create,
    ("task", "list"): _task_list,
    ("task", "show"): _task_show,
    ("task", "cancel"): _task_cancel,
    ("cluster", "list"): _cluster_list,
}
