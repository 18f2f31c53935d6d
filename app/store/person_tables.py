"""The tables of what a person said and gave: corrections, ratings, ladders, choices. They outlive the files."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.store.tables import Base


class CorrectionRow(Base):
    """What a person said of pictures; a number is never used twice."""

    __tablename__ = "corrections"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str]
    moment: Mapped[int]


class CorrectedRow(Base):
    """A picture that a correction speaks of, by its digest: it counts again when files that went away come back.

    ``uri``: where a file of it lay when it was said.
    """

    __tablename__ = "corrected"
    correction_id: Mapped[int] = mapped_column(ForeignKey("corrections.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    side: Mapped[int]
    uri: Mapped[str]


class RatingRow(Base):
    """Stars and label that a person gave to a picture, by its digest, in whatever datasets it is."""

    __tablename__ = "ratings"
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    stars: Mapped[int | None]
    label: Mapped[str]
    moment: Mapped[int]


class LadderRow(Base):
    """A ladder that a person saved; ``rungs`` is JSON."""

    __tablename__ = "ladders"
    name: Mapped[str] = mapped_column(primary_key=True)
    rungs: Mapped[str]
    moment: Mapped[int]


class ChoiceRow(Base):
    """A best shot that was chosen in a dataset, by its digest: it counts again when its files come back.

    ``because`` is JSON, empty for a choice of a person. ``proposed_by`` and ``agreed`` are those of ``Choice``.
    """

    __tablename__ = "choices"
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    uri: Mapped[str]
    ladder: Mapped[str]
    because: Mapped[str]
    proposed_by: Mapped[str]
    agreed: Mapped[bool]
    moment: Mapped[int]


class DecisionRow(Base):
    """A decision of a person on a file, by its content; the values are those of ``DecidedFile``."""

    __tablename__ = "decisions"
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    uri: Mapped[str] = mapped_column(primary_key=True)
    decision: Mapped[str]
    scope: Mapped[str]
    alone: Mapped[bool]
    moment: Mapped[int]


class StepRow(Base):
    """What a person decided at once; a number is never used twice."""

    __tablename__ = "steps"
    __table_args__ = ({"sqlite_autoincrement": True},)
    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    count: Mapped[int]
    clusters: Mapped[int]
    moment: Mapped[int]
    undone: Mapped[bool]
    deletion_id: Mapped[int | None] = mapped_column(ForeignKey("deletions.id", ondelete="CASCADE"))


class ChangeRow(Base):
    """What became of one decision in a step; ``before`` and ``after`` are JSON, empty where there was none."""

    __tablename__ = "changes"
    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("steps.id", ondelete="CASCADE"), index=True)
    before: Mapped[str]
    after: Mapped[str]
