"""The parts of the parser: nouns, verbs, and what all of them take."""

import argparse
from pathlib import Path
from typing import TypeAlias

EPILOG = """
exit status: 0 done (files that cannot be read do not change it), 1 failed, 2 wrong usage, 130 interrupted.
nothing is ever written into a photograph, and into its folder nothing but what `rating write` and `apply --mark` write
into sidecars; only `apply` moves photographs. nothing leaves this machine.
"""
Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 (no public name)


def noun(commands: Subparsers, name: str, text: str) -> Subparsers:
    """Add a noun, and give the place of its verbs."""
    parser = commands.add_parser(name, help=text, description=sentence(text), epilog=EPILOG, allow_abbrev=False)
    return parser.add_subparsers(dest="verb", metavar="VERB", required=True)


def command(commands: Subparsers, name: str, text: str) -> argparse.ArgumentParser:
    """Add a command, or a verb of a noun, with what all of them take."""
    parser = commands.add_parser(name, help=text, description=sentence(text), epilog=EPILOG, allow_abbrev=False)
    parser.add_argument(
        "--data-dir",
        type=Path,
        metavar="DIR",
        help="where catalogue, thumbnails, settings and log lie (or SHOTSIFT_DATA_DIR)",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return parser


def add_json(parser: argparse.ArgumentParser, text: str = "print the answer as JSON") -> None:
    """Let a command answer in JSON."""
    parser.add_argument("--json", action="store_true", help=text)


def sentence(text: str) -> str:
    """Make a sentence of what a command does."""
    return f"{text[0].upper()}{text[1:]}."
