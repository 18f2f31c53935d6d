"""What the gallery shows: the photographs of all clusters as one list, with a table of the clusters beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.clusters import Cluster
from app.domain.files import FileMeta
from app.domain.uris import shown
from app.ui import companion_words, decision_words, remark_words, words
from app.ui.gallery_layout import Floats, Ints
from app.ui.marks import Mark, Proposed, mark_of
from app.ui.paths import short

Index = QModelIndex | QPersistentModelIndex


class Photo(NamedTuple):
    """One photograph of the gallery: its file, its rank ``of`` so many, and the cluster's place.

    The rank of the best is 1; it is 0 in a set that is kept whole.
    ``name`` is the file's name in characters that can be shown.
    """

    file: FileMeta
    name: str
    rank: int
    of: int
    group: int


@dataclass(frozen=True, slots=True, eq=False)
class GalleryContent:
    """Clusters by capture time, each with its photographs by capture time.

    ``starts`` holds the first photograph of each cluster, ``aspects`` width divided by height, and
    ``rows`` the row of each file's id; ``freed`` is the bytes to free in all clusters.
    """

    clusters: tuple[Cluster, ...] = ()
    photos: tuple[Photo, ...] = ()
    starts: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    aspects: Floats = field(default_factory=lambda: np.zeros(0))
    rows: Mapping[int, int] = field(default_factory=dict)
    freed: int = 0

    def find(self, file_id: int) -> int:
        """Return the row of a file, or -1."""
        return self.rows.get(file_id, -1)


_PARTS = re.compile(r"([^0-9]*)([0-9]*)")
EMPTY = GalleryContent()


def arrange(clusters: Sequence[Cluster]) -> GalleryContent:
    """Bring clusters into the order of the gallery; it may take long and belongs into a thread of reading."""
    in_order = tuple(sorted(clusters, key=_cluster_order))
    photos: list[Photo] = []
    starts: list[int] = []
    for group, cluster in enumerate(in_order):
        starts.append(len(photos))
        ranked = [
            Photo(file, _name(file.path), 0 if cluster.kind.protected else rank, len(cluster.members), group)
            for rank, file in enumerate(cluster.members, start=1)
        ]
        photos += sorted(ranked, key=_photo_order)
    headers = [photo.file.header for photo in photos]
    aspects = [max(header.width, 1) / max(header.height, 1) for header in headers]
    rows = {photo.file.file_id: row for row, photo in enumerate(photos)}
    freed = sum(cluster.freed for cluster in in_order)
    shapes = np.array(starts, np.int64), np.array(aspects, np.float64)
    return GalleryContent(in_order, tuple(photos), *shapes, rows, freed)


def _cluster_order(cluster: Cluster) -> tuple[bool, int, str]:
    time = cluster.capture_time
    return time is None, time or 0, min(member.path for member in cluster.members)


def _photo_order(photo: Photo) -> tuple[bool, int, list[tuple[str, int]], str]:
    time = photo.file.header.capture_time
    return time is None, time or 0, _natural(photo.name), photo.file.path


def _name(path: str) -> str:
    """Return the file's name; most need no escapes, and there may be a hundred thousand."""
    name = path.rpartition("/")[2]
    return name if name.isprintable() else shown(name)


def _natural(name: str) -> list[tuple[str, int]]:
    """Return a key by which IMG_9 comes before IMG_10."""
    return [(text.casefold(), int(digits or 0)) for text, digits in _PARTS.findall(name)]


class GalleryModel(QAbstractListModel):
    """The photographs as rows; a row's accessible text says what the picture's caption shows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.content = EMPTY
        self.proposed: Proposed = {}

    def mark(self, row: int) -> Mark:
        """Return what is decided on a photograph, or proposed."""
        photo = self.content.photos[row]
        return mark_of(self.content.clusters[photo.group], photo.file, self.proposed)

    def show_decided(self, clusters: Sequence[Cluster]) -> None:
        """Take over what was decided in clusters, until everything is read again; all photographs stay in place."""
        decided = {cluster.object_id: cluster.decided for cluster in clusters}
        anew = tuple(
            replace(one, decided=decided[one.object_id]) if one.object_id in decided else one
            for one in self.content.clusters
        )
        self.content = replace(self.content, clusters=anew)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def set_content(self, content: GalleryContent) -> None:
        self.beginResetModel()
        self.content = content
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.content.photos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        photo = self.content.photos[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return photo.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (short(photo.file.path), companion_words.told(photo.file))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def _spoken(self, row: int) -> str:
        photo = self.content.photos[row]
        cluster = self.content.clusters[photo.group]
        place = row - int(self.content.starts[photo.group]) + 1
        text = words.translate("GalleryModel", "{name}, {place} of {count}, {kind}, {rank}")
        told = text.format(
            name=photo.name,
            place=place,
            count=photo.of,
            kind=words.kind(cluster.kind),
            rank=words.rank_spoken(photo.rank, photo.of),
        )
        standing = remark_words.standing(cluster) if photo.rank == 1 else ""
        mark = self.mark(row)
        decided = decision_words.spoken(mark.decision, mark.scope, proposed=mark.proposed)
        return words.LIST_SEPARATOR.join(filter(None, (told, standing, decided, companion_words.told(photo.file))))
