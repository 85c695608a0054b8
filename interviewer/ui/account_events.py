"""What the interview's page shows of the account: its ways, and what a coach asks for."""

from __future__ import annotations

from datetime import date

import gradio as gr

from interviewer.errors import InterviewerError
from interviewer.interview.turn import utc_now
from interviewer.people.accounts import Account
from interviewer.people.assignments import Standing
from interviewer.storage import SqlPeople
from interviewer.ui import drawing
from interviewer.ui.coaching import CoachDesk
from interviewer.ui.desk import Desk
from interviewer.ui.naming import named
from interviewer.ui.visitors import account_of
from interviewer.ui.words import Words, preferred, words_for


class AccountEvents:
    """The event that fills the head of the page where people sign in."""

    def __init__(self, desk: Desk, people: SqlPeople) -> None:
        """Keep what the event asks."""
        self._desk = desk
        self._people = people

    async def head(self, session: str, request: gr.Request) -> str:
        """Show the ways of whoever is signed in; on the start page what is asked of them too."""
        account = account_of(request.request) if request.request else None
        if account is None:
            return ""
        language = preferred(request.headers.get("accept-language", ""))
        words = words_for(language)
        way = str(drawing.draw_account_way(account, words))
        if session:
            return way + await self._remarks(session, account, words)
        return way + await self._reminders(account, words, language)

    async def _remarks(self, session: str, account: Account, words: Words) -> str:
        """Return the way to what coaches said of an interview of theirs, empty for none."""
        try:
            transcript = await self._desk.open(session, account.key)
        except InterviewerError:
            return ""
        # Whoever has not rated themselves yet is told nothing by others before.
        ready = await CoachDesk(self._desk, self._people).is_ready(transcript)
        count = len(await self._people.remarks(session)) if ready else 0
        return drawing.draw_remarks_door(count, session, words)

    async def _reminders(self, account: Account, words: Words, language: str) -> str:
        today: date = utc_now().date()
        standings = await self._people.asked_of(account)
        due = [entry for entry in standings if entry.status(today) != "done"]
        told = [(entry, self._named(entry, language)) for entry in due]
        return drawing.draw_reminders(told, today, words)

    def _named(self, entry: Standing, language: str) -> tuple[str, str]:
        task = entry.assignment.task
        return named(self._desk.library, task.company, task.role, language)
