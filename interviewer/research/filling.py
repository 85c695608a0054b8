"""Fills the folder of a build: passages, their terms, their vectors and those of their units.

What an earlier build has embedded is taken over, so a changed pack costs what has changed, and a
killed build goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from interviewer.research.embedding import Embedder, Vectors
from interviewer.research.lexical import terms
from interviewer.research.lexicon import LexiconDraft
from interviewer.research.passages import SPLITTER
from interviewer.research.shelf import Volume
from interviewer.research.unit_vectors import UnitDraft, UnitVectors
from interviewer.transcript import Passage

PASSAGES = "passages.jsonl"
LEXICON = "lexicon.npz"
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Left:
    """What earlier builds, finished or not, hold of vectors."""

    volumes: Sequence[Volume]
    units: Sequence[UnitVectors]


@dataclass(frozen=True, slots=True)
class Texts:
    """What is embedded.

    Attributes:
        passage: Returns the text for a passage.
        units: Returns the texts for the units of a passage, at least one.
    """

    passage: Callable[[Passage], str]
    units: Callable[[Passage], Sequence[str]]


class Filling:
    """The filling of one build, used once."""

    def __init__(self, folder: Path, embedder: Embedder, texts: Texts, old: Left) -> None:
        """Keep where the build lies, the model, what is embedded, and what is known already."""
        self._folder = folder
        self._embedder = embedder
        self._texts = texts
        self._old = old
        self._seen: dict[str, int] = {}

    def fill(
        self, volume: Volume, passages: Iterable[Passage], told: Callable[[int], None] | None
    ) -> None:
        """Write everything, a few passages at a time; the volume is finished and closed.

        Args:
            volume: Where the vectors of passages go.
            passages: One after another.
            told: Called with how many passages are done.
        """
        draft, number = LexiconDraft(), 0
        try:
            with (
                (self._folder / PASSAGES).open("w", encoding="utf-8") as lines,
                UnitDraft(self._folder) as units,
            ):
                for batch in _batches(passages, _BATCH):
                    for passage in batch:
                        lines.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")
                        draft.add(terms(f"{passage.heading} {passage.text}"))
                    whole = [self._texts.passage(passage) for passage in batch]
                    self._shelve(volume, batch, whole, number)
                    self._add_units(units, batch, whole)
                    number += len(batch)
                    if told is not None:
                        told(number)
            draft.done().write(self._folder / LEXICON)
            volume.finish()
        finally:
            volume.close()

    def _shelve(
        self, volume: Volume, batch: Sequence[Passage], texts: Sequence[str], first: int
    ) -> None:
        """Put the vectors of some passages on the shelf, embedding only unknown texts."""
        keys = [key_of(text) for text in texts]
        rows = self._rows(volume, dict(zip(keys, texts, strict=True)))
        here = volume.known(list(dict.fromkeys(keys)))
        ids, places = [], []
        for place, key in enumerate(keys):
            count = self._seen.get(key, 0)
            self._seen[key] = count + 1
            name = key if not count else f"{key}-{count}"
            # A server's collection of the same content may be half filled already.
            if name not in here:
                ids.append(name)
                places.append(place)
        if ids:
            marks = [(first + place, batch[place].topic) for place in places]
            volume.add(ids, np.stack([rows[keys[place]] for place in places]), marks)

    def _rows(self, volume: Volume, texts: dict[str, str]) -> dict[str, Vectors]:
        """Return the vectors of texts by key, embedded where they are known nowhere."""
        rows: dict[str, Vectors] = {}
        for source in (volume, *self._old.volumes):
            missing = [key for key in texts if key not in rows]
            if missing:
                rows |= source.known(missing)
        unknown = [key for key in texts if key not in rows]
        if unknown:
            vectors = self._embedder.passages([texts[key] for key in unknown])
            rows |= dict(zip(unknown, vectors, strict=True))
        return rows

    def _add_units(self, draft: UnitDraft, batch: Sequence[Passage], whole: Sequence[str]) -> None:
        """Add the unit vectors of some passages, embedding only those of unknown passages."""
        # The rules that make units of a passage are part of what its units are known by.
        keys = [key_of(f"{SPLITTER}\0{text}").encode() for text in whole]
        known = [self._known_units(key) for key in keys]
        fresh = [
            self._texts.units(passage) if rows is None else ()
            for passage, rows in zip(batch, known, strict=True)
        ]
        vectors = self._embedder.passages([text for texts in fresh for text in texts])
        ends = np.cumsum([len(texts) for texts in fresh])
        parts = np.split(vectors, ends[:-1])
        for key, rows, part in zip(keys, known, parts, strict=True):
            draft.add(key, part if rows is None else rows)

    def _known_units(self, key: bytes) -> Vectors | None:
        found = (units.of(key) for units in self._old.units)
        return next((rows for rows in found if rows is not None), None)


def key_of(text: str) -> str:
    """Return what the vector of a text is known by, 32 letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _batches(passages: Iterable[Passage], size: int) -> Iterator[list[Passage]]:
    batch: list[Passage] = []
    for passage in passages:
        batch.append(passage)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
