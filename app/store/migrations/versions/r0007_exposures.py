"""Exposures: what tells bursts and brackets. Photographs read by an older version are read and compared once more."""

from alembic import op

revision = "0007"
down_revision = "0006"

_STATEMENTS = (
    "ALTER TABLE contents ADD COLUMN burst_id VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE contents ADD COLUMN sequence INTEGER",
    "ALTER TABLE contents ADD COLUMN subsecond BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE contents ADD COLUMN exposure_seconds DOUBLE",
    "ALTER TABLE contents ADD COLUMN f_number DOUBLE",
    "ALTER TABLE contents ADD COLUMN iso INTEGER",
    "ALTER TABLE contents ADD COLUMN exposure_bias DOUBLE",
    "ALTER TABLE contents ADD COLUMN bracketed BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE contents ADD COLUMN focus_bracketed BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE contents ADD COLUMN focus_distance DOUBLE",
    "ALTER TABLE contents ADD COLUMN serial VARCHAR NOT NULL DEFAULT ''",
    # A nanosecond is enough for a file to count as changed, and its time as shown stays right.
    "UPDATE files SET mtime_ns = mtime_ns - 1 WHERE status = 'Indexed'",
    "UPDATE contents SET compared = 0",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
