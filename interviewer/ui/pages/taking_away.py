"""Files a coach takes away, and the leave that candidates give and take back."""

from __future__ import annotations

import asyncio
import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.assessment.printing import page_pdf
from interviewer.assessment.progress.words import words_for
from interviewer.errors import NotThereError
from interviewer.storage import SqlPeople
from interviewer.ui.cohorts import CohortDesk
from interviewer.ui.desk import Desk
from interviewer.ui.naming import named
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import drawn
from interviewer.ui.pages.entering import known
from interviewer.ui.pages.sharing import as_number
from interviewer.ui.pages.trends import competency_name, part_names
from interviewer.ui.score_sheets import SheetRoom
from interviewer.ui.taking_away import (
    FORMS,
    KINDS,
    Row,
    TakingAway,
    as_table,
    candidate_document,
    cohort_document,
    cohort_rows,
)
from interviewer.ui.visitors import Visitors


class TakingAwayPages:
    """The files below `/coach`, and the form `/sharing/release`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors, room: SheetRoom) -> None:
        """Keep what the files are made from."""
        self._desk = desk
        self._taking = TakingAway(CohortDesk(people, room))
        self._room = room
        self._visitors = visitors

    async def candidate(self, request: Request) -> Response:
        """Give out what one candidate shows, where they allow it."""
        who = asking(request, self._visitors)
        form = _form(request)
        candidate, taken = await self._taking.of_candidate(
            known(who), as_number(str(request.path_params["candidate"]))
        )
        rows = [(entry, self._in_words(entry.rows(), who)) for entry in taken]
        if form == "csv":
            return _file(as_table([row for entry in taken for row in entry.rows()]), form)
        if form == "json":
            return _file(_json(candidate_document(candidate, taken)), form)
        values = {"candidate": candidate, "taken": rows}
        return await self._printed("print_candidate", who, values, candidate.name)

    async def cohort(self, request: Request) -> Response:
        """Give out what may be told of a cohort, without anybody in it."""
        who = asking(request, self._visitors)
        form = _form(request)
        cohort, told = await self._taking.of_cohort(known(who), request.query_params.get("of", ""))
        rows = cohort_rows(cohort, told)
        if form == "csv":
            return _file(as_table(rows), form)
        if form == "json":
            return _file(_json(cohort_document(cohort, told)), form)
        scope = cohort.scope
        names = named(
            self._desk.library, scope.company if scope else "", scope.role if scope else "",
            who.language,
        )  # fmt: skip
        heading = who.words["card"].format(company=names[0], role=names[1])
        values = {"told": told, "rows": self._in_words(rows, who)}
        return await self._printed("print_cohort", who, values, heading)

    async def release(self, request: Request) -> Response:
        """Let a coach take files away, or no longer."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            coach, on = as_number(text_of(form, "coach")), text_of(form, "on") == "yes"
        await self._room.judging.release(known(who), coach, on=on)
        return RedirectResponse(f"/sharing#coach-{coach}", status_code=303)

    async def _printed(
        self, name: str, who: Asking, values: dict[str, object], heading: str
    ) -> Response:
        """Return a page in print; setting it takes a moment, in which others go on."""
        html = drawn(name, who, {"at": "", "employer": None, "heading": heading, **values})
        title = who.words[name]
        made = await asyncio.to_thread(page_pdf, html, who.language, title, heading)
        return _file(made, "pdf")

    def _in_words(self, rows: list[Row], who: Asking) -> list[Row]:
        """Return rows with names in the language of the screen."""
        parts = part_names(self._desk.library, who.language)
        families = words_for(who.language).families
        return [
            {
                **row,
                "called": competency_name(
                    self._desk.library, row["competency"], row["competency"], who.language
                ),
                "kind": families.get(row.get("question_kind", ""), ""),
                "lacking": parts.get(row.get("most_missing", ""), row.get("most_missing", "")),
            }
            for row in rows
        ]


def _form(request: Request) -> str:
    """Return which file is asked for.

    Raises:
        NotThereError: There is no such one.
    """
    form = str(request.path_params["form"])
    if form not in FORMS:
        raise NotThereError(f"There is no such file. Choose one of: {', '.join(FORMS)}.")
    return form


def _json(document: Row) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _file(content: str | bytes, form: str) -> Response:
    if isinstance(content, str):  # half of a surrogate pair has no UTF-8
        content = content.encode("utf-8", errors="backslashreplace")
    headers = {
        "Content-Disposition": f'attachment; filename="levels.{form}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=KINDS[form], headers=headers)
