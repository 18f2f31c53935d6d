"""The opened data folder: the catalogue, the thumbnails beside it, and who listens to changes."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from app.errors import StoreUnavailable
from app.events import Events
from app.store.engines import open_engine, writing
from app.store.thumbnails import Thumbnails
from app.store.upgrades import upgrade
from app.store.work import Work


class Store:
    """A catalogue in its data folder. Any number of threads and programs may use one at once."""

    def __init__(self, data_dir: Path) -> None:
        """Open the catalogue of a data folder, or make both.

        Raises:
            StoreTooNew: a newer program wrote it.
            StoreUnavailable: it cannot be opened.
        """
        self.data_dir = data_dir
        self.events = Events()
        self._path = data_dir / "catalogue.db"
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            self._engine = open_engine(self._path)
            upgrade(self._engine, self._path)
            self.thumbnails = Thumbnails(data_dir / "thumbnails.db")
        except (OSError, DatabaseError) as error:
            raise StoreUnavailable(str(self._path), _reason(error)) from error
        self._writing = writing(self._engine)
        self._program = secrets.token_hex(8)
        with self.read() as work:
            self._heard = work.news.last()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Look at the catalogue as it is now; later commits of others do not show."""
        with Session(self._engine, autoflush=False) as session, self._failures():
            yield Work(session)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """Change the catalogue, all or nothing; what changed is announced after the commit."""
        with self._failures(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            work = Work(session)
            yield work
            if work.changes:
                work.news.add(self._program, work.changes)
        if work.changes:
            self.events.publish(frozenset(work.changes))

    def hear_others(self) -> None:
        """Announce here what other programs changed since the last time, or since this one opened the catalogue."""
        with self.read() as work:
            last = work.news.last()
            changes = work.news.of_others(self._program, self._heard) if last != self._heard else frozenset()
        self._heard = last
        if changes:
            self.events.publish(changes)

    def close(self) -> None:
        self.thumbnails.close()
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Turn what the disk does to us into an error that a person can read."""
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise StoreUnavailable(str(self._path), _reason(error)) from error


def _reason(error: OSError | DatabaseError) -> str:
    if isinstance(error, DatabaseError):
        return str(error.orig)
    return error.strerror or str(error)
