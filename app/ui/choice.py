"""What is chosen in the gallery: photographs, and the clusters that they are in."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clusters import Cluster
from app.domain.files import FileMeta
from app.ui.gallery_model import GalleryContent


@dataclass(frozen=True, slots=True)
class Choice:
    """The current cluster, the one above it, the chosen photographs and the clusters that these are in."""

    current: Cluster
    above: Cluster | None
    files: tuple[FileMeta, ...]
    clusters: tuple[Cluster, ...]

    @property
    def to_merge(self) -> tuple[Cluster, ...]:
        """The clusters with chosen photographs; of a single one itself and the one above it."""
        if len(self.clusters) > 1 or self.above is None:
            return self.clusters
        return self.above, self.current

    @property
    def pair(self) -> tuple[FileMeta, FileMeta] | None:
        """The two chosen photographs; of a single one itself and the best of its cluster, or else the next best."""
        if len(self.files) == 2:
            return self.files[0], self.files[1]
        if len(self.files) != 1:
            return None
        (file,) = self.files
        return file, next(one for one in self.clusters[0].members if one.file_id != file.file_id)

    @property
    def contents(self) -> list[list[str]]:
        """The paths of the current cluster; those that are byte for byte equal together."""
        found: dict[bytes, list[str]] = {}
        for file in self.current.members:
            found.setdefault(file.sha256, []).append(file.path)
        return list(found.values())

    @property
    def split(self) -> tuple[list[str], list[str]]:
        """The paths of the current cluster that are chosen, and those that are not."""
        chosen = {file.file_id for file in self.files}
        members = self.current.members
        return (
            [file.path for file in members if file.file_id in chosen],
            [file.path for file in members if file.file_id not in chosen],
        )


def choice_of(content: GalleryContent, current: int, rows: Sequence[int]) -> Choice | None:
    """Return what is chosen, by the rows of the current and of the chosen photographs; None without a current one."""
    if not 0 <= current < len(content.photos):
        return None
    group = content.photos[current].group
    groups = sorted({content.photos[row].group for row in rows}) or [group]
    return Choice(
        content.clusters[group],
        content.clusters[group - 1] if group else None,
        tuple(content.photos[row].file for row in rows),
        tuple(content.clusters[one] for one in groups),
    )
