"""Sidecars: XMP files beside photographs, in which other programs keep stars, labels and edits.

Two names are usual. Adobe's programs read and write ``name.xmp``, for RAW files alone; darktable and digiKam write
``name.ext.xmp`` for any file. So a sidecar that is there is read and changed under whichever name it has, and a new one
is called ``name.xmp`` beside a RAW file and ``name.ext.xmp`` beside others, where ``name.xmp`` may belong to a RAW file
of the same name. Where the two are one photograph (domain/companions), so is what the sidecar of the RAW file says.
"""

import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.domain.companions import CompanionKind, shots
from app.domain.ratings import Rating
from app.domain.suffixes import claims_raw
from app.errors import SidecarUnusable
from app.imaging.temporaries import temporary
from app.imaging.xmp import Packet, changed, fresh, read_packet
from app.imaging.xmp_surveys import LABEL, LONGEST, RATING, NoXmp

_SUFFIX = ".xmp"


@dataclass(frozen=True, slots=True)
class Change:
    """A sidecar before and after a change; ``before`` is None where there is none."""

    path: str
    before: bytes | None
    after: bytes

    @property
    def differs(self) -> bool:
        return self.after != self.before


class Sidecars:
    """The sidecars of photographs. Each folder is listed once, so one of these serves for one errand only."""

    def __init__(self) -> None:
        self._names: dict[str, Mapping[str, str]] = {}
        self._raws: dict[str, Mapping[str, str]] = {}

    def find(self, photograph: str) -> str | None:
        """Give the path of the sidecar of a photograph, if it has one."""
        folder, name = os.path.split(photograph)
        if folder not in self._names:
            self._names[folder] = _names(folder)
        there = self._names[folder]
        stem = PurePath(name).stem
        found = there.get(f"{name}{_SUFFIX}".lower())
        other = there.get(f"{stem}{_SUFFIX}".lower())
        if found is None and other is not None and (claims_raw(name) or not _has_raw(there, stem)):
            found = other
        if found is not None:
            return str(PurePath(folder, found))
        raw = self._raw_of(folder, name)
        return None if raw is None else self.find(str(PurePath(folder, raw)))

    def _raw_of(self, folder: str, name: str) -> str | None:
        """Give the name of the RAW file that is one photograph with another file, if there is one."""
        if folder not in self._raws:
            together = ((shot.face, one) for shot in shots(self._names[folder].values()) for one in shot.companions)
            self._raws[folder] = {face: one.path for face, one in together if one.kind is CompanionKind.RAW}
        return self._raws[folder].get(name)

    def read(self, photograph: str) -> Packet | None:
        """Read what the sidecar of a photograph says; nothing if it has none.

        Raises:
            SidecarUnusable: it has one that cannot be read.
        """
        path = self.find(photograph)
        data = self.bytes_of(photograph)
        if path is None or data is None:
            return None
        try:
            return read_packet(data)
        except NoXmp as error:
            raise SidecarUnusable(path, str(error)) from error

    def bytes_of(self, photograph: str) -> bytes | None:
        """Give what stands in the sidecar of a photograph; nothing if it has none.

        Raises:
            SidecarUnusable: it has one that cannot be read.
        """
        path = self.find(photograph)
        return None if path is None else _bytes_of(path)

    def write(self, photograph: str, rating: Rating, *, dry_run: bool = False) -> tuple[str, bool]:
        """Write stars and label into the sidecar of a photograph, whole or not at all, and keep all else in it.

        Gives the path of the sidecar, and whether anything in it changes. With ``dry_run`` nothing is written.

        Raises:
            SidecarUnusable: it cannot be read or changed, its folder cannot be written, or it changed meanwhile.
        """
        values = {LABEL: rating.label} | ({} if rating.stars is None else {RATING: str(rating.stars)})
        if self.find(photograph) is None and not any(values.values()):
            return _fresh_path(photograph), False
        written = self.change(photograph, lambda before: fresh(values) if before is None else changed(before, values))
        if written.differs and not dry_run:
            put_sidecar(written.path, written.before, written.after)
        return written.path, written.differs

    def change(self, photograph: str, change: Callable[[bytes | None], bytes]) -> Change:
        """Say what a change would make of the sidecar of a photograph, or of none; nothing is written.

        Raises:
            SidecarUnusable: it cannot be read or changed.
        """
        present = self.find(photograph)
        path = present or _fresh_path(photograph)
        before = None if present is None else _bytes_of(present)
        try:
            return Change(path, before, change(before))
        except NoXmp as error:
            raise SidecarUnusable(path, str(error)) from error


def _has_raw(there: Mapping[str, str], stem: str) -> bool:
    """Tell whether a RAW file of this name is among the names, in small letters, of a folder."""
    return any(PurePath(name).stem == stem.lower() and claims_raw(name) for name in there)


def _names(folder: str) -> Mapping[str, str]:
    """Give the names in a folder by their form in small letters; none of a folder that cannot be listed."""
    try:
        return {name.lower(): name for name in sorted(os.listdir(folder), reverse=True)}  # noqa: PTH208 (any bytes)
    except OSError:
        return {}


def _fresh_path(photograph: str) -> str:
    path = PurePath(photograph)
    return str(path.with_suffix(_SUFFIX)) if claims_raw(path.name) else f"{photograph}{_SUFFIX}"


def _bytes_of(path: str) -> bytes:
    """Read a sidecar that is a regular file of a sane length.

    Raises:
        SidecarUnusable: it is not, or cannot be opened.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SidecarUnusable(path, "it is no regular file")
            data = file.read(LONGEST + 1)
    except OSError as error:
        raise SidecarUnusable(path, error.strerror or str(error)) from error
    if len(data) > LONGEST:
        raise SidecarUnusable(path, f"it is longer than {LONGEST >> 20} MB")
    return data


def is_sidecar(path: str, data: bytes | None) -> bool:
    """Tell whether a sidecar holds these bytes, or (None) is not there; one that cannot be read holds others."""
    try:
        return (_bytes_of(path) if os.path.lexists(path) else None) == data
    except SidecarUnusable:
        return False


def put_sidecar(path: str, before: bytes | None, after: bytes) -> None:
    """Put a new sidecar in the place of what was there before, whole or not at all.

    Raises:
        SidecarUnusable: it changed since it was read, or its folder cannot be written.
    """
    written = Path(temporary(path))
    try:
        with written.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if (_bytes_of(path) if os.path.lexists(path) else None) != before:
            raise SidecarUnusable(path, "another program changed it at this moment")
        if before is not None:
            written.chmod(stat.S_IMODE(os.lstat(path).st_mode))
        written.replace(path)
    except OSError as error:
        raise SidecarUnusable(path, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            written.unlink()
