"""Choices: stars and labels, ladders, and best shots that were chosen.

What older versions read has no stars, no label and is not known to be edited until its file is read again.
"""

from alembic import op

revision = "0009"
down_revision = "0008"

_STATEMENTS = (
    "ALTER TABLE contents ADD COLUMN stars INTEGER",
    "ALTER TABLE contents ADD COLUMN label VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE contents ADD COLUMN edited BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE datasets ADD COLUMN ladder VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE clusters ADD COLUMN climbed BOOLEAN NOT NULL DEFAULT 0",
    """
    CREATE TABLE ratings (
        sha256 BLOB NOT NULL,
        stars INTEGER,
        label VARCHAR NOT NULL,
        moment INTEGER NOT NULL,
        PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE ladders (
        name VARCHAR NOT NULL,
        rungs VARCHAR NOT NULL,
        moment INTEGER NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE choices (
        dataset_id INTEGER NOT NULL,
        sha256 BLOB NOT NULL,
        source VARCHAR NOT NULL,
        uri VARCHAR NOT NULL,
        ladder VARCHAR NOT NULL,
        because VARCHAR NOT NULL,
        proposed_by VARCHAR NOT NULL,
        agreed BOOLEAN NOT NULL,
        moment INTEGER NOT NULL,
        PRIMARY KEY (dataset_id, sha256, source),
        FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
    )
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
