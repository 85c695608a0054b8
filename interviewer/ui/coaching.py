"""A coach's look at an interview: what was said, what stands behind it, what was said of it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from interviewer.assessment import Assessment, assess
from interviewer.assessment.coach import coach_view
from interviewer.assessment.report import report_page
from interviewer.errors import ConversationError, InputError
from interviewer.interview.session import stage_of
from interviewer.people.access import Held, may
from interviewer.people.accounts import Account
from interviewer.people.helping import Whisper, whispers_in
from interviewer.people.ratings import Rating
from interviewer.people.remarks import INTERVIEW, Remark, checked_comment, checked_level, on_turns
from interviewer.storage import SqlJudging, SqlPeople
from interviewer.transcript import Passage, Transcript, Turn
from interviewer.ui.desk import Desk

MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that was considered for a turn.

    Attributes:
        id: Its id.
        passage: The passage, None where the transcript has it no more.
        score: How near it was, None for one that is cited only.
        cited: Whether the turn states its facts.
    """

    id: str
    passage: Passage | None
    score: float | None
    cited: bool


@dataclass(frozen=True, slots=True)
class WatchedTurn:
    """One turn with all that stands behind and beside it."""

    turn: Turn
    speaker: str
    seen: tuple[Seen, ...]
    remarks: tuple[Remark, ...]

    @property
    def whispers(self) -> tuple[Whisper, ...]:
        """What a coach whispered before an answer."""
        return whispers_in(self.turn)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the report, and those coaches say beside it.

    Attributes:
        about: `<round>/<competency>`.
        round: The round's name.
        name: The competency's name.
        machine: The report's level, None for not scored.
        lowest: Of the scale.
        highest: Of the scale.
        said: Other levels, in the order they were said.
        rated: What coaches rated it, blind ones first.
    """

    about: str
    round: str
    name: str
    machine: float | None
    lowest: int
    highest: int
    said: tuple[Remark, ...]
    rated: tuple[Rating, ...] = ()


@dataclass(frozen=True, slots=True)
class Watched:
    """An interview as a coach sees it, or its candidate with what coaches said.

    Attributes:
        transcript: The interview.
        turns: Its turns.
        whole: Comments on all of it.
        levels: The report's levels; none where the report is not shown, or closed.
        report: What the levels come from, None where it is not shown.
        closed: Whether the coach has not opened the levels yet: then there are none here, and a
            page may tell of the report only what there is to rate.
        over: Whether the interview is over.
    """

    transcript: Transcript
    turns: tuple[WatchedTurn, ...]
    whole: tuple[Remark, ...]
    levels: tuple[Level, ...]
    report: Assessment | None = None
    closed: bool = False
    over: bool = False


@dataclass(frozen=True)
class CoachDesk:
    """What a coach does with an interview; every method asks anew whether they may.

    An interview is assessed once as long as it does not go on: a report is made in a second, and a
    coach comes back to it with every remark. It is reached only after asking.

    Attributes:
        desk: The rooms below.
        people: Who knows what was said.
    """

    desk: Desk
    people: SqlPeople
    _kept: OrderedDict[tuple[str, int], Assessment] = field(default_factory=OrderedDict)

    @property
    def judging(self) -> SqlJudging:
        """Who knows what coaches rated, and whose levels they opened."""
        return SqlJudging(self.desk.store.engine)

    async def watched(self, session_id: str, who: Account) -> Watched:
        """Return an interview that is shown to somebody, or their own, with the remarks on it.

        A coach reads their own remarks; what another coach said is between that one and the
        candidate. The report's levels are closed until they rated or opened them.

        Raises:
            NotThereError: It is not shown to them.
        """
        transcript = await self.desk.open(session_id, who.key, "read")
        shown = may("judge", who.key, await self._held(session_id, who))
        said = await self.people.remarks(session_id, who)
        report = await self.assessed(transcript) if shown else None
        if report is None or not await self.has_opened(session_id, who):
            found, closed = watched(transcript, said, None), report is not None
        else:
            rated = await self.judging.ratings_seen(session_id, who)
            found, closed = watched(transcript, said, report, rated), False
        return replace(found, report=report, closed=closed, over=is_over(transcript))

    async def has_opened(self, session_id: str, who: Account) -> bool:
        """Return whether somebody may have the levels of an interview before them by now.

        Whoever looks at an interview of their own has nothing to open.
        """
        held = await self._held(session_id, who)
        return held.key == who.key or await self.judging.has_looked(session_id, who)

    async def own(self, session_id: str, who: Account) -> Watched:
        """Return a candidate's own interview with the remarks on it.

        The report's levels are among them once it is over and they have rated themselves.

        Raises:
            NotThereError: It is not theirs.
        """
        transcript = await self.desk.open(session_id, who.key)
        said = await self.people.remarks(session_id)
        if not await self.is_ready(transcript):
            return watched(transcript, said, None)
        rated = await self.judging.ratings(session_id)
        return watched(transcript, said, await self.assessed(transcript), rated)

    async def is_ready(self, transcript: Transcript) -> bool:
        """Return whether a candidate may see levels of an interview of theirs."""
        return is_over(transcript) and not await self.desk.to_rate(transcript)

    async def report(self, session_id: str, who: Account) -> str:
        """Return the report of an interview as a page, with every answer behind its levels.

        It is made of this interview alone: what the candidate said of it afterwards, and answers
        given again in interviews that may not be shown, stand in their own report only.

        Raises:
            NotThereError: The report is not shown to them.
            ConversationError: Its levels are closed: they neither rated nor opened them.
        """
        transcript = await self.desk.open(session_id, who.key, "judge")
        await self._check_opened(session_id, who)
        report = await self.assessed(transcript)
        return report_page(report, transcript, coach=coach_view(report, transcript))

    async def comment(
        self, session_id: str, who: Account, seq: int | None, text: str, quote: str
    ) -> None:
        """Keep a comment on a turn, or on the whole.

        Raises:
            NotThereError: The interview is not shown to them.
            InputError: The comment says nothing, or quotes what was not said.
        """
        transcript = await self.desk.open(session_id, who.key, "read")
        await self.people.remark(session_id, who, checked_comment(transcript, seq, text, quote))

    async def level(
        self, session_id: str, who: Account, about: str, level: str, reason: str
    ) -> None:
        """Keep another level beside the report's.

        Raises:
            NotThereError: The report is not shown to them.
            ConversationError: Its levels are closed: they neither rated nor opened them.
            InputError: The report has no such level, or the coach's is none of the scale.
        """
        transcript = await self.desk.open(session_id, who.key, "judge")
        await self._check_opened(session_id, who)
        entries = {e.about: e for e in levels_of(await self.assessed(transcript), ())}
        entry = entries.get(about)
        if entry is None:
            raise InputError("The report has no such competency. Reload the page and try again.")
        scale = (entry.lowest, entry.highest)
        await self.people.remark(
            session_id, who, checked_level(about, level, entry.machine, scale, reason)
        )

    async def take_out(self, session_id: str, who: Account, number: int) -> None:
        """Take out a remark of one's own.

        Raises:
            NotThereError: The interview is not shown to them, or the remark not theirs.
        """
        await self.desk.open(session_id, who.key, "read")
        await self.people.take_out_remark(session_id, who, number)

    async def _held(self, session_id: str, who: Account) -> Held:
        return await self.desk.store.held(session_id, who.key)

    async def _check_opened(self, session_id: str, who: Account) -> None:
        if not await self.has_opened(session_id, who):
            raise ConversationError("Rate this interview first, or open its levels.")

    async def assessed(self, transcript: Transcript) -> Assessment:
        """Return the report on an interview that somebody may judge; who may was asked before."""
        key = (transcript.id, len(transcript.turns))
        if key not in self._kept:
            content = await self.desk.content_of(transcript)
            made = await asyncio.to_thread(assess, transcript, content)
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]


def is_over(transcript: Transcript) -> bool:
    """Return whether an interview was carried to its end; one without a plan has none."""
    try:
        return stage_of(transcript).waiting == "nobody"
    except InputError:
        return False


async def whose(people: SqlPeople, desk: Desk, session_id: str, coach: Account) -> Account | None:
    """Return the candidate of an interview that a coach may see; None for the coach's own."""
    name = await desk.store.owner_of(session_id)
    try:
        owner = await people.account(name)
    except InputError:
        return None
    return None if owner.id == coach.id else owner


def watched(
    transcript: Transcript,
    said: Sequence[Remark],
    report: Assessment | None,
    rated: Sequence[Rating] = (),
) -> Watched:
    """Return an interview with what stands behind and beside each turn."""
    names = _speakers(transcript)
    beside = on_turns(said)
    turns = tuple(
        WatchedTurn(
            turn,
            names.get(turn.round or "", turn.name or "") if turn.by_examiner else "",
            _seen(turn, transcript),
            tuple(beside.get(turn.seq or 0, ())),
        )
        for turn in transcript.turns
    )
    whole = tuple(remark for remark in said if remark.about == INTERVIEW)
    levels = levels_of(report, said, rated) if report else ()
    return Watched(transcript, turns, whole, levels)


def levels_of(
    report: Assessment, said: Sequence[Remark], rated: Sequence[Rating] = ()
) -> tuple[Level, ...]:
    """Return the levels of a report, with those that were said and rated beside each."""
    return tuple(
        Level(
            about := f"{part.id}/{entry.id}",
            part.name,
            entry.name,
            entry.score.level,
            entry.scale.min,
            entry.scale.max,
            tuple(r for r in said if r.kind == "level" and r.about == about),
            tuple(r for r in rated if r.about == about),
        )
        for part in report.rounds
        for entry in part.competencies
    )


def _speakers(transcript: Transcript) -> dict[str, str]:
    """Return the examiners' names by round."""
    rounds = transcript.interview.plan.get("rounds")
    parts = rounds if isinstance(rounds, list | tuple) else ()
    return {
        str(part.get("id")): str(part.get("name") or "")
        for part in parts
        if hasattr(part, "get") and part.get("name")
    }


def _seen(turn: Turn, transcript: Transcript) -> tuple[Seen, ...]:
    """Return the passages behind a turn, those it cites first."""
    scores = {entry.id: entry.score for entry in turn.retrieved}
    ids = [*turn.cites, *(key for key in scores if key not in turn.cites)]
    research = transcript.interview.research
    return tuple(Seen(key, research.get(key), scores.get(key), key in turn.cites) for key in ids)
