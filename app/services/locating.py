"""Locating: what is known of a folder follows it to where it lies now."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.files import KnownFile
from app.domain.uris import shown
from app.errors import InvalidArgument
from app.services.walking import stamp_of
from app.store import Work

_SAMPLE = 200
"""Known files that are looked for in the new folder; one that is there proves it."""


def move_files(work: Work, dataset_id: int, old: str, new: str) -> int:
    """Let what is known of the files below a folder follow it; tell how many were forgotten.

    Those are the files that the dataset knows at the new place already; what lies in the new folder, where that is
    below the old one, stays.

    Raises:
        InvalidArgument: the new folder holds none of the known files.
    """
    known = [file for file in work.places.known_below(dataset_id, old) if _moved(file.path, old, new) != file.path]
    _check_sample(known, old, new)
    moving = {file.file_id for file in known}
    there = {file.path for file in work.places.known_below(dataset_id, new) if file.file_id not in moving}
    places = [(file.file_id, _moved(file.path, old, new)) for file in known]
    forgotten = [file_id for file_id, path in places if path in there]
    work.files.remove(forgotten)
    # The shortest first: where the new folder is above the old one, a file may go where a longer path was.
    work.places.relocate(sorted((place for place in places if place[1] not in there), key=lambda place: len(place[1])))
    return len(forgotten)


def move_bindings(work: Work, dataset_id: int, bound: set[str], old: str, new: str) -> None:
    """Let a binding and those below it follow; one that another has the new place of is needed no longer."""
    for path in sorted(bound, key=len):
        if not Path(path).is_relative_to(old) or (place := _moved(path, old, new)) == path:
            continue
        if place in bound:
            work.bindings.delete(dataset_id, path)
        else:
            work.bindings.locate(dataset_id, path, place)
        bound = bound - {path} | {place}


def _moved(path: str, old: str, new: str) -> str:
    """Give the place of a path after its folder moved; what lies in the new folder stays."""
    if Path(new).is_relative_to(old) and Path(path).is_relative_to(new):
        return path
    return str(Path(new) / Path(path).relative_to(old))


def _check_sample(known: Sequence[KnownFile], old: str, new: str) -> None:
    pictures = [file for file in known if file.is_picture]
    sample = pictures[:: max(1, len(pictures) // _SAMPLE)]
    sizes = ((file.stamp.size, stamp_of(_moved(file.path, old, new))) for file in sample)
    if sample and not any(stamp is not None and stamp.size == size for size, stamp in sizes):
        raise InvalidArgument(
            f"The folder {shown(new)} holds none of the photographs that are known of {shown(old)}. "
            "Choose the folder that has them, or add it as a new one."
        )
