"""Identifiers in the shapes of the contract."""

import hashlib
import secrets
import uuid

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_task_id() -> str:
    """Give a fresh TaskId."""
    return f"SimilarImageClustering-{uuid.uuid4()}"


def new_cluster_id() -> str:
    """Give a fresh ObjectId of a cluster."""
    return f"SimilarImageCluster-{uuid.uuid4()}"


def new_event_id() -> str:
    """Give three hexadecimal digits, a hyphen and 27 of base 62, as the contract's examples have them."""
    return f"{secrets.randbelow(0x1000):03X}-{''.join(secrets.choice(_BASE62) for _ in range(27))}"


def new_request_id() -> str:
    """Give a fresh RequestId: an upper-case UUID."""
    return str(uuid.uuid4()).upper()


def object_id_of(dataset_name: str, uri: str) -> str:
    """Give the ObjectId of a file in a dataset: 64 hexadecimal digits."""
    return hashlib.sha256(f"{dataset_name}\n{uri}".encode()).hexdigest()
