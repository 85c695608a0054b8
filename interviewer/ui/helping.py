"""A coach beside an interview that goes on: what they see of it, what they whisper and put in."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

from interviewer.assessment.competency_report import name_of
from interviewer.content.library import Library
from interviewer.errors import ConversationError
from interviewer.interview.guard.vetting import checked_question
from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress, Waiting
from interviewer.interview.put_in import weighed_in
from interviewer.interview.rules.put_in import may_put_in
from interviewer.interview.session import plan_of, stage_of
from interviewer.people.accounts import Account
from interviewer.people.helping import Help, Standing, checked_hint, standings
from interviewer.storage import SqlPeople
from interviewer.storage.helping import Live
from interviewer.transcript import Transcript
from interviewer.ui.coaching import Watched, watched
from interviewer.ui.desk import Desk

HelpNow = Literal["yes", "not_allowed", "examination", "over"]


@dataclass(frozen=True, slots=True)
class Table:
    """An interview under way, as a coach sees it.

    Attributes:
        seen: What was said, with what stands behind it.
        waiting: Whose turn it is.
        round: Name of the round.
        examiner: Who leads it.
        helps: Whether the coach may help now, and why not.
        competencies: What a question may be put in for: rubric ids and names.
        given: What the coach whispered and put in, newest first, and what became of it.
        token: Changes with anything of this.
    """

    seen: Watched
    waiting: Waiting
    round: str
    examiner: str
    helps: HelpNow
    competencies: tuple[tuple[str, str], ...]
    given: tuple[Standing, ...]
    token: str


@dataclass(frozen=True)
class HelpDesk:
    """What a coach does while an interview goes on; every method asks anew whether they may.

    Attributes:
        desk: The rooms below.
        people: Who knows what is shown and what was put in.
    """

    desk: Desk
    people: SqlPeople

    async def table(self, session_id: str, who: Account, known: str = "") -> Table | None:
        """Return an interview as it is now, None where nothing has changed.

        Args:
            session_id: The interview.
            who: The coach.
            known: Token of what their page shows.

        Raises:
            NotThereError: It is not shown to them, or not any more.
        """
        live = await self.people.live(session_id, who)
        token = token_of(live)
        if token == known:
            return None
        transcript = await self.desk.open(session_id, who.key, "read")
        return _table(transcript, live, token, await self.desk.content_of(transcript))

    async def whisper(self, session_id: str, who: Account, text: str) -> None:
        """Whisper a hint to the candidate.

        Raises:
            NotThereError: The candidate does not let them help here.
            InputError: Nothing was written, or too much.
            ConversationError: Nobody may help in this interview, or it is over.
        """
        await self._open(session_id, who)
        await self.people.add_help(session_id, who, Help("", "hint", checked_hint(text)))

    async def ask(self, session_id: str, who: Account, text: str, competency: str) -> None:
        """Put a question in, which an examiner asks when one question is done with.

        Raises:
            NotThereError: The candidate does not let them help here.
            InputError: It is none that may be asked.
            ConversationError: Nobody may help in this interview, it is over, or enough wait.
        """
        plan, stage = await self._open(session_id, who)
        named = competency if competency in weighed_in(stage.round) else ""
        said = checked_question(text, plan.language)
        await self.people.add_help(session_id, who, Help("", "question", said, named))

    async def take_back(self, session_id: str, who: Account, help_id: str) -> None:
        """Take back what was not seen or asked yet.

        Raises:
            NotThereError: The interview is not shown to them, or there is none of theirs.
        """
        await self.desk.open(session_id, who.key, "read")
        await self.people.take_back(session_id, who, help_id)

    async def _open(self, session_id: str, who: Account) -> tuple[Plan, Progress]:
        transcript = await self.desk.open(session_id, who.key, "help")
        plan, stage = plan_of(transcript), stage_of(transcript)
        if not may_put_in(plan):
            raise ConversationError("This interview is an examination: nobody helps in it.")
        if stage.waiting == "nobody":
            raise ConversationError("The interview is over. Say it in a comment.")
        return plan, stage


def token_of(live: Live) -> str:
    """Return a few characters that change when what a coach's page shows changes."""
    return f"{live.turns}-{zlib.crc32(repr(live).encode()):x}"


def _table(transcript: Transcript, live: Live, token: str, library: Library) -> Table:
    plan, stage = plan_of(transcript), stage_of(transcript)
    vocabulary = library.vocabularies.get(plan.language)
    rounds = vocabulary.rounds if vocabulary else {}
    return Table(
        seen=watched(transcript, (), None),
        waiting=stage.waiting,
        round=rounds.get(stage.round.id, stage.round.title),
        examiner=stage.round.name,
        helps=_helps(plan, stage, live),
        competencies=tuple(
            (name, name_of(library.rubrics.get(name), name, plan.language))
            for name in weighed_in(stage.round)
        ),
        given=standings(live.given, transcript),
        token=token,
    )


def _helps(plan: Plan, stage: Progress, live: Live) -> HelpNow:
    if stage.waiting == "nobody":
        return "over"
    if not may_put_in(plan):
        return "examination"
    return "yes" if live.helps else "not_allowed"
