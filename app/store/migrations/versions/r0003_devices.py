"""Where files come from: the device that each lies on, and whether it was asked for by hand."""

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    "ALTER TABLE files ADD COLUMN device VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN manual BOOLEAN NOT NULL DEFAULT 0",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
