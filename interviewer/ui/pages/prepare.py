"""The prepare pages: the brief on an employer for a post, papers, and the candidate's form."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.errors import InputError, InterviewerError
from interviewer.interview.briefing import Brief, brief_words
from interviewer.interview.papers import paper_text
from interviewer.interview.self_assessment import FIELDS, LONGEST, assessed, form_words
from interviewer.interview.wishing import USUAL_FORMAT, format_named
from interviewer.ui.formats import formats_offered
from interviewer.ui.pages.asking import (
    Asking,
    asking,
    files_of,
    filled_in,
    sending,
    text_of,
)
from interviewer.ui.pages.drawing import page
from interviewer.ui.study import Papers, Study
from interviewer.ui.visitors import Visitors
from interviewer.wiring import employer_names

# A paper may take its reader many seconds; the others' pages need the other threads.
_PAPERS_AT_ONCE = 2


class PreparePages:
    """Pages and forms below `/prepare`, and `/self`."""

    def __init__(self, study: Study, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._study = study
        self._visitors = visitors
        self._reading = asyncio.Semaphore(_PAPERS_AT_ONCE)

    async def employers(self, request: Request) -> Response:
        """Show the employers one can prepare for."""
        who = asking(request, self._visitors)
        values = {
            "employers": await self._study.collection.employers(who.visitor),
            "languages": self._study.collection.desk.library.languages,
            "fault": "",
            "name": "",
            "at": "prepare",
            "employer": None,
        }
        return page("employers", who, values)

    async def brief(self, request: Request) -> Response:
        """Show the brief on an employer."""
        who = asking(request, self._visitors)
        asked = request.query_params
        papers = Papers(
            role=asked.get("role", ""),
            language=asked.get("language") or None,
            format=asked.get("format") or USUAL_FORMAT,
        )
        return await self._brief(who, str(request.path_params["company"]), papers)

    async def brief_with_papers(self, request: Request) -> Response:
        """Show the brief with what fits; the papers are read, used and not kept."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            papers = Papers(
                text_of(form, "role"), text_of(form, "language") or None,
                text_of(form, "cv"), text_of(form, "advert"),
                text_of(form, "format") or USUAL_FORMAT,
            )  # fmt: skip
            async with self._reading:
                papers, fault = await _with_files(papers, form)
        return await self._brief(who, str(request.path_params["company"]), papers, fault)

    async def save_self(self, request: Request) -> Response:
        """Keep what the visitor says of themselves."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            typed = {name: text_of(form, name) for name in FIELDS}
            company, role = text_of(form, "company"), text_of(form, "role")
        self._study.collection.pack(who.visitor, company)
        try:
            await self._study.save_self_assessment(who.visitor, assessed(typed))
        except InputError as error:
            return await self._brief(who, company, Papers(role), str(error), typed)
        return RedirectResponse(f"/prepare/{company}?saved=1#self", status_code=303)

    async def _brief(
        self,
        who: Asking,
        company: str,
        papers: Papers,
        fault: str = "",
        typed: dict[str, str] | None = None,
    ) -> Response:
        study, collection = self._study, self._study.collection
        pack = collection.pack(who.visitor, company)
        name = employer_names(collection.desk.library)[company]
        values: dict[str, Any] = {  # what a template shows is of every kind
            "at": "prepare",
            "employer": (company, name),
            "company": company,
            "papers": papers,
            "fault": fault,
            "posts": pack.company.posts,
            "languages": collection.desk.library.languages,
        }
        taking = collection.taking(who.visitor, company)
        if taking is not None and not taking.done:
            return page("waiting", who, values)
        made, papers, fault = await self._made(who, company, papers, fault)
        own = await study.self_assessment(who.visitor)
        values |= self._shown(made, papers)
        values |= {
            "papers": papers,
            "formats": formats_offered(who.words, collection.desk.library, who.language),
            "fault": fault,
            "passages": {p.id: p for p in await collection.passages(who.visitor, company)},
            "own": typed or {field: getattr(own, field) for field in FIELDS},
            "fields": FIELDS,
            "longest": LONGEST,
            "form": form_words(who.language),
        }
        return page("prepare", who, values, status=400 if fault else 200)

    async def _made(
        self, who: Asking, company: str, papers: Papers, fault: str
    ) -> tuple[Brief, Papers, str]:
        """Return the brief and what it is for; for what is not there, that of the first."""
        try:
            return await self._study.brief(who.visitor, company, papers), papers, fault
        except InputError as error:
            plain = replace(papers, role="", language=None, format=USUAL_FORMAT)
            made = await self._study.brief(who.visitor, company, plain)
            return made, plain, fault or str(error)

    def _shown(self, made: Brief, papers: Papers) -> dict[str, object]:
        library = self._study.collection.desk.library
        vocabulary = library.vocabularies[made.language]
        format_rounds = format_named(library, papers.format).rounds
        return {
            "brief": made,
            "brief_words": brief_words(made.language),
            "topic_names": {str(topic): text for topic, text in vocabulary.topics.items()},
            "rounds": [
                (part.id, vocabulary.rounds.get(part.id, part.id), part.persona)
                for part in format_rounds
                if any(likely.round == part.id for likely in made.questions)
            ],
        }


async def _with_files(papers: Papers, form: FormData) -> tuple[Papers, str]:
    """Return papers with the text of uploaded ones, and a sentence on each that has none."""
    faults = []
    for key, kind in (("cv", "CV"), ("advert", "job advert")):
        for file in files_of(form, f"{key}_file"):
            try:
                data, name = await file.read(), file.filename or kind
                text = await asyncio.to_thread(paper_text, data, name, kind)
                papers = replace(papers, **{key: text})
            except InterviewerError as error:
                faults.append(str(error))
    return papers, " ".join(faults)
