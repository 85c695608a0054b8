"""Two embedding models as one: a multilingual one, and an English one for what is English.

multilingual-e5-small finds across languages; all-MiniLM-L6-v2 tells English questions and their
answers apart better. A vector is both side by side, weighted so that the cosine of two English
texts is the weighted mean of both cosines; where a text is Chinese the second part is nothing.
`python -m benchmarks.retrieval` measures the blend against its parts.

E5 puts every text of a language into one narrow cone, so that any two have 0.7 and more in common
and those of one language more than those of two. The mean of the language, taken off before the
length is made one, leaves what tells them apart (as in "All-but-the-Top", Mu and Viswanath 2018,
without the principal components): questions find passages in the other language, and texts that
have nothing to do with each other come near zero.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from interviewer.research.characters import language_of
from interviewer.research.embedding import Embedder, Vectors, check_file

# Measured on 63 questions of an English pack: 0.3 to 0.5 differ little.
_ENGLISH_SHARE = 0.4
_MEAN_SHARE = 0.8
_CENTRES = Path(__file__).parent / "centres" / "e5.npz"
_CENTRES_SHA256 = "4d1ae37e689a5557981f313e032d05a0c322026130216fc8aef7a6a4aabcacb4"


class Blend:
    """The blend of both models as an embedder.

    Vectors are L2-normalised. The cosine of texts in two languages is `across` times that of the
    first model.
    """

    name = "blend"

    def __init__(self, every: Embedder, english: Embedder, centres: Path = _CENTRES) -> None:
        """Keep the models; they are loaded at first use.

        Args:
            every: The multilingual model.
            english: The English model.
            centres: File with the mean vectors of questions and passages by language.
        """
        self._every, self._english, self._path = every, english, centres
        self.dimension = every.dimension + english.dimension
        parts = f"{every.digest}{english.digest}{_CENTRES_SHA256}{_ENGLISH_SHARE}{_MEAN_SHARE}"
        self.digest = hashlib.sha256(parts.encode()).hexdigest()

    @property
    def across(self) -> float:
        """What the first model's cosine is multiplied with where one text is not English."""
        return float(np.sqrt(1 - _ENGLISH_SHARE))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text, shape (n, dimension)."""
        languages = [language_of(text) for text in texts]
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return rows
        first = self._every.passages(texts)
        rows[:, : self._every.dimension] = self._centred(first, "passages", languages)
        here = [place for place, language in enumerate(languages) if language == "en"]
        if here:
            second = self._english.passages([texts[place] for place in here])
            rows[here] = self._joined(rows[here], second)
        return rows

    def question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,)."""
        language = language_of(text)
        row = np.zeros((1, self.dimension), dtype=np.float32)
        first = self._every.question(text)[None]
        row[:, : self._every.dimension] = self._centred(first, "questions", [language])
        if language == "en":
            row = self._joined(row, self._english.question(text)[None])
        return np.asarray(row[0], dtype=np.float32)

    def _joined(self, rows: Vectors, second: Vectors) -> Vectors:
        first = rows[:, : self._every.dimension] * np.float32(self.across)
        parts = (first, second * np.float32(np.sqrt(_ENGLISH_SHARE)))
        return np.concatenate(parts, axis=1, dtype=np.float32)

    def _centred(self, vectors: Vectors, kind: str, languages: Sequence[str]) -> Vectors:
        means = np.stack([self._means[f"{kind}.{language}"] for language in languages])
        moved = vectors - np.float32(_MEAN_SHARE) * means
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, 1e-12), dtype=np.float32)

    @cached_property
    def _means(self) -> Mapping[str, Vectors]:
        check_file(self._path, _CENTRES_SHA256, "three-rounds")
        with self._path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return {name: np.asarray(file[name], dtype=np.float32) for name in file.files}
