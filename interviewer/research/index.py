"""The vector index of each employer: the only place that knows Chroma.

An index is derived from files and may be thrown away at any time. A rebuild fills a new folder
below `<folder>/<company>/` and then names it in the file `current` in one step, so whoever is
killed on the way leaves the index as it was. Chroma does not erase what is deleted from it,
therefore old builds are closed and their folders removed.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from interviewer.errors import SetupError
from interviewer.research import builds
from interviewer.research.embedding import Embedder, Vectors
from interviewer.transcript import Passage

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

Progress = Callable[[str, int, int], None]

_COLLECTION = "passages"
_BATCH = 16


class IndexBrokenError(Exception):
    """An index cannot be read; whoever knows the passages builds it again."""


@dataclass(frozen=True, slots=True)
class _Open:
    build: str
    client: Client
    collection: Collection


class Index:
    """Passages of all employers by vector; safe for the threads of one process."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = embedder
        self._lock = threading.RLock()
        self._opened: dict[str, _Open] = {}

    def rebuild(
        self,
        company: str,
        passages: Sequence[Passage],
        texts: Sequence[str],
        fingerprint: str,
        progress: Progress | None = None,
    ) -> None:
        """Replace the index of an employer.

        Args:
            company: Id of the employer.
            passages: What is found.
            texts: What is embedded, one for each passage.
            fingerprint: Names the documents and rules it is made from.
            progress: Called with company, passages done, passages in all.

        Raises:
            SetupError: The folder cannot be written.
        """
        home = self._folder / company
        build = uuid.uuid4().hex
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            (home / build).mkdir(mode=0o700)
            self._fill(home / build, company, passages, texts, fingerprint, progress)
            with self._lock:
                before = builds.current(home)
                builds.point(home, build)
                self._close(company)
                builds.sweep(home, keep=build, before=before)
        except OSError as error:
            builds.erase(home / build)
            raise SetupError(
                f"The research index in {home} cannot be written ({error.strerror or error}). "
                "Check rights and free space."
            ) from error

    def fingerprint(self, company: str) -> str | None:
        """Return what the index was made from, or None when there is none that can be read."""
        model = (self._embedder.name, self._embedder.digest)
        try:
            with self._reading(company) as collection:
                metadata = collection.metadata or {}
                same = (metadata.get("embedder"), metadata.get("digest")) == model
                whole = collection.count() == metadata.get("passages")
                return str(metadata.get("fingerprint")) if same and whole else None
        except IndexBrokenError:
            return None

    def passages(self, company: str) -> tuple[Passage, ...]:
        """Return all passages in the order they were given.

        Raises:
            IndexBrokenError: There is no index that can be read.
        """
        with self._reading(company) as collection:
            rows = collection.get(include=["metadatas"])["metadatas"] or []
            ordered = sorted(rows, key=lambda row: int(str(row["number"])))
            return tuple(_passage(str(row["passage"])) for row in ordered)

    def query(
        self, company: str, vector: Vectors, k: int, topic: str | None = None
    ) -> list[tuple[Passage, float]]:
        """Return the nearest passages with their cosines, nearest first.

        Args:
            company: Id of the employer.
            vector: The question, shape (dimension,).
            k: How many at most.
            topic: Only passages of this topic.

        Raises:
            IndexBrokenError: There is no index to read.
        """
        with self._reading(company) as collection:
            count = collection.count()
            if not count or k < 1:
                return []
            answer = collection.query(
                query_embeddings=[vector.tolist()],
                n_results=min(k, count),
                where=None if topic is None else {"topic": topic},
                include=["metadatas", "distances"],
            )
            rows = (answer["metadatas"] or [[]])[0]
            distances = (answer["distances"] or [[]])[0]
            return [
                (_passage(str(row["passage"])), 1.0 - float(distance))
                for row, distance in zip(rows, distances, strict=True)
            ]

    def remove(self, company: str) -> None:
        """Close and delete the index of an employer; nothing of it stays on the disk."""
        with self._lock:
            self._close(company)
            builds.erase(self._folder / company)

    def close(self) -> None:
        """Close what is open; the index can be used again afterwards."""
        with self._lock:
            for company in list(self._opened):
                self._close(company)

    def _fill(
        self,
        folder: Path,
        company: str,
        passages: Sequence[Passage],
        texts: Sequence[str],
        fingerprint: str,
        progress: Progress | None,
    ) -> None:
        client = _client(folder)
        try:
            collection = client.create_collection(
                _COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
                metadata={
                    "embedder": self._embedder.name,
                    "digest": self._embedder.digest,
                    "fingerprint": fingerprint,
                    "passages": len(passages),
                },
            )
            for start in range(0, len(passages), _BATCH):
                batch = passages[start : start + _BATCH]
                collection.add(
                    ids=[passage.id for passage in batch],
                    embeddings=self._embedder.passages(texts[start : start + _BATCH]),
                    metadatas=[
                        {"number": start + i, "topic": p.topic, "passage": _line(p)}
                        for i, p in enumerate(batch)
                    ],
                )
                if progress is not None:
                    progress(company, min(start + _BATCH, len(passages)), len(passages))
        finally:
            client.close()

    @contextmanager
    def _reading(self, company: str) -> Iterator[Collection]:
        with self._lock:
            try:
                yield self._open(company).collection
            except (IndexBrokenError, KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:
                # Chroma meets a damaged folder with sqlite, value, key and even panic errors
                # of its native part, which are no Exception.
                self._close(company)
                raise IndexBrokenError(f"{self._folder / company}: {error}") from error

    def _open(self, company: str) -> _Open:
        home = self._folder / company
        build = builds.current(home)
        opened = self._opened.get(company)
        if opened is not None and opened.build == build:
            return opened
        self._close(company)
        if build is None or not (home / build / "chroma.sqlite3").is_file():
            raise IndexBrokenError(f"{home} has no index.")
        client = _client(home / build)
        try:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
        except BaseException:
            client.close()
            raise
        opened = self._opened[company] = _Open(build, client, collection)
        return opened

    def _close(self, company: str) -> None:
        opened = self._opened.pop(company, None)
        if opened is not None:
            # Closing the last client of a path also takes it out of Chroma's table of systems;
            # clearing the whole table would break the clients of all other employers.
            opened.client.close()


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    # Declared as the interface, which lacks `close`.
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))


def _line(passage: Passage) -> str:
    return json.dumps(asdict(passage), ensure_ascii=False)


def _passage(line: str) -> Passage:
    return Passage(**json.loads(line))
