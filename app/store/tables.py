"""The tables of the catalogue, typed. Rows stay in this package; frozen values leave it.

Times are nanoseconds since the epoch. A path is kept as its ``file:///`` URI: ASCII, so that any bytes can be a name.
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables of the catalogue."""

    type_annotation_map = {str: String, bytes: LargeBinary, dict[str, Any]: JSON}  # noqa: RUF012 (SQLAlchemy's form)


class DatasetRow(Base):
    """A dataset; ``name`` is unique in the catalogue. The limits are those of its contract.

    ``ladder``: that which it follows, as JSON; empty if it follows none.
    """

    __tablename__ = "datasets"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str]
    template_id: Mapped[str] = mapped_column(server_default="")
    max_bind_count: Mapped[int] = mapped_column(server_default="10")
    max_file_count: Mapped[int] = mapped_column(server_default="100000000")
    max_entity_count: Mapped[int] = mapped_column(server_default="10000000000")
    max_relation_count: Mapped[int] = mapped_column(server_default="100000000000")
    max_total_file_size: Mapped[int] = mapped_column(server_default="90000000000000000")
    alike: Mapped[float] = mapped_column(server_default="0.5")
    copies_only: Mapped[bool] = mapped_column(server_default="0")
    across_folders: Mapped[bool] = mapped_column(server_default="0")
    preset: Mapped[str] = mapped_column(server_default="balanced")
    weights: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    keep: Mapped[str] = mapped_column(server_default="best")
    reach: Mapped[float] = mapped_column(server_default="0")
    ladder: Mapped[str] = mapped_column(server_default="")
    create_time: Mapped[int]
    update_time: Mapped[int]


class BindingRow(Base):
    """A watched folder of a dataset."""

    __tablename__ = "bindings"
    __table_args__ = (UniqueConstraint("dataset_id", "uri"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    uri: Mapped[str]
    state: Mapped[str]
    phase: Mapped[str]
    reason: Mapped[str]
    create_time: Mapped[int]
    update_time: Mapped[int]


class ClusterRow(Base):
    """A cluster; the contents of its members point to it.

    ``confidence`` is empty for a set that is kept whole. ``climbed``: the ladder of its dataset chose among its
    members; what changes them clears this.
    """

    __tablename__ = "clusters"
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), index=True)
    object_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    confidence: Mapped[str] = mapped_column(server_default="")
    climbed: Mapped[bool] = mapped_column(server_default="0")
    create_time: Mapped[int]
    update_time: Mapped[int]
    custom_labels: Mapped[dict[str, Any]]


class ContentRow(Base):
    """A picture of a dataset by its digest: what is known of the bytes, whatever files hold them.

    ``pixels``: the digest of its pixels. ``sight``: what it shows, as bits; empty if its thumbnail is lost.
    ``compared``: how far a clustering task has compared it with all others (``Compared``). ``grouped``: its cluster
    follows from all that is known; what changes around it clears this. ``cluster_id`` is empty for a picture that is
    alone.
    """

    __tablename__ = "contents"
    __table_args__ = (
        UniqueConstraint("dataset_id", "sha256"),
        Index("ix_contents_compared", "dataset_id", "compared"),
        Index("ix_contents_grouped", "dataset_id", "grouped"),
        Index("ix_contents_pixels", "dataset_id", "pixels"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    sha256: Mapped[bytes]
    phash: Mapped[bytes]
    format: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    orientation: Mapped[int]
    capture_time: Mapped[int | None]
    offset_minutes: Mapped[int | None]
    camera: Mapped[str]
    exposure: Mapped[str]
    burst_id: Mapped[str] = mapped_column(server_default="")
    sequence: Mapped[int | None]
    subsecond: Mapped[bool] = mapped_column(server_default="0")
    exposure_seconds: Mapped[float | None]
    f_number: Mapped[float | None]
    iso: Mapped[int | None]
    exposure_bias: Mapped[float | None]
    bracketed: Mapped[bool] = mapped_column(server_default="0")
    focus_bracketed: Mapped[bool] = mapped_column(server_default="0")
    focus_distance: Mapped[float | None]
    serial: Mapped[str] = mapped_column(server_default="")
    stars: Mapped[int | None]
    label: Mapped[str] = mapped_column(server_default="")
    edited: Mapped[bool] = mapped_column(server_default="0")
    sharpness: Mapped[float]
    texture: Mapped[float]
    brightness: Mapped[float]
    clipped: Mapped[float]
    grouped: Mapped[bool]
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("clusters.id", ondelete="SET NULL"), index=True)
    image_score: Mapped[float | None]
    sight: Mapped[bytes | None]
    pixels: Mapped[bytes] = mapped_column(server_default=text("X''"))
    compared: Mapped[int] = mapped_column(server_default="0")


class QualityRow(Base):
    """The measures of a content that is or was in a cluster; ``reason`` says why there are none."""

    __tablename__ = "qualities"
    content_id: Mapped[int] = mapped_column(ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str]
    detail: Mapped[bytes]
    burnt: Mapped[float]
    black: Mapped[float]
    contrast: Mapped[float]
    noise: Mapped[float]
    border: Mapped[float]
    coding: Mapped[int | None]
    search: Mapped[int]
    faces: Mapped[list[Any]] = mapped_column(JSON)


class JudgementRow(Base):
    """How good a content is among those of its cluster, as JSON."""

    __tablename__ = "judgements"
    content_id: Mapped[int] = mapped_column(ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True)
    judgement: Mapped[dict[str, Any]]


class FileRow(Base):
    """A file of a dataset, whatever became of it when it was read.

    ``folder`` is the URI of its folder, ``name`` its name as text. ``removed_sha256``: the content under which
    it was taken out of the dataset, for as long as it is out. ``device``: the identity of the file system that it lay
    on when it was seen last, empty if none was noted. ``manual``: it was asked for by hand. ``companions``: the names,
    kinds and bytes of the files beside it that go where it goes.
    """

    __tablename__ = "files"
    __table_args__ = (
        UniqueConstraint("dataset_id", "uri"),
        Index("ix_files_folder", "dataset_id", "folder"),
        Index("ix_files_status", "dataset_id", "status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    content_id: Mapped[int | None] = mapped_column(ForeignKey("contents.id", ondelete="CASCADE"), index=True)
    uri: Mapped[str]
    folder: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    inode: Mapped[int]
    status: Mapped[str]
    reason: Mapped[str]
    name: Mapped[str] = mapped_column(server_default="")
    removed_sha256: Mapped[bytes | None]
    custom_id: Mapped[str] = mapped_column(server_default="")
    custom_labels: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    device: Mapped[str] = mapped_column(server_default="")
    manual: Mapped[bool] = mapped_column(server_default="0")
    companions: Mapped[list[Any]] = mapped_column(JSON, server_default="[]")
    create_time: Mapped[int]
    update_time: Mapped[int]


class PairRow(Base):
    """The evidence that two contents of a dataset belong together, ``first_id < second_id``."""

    __tablename__ = "pairs"
    first_id: Mapped[int] = mapped_column(ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("contents.id", ondelete="CASCADE"), primary_key=True, index=True)
    relation: Mapped[str]
    strength: Mapped[float]
    distance: Mapped[int]
    orientation: Mapped[int]
    cosine: Mapped[float]
    timed: Mapped[bool]
    matches: Mapped[int]
    inliers: Mapped[int]
    cells: Mapped[int]
    coverage: Mapped[float]
    extent: Mapped[float]
    angle: Mapped[float]
    agreement: Mapped[float]


class TaskRow(Base):
    """A task. ``pid`` and ``pid_started`` are the lock of the process that runs it or waits to run it."""

    __tablename__ = "tasks"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[str] = mapped_column(unique=True)
    dataset_id: Mapped[int | None] = mapped_column(ForeignKey("datasets.id", ondelete="SET NULL"), index=True)
    dataset_name: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    stage: Mapped[str]
    progress: Mapped[int]
    done: Mapped[int]
    total: Mapped[int]
    code: Mapped[str]
    message: Mapped[str]
    start_time: Mapped[int]
    end_time: Mapped[int | None]
    event_id: Mapped[str]
    user_data: Mapped[str]
    tags: Mapped[dict[str, Any]]
    request_id: Mapped[str] = mapped_column(server_default="")
    notification: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    cancel_requested: Mapped[bool]
    pid: Mapped[int]
    pid_started: Mapped[float]
    counts: Mapped[dict[str, Any]]
    timings: Mapped[dict[str, Any]]


class NewsRow(Base):
    """A change that a program made, for the other programs; kept for some minutes."""

    __tablename__ = "news"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    program: Mapped[str]
    noun: Mapped[str]
    dataset_name: Mapped[str]
    moment: Mapped[int]
