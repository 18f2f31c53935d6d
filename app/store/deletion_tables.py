"""The tables of the journal: deletions, and where each file of them is. They outlive the datasets."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Base


class DeletionRow(Base):
    """A deletion. ``pid`` and ``pid_started`` are the lock of the process that carries it out, or takes it back."""

    __tablename__ = "deletions"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_name: Mapped[str]
    end: Mapped[str]
    folder: Mapped[str]
    moment: Mapped[int]
    pid: Mapped[int]
    pid_started: Mapped[float]


class DeletedRow(Base):
    """A file of a deletion; the values are those of ``DeletedFile``, paths as URIs, ``decided`` as JSON."""

    __tablename__ = "deleted"
    id: Mapped[int] = mapped_column(primary_key=True)
    deletion_id: Mapped[int] = mapped_column(ForeignKey("deletions.id", ondelete="CASCADE"), index=True)
    photo: Mapped[int]
    uri: Mapped[str]
    companion: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    inode: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(index=True)
    basis: Mapped[str]
    reason: Mapped[str]
    keeper: Mapped[str | None]
    keeper_sha256: Mapped[bytes]
    decided: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    place: Mapped[str]
    target: Mapped[str]
    fault: Mapped[str]


class SidecarRow(Base):
    """A sidecar that a deletion wrote: what was in it before (None: there was none), and what is in it since."""

    __tablename__ = "written_sidecars"
    id: Mapped[int] = mapped_column(primary_key=True)
    deletion_id: Mapped[int] = mapped_column(ForeignKey("deletions.id", ondelete="CASCADE"), index=True)
    uri: Mapped[str]
    before: Mapped[bytes | None]
    after: Mapped[bytes]
