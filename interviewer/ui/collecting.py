"""What the research pages ask for, each time for one visitor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from interviewer.content.library import Library, Pack
from interviewer.errors import InputError, NotThereError
from interviewer.research.access import Reader
from interviewer.research.fetching import Fetcher
from interviewer.research.own import HeldDocument, begin_employer, held
from interviewer.research.ownership import claim, owner_of
from interviewer.research.sources import Source
from interviewer.research.web_sources import WebPages, typed_address
from interviewer.transcript import Found, Passage
from interviewer.ui.desk import Desk
from interviewer.ui.intakes import Intakes, Taking
from interviewer.wiring import Settings, employer_names, renewed, research_folders


@dataclass(frozen=True, slots=True)
class Employer:
    """One employer in a list.

    Attributes:
        id: Its id.
        name: Its name.
        shared: Whether research on it came with the installation.
        own: Whether the visitor took in research on it.
        posts: Titles of its posts.
    """

    id: str
    name: str
    shared: bool
    own: bool
    posts: tuple[str, ...]


@dataclass
class Collection:
    """The rooms below, as visitors collect research.

    Every method proves anew that the visitor may do what is asked; the words of a refusal do not
    tell whether there is such an employer.

    Attributes:
        desk: The rooms.
        settings: Where things lie.
        intakes: Takes documents in.
        fetching: Makes what fetches web pages for one taking, None where none are fetched.
    """

    desk: Desk
    settings: Settings
    intakes: Intakes
    fetching: Callable[[], Fetcher] | None = None

    def reader(self, visitor: str) -> Reader:
        """Return what a visitor may do."""
        return self.desk.reader(visitor)

    async def employers(self, visitor: str) -> tuple[Employer, ...]:
        """Return the employers a visitor may prepare for, their own first."""
        await self._renew()
        reader, names = self.reader(visitor), employer_names(self.desk.library)
        found = [
            Employer(
                id=name,
                name=names[name],
                shared=reader.is_shared(name),
                own=reader.is_own(name),
                posts=tuple(
                    post.title.get(pack.company.languages[0], post.id)
                    for post in pack.company.posts
                ),
            )
            for name, pack in self.desk.library.packs.items()
            if reader.may_read(name)
        ]
        return tuple(sorted(found, key=lambda e: (e.shared, e.name.casefold())))

    async def begin(self, visitor: str, name: str, language: str) -> str:
        """Begin an employer of the visitor's own; return its id.

        Raises:
            InputError: The name cannot be used.
            SetupError: Its folder cannot be made.
        """
        reader = self.reader(visitor)
        if language not in self.desk.library.languages:
            raise InputError("This language is not known here. Choose one of the list.")
        taken = {*self.desk.library.packs, *self.desk.research.companies()}
        company = reader.new_id(name, taken)
        folder = self.settings.own_knowledge / company
        await asyncio.to_thread(begin_employer, folder, name, language)
        await asyncio.to_thread(claim, folder, reader.owner)
        await self._renew()
        return company

    def pack(self, visitor: str, company: str) -> Pack:
        """Return an employer the visitor may read of.

        Raises:
            InputError: There is none, or it is another's.
        """
        self.reader(visitor).check_read(company)
        pack = self.desk.library.packs.get(company)
        if pack is None:
            raise NotThereError("There is no research on this employer, or it is not yours.")
        return pack

    async def documents(self, visitor: str, company: str) -> tuple[HeldDocument, ...]:
        """Return the documents of the research on an employer.

        Raises:
            InputError: The visitor may not read it.
            SetupError: The index cannot be written.
        """
        passages = await self.passages(visitor, company)
        return await asyncio.to_thread(held, passages, self.settings.own_knowledge / company)

    async def passages(self, visitor: str, company: str) -> tuple[Passage, ...]:
        """Return all passages on an employer.

        Raises:
            InputError: The visitor may not read it.
            SetupError: The index cannot be written.
        """
        self.pack(visitor, company)
        return await asyncio.to_thread(self.desk.research.passages, company)

    async def problems(self, visitor: str, company: str) -> tuple[str, ...]:
        """Return a sentence for each document that lies there and cannot be used.

        Raises:
            InputError: The visitor may not read it.
        """
        self.pack(visitor, company)
        return await asyncio.to_thread(self.desk.research.problems, company)

    async def ask(self, visitor: str, company: str, question: str) -> tuple[Found, ...]:
        """Return the passages that answer a question, none when nothing does.

        Raises:
            InputError: The visitor may not read it.
            SetupError: The index cannot be written.
        """
        self.pack(visitor, company)
        return await self.desk.research.find(company, question)

    def taking(self, visitor: str, company: str) -> Taking | None:
        """Return what is being taken in for an employer, or was last.

        Raises:
            InputError: The visitor may not read it.
        """
        self.pack(visitor, company)
        return self.intakes.of(company) if self.reader(visitor).may_add(company) else None

    def web_pages(self, address: str, *, site: bool) -> WebPages:
        """Return a page by its address, or with it those of its site, to be taken in.

        Raises:
            InputError: It is no address, or web pages are not fetched here.
        """
        if self.fetching is None:
            raise InputError(
                "Web pages are not fetched by this server. Save the page and give the file."
            )
        return WebPages(typed_address(address), self.fetching(), site)

    def take_in(
        self,
        visitor: str,
        company: str,
        sources: Sequence[Source | Iterable[Source]],
        *,
        topic: str | None,
        trouble: str,
    ) -> None:
        """Begin to take documents in.

        Raises:
            InputError: The visitor may not, there is none, or others are being taken in.
        """
        reader = self.reader(visitor)
        reader.check_add(company)
        folder = self.settings.own_knowledge / company

        def claimed() -> None:
            if folder.is_dir() and owner_of(folder) is None:
                claim(folder, reader.owner)

        self.intakes.begin(company, sources, topic=topic, trouble=trouble, after=claimed)

    async def take_out(self, visitor: str, company: str, document: str) -> None:
        """Delete a document of the visitor's own.

        Raises:
            InputError: It is not theirs, or not there.
            SetupError: It cannot be deleted, or another program writes the research.
        """
        self._check_delete(visitor, company)
        await asyncio.to_thread(self.desk.research.take_out, company, [document])
        self.intakes.forget(company)

    async def delete(self, visitor: str, company: str) -> None:
        """Delete all the visitor took in on an employer.

        Raises:
            InputError: Nothing of it is theirs.
            SetupError: It cannot be deleted, or another program writes the research.
        """
        self._check_delete(visitor, company)
        await asyncio.to_thread(self.desk.research.forget, company)
        await self.gone([company])

    def check_idle(self, companies: Iterable[str]) -> None:
        """Make sure that nothing is being taken in for employers whose research is to go.

        Raises:
            InputError: Something is.
        """
        if any(self.intakes.is_busy(company) for company in companies):
            raise InputError(
                "Documents are being taken in for this employer. Wait until that is done."
            )

    async def gone(self, companies: Iterable[str]) -> None:
        """Take note that the research on employers was deleted."""
        for company in companies:
            self.intakes.forget(company)
        await self._renew()

    def close(self) -> None:
        """Begin nothing more."""
        self.intakes.close()

    def _check_delete(self, visitor: str, company: str) -> None:
        self.reader(visitor).check_delete(company)
        self.check_idle([company])

    async def _renew(self) -> None:
        """Read anew which employers there are; the terminal may have added one."""
        library: Library = await asyncio.to_thread(renewed, self.settings, self.desk.library)
        self.desk.library = library
        self.desk.research.know(research_folders(library), employer_names(library))
