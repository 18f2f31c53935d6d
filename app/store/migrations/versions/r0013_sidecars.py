"""Sidecars that deletions wrote, with what was in them before."""

from alembic import op

revision = "0013"
down_revision = "0012"

_STATEMENTS = (
    """
    CREATE TABLE written_sidecars (
        id INTEGER NOT NULL,
        deletion_id INTEGER NOT NULL,
        uri VARCHAR NOT NULL,
        before BLOB,
        after BLOB NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(deletion_id) REFERENCES deletions (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_written_sidecars_deletion_id ON written_sidecars (deletion_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
