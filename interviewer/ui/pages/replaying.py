"""An interview played back: turn by turn, with the time between and what the director knew."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.knowing import Known, known_at
from interviewer.interview.session import plan_of
from interviewer.storage import SqlPeople
from interviewer.transcript import Transcript
from interviewer.ui.coaching import WatchedTurn, watched, whose
from interviewer.ui.desk import Desk
from interviewer.ui.naming import named
from interviewer.ui.pages.asking import asking, session_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.entering import known
from interviewer.ui.visitors import Visitors


@dataclass(frozen=True, slots=True)
class Step:
    """One turn as it is played.

    Attributes:
        entry: The turn with what stands behind it.
        gap: Seconds since the turn before, 0 where a time is not known.
        at: Seconds since the first.
        known: What the director knew before it, None for turns it did not decide on.
        round: Name of the round where the turn is its first, empty for any other.
    """

    entry: WatchedTurn
    gap: float
    at: float
    known: Known | None
    round: str


class ReplayingPages:
    """The page `/coach/sessions/<session>/replay`."""

    def __init__(self, desk: Desk, people: SqlPeople, visitors: Visitors) -> None:
        """Keep what the page asks."""
        self._desk = desk
        self._people = people
        self._visitors = visitors

    async def replay(self, request: Request) -> Response:
        """Show an interview to be played; without scripts it is a list to read."""
        who = asking(request, self._visitors)
        coach, session = known(who), session_of(request)
        transcript = await self._desk.open(session, coach.key, "read")
        told = transcript.interview
        vocabulary = self._desk.library.vocabularies.get(who.language)
        values = {
            "at": "coach",
            "employer": None,
            "session": session,
            "candidate": await whose(self._people, self._desk, session, coach),
            "names": named(self._desk.library, told.company or "", told.role or "", who.language),
            "steps": await asyncio.to_thread(steps, transcript, self._desk.library),
            "parts": dict(vocabulary.parts) if vocabulary else {},
            "gap_of": gap_of,
        }
        return page("replay", who, values)


def steps(transcript: Transcript, library: Library) -> tuple[Step, ...]:
    """Return the turns of an interview as they are played."""
    try:
        knew = known_at(plan_of(transcript), transcript)
    except InputError:  # without a plan nobody directed it
        knew = tuple(None for _ in transcript.turns)
    vocabulary = library.vocabularies.get(transcript.interview.language or "en")
    rounds = vocabulary.rounds if vocabulary else {}
    found: list[Step] = []
    before: str | None = None
    last, at = "", 0.0
    turns = watched(transcript, (), None).turns
    for entry, what in zip(turns, knew, strict=True):
        gap = _seconds(last, entry.turn.at or "")
        at += gap
        here = entry.turn.round
        begins = rounds.get(here or "", here or "") if here != before else ""
        found.append(Step(entry, gap, at, what, begins))
        before, last = here, entry.turn.at or last
    return tuple(found)


def _seconds(before: str, after: str) -> float:
    """Return the seconds from one ISO time to another, 0 where they cannot be told."""
    try:
        gone = datetime.fromisoformat(after) - datetime.fromisoformat(before)
    except (ValueError, TypeError):
        return 0.0
    return max(0.0, round(gone.total_seconds(), 1))


def gap_of(seconds: float) -> str:
    """Return a time as minutes and seconds: `1:05`, with hours where there are any."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
