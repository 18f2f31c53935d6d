import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from app.domain.datasets import Limits
from app.domain.files import FileStatus, Stamp
from app.domain.queries import Comparing, Comparison
from app.domain.uris import path_of
from app.errors import ResourceNotFound, StoreTooNew, StoreUnavailable
from app.events import Change, Noun
from app.store import Store, upgrades
from app.store.migrations.versions import r0001_first
from app.store.tables import Base


def schema(path: Path) -> dict[str, object]:
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    described: dict[str, object] = {
        table: (
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)),
            found.get_pk_constraint(table)["constrained_columns"],
            sorted(
                (key["constrained_columns"], key["referred_table"], key["options"])
                for key in found.get_foreign_keys(table)
            ),
            sorted((index["name"], index["column_names"], index["unique"]) for index in found.get_indexes(table)),
            sorted(unique["column_names"] for unique in found.get_unique_constraints(table)),
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }
    engine.dispose()
    return described


def test_the_migrated_schema_is_the_declared_one(data_dir: Path, tmp_path: Path) -> None:
    Store(data_dir).close()
    engine = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    Base.metadata.create_all(engine)
    engine.dispose()
    assert schema(data_dir / "catalogue.db") == schema(tmp_path / "declared.db")


def test_a_catalogue_opens_wherever_the_program_lies(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = shutil.copytree(upgrades._SCRIPTS, tmp_path / "100 % mine (x)" / "migrations")
    monkeypatch.setattr(upgrades, "_SCRIPTS", scripts)
    Store(data_dir).close()


def test_a_catalogue_is_in_wal_mode_and_keeps_its_foreign_keys(data_dir: Path) -> None:
    with Store(data_dir):
        with sqlite3.connect(data_dir / "catalogue.db") as connection:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        connection.close()
    assert mode == "wal"


def test_a_catalogue_of_a_newer_program_is_refused_and_left_as_it_is(data_dir: Path) -> None:
    Store(data_dir).close()
    path = data_dir / "catalogue.db"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from-the-future'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew, match="newer version"):
        Store(data_dir)
    assert path.read_bytes() == before


def test_a_file_that_is_no_catalogue_is_refused_in_words(data_dir: Path) -> None:
    (data_dir / "catalogue.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        Store(data_dir)


def test_an_exception_undoes_the_whole_transaction_and_announces_nothing(data_dir: Path) -> None:
    heard: list[frozenset[Change]] = []
    with Store(data_dir) as store:
        store.events.listen(heard.append)
        with pytest.raises(ResourceNotFound), store.write() as work:
            work.datasets.add("a", "")
            work.announce(Noun.DATASETS, "a")
            work.datasets.id_of("b")
        with store.read() as work:
            assert work.datasets.names() == []
    assert heard == []


def test_a_change_is_announced_after_its_commit(data_dir: Path) -> None:
    with Store(data_dir) as store:
        seen: list[list[str]] = []

        def look(changes: frozenset[Change]) -> None:
            with store.read() as work:
                seen.append(work.datasets.names())

        store.events.listen(look)
        with store.write() as work:
            work.datasets.add("a", "")
            work.announce(Noun.DATASETS, "a")
    assert seen == [["a"]]


def test_threads_that_read_and_then_write_lose_nothing(data_dir: Path) -> None:
    with Store(data_dir) as store:

        def add(thread: int) -> None:
            for n in range(20):
                with store.write() as work:
                    assert f"t{thread}-{n}" not in work.datasets.names()
                    work.datasets.add(f"t{thread}-{n}", "")

        threads = [threading.Thread(target=add, args=(thread,)) for thread in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.read() as work:
            assert len(work.datasets.names()) == 60


def test_a_read_does_not_see_what_is_committed_meanwhile(data_dir: Path) -> None:
    with Store(data_dir) as store, store.read() as before:
        assert before.datasets.names() == []
        with store.write() as work:
            work.datasets.add("a", "")
        assert before.datasets.names() == []


def test_a_damaged_or_deleted_thumbnail_file_is_made_again(data_dir: Path) -> None:
    with Store(data_dir) as store:
        store.thumbnails.put({b"a" * 32: b"jpeg"})
        assert store.thumbnails.get([b"a" * 32, b"b" * 32]) == {b"a" * 32: b"jpeg"}
    (data_dir / "thumbnails.db").write_bytes(b"damage" * 1000)
    with Store(data_dir) as store:
        assert store.thumbnails.get([b"a" * 32]) == {}
        store.thumbnails.put({b"a" * 32: b"jpeg"})


def test_a_catalogue_of_the_first_revision_is_brought_up_to_date_with_all_it_holds(data_dir: Path) -> None:
    path = data_dir / "catalogue.db"
    with sqlite3.connect(path) as connection:
        for statement in r0001_first._STATEMENTS:
            connection.execute(statement)
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
        connection.execute("INSERT INTO datasets VALUES (1, 'walks', 'Walks', 1, 1)")
        connection.execute(
            "INSERT INTO files VALUES (1, 1, NULL, 'file:///a/%C3%BC%20%FF.jpg', 'file:///a', 3, 4, 5, 'Unreadable', "
            "'Its content is not a picture', 1, 1)"
        )
    connection.close()
    with Store(data_dir) as store, store.read() as work:
        assert work.datasets.get("walks").limits == Limits()
        (record,) = work.files.records(1, [path_of("file:///a/%C3%BC%20%FF.jpg")])
        assert (record.reason, record.custom_labels) == ("Its content is not a picture", {})
        named = Comparing("Filename", Comparison.EQ, "ü \\xff.jpg")
        assert work.files.count(1, named) == 1
    assert (data_dir / "catalogue.before-upgrade-from-0001.db").exists()


def test_below_a_folder_lies_what_is_in_it_and_not_what_only_begins_like_it(data_dir: Path) -> None:
    with Store(data_dir) as store, store.write() as work:
        work.datasets.add("a", "")
        dataset_id = work.datasets.id_of("a")
        for path in (
            "/p/x.jpg",
            "/p/q/x.jpg",
            "/p.jpg",
            "/p 2/x.jpg",
            "/p-2/x.jpg",
            "/p0/x.jpg",
            "/pq/x.jpg",
            "/o/x.jpg",
        ):
            work.files.put_unread(dataset_id, path, Stamp(1, 1, 1), FileStatus.OTHER, "")
        assert [file.path for file in work.places.known_below(dataset_id, "/p")] == ["/p/q/x.jpg", "/p/x.jpg"]
        assert len(work.places.known_below(dataset_id, "/")) == 8
