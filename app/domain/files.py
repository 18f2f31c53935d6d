"""What the index knows of one file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import PurePath

from app.domain.companions import Companion
from app.domain.messages import Notification


class FileStatus(StrEnum):
    """What became of a file when it was read."""

    INDEXED = "Indexed"
    UNREADABLE = "Unreadable"
    OTHER = "Other"
    """Not a picture, neither by name nor by content; remembered only so that it is not opened again."""
    WAITING = "Waiting"
    """Asked for by hand, and not read yet."""
    REMOVED = "Removed"
    """Taken out of the dataset: stays out until it is indexed by hand or its content changes."""


RAW = "camera RAW"
"""The one name of the formats that cameras write unfinished pictures in."""
CONTENT_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WebP": "image/webp",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "HEIF": "image/heif",
    "AVIF": "image/avif",
    "JPEG 2000": "image/jp2",
    "PSD": "image/vnd.adobe.photoshop",
}
"""The media types of the formats that can be read."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """(size, mtime, inode): has a file changed, or only moved? Bytes, nanoseconds, number of the inode."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a picture says of itself.

    ``width`` and ``height`` are pixels as shown, after ``orientation`` (EXIF 1 to 8). ``capture_time`` is the clock of
    the camera in microseconds since 1970 as if it were UTC; ``offset_minutes`` its distance from UTC where known;
    ``subsecond`` says that the camera wrote more than whole seconds.

    What decides bursts and brackets is empty where nobody wrote it: ``burst_id`` is a maker's name for one burst,
    ``sequence`` the number of a frame in its burst, or of its file or shutter. ``exposure_seconds``, ``f_number``,
    ``iso`` and ``exposure_bias`` (EV) are those of the frame. ``bracketed`` and ``focus_bracketed`` say that the camera
    was set to vary its exposure or its focus; ``focus_distance`` is metres, ``serial`` the number of the body.

    ``stars`` and ``label`` are those of ``Rating``; ``edited`` says that a program for editing wrote the picture, or
    keeps changes to it.
    """

    format: str
    width: int
    height: int
    orientation: int = 1
    capture_time: int | None = None
    offset_minutes: int | None = None
    camera: str = ""
    exposure: str = ""
    burst_id: str = ""
    sequence: int | None = None
    subsecond: bool = False
    exposure_seconds: float | None = None
    f_number: float | None = None
    iso: int | None = None
    exposure_bias: float | None = None
    bracketed: bool = False
    focus_bracketed: bool = False
    focus_distance: float | None = None
    serial: str = ""
    stars: int | None = None
    label: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """Cheap measures of a picture at reduced scale.

    ``sharpness``: mean squared gradient of the grey picture; ``texture``: its standard deviation in grey levels;
    ``brightness``: mean grey level, 0 to 1; ``clipped``: share of pixels that are black or white, 0 to 1.
    """

    sharpness: float = 0.0
    texture: float = 0.0
    brightness: float = 0.0
    clipped: float = 0.0


@dataclass(frozen=True, slots=True)
class Content:
    """What is known of a picture's bytes, whatever files hold them.

    ``sha256`` and ``phash`` have 32 bytes; ``pixels``, the digest of its pixels, has 16, or none if it is not known.
    """

    sha256: bytes
    phash: bytes
    header: Header
    measures: Measures
    pixels: bytes = b""


class Compared(IntEnum):
    """How far a content has been compared with all others."""

    NOT = 0
    BY_HASH = 1
    FULLY = 2


@dataclass(frozen=True, slots=True)
class Known:
    """What a content is compared by. ``sight`` is None before it was described, empty if its thumbnail is lost."""

    content_id: int
    sha256: bytes
    phash: bytes
    sight: bytes | None
    texture: float
    camera: str
    capture_time: int | None
    burst_id: str
    compared: int


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A content with its number, its number of files and its cluster's number (empty: alone)."""

    content_id: int
    content: Content
    files: int
    cluster_id: int | None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the index remembers of a path, to tell whether it has to be read again.

    ``device`` is the identity of the file system that it lay on, empty if none was noted; ``manual``: it was asked for
    by hand. ``companions`` are those that it had when it was seen last.
    """

    file_id: int
    path: str
    stamp: Stamp
    status: FileStatus
    device: str = ""
    manual: bool = False
    companions: tuple[Companion, ...] = ()

    @property
    def is_picture(self) -> bool:
        """Whether it counts as a photograph of its dataset, readable or not."""
        return self.status not in {FileStatus.OTHER, FileStatus.REMOVED}


@dataclass(frozen=True, slots=True)
class FileMeta:
    """One picture of a dataset (contract: File), with the files that go where it goes.

    ``image_score`` is 0 to 1 for members of clusters.
    """

    file_id: int
    path: str
    stamp: Stamp
    content: Content
    image_score: float | None = None
    companions: tuple[Companion, ...] = ()

    @property
    def name(self) -> str:
        return PurePath(self.path).name

    @property
    def size(self) -> int:
        """Bytes of the file and of its companions."""
        return self.stamp.size + sum(companion.size for companion in self.companions)

    @property
    def header(self) -> Header:
        return self.content.header

    @property
    def measures(self) -> Measures:
        return self.content.measures

    @property
    def sha256(self) -> bytes:
        return self.content.sha256

    @property
    def phash(self) -> bytes:
        return self.content.phash


@dataclass(frozen=True, slots=True)
class FileRecord:
    """All that the index knows of one file (contract: File). ``content`` is empty for one that cannot be read.

    Times are nanoseconds since the epoch.
    """

    path: str
    stamp: Stamp
    status: FileStatus
    reason: str
    content: Content | None
    image_score: float | None
    custom_id: str
    custom_labels: Mapping[str, object]
    create_time: int
    update_time: int
    companions: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that claims to be a picture and cannot be read now, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexJob:
    """Files asked for by hand, to be read a moment later; who asked is told (contract: IndexFileMeta)."""

    event_id: str
    request_id: str
    dataset_name: str
    paths: tuple[str, ...]
    batch: bool
    user_data: str
    notification: Notification
    start_time: int
