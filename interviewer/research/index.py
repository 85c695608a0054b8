"""The index of each employer: passages, their terms, and their vectors in Chroma.

An index is derived from files and may be thrown away at any time. A rebuild fills a new folder
below `<folder>/<company>/` and then names it in the file `current` in one step, so whoever is
killed on the way leaves the index as it was, and the next rebuild takes the vectors over from
where the killed one stopped. Chroma does not erase what is deleted from it, therefore old builds
are closed and their folders removed.
"""

from __future__ import annotations

import hashlib
import json
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from interviewer.errors import SetupError
from interviewer.research import builds
from interviewer.research.embedding import Embedder, Vectors
from interviewer.research.lexical import terms
from interviewer.research.lexicon import Lexicon, LexiconDraft
from interviewer.research.shelf import Shelf, Volume
from interviewer.transcript import Passage

Progress = Callable[[str, int, int], None]

_BATCH = 16
_PASSAGES = "passages.jsonl"
_LEXICON = "lexicon.npz"
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
        text_of: Callable[[Passage], str],
        fingerprint: str,
        total: int,
        progress: Progress | None = None,
    ) -> None:
        """Replace the index of an employer; vectors of texts already known are taken over.

        Args:
            company: Id of the employer.
            passages: What is found, one after another.
            text_of: Returns what is embedded for a passage.
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
                self._fill(home, build, company, passages, text_of, fingerprint, old, told)
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

    def cosines(
        self, company: str, vector: Vectors, ids: Sequence[tuple[int, str]]
    ) -> dict[int, float]:
        """Return the cosine of a question with passages given by number and embedded text."""
        keys = {_key(text): number for number, text in ids}
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

    def _left(self, home: Path, company: str, opened: ExitStack) -> list[Volume]:
        """Open earlier builds, finished or not, whose vectors may be taken over."""
        found = []
        for folder in builds.all_of(home):
            try:
                state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
                volume = self._shelf.open(folder, str(state["label"]))
                opened.callback(volume.close)
                if volume.model == (self._embedder.name, self._embedder.digest):
                    found.append(volume)
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException:  # Chroma meets damage with panics of its native part too
                continue
        return found

    def _fill(
        self,
        home: Path,
        build: str,
        company: str,
        passages: Iterable[Passage],
        text_of: Callable[[Passage], str],
        fingerprint: str,
        old: Sequence[Volume],
        told: Callable[[int], None] | None,
    ) -> None:
        folder = home / build
        label = f"{company}.{self._embedder.name}.{fingerprint}"
        state = {"label": label, "fingerprint": fingerprint}
        (folder / _STATE).write_text(json.dumps(state), encoding="utf-8")
        model = self._embedder.name, self._embedder.digest
        volume = self._shelf.make(folder, label, model)
        draft = LexiconDraft()
        seen: dict[str, int] = {}
        try:
            with (folder / _PASSAGES).open("w", encoding="utf-8") as lines:
                number = 0
                for batch in _batches(passages, _BATCH):
                    for passage in batch:
                        lines.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")
                        draft.add(terms(f"{passage.heading} {passage.text}"))
                    self._shelve(volume, batch, [text_of(p) for p in batch], number, old, seen)
                    number += len(batch)
                    if told is not None:
                        told(number)
            draft.done().write(folder / _LEXICON)
            volume.finish()
        finally:
            volume.close()

    def _shelve(
        self,
        volume: Volume,
        batch: Sequence[Passage],
        texts: Sequence[str],
        first: int,
        old: Sequence[Volume],
        seen: dict[str, int],
    ) -> None:
        """Put the vectors of some passages on the shelf, embedding only unknown texts."""
        keys = [_key(text) for text in texts]
        rows: dict[str, Vectors] = {}
        for source in (volume, *old):
            missing = [key for key in keys if key not in rows]
            if missing:
                rows |= source.known(list(dict.fromkeys(missing)))
        here = volume.known(list(dict.fromkeys(keys)))
        unknown = list(
            {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}.items()
        )
        if unknown:
            vectors = self._embedder.passages([text for _, text in unknown])
            rows |= {key: row for (key, _), row in zip(unknown, vectors, strict=True)}
        ids, places = [], []
        for place, key in enumerate(keys):
            count = seen.get(key, 0)
            seen[key] = count + 1
            name = key if not count else f"{key}-{count}"
            # A server's collection of the same content may be half filled already.
            if name not in here:
                ids.append(name)
                places.append(place)
        if ids:
            marks = [(first + place, batch[place].topic) for place in places]
            volume.add(ids, np.stack([rows[keys[place]] for place in places]), marks)

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
            passages = tuple(_passages(folder / _PASSAGES))
            lexicon = Lexicon.read(folder / _LEXICON)
        except BaseException:
            volume.close()
            raise
        contents = Contents(build, str(state["fingerprint"]), passages, lexicon)
        opened = self._opened[company] = _Open(contents, volume)
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


def _key(text: str) -> str:
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
