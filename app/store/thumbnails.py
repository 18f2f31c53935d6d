"""What is made of the photographs and can be made again: thumbnails and sketches, in a file beside the catalogue.

It may be deleted at any time. Both are found by the sha256 of the photograph, so that copies share one and a moved file
keeps its own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Engine, LargeBinary, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.store.batches import batches
from app.store.engines import open_engine, writing


class _Base(DeclarativeBase):
    type_annotation_map = {bytes: LargeBinary}  # noqa: RUF012 (SQLAlchemy's form)


class _ByDigest:
    sha256: Mapped[bytes] = mapped_column(primary_key=True)
    made: Mapped[bytes]


class ThumbnailRow(_ByDigest, _Base):
    """A small JPEG, the right way up."""

    __tablename__ = "thumbnails"
    made: Mapped[bytes] = mapped_column("jpeg")


class SketchRow(_ByDigest, _Base):
    """What a picture is laid on others by (domain/sketches)."""

    __tablename__ = "sketches"


class Thumbnails:
    """Small pictures and sketches by the digest of the photograph."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        try:
            _Base.metadata.create_all(self._engine)
        except DatabaseError:
            self._engine.dispose()
            path.unlink()
            _Base.metadata.create_all(self._engine)
        self._jpegs, self._sketches = _Shelf(self._engine, ThumbnailRow), _Shelf(self._engine, SketchRow)

    def get(self, sha256s: Sequence[bytes]) -> dict[bytes, bytes]:
        """Give the JPEGs that are there."""
        return self._jpegs.get(sha256s)

    def put(self, jpegs: Mapping[bytes, bytes]) -> None:
        """Keep JPEGs, in place of older ones of the same photographs."""
        self._jpegs.put(jpegs)

    def get_sketches(self, sha256s: Sequence[bytes]) -> dict[bytes, bytes]:
        """Give the sketches that are there."""
        return self._sketches.get(sha256s)

    def put_sketches(self, sketches: Mapping[bytes, bytes]) -> None:
        """Keep sketches, in place of older ones of the same photographs."""
        self._sketches.put(sketches)

    def close(self) -> None:
        self._engine.dispose()


class _Shelf:
    """Bytes by the digest of the photograph they were made of."""

    def __init__(self, engine: Engine, row: type[ThumbnailRow] | type[SketchRow]) -> None:
        self._engine = engine
        self._row = row

    def get(self, sha256s: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        with self._engine.connect() as connection:
            for wanted in batches(sha256s):
                rows = connection.execute(
                    select(self._row.sha256, self._row.made).where(self._row.sha256.in_(wanted))
                )
                found.update((digest, made) for digest, made in rows)
        return found

    def put(self, made: Mapping[bytes, bytes]) -> None:
        if not made:
            return
        statement = insert(self._row)
        column = self._row.made.expression.key
        statement = statement.on_conflict_do_update(
            index_elements=["sha256"], set_={column: statement.excluded[column]}
        )
        with writing(self._engine).begin() as connection:
            connection.execute(statement, [{"sha256": digest, "made": bytes_} for digest, bytes_ in made.items()])
