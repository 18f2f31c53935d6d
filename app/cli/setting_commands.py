"""The commands of the noun `setting`: what a person may choose."""

import argparse
import json
from collections.abc import Callable, Mapping

from app.cli.terminal import Printer
from app.settings import Settings
from app.store import Store


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    _print(Settings.load(store.data_dir), printer)
    return 0


def _set(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    settings = Settings.load(store.data_dir)
    settings.change(options.name, _value(options.value))
    settings.save()
    _print(settings, printer)
    return 0


def _value(typed: str) -> object:
    """Take what was typed as JSON, or as the word that it is."""
    try:
        return json.loads(typed)
    except ValueError:
        return typed


def _print(settings: Settings, printer: Printer) -> None:
    """Print all settings; for a person those that are no words as JSON, as they are typed."""
    found = settings.model_dump()
    if not printer.as_json:
        found = {name: value if isinstance(value, str) else json.dumps(value) for name, value in found.items()}
    printer.answer({"Settings": found})


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {"list": _list, "set": _set}
