"""The thumbnails: a second file beside the catalogue, which may be deleted at any time.

A thumbnail is found by the sha256 of the photograph, so that copies share one and a moved file keeps its own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import LargeBinary, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.store.batches import batches
from app.store.engines import open_engine, writing


class _Base(DeclarativeBase):
    type_annotation_map = {bytes: LargeBinary}  # noqa: RUF012 (SQLAlchemy's form)


class ThumbnailRow(_Base):
    """A small JPEG, the right way up."""

    __tablename__ = "thumbnails"
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    jpeg: Mapped[bytes]


class Thumbnails:
    """Small pictures by the digest of the photograph."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        try:
            _Base.metadata.create_all(self._engine)
        except DatabaseError:
            self._engine.dispose()
            path.unlink()
            _Base.metadata.create_all(self._engine)

    def get(self, sha256s: Sequence[bytes]) -> dict[bytes, bytes]:
        """Give the JPEGs that are there."""
        found: dict[bytes, bytes] = {}
        with self._engine.connect() as connection:
            for wanted in batches(sha256s):
                rows = connection.execute(
                    select(ThumbnailRow.sha256, ThumbnailRow.jpeg).where(ThumbnailRow.sha256.in_(wanted))
                )
                found.update((row.sha256, row.jpeg) for row in rows)
        return found

    def put(self, jpegs: Mapping[bytes, bytes]) -> None:
        """Keep JPEGs, in place of older ones of the same photographs."""
        if not jpegs:
            return
        statement = insert(ThumbnailRow)
        statement = statement.on_conflict_do_update(
            index_elements=[ThumbnailRow.sha256], set_={"jpeg": statement.excluded.jpeg}
        )
        with writing(self._engine).begin() as connection:
            connection.execute(statement, [{"sha256": digest, "jpeg": jpeg} for digest, jpeg in jpegs.items()])

    def close(self) -> None:
        self._engine.dispose()
