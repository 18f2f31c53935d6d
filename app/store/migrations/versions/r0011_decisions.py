"""Decisions, the steps that they were made in, and the journal of deletions."""

from alembic import op

revision = "0011"
down_revision = "0010"

_STATEMENTS = (
    """
    CREATE TABLE decisions (
        dataset_id INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        uri VARCHAR NOT NULL,
        decision VARCHAR NOT NULL,
        scope VARCHAR NOT NULL,
        alone BOOLEAN NOT NULL,
        moment INTEGER NOT NULL,
        PRIMARY KEY (dataset_id, sha256, uri),
        FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE deletions (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        dataset_name VARCHAR NOT NULL,
        "end" VARCHAR NOT NULL,
        folder VARCHAR NOT NULL,
        moment INTEGER NOT NULL,
        pid INTEGER NOT NULL,
        pid_started DOUBLE NOT NULL
    )
    """,
    """
    CREATE TABLE deleted (
        id INTEGER NOT NULL,
        deletion_id INTEGER NOT NULL,
        photo INTEGER NOT NULL,
        uri VARCHAR NOT NULL,
        companion VARCHAR NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        basis VARCHAR NOT NULL,
        reason VARCHAR NOT NULL,
        keeper VARCHAR,
        keeper_sha256 BLOB NOT NULL,
        decided VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        place VARCHAR NOT NULL,
        target VARCHAR NOT NULL,
        fault VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(deletion_id) REFERENCES deletions (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_deleted_deletion_id ON deleted (deletion_id)",
    "CREATE INDEX ix_deleted_sha256 ON deleted (sha256)",
    "CREATE INDEX ix_deleted_state ON deleted (state)",
    """
    CREATE TABLE steps (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        dataset_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        count INTEGER NOT NULL,
        clusters INTEGER NOT NULL,
        moment INTEGER NOT NULL,
        undone BOOLEAN NOT NULL,
        deletion_id INTEGER,
        FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE,
        FOREIGN KEY(deletion_id) REFERENCES deletions (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_steps_dataset_id ON steps (dataset_id)",
    """
    CREATE TABLE changes (
        id INTEGER NOT NULL,
        step_id INTEGER NOT NULL,
        before VARCHAR NOT NULL,
        after VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(step_id) REFERENCES steps (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_changes_step_id ON changes (step_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
