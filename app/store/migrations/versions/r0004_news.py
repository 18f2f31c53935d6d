"""News: what programs changed, for the others that use the catalogue at the same time."""

from alembic import op

revision = "0004"
down_revision = "0003"

_STATEMENTS = (
    """
    CREATE TABLE news (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        program VARCHAR NOT NULL,
        noun VARCHAR NOT NULL,
        dataset_name VARCHAR NOT NULL,
        moment INTEGER NOT NULL
    )
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
