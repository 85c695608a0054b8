"""The research store: what is known of each employer, and the passages that answer a question.

The files in the folders are the truth; the index is derived from them and made again whenever
they have changed.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from interviewer.errors import InputError, SetupError
from interviewer.research import pack
from interviewer.research.builds import erase
from interviewer.research.characters import clean
from interviewer.research.documents import check_topic
from interviewer.research.embedding import Embedder
from interviewer.research.filling import Texts
from interviewer.research.index import Contents, Index, IndexBrokenError, Progress
from interviewer.research.ingest import Intake, SourceReport, check_company, is_own_pack
from interviewer.research.inventory import count_passages
from interviewer.research.known_vectors import KnownVectors
from interviewer.research.lexical import names, terms
from interviewer.research.likeness import same_question
from interviewer.research.own import take_out
from interviewer.research.parsing import Parser
from interviewer.research.relevance import Near
from interviewer.research.reranking import Reordering
from interviewer.research.searching import Question, Search
from interviewer.research.shelf import EmbeddedShelf, Shelf
from interviewer.research.sources import Source, files
from interviewer.research.staging import settle
from interviewer.transcript import Found, Passage

_MAX_QUESTION = 1_000


@dataclass(frozen=True, slots=True)
class _Ready:
    stamp: tuple[object, ...]
    contents: Contents


class ResearchStore:
    """Research on employers by company id; safe for the threads of one process."""

    def __init__(
        self,
        packs: Mapping[str, tuple[Path, ...]],
        index_folder: Path,
        own_folder: Path,
        embedder: Embedder,
        progress: Progress | None = None,
        names: Mapping[str, str] | None = None,
        shelf: Shelf | None = None,
        rerank: Reordering | None = None,
    ) -> None:
        """Keep the settings; nothing is read before it is needed.

        Args:
            packs: Folders of each employer, later ones replace documents of earlier ones.
            index_folder: Where indexes lie; may be deleted at any time.
            own_folder: Where `ingest` puts documents; `<own_folder>/<company>` belongs to a pack
                whether or not `packs` names it.
            embedder: The embedding model.
            progress: Called with company, passages done, passages in all while an index is made.
            names: Employers' names by company id; without one the id is written with capitals.
            shelf: Where vectors lie; embedded in this process without one.
            rerank: Orders what is found anew; nothing does without one.
        """
        self._packs = dict(packs)
        self._own = own_folder
        self._embedder = KnownVectors(embedder, (f for folders in packs.values() for f in folders))
        self._progress = progress
        self._names = dict(names or {})
        self._index = Index(index_folder, self._embedder, shelf or EmbeddedShelf())
        self._topic_of = partial(pack.nearest_topic, embedder=embedder)
        self._rerank = rerank
        self._guard = threading.Lock()
        self._locks: dict[tuple[str, str], threading.RLock] = {}
        self._ready: dict[str, _Ready] = {}

    def embedded_texts(self, company: str) -> tuple[str, ...]:
        """Return every text that is embedded for an employer: its passages, then their units.

        Raises:
            InputError: The employer is not known.
        """
        listed = pack.files(self._folders(company))
        read = pack.read_pack(company, listed, self._topic_of)
        whole = [pack.embedded_text(p, self._employer(company)) for p in read.passages]
        parts = [text for passage in read.passages for text in pack.embedded_units(passage)]
        return tuple(dict.fromkeys(whole + parts))

    def _employer(self, company: str) -> str:
        return self._names.get(company) or company.replace("-", " ").title()

    def same_question(self, one: str, two: str) -> bool:
        """Return whether two questions ask the same, by the embedding model in use."""
        return same_question(self._embedder, one, two)

    def companies(self) -> tuple[str, ...]:
        """Return the ids of the employers of which anything is known."""
        own = self._own.iterdir() if self._own.is_dir() else ()
        return tuple(sorted({*self._packs, *(p.name for p in own if is_own_pack(p))}))

    def ensure(self, company: str, progress: Progress | None = None) -> None:
        """Make the index of an employer match its files.

        Raises:
            InputError: The employer is not known.
            SetupError: The index cannot be written, or the model is not the known one.
        """
        self._current(company, progress)

    def passages(self, company: str) -> tuple[Passage, ...]:
        """Return all passages of an employer, ordered by document.

        Raises:
            InputError: The employer is not known.
        """
        return self._current(company).contents.passages

    def problems(self, company: str) -> tuple[str, ...]:
        """Return a sentence for each document that cannot be used."""
        listed = pack.files(self._folders(company))
        return pack.read_pack(company, listed, self._topic_of).problems

    async def find(
        self, company: str, question: str, k: int = 4, topic: str | None = None
    ) -> tuple[Found, ...]:
        """Return the passages that answer a question, best first, none when none does.

        Args:
            company: Id of the employer.
            question: In English or Chinese.
            k: How many at most.
            topic: Only passages of this topic.

        Raises:
            InputError: The employer or the topic is not known.
            SetupError: The index cannot be written, or the model is not the known one.
        """
        return await asyncio.to_thread(self.find_now, company, question, k, topic)

    def find_now(
        self, company: str, question: str, k: int = 4, topic: str | None = None
    ) -> tuple[Found, ...]:
        """Do what `find` does in the caller's thread."""
        if topic is not None:
            check_topic(topic, "The search")
        ready = self._current(company)
        question = clean(question).strip()[:_MAX_QUESTION]
        if k < 1 or not any(character.isalnum() for character in question):
            return ()
        asked = Question(question, self._embedder.question(question), topic)
        try:
            return self._search(company, ready).answers(asked, k)
        except IndexBrokenError:
            # Somebody removed, damaged or replaced the folder while it was in use: once more.
            with self._lock(company):
                self._ready.pop(company, None)
                ready = self._current(company)
            return self._search(company, ready).answers(asked, k)

    def near_now(self, company: str, question: str) -> tuple[list[Near], float]:
        """Return what a question is compared with, and the share of its words that is nowhere.

        Whether a passage answers is not asked; scales are set by this.

        Raises:
            InputError: The employer is not known.
        """
        ready = self._current(company)
        asked = Question(question, self._embedder.question(question))
        near = self._search(company, ready).near(asked)
        return near, ready.contents.lexicon.missing(terms(question), names(question))

    def _search(self, company: str, ready: _Ready) -> Search:
        employer = self._employer(company)
        model = self._embedder.name
        return Search(self._index, ready.contents, company, employer, model, self._rerank)

    def ingest(
        self,
        company: str,
        sources: Sequence[Path | Source | Iterable[Source]],
        topic: str | None = None,
        progress: Progress | None = None,
        prune: bool = False,
        told: Callable[[SourceReport], None] | None = None,
    ) -> tuple[SourceReport, ...]:
        """Take documents into the research on an employer, who may be new.

        All that can be used goes in at once when the last has been read; a killed call has
        changed nothing, and the next one goes on from there.

        Args:
            company: Id of the employer.
            sources: Files, folders of them, and what `sources` and `web_sources` make of others.
            topic: For all of them; without it each document's own or the nearest.
            progress: As for the store.
            prune: Whether documents go out whose files below the given folders are gone, or
                whose pages were given and are.
            told: Called with each report as soon as its document has been read.

        Returns:
            One report a file, in order; a bad one does not keep the others out.

        Raises:
            InputError: The company id or the topic is not possible.
            SetupError: The folder or the index cannot be written, or another program does.
        """
        check_company(company)
        if topic is not None:
            check_topic(topic, "The ingest")
        own = self._own / company
        paths = [source for source in sources if isinstance(source, Path)]
        with self._writing(company):
            intake = Intake(company, own, topic, self._topic_of)
            with Parser() as parser:
                reports = []
                for source in _each(sources, prune):
                    reports.append(intake.take(source, parser))
                    if told is not None:
                        told(reports[-1])
            if prune:
                gone = intake.prune(paths)
                reports = [report for report in reports if report.source not in gone]
                reports += [SourceReport(origin, removed=True) for origin in gone]
            with self._lock(company):
                intake.commit()
        if own.is_dir() and any(report.skipped is None for report in reports):
            self.ensure(company, progress)
        return tuple(reports)

    def know(self, packs: Mapping[str, tuple[Path, ...]], names: Mapping[str, str]) -> None:
        """Take over which employers there are now, with their folders and names."""
        with self._guard:
            self._packs, self._names = dict(packs), dict(names)

    def take_out(self, company: str, documents: Iterable[str]) -> None:
        """Delete documents that were taken in, and all that the index holds of them.

        Args:
            company: Id of the employer.
            documents: Their names, as `HeldDocument` has them.

        Raises:
            InputError: One of them is not among those that were taken in.
            SetupError: The folder or the index cannot be written, or another program does.
        """
        check_company(company)
        with self._writing(company), self._lock(company):
            take_out(self._own / company, documents)
        self.ensure(company)

    def reindex(self, company: str, progress: Progress | None = None) -> int:
        """Make the index of an employer anew, and return how many passages it has.

        Raises:
            InputError: The employer is not known.
            SetupError: The index cannot be written, or another program does.
        """
        self._folders(company)
        with self._lock(company, "documents"), self._lock(company):
            self._ready.pop(company, None)
            self._index.remove(company)
            return len(self._current(company, progress).contents.passages)

    def forget(self, company: str) -> None:
        """Delete what was taken in on an employer, files and index; what is shared stays.

        Raises:
            InputError: Nothing was taken in.
            SetupError: Something cannot be deleted, or another program writes it.
        """
        own = self._own / company
        if not is_own_pack(own):
            raise InputError(f"There is no research of your own on {company!r}.")
        with self._lock(company, "documents"), self._lock(company):
            with self._index.writing(company):
                self._ready.pop(company, None)
                erase(own)
            self._index.remove(company)
            if not any(folder.is_dir() for folder in self._packs.get(company, ())):
                self._packs.pop(company, None)
        if own.exists():
            raise SetupError(f"{own} cannot be deleted whole. Check rights, then try again.")

    def close(self) -> None:
        """Close the indexes; the store can be used again afterwards."""
        self._index.close()
        if self._rerank is not None:
            self._rerank.close()

    def _current(self, company: str, progress: Progress | None = None) -> _Ready:
        folders = self._folders(company)
        with self._lock(company):
            listed = pack.files(folders)
            stamp = pack.stamp(listed)
            ready = self._ready.get(company)
            if ready is None or ready.stamp != stamp:
                ready = self._load(company, listed, stamp, progress or self._progress)
                self._ready[company] = ready
            return ready

    def _load(
        self,
        company: str,
        listed: Sequence[pack.File],
        stamp: tuple[object, ...],
        progress: Progress | None,
    ) -> _Ready:
        employer = self._employer(company)
        wanted = pack.fingerprint(listed, self._embedder, employer)
        contents = self._index.contents(company)
        if contents is None or contents.fingerprint != wanted:
            self._index.rebuild(
                company,
                pack.passages_in(company, listed, self._topic_of),
                Texts(partial(pack.embedded_text, employer=employer), pack.embedded_units),
                wanted,
                count_passages(company, self._folders(company)) if progress else 0,
                progress,
            )
            contents = self._index.contents(company)
        if contents is None:
            raise SetupError(
                f"The research index of {company} cannot be read back. Check the free space of "
                "the data folder, then run `interviewer reindex`."
            )
        return _Ready(stamp, contents)

    def _folders(self, company: str) -> tuple[Path, ...]:
        folders = self._packs.get(company, ())
        own = self._own / company
        if company not in self.companies():
            known = ", ".join(self.companies()) or "none yet"
            raise InputError(
                f"There is no research on {company!r}. Known: {known}. "
                "Add documents with `interviewer ingest`."
            )
        if is_own_pack(own):
            with self._lock(company):
                settle(own)
        if is_own_pack(own) and own.resolve() not in {folder.resolve() for folder in folders}:
            folders = (*folders, own)
        return tuple(folder for folder in folders if folder.is_dir())

    def _lock(self, company: str, what: str = "index") -> threading.RLock:
        with self._guard:
            return self._locks.setdefault((company, what), threading.RLock())

    @contextmanager
    def _writing(self, company: str) -> Iterator[None]:
        """Hold the right to change documents; whoever reads meanwhile does not wait for them."""
        with self._lock(company, "documents"):
            if company in self.companies():
                self.ensure(company)  # or a reader would have to make the index, and cannot
            with self._index.writing(company):
                yield


def _each(sources: Iterable[Path | Source | Iterable[Source]], prune: bool) -> Iterator[Source]:
    """Yield documents one after another; a path that is gone is no fault where that is asked."""
    for source in sources:
        if isinstance(source, Source):
            yield source
        elif not isinstance(source, Path):
            yield from source
        elif not prune or source.exists():
            yield from files([source])
