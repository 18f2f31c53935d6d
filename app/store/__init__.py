"""The catalogue: SQLite through SQLAlchemy and Alembic. Nothing outside this package knows a row or a session.

``Store.read()`` gives a snapshot, ``Store.write()`` a transaction; both give a ``Work`` with one repository a noun.
"""

from app.store.catalogue import Store
from app.store.work import Work

__all__ = ["Store", "Work"]
