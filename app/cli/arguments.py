"""What may be typed: commands, options, and what `--help` says of them."""

import argparse

from app import __version__
from app.cli.choice_arguments import add_choice, add_ladder, add_ranking, add_rating
from app.cli.deletion_arguments import add_apply, add_decision, add_deletion
from app.cli.parsers import EPILOG, Subparsers, add_json, command, noun, sentence

COMMANDS = (
    "scan",
    "explain",
    "dataset",
    "binding",
    "task",
    "cluster",
    "correction",
    "ladder",
    "choice",
    "rating",
    "decision",
    "apply",
    "deletion",
    "setting",
    "call",
    "serve",
)


def build_parser() -> argparse.ArgumentParser:
    """Give the parser of all commands; `window` stands for no command at all."""
    parser = argparse.ArgumentParser(
        prog="shotsift",
        usage="shotsift [FOLDER] [--data-dir DIR]\n       shotsift COMMAND ... (shotsift COMMAND --help says more)",
        description="Find photographs that show the same picture, and keep the best of each.",
        epilog=EPILOG + "without a command the window opens, on FOLDER if one is given.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"shotsift {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="shotsift")
    window = command(commands, "window", "open the window (the same as no command)")
    window.add_argument("folder", nargs="?", metavar="FOLDER", help="a folder to add at once")
    _add_scan(commands)
    _add_explain(commands)
    _add_dataset(commands)
    _add_binding(commands)
    _add_task(commands)
    _add_cluster(commands)
    _add_correction(commands)
    add_ladder(commands)
    add_choice(commands)
    add_rating(commands)
    add_decision(commands)
    add_apply(commands)
    add_deletion(commands)
    _add_setting(commands)
    _add_call(commands)
    _add_serve(commands)
    return parser


def _add_scan(commands: Subparsers) -> None:
    scan = command(commands, "scan", "find similar photographs in folders")
    scan.description = (
        "Watch FOLDERs with a dataset, run one clustering task to its end, and show the clusters. Only what is new or "
        "changed since the last scan is read. Progress goes to standard error if that is a terminal."
    )
    scan.add_argument("folders", nargs="+", metavar="FOLDER", help="a folder with photographs")
    scan.add_argument(
        "--dataset", metavar="NAME", help="the dataset; without it the one that watches FOLDER, or a new one"
    )
    scan.add_argument("--jobs", type=_jobs, metavar="N", help="reader processes (default: one a core)")
    add_json(scan, "print one JSON object: Task, SimilarImageClusters, Skipped, Counts, Timings")


def _add_explain(commands: Subparsers) -> None:
    explain = command(commands, "explain", "say why two files are, or are not, in one cluster")
    explain.add_argument("first", metavar="FILE")
    explain.add_argument("second", metavar="FILE")
    explain.add_argument("--dataset", metavar="NAME", help="the dataset; without it the first that has read both")
    add_json(explain)


def _add_dataset(commands: Subparsers) -> None:
    verbs = noun(commands, "dataset", "create, list, show, set or delete datasets")
    create = command(verbs, "create", "make an empty dataset")
    create.add_argument("dataset", metavar="NAME", help="A-Z, a-z, 0-9, _ and -, at most 128")
    create.add_argument("--description", default="", metavar="TEXT", help="its title in the window")
    add_json(create)
    add_json(command(verbs, "list", "list all datasets"))
    show = command(verbs, "show", "show one dataset with its numbers")
    show.add_argument("dataset", metavar="NAME")
    add_json(show)
    _add_alikeness(command(verbs, "set", "choose how alike the photographs of one cluster are; it regroups at once"))
    add_ranking(command(verbs, "rank", "choose by what the best of each cluster is told; it ranks again at once"))
    delete = command(verbs, "delete", "forget a dataset; the photographs stay where they are")
    delete.add_argument("dataset", metavar="NAME")
    add_json(delete)


def _add_alikeness(change: argparse.ArgumentParser) -> None:
    change.add_argument("dataset", metavar="NAME")
    change.add_argument("--alike", metavar="HOW", help="strict, default, loose, or a number from 0.25 (loosest) to 1")
    exposures = change.add_mutually_exclusive_group()
    exposures.add_argument("--copies-only", action="store_true", default=None, help="bursts are no clusters")
    exposures.add_argument("--bursts-too", action="store_false", dest="copies_only", help="they are (the default)")
    folders = change.add_mutually_exclusive_group()
    folders.add_argument(
        "--across-folders", action="store_true", default=None, help="only files in different folders form clusters"
    )
    folders.add_argument(
        "--within-folders", action="store_false", dest="across_folders", help="files of one folder do too (the default)"
    )
    add_json(change)


def _add_binding(commands: Subparsers) -> None:
    verbs = noun(
        commands, "binding", "create, list, stop, resume, locate or delete bindings (the folders of a dataset)"
    )
    for verb, text in (
        ("create", "let a dataset watch a folder"),
        ("stop", "pause the watching of a folder"),
        ("resume", "go on watching a folder"),
        ("delete", "no longer watch a folder; the photographs stay where they are"),
    ):
        parser = command(verbs, verb, text)
        parser.add_argument("dataset", metavar="DATASET")
        parser.add_argument("folder", metavar="FOLDER")
        if verb == "stop":
            parser.add_argument("--reason", default="", metavar="TEXT", help="what the binding says meanwhile")
        if verb == "delete":
            _add_forget(parser)
        add_json(parser)
    locate = command(verbs, "locate", "say where a folder lies now that was moved or renamed")
    locate.add_argument("dataset", metavar="DATASET")
    locate.add_argument("folder", metavar="FOLDER", help="where it was; it need not be there any longer")
    locate.add_argument("new_folder", metavar="NEW_FOLDER", help="where it is")
    add_json(locate)
    listing = command(verbs, "list", "list the folders of one dataset or of all")
    listing.add_argument("dataset", nargs="?", metavar="DATASET")
    add_json(listing)


def _add_forget(parser: argparse.ArgumentParser) -> None:
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--forget", action="store_true", default=None, help="forget what is known of its photographs")
    choice.add_argument("--keep", action="store_false", dest="forget", help="keep it (the same without a terminal)")


def _add_task(commands: Subparsers) -> None:
    verbs = noun(commands, "task", "create, list, show or cancel clustering tasks")
    create = command(verbs, "create", "run a clustering task of a dataset to its end")
    create.add_argument("dataset", metavar="DATASET")
    create.add_argument("--user-data", default="", metavar="TEXT", help="kept with the task; at most 2048 bytes")
    create.add_argument("--tag", action="append", default=[], type=_tag, metavar="KEY=VALUE", help="may be repeated")
    create.add_argument(
        "--topic", default="", metavar="NAME", help="tell its end in notifications/NAME.jsonl in the data folder"
    )
    create.add_argument("--jobs", type=_jobs, metavar="N", help="reader processes (default: one a core)")
    add_json(create)
    add_json(command(verbs, "list", "list the tasks of the last seven days, the newest first"))
    for verb, text in (("show", "show one task"), ("cancel", "stop a task; what it did is kept")):
        parser = command(verbs, verb, text)
        parser.add_argument("task", metavar="TASKID")
        add_json(parser)


def _add_cluster(commands: Subparsers) -> None:
    verbs = noun(commands, "cluster", "list the clusters of a dataset, or show one")
    listing = command(verbs, "list", "list the clusters, the last changed first; the best file of each first")
    listing.add_argument("dataset", metavar="DATASET")
    add_json(listing)
    show = command(verbs, "show", "show one cluster: its parts, and what speaks for and against each file")
    show.add_argument("cluster", metavar="ID")
    add_json(show)


def _add_correction(commands: Subparsers) -> None:
    verbs = noun(
        commands, "correction", "say which photographs are the same and which are not; list it, or take it back"
    )
    for verb, text, least in (
        (
            "different",
            "say of some files that each shows something else: no two of them share a cluster",
            "each of them",
        ),
        ("split", "say that some files are not the same as others", "what is split out"),
        ("same", "say that files are the same: they share a cluster", "at least two of them"),
    ):
        parser = command(verbs, verb, text)
        parser.description = f"{sentence(text)} Tasks obey it from now on; the last word counts."
        parser.add_argument("dataset", metavar="DATASET")
        parser.add_argument("files", nargs="+", metavar="FILE", help=least)
        if verb == "split":
            parser.add_argument(
                "--from", nargs="+", required=True, dest="others", metavar="FILE", help="what it is split from"
            )
        add_json(parser)
    listing = command(verbs, "list", "list all that was said of a dataset, the first said first")
    listing.add_argument("dataset", metavar="DATASET")
    add_json(listing)
    forget = command(verbs, "forget", "take back what was said, as if it had never been")
    forget.add_argument("dataset", metavar="DATASET")
    forget.add_argument("number", type=_act, metavar="NUMBER", help="its number in the list")
    add_json(forget)


def _add_setting(commands: Subparsers) -> None:
    verbs = noun(commands, "setting", "list or set what a person may choose")
    add_json(command(verbs, "list", "list all settings"))
    change = command(verbs, "set", "choose something else from now on")
    change.add_argument("name", metavar="NAME", help="such as left_out, the names of folders that are not looked into")
    change.add_argument("value", metavar="VALUE", help="""a word, or JSON: '[".*", "thumbs", "*.lrdata"]'""")
    add_json(change)


def _add_call(commands: Subparsers) -> None:
    call = command(commands, "call", "do any operation of the contract by its name, and print its answer as JSON")
    call.add_argument("operation", metavar="OPERATION", help="such as GetFileMeta or QuerySimilarImageClusters")
    call.add_argument(
        "parameters",
        nargs="*",
        type=_parameter,
        metavar="NAME=VALUE",
        help="its parameters; lists and objects as JSON. A clustering task and the reading of files run to their end.",
    )
    call.add_argument("--jobs", type=_jobs, metavar="N", help="reader processes (default: one a core)")
    add_json(call, "the same: this command prints nothing else")


def _add_serve(commands: Subparsers) -> None:
    serve = command(commands, "serve", "answer other programs on this machine as IMM does, until it is stopped")
    serve.description = (
        "Take calls of IMM's protocol at 127.0.0.1, signed with the keys that it shows, and keep the index of all "
        "bound folders up to date meanwhile. Other machines cannot reach it. It opens files only in bound folders and "
        "in those that --allow names."
    )
    serve.add_argument("--port", type=_port, default=0, metavar="N", help="the port (default 0: any free one)")
    serve.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="FOLDER",
        help="a folder that callers may bind, or of which they may index files; may be repeated",
    )
    add_json(serve, "print one line of JSON at the start: Endpoint, AccessKeyId, AccessKeySecret")


def _jobs(text: str) -> int:
    return _number(text, 1, 64, "1 to 64 processes")


def _act(text: str) -> int:
    return _number(text, 1, 2**63 - 1, "a whole number from the list")


def _port(text: str) -> int:
    return _number(text, 0, 65535, "a port is 0 to 65535")


def _number(text: str, least: int, most: int, rule: str) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise argparse.ArgumentTypeError(rule)
    return int(text)


def _tag(text: str) -> tuple[str, str]:
    return _assignment(text, "a tag is KEY=VALUE")


def _parameter(text: str) -> tuple[str, str]:
    return _assignment(text, "a parameter is NAME=VALUE")


def _assignment(text: str, rule: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(rule)
    return key, value
