"""The research pages: employers, and what is known of one, put in, asked and taken out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewer.errors import InterviewerError
from interviewer.interview.briefing import brief_words
from interviewer.interview.turn import utc_now
from interviewer.research.marks import is_old
from interviewer.research.own import HeldDocument
from interviewer.research.parsing import ENDINGS
from interviewer.research.sources import Source, pasted, uploaded
from interviewer.research.topics import TOPICS
from interviewer.ui.collecting import Collection
from interviewer.ui.pages.asking import (
    MOST_BYTES,
    Asking,
    asking,
    files_of,
    filled_in,
    sending,
    text_of,
)
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors
from interviewer.wiring import employer_names

_TYPED = ("title", "text", "date", "topic", "address", "site")


@dataclass(frozen=True, slots=True)
class TopicView:
    """What is held on one topic: documents, or what to look for."""

    id: str
    name: str
    documents: tuple[tuple[HeldDocument, bool], ...]
    look_for: str


class ResearchPages:
    """Pages and forms below `/research`."""

    def __init__(self, collection: Collection, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._collection = collection
        self._visitors = visitors

    async def employers(self, request: Request) -> Response:
        """Show the employers, and a form to begin a new one."""
        return await self._employers(asking(request, self._visitors))

    async def begin(self, request: Request) -> Response:
        """Begin an employer, and go to its page."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            name, language = text_of(form, "name"), text_of(form, "language")
        try:
            company = await self._collection.begin(who.visitor, name, language)
        except InterviewerError as error:
            return await self._employers(who, fault=str(error), name=name)
        return _to(company)

    async def employer(self, request: Request) -> Response:
        """Show what is known of an employer, and the answer to a question."""
        who = asking(request, self._visitors)
        question = request.query_params.get("ask", "").strip()
        return await self._employer(who, _company(request), question=question)

    async def progress(self, request: Request) -> Response:
        """Show how far documents are that are being taken in."""
        who = asking(request, self._visitors)
        company = _company(request)
        taking = self._collection.taking(who.visitor, company)
        topics = self._topics(who.language)
        values = {"taking": taking, "company": company, "topic_names": topics}
        return page("progress", who, values)

    async def files(self, request: Request) -> Response:
        """Take uploaded files in."""
        who = sending(request, self._visitors)
        company = _company(request)
        try:
            async with filled_in(request, who.words) as form:
                topic = text_of(form, "topic")
                given = files_of(form, "files")
                sources = [uploaded(await file.read(), file.filename or "") for file in given]
            self._take_in(who, company, sources, topic)
        except InterviewerError as error:
            return await self._employer(who, company, fault=str(error))
        return _to(company, "#taking")

    async def text(self, request: Request) -> Response:
        """Take pasted text in; when it cannot be, it stands in its box again."""
        who = sending(request, self._visitors)
        company = _company(request)
        typed: dict[str, str] = {}
        try:
            async with filled_in(request, who.words) as form:
                typed = {key: text_of(form, key) for key in ("title", "text", "date", "topic")}
            source = pasted(typed["text"], typed["title"], typed["date"])
            self._take_in(who, company, [source], typed["topic"])
        except InterviewerError as error:
            return await self._employer(who, company, fault=str(error), typed=typed)
        return _to(company, "#taking")

    async def web_page(self, request: Request) -> Response:
        """Take a web page in, or with it those of its site."""
        who = sending(request, self._visitors)
        company = _company(request)
        typed: dict[str, str] = {}
        try:
            async with filled_in(request, who.words) as form:
                typed = {key: text_of(form, key) for key in ("address", "site", "topic")}
            pages = self._collection.web_pages(typed["address"], site=bool(typed["site"]))
            self._take_in(who, company, [pages], typed["topic"])
        except InterviewerError as error:
            return await self._employer(who, company, fault=str(error), typed=typed)
        return _to(company, "#taking")

    async def remove(self, request: Request) -> Response:
        """Delete a document of the visitor's own."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            document = text_of(form, "document")
        company = _company(request)
        await self._collection.take_out(who.visitor, company, document)
        return _to(company, "#held")

    async def delete(self, request: Request) -> Response:
        """Delete all the visitor took in on an employer."""
        who = sending(request, self._visitors)
        await self._collection.delete(who.visitor, _company(request))
        return RedirectResponse("/research", status_code=303)

    def _take_in(
        self, who: Asking, company: str, sources: Sequence[Source | Iterable[Source]], topic: str
    ) -> None:
        self._collection.take_in(
            who.visitor, company, sources, topic=topic or None, trouble=who.words["page_trouble"]
        )

    async def _employers(self, who: Asking, fault: str = "", name: str = "") -> HTMLResponse:
        found = await self._collection.employers(who.visitor)
        values = {
            "employers": found,
            "languages": self._collection.desk.library.languages,
            "fault": fault,
            "name": name,
            "at": "research",
            "employer": None,
        }
        return page("employers", who, values, status=400 if fault else 200)

    async def _employer(
        self,
        who: Asking,
        company: str,
        *,
        question: str = "",
        fault: str = "",
        typed: dict[str, str] | None = None,
    ) -> HTMLResponse:
        collection, names = self._collection, self._topics(who.language)
        pack = collection.pack(who.visitor, company)
        taking = collection.taking(who.visitor, company)
        # While an index is made nobody waits for it: what is there is listed afterwards.
        busy = taking is not None and not taking.done
        held = () if busy else await collection.documents(who.visitor, company)
        asked = bool(question) and not busy
        found = await collection.ask(who.visitor, company, question) if asked else ()
        reader = collection.reader(who.visitor)
        values: dict[str, Any] = {  # what a template shows is of every kind
            "at": "research",
            "employer": (company, employer_names(collection.desk.library)[company]),
            "company": company,
            "interview_language": pack.company.languages[0],
            "shared": reader.is_shared(company),
            "own": reader.is_own(company),
            "may_add": reader.may_add(company),
            "taking": taking,
            "busy": busy,
            "topics": _by_topic(held, names, who.language),
            "topic_names": names,
            "documents": len(held),
            "passages": sum(document.passages for document in held),
            "problems": () if busy else await collection.problems(who.visitor, company),
            "question": question,
            "found": found,
            "fault": fault,
            "typed": dict.fromkeys(_TYPED, "") | (typed or {}),
            "fetches": collection.fetching is not None,
            "endings": ",".join(ENDINGS),
            "most_bytes": MOST_BYTES,
        }
        return page("employer", who, values, status=400 if fault else 200)

    def _topics(self, language: str) -> dict[str, str]:
        vocabulary = self._collection.desk.library.vocabularies[language]
        return {str(topic): text for topic, text in vocabulary.topics.items()}


def _by_topic(
    held: Sequence[HeldDocument], names: dict[str, str], language: str
) -> tuple[TopicView, ...]:
    look_for = brief_words(language)["look_for"]
    today = utc_now().date()
    return tuple(
        TopicView(
            topic,
            names[topic],
            tuple((d, is_old(d.date, today)) for d in held if d.topic == topic),
            look_for[topic],
        )
        for topic in TOPICS
    )


def _company(request: Request) -> str:
    return str(request.path_params["company"])


def _to(company: str, more: str = "") -> RedirectResponse:
    return RedirectResponse(f"/research/{company}{more}", status_code=303)
