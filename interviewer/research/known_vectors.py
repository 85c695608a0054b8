"""Vectors that come with an employer's folder, so that its first search need not wait.

A file `vectors.<model>.npz` beside `company.toml` holds the vectors of that employer's passages
and sentences, by the hash of the text and the hash of the model. It only saves time: a text that
is not in it, or a file of another model, is embedded as if the file were not there.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from interviewer.research.embedding import Embedder, Vectors

_KEY_BYTES = 16


class KnownVectors:
    """An embedder that looks a text up before it embeds it."""

    def __init__(self, embedder: Embedder, folders: Iterable[Path]) -> None:
        """Keep the embedder and where files may lie; they are read at first use."""
        self.name = embedder.name
        self.digest = embedder.digest
        self.dimension = embedder.dimension
        self._embedder = embedder
        self._folders = tuple(folders)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text; only unknown ones are embedded."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        unknown = []
        for place, text in enumerate(texts):
            vector = self._known.get(key_of(text))
            if vector is None:
                unknown.append(place)
            else:
                rows[place] = vector
        if unknown:
            rows[unknown] = self._embedder.passages([texts[place] for place in unknown])
        return rows

    def question(self, text: str) -> Vectors:
        """Return the vector of a question."""
        return self._embedder.question(text)

    def knows(self, text: str) -> bool:
        """Whether a text is found without the model."""
        return key_of(text) in self._known

    @cached_property
    def _known(self) -> dict[bytes, Vectors]:
        known: dict[bytes, Vectors] = {}
        for folder in self._folders:
            known |= _read(folder / f"vectors.{self.name}.npz", self.digest, self.dimension)
        return known


def key_of(text: str) -> bytes:
    """Return what a text is looked up by."""
    return hashlib.sha256(text.encode()).digest()[:_KEY_BYTES]


def write_vectors(path: Path, embedder: Embedder, texts: Sequence[str]) -> None:
    """Embed texts and keep their vectors in a file, half precision."""
    vectors = embedder.passages(texts).astype(np.float16)
    keys = np.frombuffer(b"".join(map(key_of, texts)), dtype=np.uint8)
    digest = np.frombuffer(bytes.fromhex(embedder.digest), dtype=np.uint8)
    np.savez_compressed(
        path, digest=digest, keys=keys.reshape(len(texts), _KEY_BYTES), vectors=vectors
    )


def _read(path: Path, digest: str, dimension: int) -> dict[bytes, Vectors]:
    """Return the vectors of a file, none when it is absent, broken or of another model."""
    try:
        # Opened here: NumPy leaves a file open that turns out to be no archive.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            model, keys, halves = file["digest"], file["keys"], file["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return {}
    if model.tobytes().hex() != digest or halves.shape != (len(keys), dimension):
        return {}
    vectors = halves.astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
