"""Companions: which files go where a photograph goes, so that nobody has to look at the disk to tell."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("ALTER TABLE files ADD COLUMN companions JSON NOT NULL DEFAULT '[]'")
