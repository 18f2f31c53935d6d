"""Evidence: sights for embeddings, digests of the pixels, all that speaks for a pair, and how alike a dataset wants.

All pictures are described and compared once more.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENTS = (
    "ALTER TABLE contents DROP COLUMN embedding",
    "ALTER TABLE contents ADD COLUMN sight BLOB",
    "ALTER TABLE contents ADD COLUMN pixels BLOB DEFAULT X'' NOT NULL",
    "CREATE INDEX ix_contents_pixels ON contents (dataset_id, pixels)",
    "DROP INDEX ix_contents_matched",
    "ALTER TABLE contents DROP COLUMN matched",
    "ALTER TABLE contents ADD COLUMN compared INTEGER DEFAULT '0' NOT NULL",
    "CREATE INDEX ix_contents_compared ON contents (dataset_id, compared)",
    "DROP TABLE pairs",
    """
    CREATE TABLE pairs (
        first_id INTEGER NOT NULL,
        second_id INTEGER NOT NULL,
        relation VARCHAR NOT NULL,
        strength DOUBLE NOT NULL,
        distance INTEGER NOT NULL,
        orientation INTEGER NOT NULL,
        cosine DOUBLE NOT NULL,
        timed BOOLEAN NOT NULL,
        matches INTEGER NOT NULL,
        inliers INTEGER NOT NULL,
        cells INTEGER NOT NULL,
        coverage DOUBLE NOT NULL,
        extent DOUBLE NOT NULL,
        angle DOUBLE NOT NULL,
        agreement DOUBLE NOT NULL,
        PRIMARY KEY (first_id, second_id),
        FOREIGN KEY(first_id) REFERENCES contents (id) ON DELETE CASCADE,
        FOREIGN KEY(second_id) REFERENCES contents (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_pairs_second_id ON pairs (second_id)",
    "ALTER TABLE datasets ADD COLUMN alike DOUBLE DEFAULT '0.5' NOT NULL",
    "ALTER TABLE datasets ADD COLUMN copies_only BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE datasets ADD COLUMN across_folders BOOLEAN DEFAULT '0' NOT NULL",
    "ALTER TABLE datasets ADD COLUMN reach DOUBLE DEFAULT '0' NOT NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
