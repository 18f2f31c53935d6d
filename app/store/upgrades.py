"""Bring a catalogue to the newest revision: a copy first, then all or nothing."""

import shutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from app.errors import StoreTooNew
from app.store.engines import writing

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, path: Path) -> None:
    """Run the revisions that a catalogue lacks.

    Raises:
        StoreTooNew: a newer program wrote it.
    """
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == scripts.get_current_head():
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if present is not None and present not in known:
        raise StoreTooNew(str(path), present)
    if present is not None:
        _copy(engine, path, present)
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _copy(engine: Engine, path: Path, revision: str) -> None:
    """Keep the catalogue as it is beside the new one."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    shutil.copy2(path, path.with_name(f"{path.stem}.before-upgrade-from-{revision}{path.suffix}"))
