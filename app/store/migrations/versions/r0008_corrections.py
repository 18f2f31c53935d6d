"""Corrections: what a person said of pictures, by their digests."""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """
    CREATE TABLE corrections (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        dataset_id INTEGER NOT NULL,
        verdict VARCHAR NOT NULL,
        moment INTEGER NOT NULL,
        FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_corrections_dataset_id ON corrections (dataset_id)",
    """
    CREATE TABLE corrected (
        correction_id INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        side INTEGER NOT NULL,
        uri VARCHAR NOT NULL,
        PRIMARY KEY (correction_id, sha256),
        FOREIGN KEY(correction_id) REFERENCES corrections (id) ON DELETE CASCADE
    )
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
