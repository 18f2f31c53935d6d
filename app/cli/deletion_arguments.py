"""The arguments of the commands that decide on photographs, move them away, and put them back."""

import argparse
from pathlib import Path

from app.cli.parsers import Subparsers, add_json, command, noun
from app.domain.decisions import Scope


def add_decision(commands: Subparsers) -> None:
    """Add the noun `decision`."""
    verbs = noun(commands, "decision", "say what to keep and what to reject; no file is touched before `apply`")
    for verb, text in (
        ("keep", "keep files"),
        ("reject", "reject files; at least one of each cluster has to stay"),
        ("undecide", "take back what was decided on files"),
        ("only", "keep one file of a cluster and reject all others of it"),
    ):
        parser = command(verbs, verb, text)
        if verb == "only":
            parser.add_argument("files", nargs=1, metavar="FILE")
        else:
            parser.add_argument("files", nargs="+", metavar="FILE")
        if verb == "reject":
            parser.add_argument(
                "--part",
                choices=[str(scope) for scope in Scope],
                default=str(Scope.WHOLE),
                help="of a photograph with a RAW file: the RAW file alone, or all but it (default: the whole of it)",
            )
        parser.add_argument("--dataset", metavar="NAME", help="the dataset; without it the first that has read them")
        add_json(parser)
    everything = command(verbs, "reject-all", "reject all files of one cluster, so that nothing of it is kept")
    everything.add_argument("cluster", metavar="ID")
    add_json(everything)
    for verb, text in (
        ("list", "list what was decided"),
        ("returned", "list what you rejected before and what came back since"),
        ("undo", "take back the last step"),
        ("redo", "do again what was taken back last"),
        ("export", "write all decisions of a dataset into a file"),
        ("import", "take over decisions from such a file; they count by content, wherever the files lie"),
    ):
        parser = command(verbs, verb, text)
        parser.add_argument("dataset", metavar="DATASET")
        if verb in {"export", "import"}:
            parser.add_argument("file", type=Path, metavar="FILE")
        add_json(parser)


def add_apply(commands: Subparsers) -> None:
    """Add the command `apply`."""
    apply = command(commands, "apply", "move what is rejected to the Trash, after a last look at each file")
    apply.description = (
        "Move what you rejected to the Trash, or on a drive without one into the folder .shotsift-rejected there. Each "
        "file and what stays in its place are looked at again before; what changed stays where it is. It asks nothing. "
        "`shotsift deletion restore --last` puts all back."
    )
    apply.add_argument("--dataset", metavar="NAME", help="of one dataset only")
    apply.add_argument(
        "--accept-suggestions",
        action="store_true",
        help="also what is proposed with high confidence, and of copies what the ladder of rules gives up",
    )
    ends = apply.add_mutually_exclusive_group()
    ends.add_argument("--move-to", metavar="FOLDER", help="move them into this folder, on the same drive, instead")
    ends.add_argument("--mark", action="store_true", help="move nothing; write into their XMP sidecars: rejected")
    ends.add_argument(
        "--link", choices=["reflink", "hardlink"], help="move nothing; let exact copies share the bytes of what is kept"
    )
    apply.add_argument(
        "--merge-metadata",
        action="store_true",
        help="first write stars, label, keywords, caption and place of what goes into the XMP sidecar of what stays",
    )
    apply.add_argument("--save-plan", type=Path, metavar="FILE", help="write the plan as JSON before it is carried out")
    apply.add_argument("--plan", type=Path, metavar="FILE", help="carry out a plan that was saved, and perhaps edited")
    apply.add_argument("--dry-run", action="store_true", help="only say what would be done")
    add_json(apply, "print one JSON object: the plan, Refused, and Deletions")


def add_deletion(commands: Subparsers) -> None:
    """Add the noun `deletion`."""
    verbs = noun(commands, "deletion", "list what was moved away, show it, put it back, or empty our own folders")
    add_json(command(verbs, "list", "list all deletions, the last first"))
    show = command(verbs, "show", "show the files of a deletion: why they went, and where they are")
    show.add_argument("deletion", type=_number, metavar="ID")
    add_json(show)
    restore = command(verbs, "restore", "put the files of a deletion back, with their times")
    which = restore.add_mutually_exclusive_group(required=True)
    which.add_argument("deletion", type=_number, nargs="?", metavar="ID")
    which.add_argument("--last", action="store_true", help="the last one of which something is away")
    restore.add_argument(
        "--undo", action="store_true", help="leave them rejected as before they went, instead of keeping them"
    )
    add_json(restore)
    purge = command(verbs, "purge", "delete for good what a deletion put into a folder .shotsift-rejected")
    purge.add_argument("deletion", type=_number, metavar="ID")
    purge.add_argument("--yes", action="store_true", help="do not ask; without a terminal it is needed")
    add_json(purge)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError("a whole number from `deletion list`")
    return int(text)
