"""A cohort beside each other: levels by name, what all need, answers to the same question."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewer.assessment.cohort.heat_map import STEPS, Column
from interviewer.assessment.cohort.needs import Need, needs_in
from interviewer.assessment.cohort.score_sheet import Put
from interviewer.assessment.progress.words import words_for
from interviewer.storage import SqlPeople
from interviewer.ui.cohorts import Cohort, CohortDesk, Scope
from interviewer.ui.desk import Desk
from interviewer.ui.naming import named
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.pages.trends import competency_name, part_names
from interviewer.ui.score_sheets import SheetRoom
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import day

PAGE = "/coach/cohort"


class CohortPages:
    """The pages below `/coach/cohort`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors, room: SheetRoom) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._cohorts = CohortDesk(people, room)
        self._visitors = visitors

    async def cohort(self, request: Request) -> Response:
        """Show a cohort by name, what it needs, and which questions were answered by several."""
        who = asking(request, self._visitors)
        cohort = await self._cohorts.cohort(known(who), _wanted(request))
        values = {
            **_usual(),
            **self._chosen(cohort, who),
            "columns": self._columns(cohort, who),
            "steps": STEPS,
            "needs": await asyncio.to_thread(self._needs, cohort, who),
            "questions": self._questions(cohort, who),
        }
        return page("cohort", who, values)

    async def waiting(self, request: Request) -> Response:
        """Tell how many interviews are still being read; nothing when all are."""
        who = asking(request, self._visitors)
        cohort = await self._cohorts.cohort(known(who), _wanted(request))
        if not cohort.waiting:
            return HTMLResponse("", headers={"Cache-Control": "no-store"})
        return page("cohort_waiting", who, {**_usual(), **self._chosen(cohort, who)})

    async def open(self, request: Request) -> Response:
        """Open the levels of a whole cohort; what is rated later counts as informed."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            wanted = text_of(form, "of")
        await self._cohorts.open_cohort(known(who), wanted)
        return RedirectResponse(f"{PAGE}?{urlencode({'of': wanted})}#levels", status_code=303)

    async def answers(self, request: Request) -> Response:
        """Show what candidates said to one question, beside each other and by name."""
        who = asking(request, self._visitors)
        told = request.query_params
        at = _page_of(told.get("page", "1"))
        cohort, put, given, pages = await self._cohorts.answers(
            known(who), _wanted(request), told.get("question", ""), at
        )
        values = {
            **_usual(),
            **self._chosen(cohort, who),
            "question": put,
            "name": self._name(put.competency, who),
            "given": given,
            "page": at,
            "pages": pages,
        }
        return page("cohort_answers", who, values)

    def _chosen(self, cohort: Cohort, who: Asking) -> dict[str, object]:
        scope = cohort.scope
        return {
            "cohort": cohort,
            "of": scope.id if scope else "",
            "address": urlencode({"of": scope.id}) if scope else "",
            "scope_name": self._scope(scope, who) if scope else "",
            "scopes": [(entry.id, self._scope(entry, who)) for entry in cohort.scopes],
        }

    def _scope(self, scope: Scope, who: Asking) -> str:
        """Return in words what is compared."""
        names = named(self._desk.library, scope.company, scope.role, who.language)
        post = who.words["card"].format(company=names[0], role=names[1])
        key = f"language_{scope.language}"
        language = who.words.get(key, scope.language)
        if scope.assignment is None:
            return who.words["cohort_of_post"].format(post=post, language=language)
        date = day(scope.assignment.created, who.words)
        return who.words["cohort_of_task"].format(post=post, language=language, date=date)

    def _columns(self, cohort: Cohort, who: Asking) -> list[tuple[Column, str, str]]:
        """Return columns with names, and the kind of question where that tells them apart."""
        families = words_for(who.language).families
        counts = Counter(column.key.competency for column in cohort.found.columns)
        return [
            (
                column,
                competency_name(
                    self._desk.library, column.key.competency, column.name, who.language
                ),
                families.get(column.key.family, column.key.family)
                if counts[column.key.competency] > 1
                else "",
            )
            for column in cohort.found.columns
        ]

    def _needs(self, cohort: Cohort, who: Asking) -> list[tuple[Need, str, str, str]]:
        """Return what the cohort needs, with competency, kind of question and part in words."""
        families = words_for(who.language).families
        library = self._desk.library
        parts = part_names(library, who.language)
        return [
            (
                need,
                self._name(need.column.key.competency, who),
                families.get(need.column.key.family, need.column.key.family),
                parts.get(need.lacking, need.lacking),
            )
            for need in needs_in(cohort.found, library, who.language)
        ]

    def _questions(self, cohort: Cohort, who: Asking) -> list[tuple[str, list[tuple[Put, int]]]]:
        """Return the questions several answered by competency, each with how many did."""
        found: dict[str, list[tuple[Put, int]]] = {}
        for put, count in cohort.questions:
            found.setdefault(put.competency, []).append((put, count))
        return [(self._name(competency, who), entries) for competency, entries in found.items()]

    def _name(self, competency: str, who: Asking) -> str:
        return competency_name(self._desk.library, competency, competency, who.language)


def _wanted(request: Request) -> str:
    return request.query_params.get("of", "")


def _page_of(number: str) -> int:
    """Return the number of a page, the first for what is none."""
    return max(1, int(number)) if re.fullmatch("[0-9]{1,4}", number) else 1


def _usual() -> dict[str, object]:
    return {"at": "coach", "employer": None}
