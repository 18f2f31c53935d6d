"""Qualities: what a closer look measures, how the frames of a cluster are judged, and what a dataset wants of them."""

from alembic import op

revision = "0010"
down_revision = "0009"

_STATEMENTS = (
    """
    CREATE TABLE qualities (
        content_id INTEGER NOT NULL,
        reason VARCHAR NOT NULL,
        detail BLOB NOT NULL,
        burnt DOUBLE NOT NULL,
        black DOUBLE NOT NULL,
        contrast DOUBLE NOT NULL,
        noise DOUBLE NOT NULL,
        border DOUBLE NOT NULL,
        coding INTEGER,
        search INTEGER NOT NULL,
        faces JSON NOT NULL,
        PRIMARY KEY (content_id),
        FOREIGN KEY(content_id) REFERENCES contents (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE judgements (
        content_id INTEGER NOT NULL,
        judgement JSON NOT NULL,
        PRIMARY KEY (content_id),
        FOREIGN KEY(content_id) REFERENCES contents (id) ON DELETE CASCADE
    )
    """,
    "ALTER TABLE clusters ADD COLUMN confidence VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE datasets ADD COLUMN preset VARCHAR NOT NULL DEFAULT 'balanced'",
    "ALTER TABLE datasets ADD COLUMN weights JSON NOT NULL DEFAULT '{}'",
    "ALTER TABLE datasets ADD COLUMN keep VARCHAR NOT NULL DEFAULT 'best'",
    "UPDATE contents SET image_score = NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
