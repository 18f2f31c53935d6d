"""Identifiers in the shapes of the contract."""

import secrets
import uuid

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def new_task_id() -> str:
    return f"SimilarImageClustering-{uuid.uuid4()}"


def new_cluster_id() -> str:
    return f"SimilarImageCluster-{uuid.uuid4()}"


def new_event_id() -> str:
    """Give three hexadecimal digits, a hyphen and 27 of base 62, as the contract's examples have them."""
    return f"{secrets.randbelow(0x1000):03X}-{''.join(secrets.choice(_BASE62) for _ in range(27))}"
