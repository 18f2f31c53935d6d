"""Devices: the identity of the file system that a folder lies on.

The mount point of a drive that is not connected looks like a folder that was emptied; its device tells them apart.
"""

import os
from pathlib import Path

import psutil

_UUIDS = Path("/dev/disk/by-uuid")


class Devices:
    """The devices of folders, by the mounts of the moment when it was made."""

    def __init__(self) -> None:
        self._mounts = mounts()
        self._found: dict[str, str] = {}

    def of(self, folder: str) -> str:
        """Give the device of a folder; of one that is missing, that of the nearest folder above it that is there."""
        if folder not in self._found:
            path = Path(os.path.realpath(folder))
            above = (self._mounts.get(str(place)) for place in (path, *path.parents))
            self._found[folder] = next((device for device in above if device is not None), "")
        return self._found[folder]


def mounts() -> dict[str, str]:
    """Give the device behind each mount point; where several were put on one place, that of the last, which is seen."""
    uuids = {os.path.realpath(link): link.name for link in _UUIDS.iterdir()} if _UUIDS.is_dir() else {}
    return {
        partition.mountpoint: _device(partition.device, partition.fstype, uuids)
        for partition in psutil.disk_partitions(all=True)
    }


def _device(source: str, kind: str, uuids: dict[str, str]) -> str:
    """Name a device by what stays the same wherever it is connected, if there is anything of the kind."""
    uuid = uuids.get(os.path.realpath(source)) if source.startswith("/dev/") else None
    return f"{kind}:{source}" if uuid is None else f"uuid:{uuid}"
