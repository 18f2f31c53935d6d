"""What may be typed of ladders, choices and ratings."""

import argparse

from app.cli.parsers import EPILOG, Subparsers, add_json, command, noun
from app.cli.rules import HELP
from app.domain.judgements import Keep, Part, Preset
from app.domain.ratings import MOST_STARS, REJECTED


def add_ladder(commands: Subparsers) -> None:
    """Add the noun `ladder`."""
    verbs = noun(commands, "ladder", "rules by which the best of several copies is chosen: try, apply or save them")
    add_json(command(verbs, "list", "list the ladders: those that come with the program, then yours"))
    for verb, text in (
        ("show", "show one ladder"),
        ("delete", "forget a ladder of yours; datasets go on with it"),
    ):
        parser = command(verbs, verb, text)
        parser.add_argument("name", metavar="NAME")
        add_json(parser)
    save = command(verbs, "save", "save a ladder of your own")
    save.formatter_class = argparse.RawDescriptionHelpFormatter
    save.epilog = HELP + EPILOG
    save.add_argument("name", metavar="NAME")
    save.add_argument("rules", nargs="+", metavar="RULE", help="such as folder=/photos stars resolution:5%% oldest")
    add_json(save)
    for verb, text in (
        ("preview", "say what a ladder would choose in each cluster of copies; nothing is kept"),
        ("apply", "let a ladder choose in all clusters of copies, and in those that come later"),
        ("forget", "take back all choices of the ladder that a dataset follows"),
    ):
        parser = command(verbs, verb, text)
        parser.add_argument("--dataset", metavar="NAME", required=True)
        if verb != "forget":
            parser.add_argument(
                "name",
                nargs="?",
                metavar="LADDER",
                help="its name; without it that which the dataset follows, or the usual one",
            )
        add_json(parser)


def add_choice(commands: Subparsers) -> None:
    """Add the noun `choice`."""
    verbs = noun(commands, "choice", "say which file of a cluster is the best shot; list it, or take it back")
    for verb, text in (
        ("set", "say that a file is the best shot of its cluster, over the scores and any ladder"),
        ("forget", "take back that you chose a file"),
    ):
        parser = command(verbs, verb, text)
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--dataset", metavar="NAME", help="the dataset; without it the first that has read FILE")
        add_json(parser)
    listing = command(verbs, "list", "list what was chosen, by you and by ladders")
    listing.add_argument("--dataset", metavar="NAME", help="of one dataset only")
    add_json(listing)


def add_rating(commands: Subparsers) -> None:
    """Add the noun `rating`."""
    verbs = noun(commands, "rating", "give stars and labels to files, show them, take them back, or write them")
    give = command(verbs, "set", "give stars or a label to files; kept here by their content")
    give.add_argument("files", nargs="+", metavar="FILE")
    give.add_argument("--stars", type=_stars, metavar="N", help="0 to 5, or -1 for rejected")
    give.add_argument("--label", metavar="TEXT", help="a word such as Red; empty for none")
    add_json(give)
    for verb, text in (
        ("show", "show the stars and labels of files, and who says so: you, a sidecar, or the file"),
        ("forget", "take back what you gave to files"),
    ):
        parser = command(verbs, verb, text)
        parser.add_argument("files", nargs="+", metavar="FILE")
        add_json(parser)
    write = command(verbs, "write", "write what you gave to files into XMP sidecars beside them")
    write.add_argument("files", nargs="*", metavar="FILE")
    write.add_argument("--dataset", metavar="NAME", help="all files of a dataset to which you gave any")
    write.add_argument("--dry-run", action="store_true", help="only say which sidecars would be written")
    add_json(write)


def _stars(text: str) -> int:
    wanted = {str(number) for number in range(REJECTED, MOST_STARS + 1)}
    if text not in wanted:
        raise argparse.ArgumentTypeError(f"stars are {REJECTED} to {MOST_STARS}")
    return int(text)


def add_ranking(change: argparse.ArgumentParser) -> None:
    """Add by what the members of a cluster are ranked."""
    change.add_argument("dataset", metavar="NAME")
    change.add_argument("--preset", choices=[str(preset) for preset in Preset], help="weights with a name")
    change.add_argument(
        "--weight",
        action="append",
        default=[],
        metavar="PART=NUMBER",
        help=f"how much a part counts, 0 to 10, such as sharpness=2; may be repeated. The parts: {', '.join(Part)}",
    )
    change.add_argument(
        "--keep",
        choices=[keep.replace(" ", "-") for keep in Keep],
        help="what is proposed to be kept: the best, the one most unlike it too, or the best of each person",
    )
    add_json(change)
