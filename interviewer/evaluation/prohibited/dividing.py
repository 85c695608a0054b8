"""On which side of a line a question lies: what must not be asked, or what may.

An example is one question in one wording; a hint of quite other words is near to none of them. A
plane through the space of embeddings says what improper ones have in common, and what those that
may be asked have. It is learned from the examples and from the questions of the banks, which are
asked in every interview, by logistic regression with a ridge (le Cessie and van Houwelingen 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from interviewer.research.embedding import Vectors

# Set on held-back fifths of the examples: more holds hints back, less lets ordinary questions in.
RIDGE = 1.0
_STEPS = 12


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane through the space of embeddings.

    Attributes:
        digest: Hash of the model whose space it is, in hexadecimal.
        weights: One a dimension.
        offset: Added to their sum.
    """

    digest: str
    weights: NDArray[np.float32]
    offset: float

    def side(self, vector: Vectors) -> float:
        """Return the log odds that a question is improper."""
        return float(vector @ self.weights + self.offset)


def divided(digest: str, vectors: Vectors, improper: NDArray[np.bool_]) -> Plane:
    """Return the plane between improper examples and the others, by Newton's method.

    Args:
        digest: Hash of the model that made the vectors.
        vectors: One row an example.
        improper: Which of them are improper; both kinds are there.
    """
    rows = np.c_[vectors, np.ones(len(vectors))].astype(float)
    ridge = np.diag([RIDGE] * vectors.shape[1] + [1e-6])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (likely - improper) + ridge @ weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge
        weights = weights - np.linalg.solve(bend, slope)
    return Plane(digest, weights[:-1].astype(np.float32), float(weights[-1]))


def write_plane(path: Path, plane: Plane) -> None:
    """Keep a plane in a file."""
    digest = np.frombuffer(bytes.fromhex(plane.digest), dtype=np.uint8)
    np.savez_compressed(path, digest=digest, weights=plane.weights, offset=plane.offset)


def read_plane(path: Path, digest: str) -> Plane | None:
    """Return the plane in a file, None where there is none or it is another model's."""
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as kept:
        if kept["digest"].tobytes().hex() != digest:
            return None
        return Plane(digest, kept["weights"], float(kept["offset"]))
