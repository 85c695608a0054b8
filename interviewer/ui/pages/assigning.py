"""Assignments: a coach asks candidates to rehearse, and they begin from what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.content.manner import MANNERS
from interviewer.errors import ConversationError, InputError
from interviewer.interview.difficulty import DIFFICULTIES
from interviewer.interview.length import LENGTHS
from interviewer.interview.turn import utc_now
from interviewer.interview.wishing import format_named, language_for, post_for
from interviewer.people.access import SHOWN, checked_shown
from interviewer.people.accounts import Account
from interviewer.people.assignments import MOST_TAKES, Standing, Task
from interviewer.storage import SqlPeople
from interviewer.ui.desk import Desk
from interviewer.ui.formats import formats_offered
from interviewer.ui.naming import named
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.pages.sharing import as_number
from interviewer.ui.visitors import Visitors

_MOST_FIELDS = 600


class AssigningPages:
    """The pages `/coach/assignments` and `/assignments`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._people = people
        self._visitors = visitors

    async def given(self, request: Request) -> Response:
        """Show what a coach asked for and how far everybody is, and the form for more."""
        return await self._given(asking(request, self._visitors), request)

    async def assign(self, request: Request) -> Response:
        """Ask something of the chosen candidates."""
        who = sending(request, self._visitors)
        coach = known(who)
        async with filled_in(request, who.words, fields=_MOST_FIELDS) as form:
            copies = tuple(str(value) for value in form.getlist("copies"))
            task = replace(_task(form), copies=copies)
            chosen = [as_number(str(value)) for value in form.getlist("candidates")]
        try:
            await self._check(task, coach)
            await self._people.assign(coach, task, chosen)
        except InputError as error:
            return await self._given(who, request, task, chosen, fault=str(error))
        return RedirectResponse("/coach/assignments", status_code=303)

    async def withdraw(self, request: Request) -> Response:
        """Take an assignment back."""
        who = sending(request, self._visitors)
        await self._people.withdraw(known(who), str(request.path_params["task"]))
        return RedirectResponse("/coach/assignments", status_code=303)

    async def asked(self, request: Request) -> Response:
        """Show a candidate what is asked of them."""
        who = asking(request, self._visitors)
        standings = await self._people.asked_of(known(who))
        values = {
            **_usual("assignments"),
            "asked": [(entry, self._named(entry, who)) for entry in standings],
            "today": utc_now().date(),
        }
        return page("assignments", who, values)

    async def one(self, request: Request) -> Response:
        """Show one assignment and the way to begin it."""
        who = asking(request, self._visitors)
        standing = await self._people.standing(known(who), str(request.path_params["task"]))
        return self._one(who, standing)

    async def begin(self, request: Request) -> Response:
        """Begin an interview for an assignment, and show its coach what was chosen."""
        who = sending(request, self._visitors)
        account = known(who)
        async with filled_in(request, who.words) as form:
            cv, shown = text_of(form, "cv"), checked_shown(text_of(form, "shown") or "nothing")
        standing = await self._people.standing(account, str(request.path_params["task"]))
        task = standing.assignment.task
        try:
            if standing.begun >= task.takes:
                raise ConversationError(who.words["assignment_taken"])
            content = await self._desk.editions.chosen(standing.assignment.coach, task.copies)
            session = await self._desk.begin(
                account.key, company=task.company, role=task.role, language=task.language,
                cv=cv, advert="", model=self._desk.default, format_id=task.format,
                length=task.length, manner=task.manner, difficulty=task.difficulty,
                practice=task.practice, content=content,
            )  # fmt: skip
        except (InputError, ConversationError) as error:
            return self._one(who, standing, fault=str(error))
        await self._people.add_take(account, standing.assignment.id, session)
        await self._people.share(account, session, standing.assignment.coach_id, shown)
        return RedirectResponse(f"/?s={session}", status_code=303)

    def _one(self, who: Asking, standing: Standing, fault: str = "") -> Response:
        task = standing.assignment.task
        values = {
            **_usual("assignments"),
            "standing": standing,
            "task": task,
            "names": self._named(standing, who),
            "format": self._format(standing.assignment.task.format, who),
            "today": utc_now().date(),
            "choices": SHOWN,
            "copies": [self._desk.editions.called(n, who.language) for n in task.copies],
            "fault": fault,
        }
        return page("assignment", who, values, status=400 if fault else 200)

    async def _given(
        self,
        who: Asking,
        request: Request,
        task: Task | None = None,
        chosen: Sequence[int] = (),
        fault: str = "",
    ) -> Response:
        coach = known(who)
        company = request.query_params.get("company", "")
        named_one = request.query_params.get("candidate", "")
        values = {
            **_usual("coach"),
            "given": await self._by_assignment(coach, who),
            "today": utc_now().date(),
            "candidates": await self._people.candidates_of(coach),
            "chosen": set(chosen) or {as_number(named_one)} if named_one else set(chosen),
            "task": task or self._usual_task(company, who),
            "copies": await self._desk.editions.offered(coach.name, who.language),
            "employers": [
                (name, named(self._desk.library, name, "", who.language)[0])
                for name in self._shared()
            ],
            "posts": self._posts(who),
            "formats": formats_offered(who.words, self._desk.library, who.language),
            "languages": self._desk.library.languages,
            "lengths": LENGTHS,
            "manners": MANNERS,
            "difficulties": DIFFICULTIES,
            "most_takes": MOST_TAKES,
            "fault": fault,
        }
        return page("coach_assignments", who, values, status=400 if fault else 200)

    async def _by_assignment(
        self, coach: Account, who: Asking
    ) -> list[tuple[list[Standing], tuple[str, str], str]]:
        """Return what was asked for, each with how far everybody is, its names and its format."""
        found: dict[str, list[Standing]] = {}
        for entry in await self._people.asked_by(coach):
            found.setdefault(entry.assignment.id, []).append(entry)
        return [
            (group, self._named(group[0], who), self._format(group[0].assignment.task.format, who))
            for group in found.values()
        ]

    def _shared(self) -> list[str]:
        """Return the employers everybody may be interviewed for; what is one's own is not sent."""
        return list(self._desk.shared_employers())

    def _posts(self, who: Asking) -> list[tuple[str, str, str]]:
        """Return employer, post and its name, for those of which one is chosen."""
        return [
            (company, post.id, named(self._desk.library, company, post.id, who.language)[1])
            for company in self._shared()
            for post in self._desk.library.packs[company].company.posts
        ]

    def _usual_task(self, company: str, who: Asking) -> Task:
        shared = self._shared()
        speaks = {n: self._desk.library.packs[n].company.languages for n in shared}
        own = [name for name in shared if who.language in speaks[name]]
        first = company if company in shared else next(iter(own or shared), "")
        language = who.language if who.language in self._desk.library.languages else "en"
        return Task(first, "", language, "company", "usual")

    async def _check(self, task: Task, coach: Account) -> None:
        """Make sure that an interview can be planned from a task.

        Raises:
            InputError: Employer, post, language or format is not known, or not for everybody.
        """
        library = await self._desk.editions.chosen(coach.name, task.copies)
        if task.company not in self._shared():
            raise InputError("Choose an employer of the list: its research is shared by all.")
        company = library.packs[task.company].company
        post_for(company, task.role, language_for(library, company, task.language))
        format_named(library, task.format)
        if task.manner and task.manner not in MANNERS:
            raise InputError("There is no such manner. Choose one of the list.")
        if task.difficulty not in DIFFICULTIES or task.length not in LENGTHS:
            raise InputError("There is no such length or difficulty. Choose one of the list.")

    def _format(self, name: str, who: Asking) -> str:
        offered = formats_offered(who.words, self._desk.library, who.language)
        return next((shown for shown, meant in offered if meant == name), name)

    def _named(self, standing: Standing, who: Asking) -> tuple[str, str]:
        task = standing.assignment.task
        return named(self._desk.library, task.company, task.role, who.language)


def _usual(at: str) -> dict[str, object]:
    return {"at": at, "employer": None}


def _task(form: FormData) -> Task:
    """Return the task a form asks for; a post is chosen with its employer, `company/post`."""
    company, _, role = text_of(form, "post").partition("/")
    takes = text_of(form, "takes")
    return Task(
        company=company,
        role=role,
        language=text_of(form, "language"),
        format=text_of(form, "format"),
        length=text_of(form, "length") or "usual",
        manner=text_of(form, "manner"),
        difficulty=text_of(form, "difficulty") or "medium",
        practice=text_of(form, "occasion") != "exam",
        takes=int(takes) if takes.isascii() and takes.isdigit() and len(takes) < 4 else 0,
        due=text_of(form, "due"),
        note=text_of(form, "note").strip(),
    )
