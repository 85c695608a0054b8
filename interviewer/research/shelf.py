"""Where vectors lie: the only place that knows Chroma.

Embedded, every build of an employer is a Chroma folder of its own, so that deleting a pack removes
a folder. With a server, a build is a collection named after the employer, the model and what it
was made from, so that several processes of the same content share one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlsplit

import numpy as np

from interviewer.errors import SetupError
from interviewer.research.embedding import Vectors

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client

_COLLECTION = "passages"
# A collection that says so is whole; one that does not was left by a kill.
_COMPLETE = "complete"
_EMBEDDER = "embedder"
_DIGEST = "digest"


class ShelfError(Exception):
    """A volume cannot be read or written."""


class Volume:
    """The vectors of one build."""

    def __init__(self, client: Client, collection: Collection, *, owns: bool) -> None:
        """Keep an open collection.

        Args:
            client: Its client.
            collection: The vectors.
            owns: Whether closing the volume closes the client.
        """
        self._client = client
        self._collection = collection
        self._owns = owns

    def add(self, ids: Sequence[str], vectors: Vectors, marks: Sequence[tuple[int, str]]) -> None:
        """Add vectors; marks are passage number and topic."""
        self._collection.add(
            ids=list(ids),
            embeddings=vectors,
            metadatas=[{"number": number, "topic": topic} for number, topic in marks],
        )

    def known(self, ids: Sequence[str]) -> Mapping[str, Vectors]:
        """Return the vectors that are there, by id."""
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        rows = found["embeddings"]
        if rows is None:
            return {}
        return {
            key: np.asarray(row, dtype=np.float32)
            for key, row in zip(found["ids"], rows, strict=True)
        }

    def nearest(self, vector: Vectors, k: int, topic: str | None) -> list[tuple[int, float]]:
        """Return passage numbers and cosines, nearest first."""
        count = self._collection.count()
        if not count or k < 1:
            return []
        answer = self._collection.query(
            query_embeddings=[vector.tolist()],
            n_results=min(k, count),
            where=None if topic is None else {"topic": topic},
            include=["metadatas", "distances"],
        )
        rows = (answer["metadatas"] or [[]])[0]
        distances = (answer["distances"] or [[]])[0]
        return [
            (int(cast("int", row["number"])), 1.0 - float(distance))
            for row, distance in zip(rows, distances, strict=True)
        ]

    def finish(self) -> None:
        """Say that all vectors are in."""
        metadata = {**(self._collection.metadata or {}), _COMPLETE: self._collection.count()}
        self._collection.modify(metadata=metadata)

    @property
    def is_whole(self) -> bool:
        """Whether all vectors are there."""
        metadata = self._collection.metadata or {}
        return metadata.get(_COMPLETE) == self._collection.count()

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of the embedding model the vectors come from."""
        metadata = self._collection.metadata or {}
        return str(metadata.get(_EMBEDDER)), str(metadata.get(_DIGEST))

    def close(self) -> None:
        """Close what was opened for this volume alone."""
        if self._owns:
            # Closing the last client of a path also takes it out of Chroma's table of systems;
            # clearing the whole table would break the clients of all other employers.
            self._client.close()


class Shelf(Protocol):
    """Makes, opens and removes volumes."""

    def make(self, folder: Path, label: str, model: tuple[str, str]) -> Volume:
        """Return a volume to fill; one that a kill left behind is taken up."""
        ...

    def open(self, folder: Path, label: str) -> Volume:
        """Return a volume to read.

        Raises:
            ShelfError: There is none that can be read.
        """
        ...

    def check(self, company: str, model: tuple[str, str]) -> None:
        """Look whether an employer may be indexed with a model.

        Raises:
            SetupError: There are vectors of another model, which are not mixed with.
        """
        ...

    def remove(self, label: str) -> None:
        """Remove what does not lie in the build's folder; all of an employer for `company.`."""
        ...

    def close(self) -> None:
        """Close what is open; the shelf can be used again afterwards."""
        ...


class EmbeddedShelf:
    """Chroma in this process, one folder a build."""

    def make(self, folder: Path, label: str, model: tuple[str, str]) -> Volume:
        """Make a Chroma folder inside the build's folder."""
        client = _embedded(folder)
        collection = client.get_or_create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={_EMBEDDER: model[0], _DIGEST: model[1]},
        )
        return Volume(client, collection, owns=True)

    def open(self, folder: Path, label: str) -> Volume:
        """Open the Chroma folder of a build."""
        if not (folder / "chroma.sqlite3").is_file():
            raise ShelfError(f"{folder} has no vectors.")
        client = _embedded(folder)
        try:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
        except BaseException:
            client.close()
            raise
        return Volume(client, collection, owns=True)

    def check(self, company: str, model: tuple[str, str]) -> None:
        """Allow it: a build is made anew from the files when the model is another."""

    def remove(self, label: str) -> None:
        """Do nothing: the folder is the build's and goes with it."""

    def close(self) -> None:
        """Do nothing: volumes are closed one by one."""


class ServerShelf:
    """A Chroma server (`chroma run`), one collection a build."""

    def __init__(self, url: str) -> None:
        """Keep the address.

        Raises:
            SetupError: It is no http or https address.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SetupError(
                f"INTERVIEWER_CHROMA_URL is {url!r}, which is no address of a Chroma server. "
                "Write it like http://127.0.0.1:8000."
            )
        self._url = url
        self._host, self._ssl = parts.hostname, parts.scheme == "https"
        self._port = parts.port or (443 if self._ssl else 8000)
        self._client: Client | None = None

    def make(self, folder: Path, label: str, model: tuple[str, str]) -> Volume:
        """Make a collection, or take up the one of the same label."""
        client = self._connected()
        collection = client.get_or_create_collection(
            _named(label),
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={_EMBEDDER: model[0], _DIGEST: model[1], "label": label},
        )
        return Volume(client, collection, owns=False)

    def open(self, folder: Path, label: str) -> Volume:
        """Open the collection of a label."""
        client = self._connected()
        try:
            collection = client.get_collection(_named(label), embedding_function=None)
        except Exception as error:  # NotFoundError, and what the server answers instead
            raise ShelfError(f"{self._url} has no collection {_named(label)}.") from error
        return Volume(client, collection, owns=False)

    def remove(self, label: str) -> None:
        """Delete the collections of a label, or of an employer and model."""
        client = self._connected()
        for collection in client.list_collections():
            found = str((collection.metadata or {}).get("label", ""))
            if found == label or (label.endswith(".") and found.startswith(label)):
                client.delete_collection(collection.name)

    def close(self) -> None:
        """Close the connection."""
        client, self._client = self._client, None
        if client is None:
            return
        client.close()
        # Chroma leaves the connections of an HTTP client and of its inner admin client open;
        # no other client shares them.
        for holder in (client, getattr(client, "_admin_client", None)):
            session = getattr(getattr(holder, "_server", None), "_session", None)
            if session is not None:
                session.close()

    def check(self, company: str, model: tuple[str, str]) -> None:
        """Refuse to mix models."""
        for name, digest in self._models(company):
            if (name, digest) != model:
                raise SetupError(
                    f"The research on {company} at {self._url} was embedded with {name} "
                    f"({digest[:12]}…), and this program uses {model[0]} ({model[1][:12]}…). "
                    f"Run `interviewer reindex {company}`."
                )

    def companies(self) -> tuple[str, ...]:
        """Return the employers the server has research on.

        Raises:
            SetupError: It does not answer.
        """
        labels = [
            str((collection.metadata or {}).get("label", ""))
            for collection in self._connected().list_collections()
        ]
        return tuple(sorted({label.partition(".")[0] for label in labels if label}))

    def _models(self, company: str) -> tuple[tuple[str, str], ...]:
        found = []
        for collection in self._connected().list_collections():
            metadata = collection.metadata or {}
            if str(metadata.get("label", "")).startswith(f"{company}."):
                found.append((str(metadata.get(_EMBEDDER)), str(metadata.get(_DIGEST))))
        return tuple(found)

    def _connected(self) -> Client:
        if self._client is None:
            import chromadb
            from chromadb.config import Settings

            settings = Settings(anonymized_telemetry=False)
            try:
                self._client = cast(
                    "Client",
                    chromadb.HttpClient(self._host, self._port, self._ssl, settings=settings),
                )
            except Exception as error:  # whatever the client raises when nobody answers
                raise SetupError(
                    f"No Chroma server answers at {self._url}. Start one with `chroma run`, or "
                    "take INTERVIEWER_CHROMA_URL away to keep research in the data folder."
                ) from error
        return self._client


def _named(label: str) -> str:
    """Return a collection's name: Chroma allows few characters and ends."""
    company, _, rest = label.partition(".")
    return f"{company}.{hashlib.sha256(rest.encode()).hexdigest()[:16]}"


def _embedded(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    # Declared as the interface, which lacks `close`.
    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))
