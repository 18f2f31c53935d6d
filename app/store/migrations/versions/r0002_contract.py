"""The whole contract: limits of datasets, labels of files, files taken out, notifications of tasks."""

from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    "ALTER TABLE datasets ADD COLUMN template_id VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE datasets ADD COLUMN max_bind_count INTEGER NOT NULL DEFAULT 10",
    "ALTER TABLE datasets ADD COLUMN max_file_count INTEGER NOT NULL DEFAULT 100000000",
    "ALTER TABLE datasets ADD COLUMN max_entity_count INTEGER NOT NULL DEFAULT 10000000000",
    "ALTER TABLE datasets ADD COLUMN max_relation_count INTEGER NOT NULL DEFAULT 100000000000",
    "ALTER TABLE datasets ADD COLUMN max_total_file_size INTEGER NOT NULL DEFAULT 90000000000000000",
    "ALTER TABLE files ADD COLUMN name VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN removed_sha256 BLOB",
    "ALTER TABLE files ADD COLUMN custom_id VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN custom_labels JSON NOT NULL DEFAULT '{}'",
    "ALTER TABLE tasks ADD COLUMN request_id VARCHAR NOT NULL DEFAULT ''",
    "ALTER TABLE tasks ADD COLUMN notification JSON NOT NULL DEFAULT '{}'",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    names = [
        {"id": row.id, "name": unquote_to_bytes(PurePosixPath(row.uri).name).decode("utf-8", "backslashreplace")}
        for row in connection.execute(text("SELECT id, uri FROM files"))
    ]
    if names:
        connection.execute(text("UPDATE files SET name = :name WHERE id = :id"), names)
