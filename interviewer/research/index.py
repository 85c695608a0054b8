"""The index of each employer: passages, their terms, their vectors in Chroma, their units'.

An index is derived from files and may be thrown away at any time. A rebuild fills a new folder
below `<folder>/<company>/` and then names it in the file `current` in one step, so whoever is
killed on the way leaves the index as it was, and the next rebuild takes the vectors over from
where the killed one stopped. Chroma does not erase what is deleted from it, therefore old builds
are closed and their folders removed.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from interviewer.errors import SetupError
from interviewer.research import builds
from interviewer.research.embedding import Embedder, Vectors
from interviewer.research.filling import LEXICON, PASSAGES, Filling, Left, Texts, key_of
from interviewer.research.lexicon import Lexicon
from interviewer.research.shelf import Shelf, Volume
from interviewer.research.unit_vectors import UnitVectors
from interviewer.transcript import Passage

Progress = Callable[[str, int, int], None]

_STATE = "build.json"


class IndexBrokenError(Exception):
    """An index cannot be read; whoever knows the passages builds it again."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index holds beside the vectors.

    Attributes:
        build: Name of the build; another build is another index.
        fingerprint: What it was made from.
        passages: All passages; their place here is their number.
        lexicon: Their terms.
    """

    build: str
    fingerprint: str
    passages: tuple[Passage, ...]
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class _Open:
    contents: Contents
    volume: Volume
    units: UnitVectors


class Index:
    """Passages of all employers; safe for the threads of one process.

    One process at a time writes the index of an employer; others may read.
    """

    def __init__(self, folder: Path, embedder: Embedder, shelf: Shelf) -> None:
        """Keep where builds lie, the model and the place of the vectors."""
        self._folder = folder
        self._embedder = embedder
        self._shelf = shelf
        self._lock = threading.RLock()
        self._opened: dict[str, _Open] = {}

    def rebuild(
        self,
        company: str,
        passages: Iterable[Passage],
        texts: Texts,
        fingerprint: str,
        total: int,
        progress: Progress | None = None,
    ) -> None:
        """Replace the index of an employer; vectors of texts already known are taken over.

        Args:
            company: Id of the employer.
            passages: What is found, one after another.
            texts: What is embedded for a passage and its units.
            fingerprint: Names the documents and rules it is made from.
            total: How many passages there are about, for the progress.
            progress: Called with company, passages done, passages in all.

        Raises:
            SetupError: The folder cannot be written, or another process is writing it.
        """
        self._shelf.check(company, (self._embedder.name, self._embedder.digest))
        home = self._folder / company
        build = uuid.uuid4().hex
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with builds.writing(home, company), ExitStack() as opened:
                old = self._left(home, company, opened)
                (home / build).mkdir(mode=0o700)
                told = (lambda done: progress(company, done, total)) if progress else None
                label = f"{company}.{self._embedder.name}.{fingerprint}"
                state = {"label": label, "fingerprint": fingerprint}
                (home / build / _STATE).write_text(json.dumps(state), encoding="utf-8")
                filling = Filling(home / build, self._embedder, texts, old)
                model = self._embedder.name, self._embedder.digest
                filling.fill(self._shelf.make(home / build, label, model), passages, told)
                with self._lock:
                    opened.close()
                    self._point(home, company, build, fingerprint)
        except OSError as error:
            builds.erase(home / build)
            raise SetupError(
                f"The research index in {home} cannot be written ({error.strerror or error}). "
                "Check rights and free space."
            ) from error

    @contextmanager
    def writing(self, company: str) -> Iterator[None]:
        """Hold the right to change an employer's documents; one process at a time has it.

        Raises:
            SetupError: The folder cannot be written, or another process has the right.
        """
        home = self._folder / company
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(
                f"{home} cannot be written ({error.strerror or error}). Check rights."
            ) from error
        with builds.writing(home, company):
            yield

    def contents(self, company: str) -> Contents | None:
        """Return what the index holds, None when there is none that can be read."""
        try:
            with self._reading(company) as opened:
                volume = opened.volume
                same = volume.model == (self._embedder.name, self._embedder.digest)
                return opened.contents if same and volume.is_whole else None
        except IndexBrokenError:
            return None

    def query(
        self, contents: Contents, company: str, vector: Vectors, k: int, topic: str | None = None
    ) -> list[tuple[int, float]]:
        """Return numbers of the nearest passages with their cosines, nearest first.

        Args:
            contents: As `contents` gave it.
            company: Id of the employer.
            vector: The question, shape (dimension,).
            k: How many at most.
            topic: Only passages of this topic.

        Raises:
            IndexBrokenError: There is no such index any more.
        """
        with self._reading(company) as opened:
            if opened.contents.build != contents.build:
                raise IndexBrokenError(f"{company} has been indexed again.")
            return opened.volume.nearest(vector, k, topic)

    def unit_cosines(
        self, contents: Contents, company: str, vector: Vectors, numbers: Sequence[int]
    ) -> list[Vectors]:
        """Return the cosines of a question with the units of some passages, by number.

        Raises:
            IndexBrokenError: There is no such index any more.
        """
        with self._reading(company) as opened:
            if opened.contents.build != contents.build:
                raise IndexBrokenError(f"{company} has been indexed again.")
            return opened.units.cosines(vector, numbers)

    def cosines(
        self, company: str, vector: Vectors, ids: Sequence[tuple[int, str]]
    ) -> dict[int, float]:
        """Return the cosine of a question with passages given by number and embedded text."""
        keys = {key_of(text): number for number, text in ids}
        with self._reading(company) as opened:
            known = opened.volume.known(list(keys))
        return {keys[key]: float(row @ vector) for key, row in known.items()}

    def remove(self, company: str) -> None:
        """Close and delete the index of an employer; nothing of it stays on the disk."""
        with self._lock:
            self._close(company)
            self._shelf.remove(f"{company}.")
            builds.erase(self._folder / company)

    def close(self) -> None:
        """Close what is open; the index can be used again afterwards."""
        with self._lock:
            for company in list(self._opened):
                self._close(company)
            self._shelf.close()

    def _left(self, home: Path, company: str, opened: ExitStack) -> Left:
        """Open earlier builds whose vectors may be taken over."""
        volumes: list[Volume] = []
        units: list[UnitVectors] = []
        for folder in builds.all_of(home):
            try:
                state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
                volume = self._shelf.open(folder, str(state["label"]))
                opened.callback(volume.close)
                if volume.model == (self._embedder.name, self._embedder.digest):
                    volumes.append(volume)
                    units.append(UnitVectors(folder, self._embedder.dimension))
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException:  # Chroma meets damage with panics of its native part too
                continue
        return Left(volumes, units)

    def _point(self, home: Path, company: str, build: str, fingerprint: str) -> None:
        before = builds.current(home)
        old = _label_of(home / before) if before else None
        builds.point(home, build)
        self._close(company)
        builds.sweep(home, keep=build)
        if old is not None and old != _label_of(home / build):
            self._shelf.remove(old)

    @contextmanager
    def _reading(self, company: str) -> Iterator[_Open]:
        with self._lock:
            try:
                yield self._open(company)
            except (IndexBrokenError, KeyboardInterrupt, SystemExit, SetupError):
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
        if opened is not None and opened.contents.build == build:
            return opened
        self._close(company)
        if build is None or not (home / build).is_dir():
            raise IndexBrokenError(f"{home} has no index.")
        folder = home / build
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        volume = self._shelf.open(folder, str(state["label"]))
        try:
            passages = tuple(_passages(folder / PASSAGES))
            lexicon = Lexicon.read(folder / LEXICON)
            units = UnitVectors(folder, self._embedder.dimension)
            if len(units) != len(passages):
                raise IndexBrokenError(f"{folder} lacks vectors of units.")
        except BaseException:
            volume.close()
            raise
        contents = Contents(build, str(state["fingerprint"]), passages, lexicon)
        opened = self._opened[company] = _Open(contents, volume, units)
        return opened

    def _close(self, company: str) -> None:
        opened = self._opened.pop(company, None)
        if opened is not None:
            opened.volume.close()


def _passages(path: Path) -> Iterator[Passage]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Passage(**json.loads(line))


def _label_of(folder: Path) -> str | None:
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(state.get("label"))
