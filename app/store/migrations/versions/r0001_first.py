"""The first catalogue: datasets, bindings, contents, files, pairs, clusters, tasks."""

from alembic import op

revision = "0001"
down_revision = None

_STATEMENTS = (
    """
CREATE TABLE datasets (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
)
    """,
    """
CREATE TABLE bindings (
    id INTEGER NOT NULL,
    dataset_id INTEGER NOT NULL,
    uri VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    phase VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (dataset_id, uri),
    FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
)
    """,
    """
CREATE TABLE clusters (
    id INTEGER NOT NULL,
    dataset_id INTEGER NOT NULL,
    object_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    custom_labels JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE,
    UNIQUE (object_id)
)
    """,
    """
CREATE INDEX ix_clusters_dataset_id ON clusters (dataset_id)
    """,
    """
CREATE TABLE tasks (
    id INTEGER NOT NULL,
    task_id VARCHAR NOT NULL,
    dataset_id INTEGER,
    dataset_name VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    progress INTEGER NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    start_time INTEGER NOT NULL,
    end_time INTEGER,
    event_id VARCHAR NOT NULL,
    user_data VARCHAR NOT NULL,
    tags JSON NOT NULL,
    cancel_requested BOOLEAN NOT NULL,
    pid INTEGER NOT NULL,
    pid_started DOUBLE NOT NULL,
    counts JSON NOT NULL,
    timings JSON NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (task_id),
    FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE SET NULL
)
    """,
    """
CREATE INDEX ix_tasks_dataset_id ON tasks (dataset_id)
    """,
    """
CREATE INDEX ix_tasks_status ON tasks (status)
    """,
    """
CREATE TABLE contents (
    id INTEGER NOT NULL,
    dataset_id INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    phash BLOB NOT NULL,
    format VARCHAR NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    capture_time INTEGER,
    offset_minutes INTEGER,
    camera VARCHAR NOT NULL,
    exposure VARCHAR NOT NULL,
    sharpness DOUBLE NOT NULL,
    texture DOUBLE NOT NULL,
    brightness DOUBLE NOT NULL,
    clipped DOUBLE NOT NULL,
    matched BOOLEAN NOT NULL,
    grouped BOOLEAN NOT NULL,
    cluster_id INTEGER,
    image_score DOUBLE,
    PRIMARY KEY (id),
    UNIQUE (dataset_id, sha256),
    FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE,
    FOREIGN KEY(cluster_id) REFERENCES clusters (id) ON DELETE SET NULL
)
    """,
    """
CREATE INDEX ix_contents_cluster_id ON contents (cluster_id)
    """,
    """
CREATE INDEX ix_contents_grouped ON contents (dataset_id, grouped)
    """,
    """
CREATE INDEX ix_contents_matched ON contents (dataset_id, matched)
    """,
    """
CREATE TABLE files (
    id INTEGER NOT NULL,
    dataset_id INTEGER NOT NULL,
    content_id INTEGER,
    uri VARCHAR NOT NULL,
    folder VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (dataset_id, uri),
    FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE,
    FOREIGN KEY(content_id) REFERENCES contents (id) ON DELETE CASCADE
)
    """,
    """
CREATE INDEX ix_files_content_id ON files (content_id)
    """,
    """
CREATE INDEX ix_files_folder ON files (dataset_id, folder)
    """,
    """
CREATE INDEX ix_files_status ON files (dataset_id, status)
    """,
    """
CREATE TABLE pairs (
    first_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    relation VARCHAR NOT NULL,
    distance INTEGER NOT NULL,
    strength DOUBLE NOT NULL,
    PRIMARY KEY (first_id, second_id),
    FOREIGN KEY(first_id) REFERENCES contents (id) ON DELETE CASCADE,
    FOREIGN KEY(second_id) REFERENCES contents (id) ON DELETE CASCADE
)
    """,
    """
CREATE INDEX ix_pairs_second_id ON pairs (second_id)
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
