"""Linking: an exact copy stays under its name and shares its bytes with its keeper from then on."""

import errno
import fcntl
import filecmp
import os
import shutil
from contextlib import suppress
from dataclasses import replace

from app.domain.deletions import DeletedFile, End, FileState
from app.domain.plans import Why
from app.imaging.proofs import Proof, hash_file
from app.imaging.temporaries import sweep, temporary
from app.services.moving import why

_FICLONE = 0x40049409
_CANNOT = {errno.EOPNOTSUPP, errno.ENOTTY, errno.EINVAL, errno.ENOSYS, errno.EPERM}


def link(entry: DeletedFile, end: End) -> DeletedFile:
    """Put a link to its keeper in the place of a copy, after comparing both byte by byte; the name is never missing."""
    assert entry.keeper is not None
    if entry.keeper_sha256 != entry.evidence.sha256:
        return _refused(entry, Why.NOT_A_COPY)
    fresh = temporary(entry.path)
    try:
        if end is End.HARDLINK:
            os.link(entry.keeper, fresh, follow_symlinks=False)
        else:
            _clone(entry.keeper, fresh, entry.path)
        if not filecmp.cmp(fresh, entry.path, shallow=False):
            return _refused(entry, Why.NOT_A_COPY)
        os.replace(fresh, entry.path)  # noqa: PTH105 (any bytes)
    except OSError as error:
        cannot = error.errno in _CANNOT
        return _refused(entry, Why.NO_LINKS if cannot else why(error))
    finally:
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108 (any bytes; our own)
    return replace(entry, state=FileState.LINKED, place=entry.path)


def unlink(file: DeletedFile) -> DeletedFile:
    """Make a copy of its own of a link again, with the time that it had."""
    sweep(file.path)
    proof = hash_file(file.path)
    if not isinstance(proof, Proof) or proof.sha256 != file.evidence.sha256:
        return replace(file, fault=Why.CHANGED)
    fresh = temporary(file.path)
    try:
        shutil.copy2(file.path, fresh)
        os.utime(fresh, ns=(file.evidence.mtime_ns, file.evidence.mtime_ns))
        if not filecmp.cmp(fresh, file.path, shallow=False):
            return replace(file, fault=Why.FAILED)
        os.replace(fresh, file.path)  # noqa: PTH105 (any bytes)
    except OSError as error:
        return replace(file, fault=why(error))
    finally:
        with suppress(OSError):
            os.unlink(fresh)  # noqa: PTH108 (any bytes; our own)
    return replace(file, state=FileState.RESTORED, target=file.path, fault="")


def settle_link(file: DeletedFile) -> DeletedFile:
    """Tell of a copy whose linking was interrupted whether it is a link; its name holds the same bytes either way."""
    sweep(file.path)
    try:
        found = os.lstat(file.path)
    except OSError:
        return replace(file, state=FileState.LOST)
    same = (found.st_ino, found.st_mtime_ns) == (file.evidence.inode, file.evidence.mtime_ns)
    if same:
        return _refused(file, Why.INTERRUPTED)
    return replace(file, state=FileState.LINKED, place=file.path)


def _clone(source: str, target: str, like: str) -> None:
    """Make a file that shares the blocks of another, with the times and rights of a third.

    Raises:
        OSError: the file system cannot.
    """
    with open(source, "rb") as one, open(target, "xb") as other:  # noqa: PTH123 (any bytes)
        fcntl.ioctl(other.fileno(), _FICLONE, one.fileno())
    shutil.copystat(like, target)


def _refused(entry: DeletedFile, reason: Why) -> DeletedFile:
    return replace(entry, state=FileState.REFUSED, place="", fault=reason)
