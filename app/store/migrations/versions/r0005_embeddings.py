"""Embeddings: what each picture shows, as a vector. All pictures are compared once more, now by it too."""

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    "ALTER TABLE contents ADD COLUMN embedding BLOB",
    "UPDATE contents SET matched = 0",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
