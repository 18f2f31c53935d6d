"""The commands of the noun `binding`: the folders that a dataset watches."""

import argparse
import os
from collections.abc import Callable, Mapping, Sequence

from app.cli.terminal import Printer, ask
from app.contract import answers
from app.contract.requests import (
    CreateBinding,
    DeleteBinding,
    GetBinding,
    GetDataset,
    LocateBinding,
    ResumeBinding,
    StopBinding,
)
from app.domain.datasets import Binding
from app.domain.uris import uri_of
from app.services import bindings, datasets
from app.store import Store


def _create(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    request = CreateBinding(dataset_name=options.dataset, uri=_uri(options.folder))
    printer.answer({"Binding": answers.binding_answer(bindings.create_binding(store, request))})
    return 0


def _list(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    found: Sequence[Binding] = (
        bindings.all_bindings(store)
        if options.dataset is None
        else datasets.get_dataset(store, GetDataset(dataset_name=options.dataset)).bindings
    )
    printer.rows(
        "Bindings",
        [answers.binding_answer(binding) for binding in found],
        ("DatasetName", "URI", "State", "Phase", "Reason"),
    )
    return 0


def _stop(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    request = StopBinding(dataset_name=options.dataset, uri=_uri(options.folder), reason=options.reason)
    printer.answer({"Binding": answers.binding_answer(bindings.stop_binding(store, request))})
    return 0


def _resume(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    request = ResumeBinding(dataset_name=options.dataset, uri=_uri(options.folder))
    printer.answer({"Binding": answers.binding_answer(bindings.resume_binding(store, request))})
    return 0


def _locate(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    request = LocateBinding(dataset_name=options.dataset, uri=_uri(options.folder), new_uri=_uri(options.new_folder))
    printer.answer({"Binding": answers.binding_answer(bindings.locate_binding(store, request))})
    return 0


def _delete(store: Store, options: argparse.Namespace, printer: Printer) -> int:
    uri = _uri(options.folder)
    folder = bindings.get_binding(store, GetBinding(dataset_name=options.dataset, uri=uri)).path
    forget = _wants_to_forget(store, options, folder)
    bindings.delete_binding(store, DeleteBinding(dataset_name=options.dataset, uri=uri))
    if forget:
        bindings.forget_files(store, options.dataset, folder)
    printer.answer({})
    return 0


def _wants_to_forget(store: Store, options: argparse.Namespace, folder: str) -> bool:
    """Tell whether what is known of the photographs goes too: as was typed, else as a person at a terminal says."""
    if options.forget is not None or options.json:
        return bool(options.forget)
    count = bindings.count_files(store, options.dataset, folder)
    photographs = "its 1 photograph" if count == 1 else f"its {count:,} photographs"
    return count > 0 and ask(f"Forget {photographs} too? They stay on the disk.")


def _uri(folder: str) -> str:
    return uri_of(os.path.abspath(folder))  # noqa: PTH100 (any bytes; links are resolved by the service)


VERBS: Mapping[str, Callable[[Store, argparse.Namespace, Printer], int]] = {
    "create": _create,
    "list": _list,
    "stop": _stop,
    "resume": _resume,
    "locate": _locate,
    "delete": _delete,
}
