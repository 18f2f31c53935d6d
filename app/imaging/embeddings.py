"""Embeddings: what a picture shows, as a vector; pictures of one thing point the same way.

EfficientNet-Lite0 without its classifier (Tan and Le 2019), run on thumbnails on this machine by onnxruntime. The
square root of the features is centred by a fixed mean and brought to length one (after Jegou and Chum 2012), so that
the product of two embeddings is their cosine. What is kept of one is its sight: the signs of 512 fixed directions
(Charikar 2002). Two sights differ in a share of their bits that is the angle between the embeddings by 180 degrees;
they find as much as the embeddings do, in a fortieth of the bytes.
"""

import hashlib
import os
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from app import resources
from app.imaging.sketches import Picture

SIZE = 1280
SIGHT_BITS = 512
_SIDE = 128
"""Pixels; at 224 the network takes twice the time and finds hardly more."""
_BATCH = 8
"""Pictures given to the network at once: a seventh quicker than one by one, with the same numbers for each."""
_NETWORK, _MEAN = "efficientnet_lite0_features_fp16.onnx", "efficientnet_lite0_mean.npy"

Embeddings = NDArray[np.float32]


class Embedder:
    """The network, loaded with the first picture."""

    def __init__(self, threads: int = 0) -> None:
        """``threads``: 0 for one a core."""
        self._threads = threads
        self._session: object | None = None
        self._mean = np.zeros(SIZE, np.float32)

    def embed(self, pictures: Sequence[Picture | None]) -> Embeddings:
        """Give the embeddings (n, 1280) of n thumbnails; of one that is lost all zeros."""
        found = np.zeros((len(pictures), SIZE), np.float32)
        squares = [(place, _square(picture)) for place, picture in enumerate(pictures) if picture is not None]
        for start in range(0, len(squares), _BATCH):
            part = squares[start : start + _BATCH]
            features = self._features(np.stack([square for _, square in part]))
            for (place, _), row in zip(part, features, strict=True):
                found[place] = _centred(row, self._mean)
        return found

    def sights(self, pictures: Sequence[Picture | None]) -> list[bytes]:
        """Give the sights of thumbnails, 64 bytes each; of one that is lost none."""
        return [sight_of(row) if row.any() else b"" for row in self.embed(pictures)]

    def _features(self, squares: NDArray[np.uint8]) -> NDArray[np.float32]:
        if self._session is None:
            self._load()
        features: NDArray[np.float32]
        (features,) = self._session.run(None, {"image": squares})  # type: ignore[union-attr]
        return features

    def _load(self) -> None:
        # Versions from 1.29 on send telemetry unless this is there before the import; the older one here has none.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # noqa: PLC0415 (after the line above)

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(resources.path("models", _NETWORK)), options, providers=["CPUExecutionProvider"]
        )
        self._mean = np.load(resources.path("models", _MEAN))


def sight_of(embedding: NDArray[np.float32]) -> bytes:
    """Give the signs of an embedding (1280) along the fixed directions."""
    return np.packbits(embedding @ _directions() >= 0).tobytes()


@cache
def _directions() -> NDArray[np.float32]:
    """Give the directions (1280, 512) of +1 and -1: any would do, but they must stay the same for ever."""
    bits = np.frombuffer(hashlib.shake_256(b"shotsift sight 1").digest(SIZE * SIGHT_BITS // 8), np.uint8)
    return np.unpackbits(bits).reshape(SIZE, SIGHT_BITS).astype(np.float32) * 2 - 1


def _square(picture: Picture) -> Picture:
    """Bring a thumbnail to the size and the order of colours that the network wants."""
    square = cv2.resize(picture, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(square[:, :, ::-1]).astype(np.uint8, copy=False)


def _centred(features: NDArray[np.float32], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    rooted = np.sqrt(np.clip(features, 0, None))
    centred = _unit(rooted) - mean
    return _unit(centred)


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 0 else vector
