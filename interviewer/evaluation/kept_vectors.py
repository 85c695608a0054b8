"""Vectors of texts, each computed once: kept in memory while there is room, and in a file.

The file holds no text, only hashes and vectors. Several processes may share it: a row is written
whole or not at all, and whoever comes second writes the same. It may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from interviewer.errors import InputError
from interviewer.research.embedding import Embedder, Vectors

# Vectors in memory; of 384 numbers, 1.5 kB each.
MOST_HELD = 20_000
# Seconds to wait for another process that writes.
_PATIENCE = 60.0
_AT_ONCE = 500
_KEY_BYTES = 16
_TABLE = (
    "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
)


class KeptVectors:
    """An embedder that computes no vector twice."""

    def __init__(
        self, embedder: Embedder, path: Path | None = None, most_held: int = MOST_HELD
    ) -> None:
        """Take an embedder and where vectors are kept.

        Args:
            embedder: Computes what is not known.
            path: A file, made when the first vector comes; memory only for None.
            most_held: How many vectors are held in memory; the longest unused go first.
        """
        self.name, self.digest, self.dimension = embedder.name, embedder.digest, embedder.dimension
        self._embedder = embedder
        # What one metric asks as a question another may compare as a passage.
        self._alike: bool = getattr(embedder, "sides_alike", False)
        self._file = VectorFile(path, self.dimension) if path else None
        self._most = most_held
        self._held: OrderedDict[bytes, Vectors] = OrderedDict()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one L2-normalised row a text, shape (n, dimension); equal texts count once.

        Raises:
            InputError: The file cannot be used.
        """
        return self._rows("passage", texts, self._embedder.passages)

    def question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,).

        Raises:
            InputError: The file cannot be used.
        """
        if self._alike:
            return np.asarray(self.passages([text])[0])
        rows = self._rows("question", [text], lambda new: self._embedder.question(new[0])[None])
        return np.asarray(rows[0])

    def look_ahead(self, questions: Iterable[str]) -> None:
        """Have the vectors of questions computed together, for `question` to find.

        Raises:
            InputError: The file cannot be used.
        """
        texts = in_order_of_length(questions)
        if self._alike:
            self.passages(texts)
        else:
            self._rows("question", texts, self._questions)

    def _questions(self, texts: Sequence[str]) -> Vectors:
        together = getattr(self._embedder, "questions", None)
        if together is not None:
            return np.asarray(together(texts), dtype=np.float32)
        return np.stack([self._embedder.question(text) for text in texts])

    def _rows(
        self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]
    ) -> Vectors:
        keys = [self._key(kind, text) for text in texts]
        known = self._known(frozenset(keys))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            made = dict(zip(new, embed(list(new.values())), strict=True))
            if self._file:
                self._file.keep(made)
            self._hold(made)
            known |= made
        rows = [known[key] for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def _key(self, kind: str, text: str) -> bytes:
        told = "\x1f".join((self.digest, kind, text)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(told).digest()[:_KEY_BYTES]

    def _known(self, keys: frozenset[bytes]) -> dict[bytes, Vectors]:
        known = {key: self._held[key] for key in keys if key in self._held}
        for key in known:
            self._held.move_to_end(key)
        if self._file and len(known) < len(keys):
            found = self._file.found(sorted(keys - known.keys()))
            self._hold(found)
            known |= found
        return known

    def _hold(self, rows: Mapping[bytes, Vectors]) -> None:
        self._held.update(rows)
        while len(self._held) > self._most:
            self._held.popitem(last=False)


def in_order_of_length(texts: Iterable[str]) -> list[str]:
    """Return texts once each, those of a length together: a model fills the others up."""
    return sorted(set(texts), key=lambda text: (len(text), text))


class VectorFile:
    """A SQLite file of vectors by key. It is opened for each use, by whichever thread comes."""

    def __init__(self, path: Path, dimension: int) -> None:
        """Take where it lies, and how many numbers a vector has."""
        self._path = path
        self._dimension = dimension

    def found(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        """Return the vectors of keys that it has; a row of another length is none.

        Raises:
            InputError: The file cannot be read.
        """
        rows: list[tuple[bytes, bytes]] = []
        if self._path.exists():
            with self._opened() as file:
                for first in range(0, len(keys), _AT_ONCE):
                    some = keys[first : first + _AT_ONCE]
                    marks = ", ".join("?" * len(some))
                    asked = f"SELECT key, vector FROM vectors WHERE key IN ({marks})"
                    rows += file.execute(asked, some).fetchall()
        return {
            key: np.frombuffer(vector, dtype="<f4").astype(np.float32)
            for key, vector in rows
            if len(vector) == 4 * self._dimension
        }

    def keep(self, rows: Mapping[bytes, Vectors]) -> None:
        """Write vectors, all of them or none.

        Raises:
            InputError: The file cannot be written.
        """
        told = [(key, vector.astype("<f4").tobytes()) for key, vector in rows.items()]
        with self._opened() as file, file:
            file.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", told)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as file:
                # Readers and a writer do not wait for each other, and nothing for the disk.
                file.execute("PRAGMA journal_mode = WAL")
                file.execute("PRAGMA synchronous = NORMAL")
                file.execute(_TABLE)
                yield file
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{self._path}, where vectors are kept, cannot be used ({error}). Delete it or "
                "leave --meaning away."
            ) from None
