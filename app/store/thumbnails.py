"""What is made of the photographs and can be made again: thumbnails and sketches, in a file beside the catalogue.

It may be deleted at any time. Both are found by the sha256 of the photograph, so that copies share one and a moved file
keeps its own.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from app.store.batches import batches
from app.store.engines import open_engine, writing

_METADATA = MetaData()


def _shelf(name: str, column: str) -> Table:
    digest = Column("sha256", LargeBinary, primary_key=True)
    return Table(name, _METADATA, digest, Column(column, LargeBinary, key="made", nullable=False))


_THUMBNAILS = _shelf("thumbnails", "jpeg")
_SKETCHES = _shelf("sketches", "sketch")


class Thumbnails:
    """Small pictures and sketches by the digest of the photograph."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        try:
            _METADATA.create_all(self._engine)
        except DatabaseError:
            self._engine.dispose()
            path.unlink()
            _METADATA.create_all(self._engine)
        self._jpegs, self._sketches = _Shelf(self._engine, _THUMBNAILS), _Shelf(self._engine, _SKETCHES)

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

    def __init__(self, engine: Engine, table: Table) -> None:
        self._engine = engine
        self._table = table

    def get(self, sha256s: Sequence[bytes]) -> dict[bytes, bytes]:
        columns, found = self._table.c, {}
        with self._engine.connect() as connection:
            for wanted in batches(sha256s):
                rows = connection.execute(select(columns.sha256, columns.made).where(columns.sha256.in_(wanted)))
                found.update((digest, made) for digest, made in rows)
        return found

    def put(self, made: Mapping[bytes, bytes]) -> None:
        if not made:
            return
        statement = insert(self._table)
        kept = {self._table.c.made: statement.excluded.made}
        statement = statement.on_conflict_do_update(index_elements=[self._table.c.sha256], set_=kept)
        with writing(self._engine).begin() as connection:
            connection.execute(statement, [{"sha256": digest, "made": one} for digest, one in made.items()])
