"""From arguments to services: one function a command, and what an error looks like."""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from types import FrameType

from app import logs
from app.cli import (
    alikeness_commands,
    binding_commands,
    choice_commands,
    correction_commands,
    decision_commands,
    deletion_commands,
    ladder_commands,
    opinion_commands,
    rating_commands,
    setting_commands,
)
from app.cli.arguments import COMMANDS, build_parser
from app.cli.terminal import Meter, Printer
from app.contract import answers
from app.contract.notification import InputNotification
from app.contract.requests import (
    CreateDataset,
    CreateSimilarImageClusteringTask,
    GetDataset,
    GetTask,
)
from app.domain.files import IndexJob
from app.domain.identities import new_request_id
from app.domain.tasks import TASK_TYPE, Status, Task
from app.domain.uris import shown
from app.errors import ExtraMissing, InvalidArgument, ScreenMissing, ShotSiftError
from app.imaging.readers import Readers
from app.services import bindings, clusters, datasets, files, index_jobs, operations, tasks
from app.settings import default_data_dir
from app.store import Store
from app.workers.attendant import Attendant
from app.workers.messenger import Messenger

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
    with Store(data_dir) as store, closing(Messenger(store)):
        return command(store, options, Printer(as_json=options.json))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _scan(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    name = bindings.bind_folders(store, options.folders, options.dataset)
    task = _run_task(store, tasks.create_task(store, CreateSimilarImageClusteringTask(dataset_name=name)), options.jobs)
    found, skipped = clusters.all_clusters(store, name), files.all_skipped(store, name)
    if printer.as_json:
        printer.json(answers.scan_answer(task, found, skipped))
    else:
        printer.result(datasets.get_dataset(store, GetDataset(dataset_name=name)), task, found, skipped)
    return _status(task)


def _run_task(store: Store, task: Task, jobs: int | None) -> Task:
    with Meter() as meter, Readers(jobs) as readers:
        return tasks.run_task(store, task.task_id, readers, meter.show)


def _status(task: Task) -> int:
    return 0 if task.status is Status.SUCCEEDED else FAILED


def _call(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Do any operation of the contract by its name; what it begins is done before the answer is printed."""
    with Readers(options.jobs) as readers:
        request = operations.read_request(options.operation, dict(options.parameters), new_request_id())
        printer.json(operations.perform(store, _Hands(store, readers), request))
    return 0


def _serve(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    """Answer other programs until the process is told to end, which is the ordinary end of it."""
    try:
        from app.api.server import Server  # noqa: PLC0415 (an extra that few need)
    except ModuleNotFoundError as error:
        raise ExtraMissing("api", str(error.name)) from error
    for folder in options.allow:
        bindings.check_folder(folder)
    with closing(Attendant(store)) as attendant:
        server = Server(store, attendant.runner, options.port, options.allow)
        printer.endpoint(server.address, server.keys.access_key_id, server.keys.access_key_secret)
        try:
            server.run()
        except KeyboardInterrupt:
            return 0
    return 0


class _Hands:
    """Does at once what an operation begins."""

    def __init__(self, store: Store, readers: Readers) -> None:
        self._store = store
        self._readers = readers

    def run(self, task: Task) -> None:
        with Meter() as meter:
            tasks.run_task(self._store, task.task_id, self._readers, meter.show)

    def index(self, job: IndexJob) -> None:
        for path, fault in index_jobs.run_index_job(self._store, job, self._readers):
            if fault:
                print(f"shotsift: {shown(path)}: {fault}", file=sys.stderr)  # noqa: T201 (what could not be indexed)


def _dataset_create(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    request = CreateDataset(dataset_name=options.dataset, description=options.description)
    printer.answer({"Dataset": answers.dataset_answer(datasets.create_dataset(store, request))})
    return 0


def _dataset_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = [answers.dataset_answer(dataset) for dataset in datasets.all_datasets(store)]
    printer.rows("Datasets", found, ("DatasetName", "Description", "BindCount", "FileCount"))
    return 0


def _dataset_show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    dataset = datasets.get_dataset(store, GetDataset(dataset_name=options.dataset))
    printer.answer({"Dataset": answers.dataset_answer(dataset)})
    return 0


def _dataset_delete(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    datasets.forget_dataset(store, options.dataset)
    printer.answer({})
    return 0


def _task_create(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    request = CreateSimilarImageClusteringTask(
        dataset_name=options.dataset,
        user_data=options.user_data,
        tags=dict(options.tag),
        notification=InputNotification.model_validate({"MNS": {"TopicName": options.topic}} if options.topic else {}),
    )
    task = _run_task(store, tasks.create_task(store, request), options.jobs)
    printer.answer(answers.task_answer(task))
    return _status(task)


def _task_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = [answers.task_answer(task) for task in tasks.all_tasks(store)]
    printer.rows("Tasks", found, ("TaskId", "DatasetName", "Status", "Progress", "Code", "StartTime"))
    return 0


def _task_show(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    printer.answer(answers.task_answer(tasks.get_task(store, GetTask(task_id=options.task, task_type=TASK_TYPE))))
    return 0


def _task_cancel(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    tasks.cancel_task(store, options.task)
    printer.answer(answers.task_answer(tasks.get_task(store, GetTask(task_id=options.task, task_type=TASK_TYPE))))
    return 0


def _cluster_list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found = clusters.all_clusters(store, options.dataset)
    if printer.as_json:
        printer.json({"SimilarImageClusters": [answers.cluster_answer(cluster) for cluster in found]})
    else:
        printer.clusters(found)
    return 0


_Command = Callable[[Store, argparse.Namespace, Printer], int]
_COMMANDS: dict[tuple[str, str | None], _Command] = {
    **{("binding", verb): command for verb, command in binding_commands.VERBS.items()},
    **{("correction", verb): command for verb, command in correction_commands.VERBS.items()},
    **{("ladder", verb): command for verb, command in ladder_commands.VERBS.items()},
    **{("choice", verb): command for verb, command in choice_commands.VERBS.items()},
    **{("rating", verb): command for verb, command in rating_commands.VERBS.items()},
    **{("decision", verb): command for verb, command in decision_commands.VERBS.items()},
    **{("deletion", verb): command for verb, command in deletion_commands.VERBS.items()},
    ("apply", None): deletion_commands.apply,
    ("scan", None): _scan,
    ("call", None): _call,
    ("serve", None): _serve,
    ("explain", None): alikeness_commands.explain,
    ("dataset", "set"): alikeness_commands.set_dataset,
    ("dataset", "rank"): opinion_commands.rank,
    ("dataset", "create"): _dataset_create,
    ("dataset", "list"): _dataset_list,
    ("dataset", "show"): _dataset_show,
    ("dataset", "delete"): _dataset_delete,
    **{("setting", verb): command for verb, command in setting_commands.VERBS.items()},
    ("task", "create"): _task_create,
    ("task", "list"): _task_list,
    ("task", "show"): _task_show,
    ("task", "cancel"): _task_cancel,
    ("cluster", "list"): _cluster_list,
    ("cluster", "show"): opinion_commands.show_cluster,
}
