"""Rating by a coach: blind while the levels of an interview are closed to them, informed after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from interviewer.assessment import Assessment
from interviewer.content.library import Library
from interviewer.errors import ConversationError
from interviewer.interview.planning import in_language
from interviewer.people.accounts import Account
from interviewer.people.ratings import Rating, checked_ratings
from interviewer.ui.coaching import CoachDesk, is_over

NOT_OVER = "The interview is not over yet. It can be rated when it is."


@dataclass(frozen=True, slots=True)
class ToRate:
    """One competency of a round that was asked about, without a word of how it was scored.

    Attributes:
        about: `<round>/<competency>`.
        round: The round's name.
        name: The competency's name.
        lowest: Of the scale.
        highest: Of the scale.
        anchors: What an answer at a level is like, lowest first.
    """

    about: str
    round: str
    name: str
    lowest: int
    highest: int
    anchors: tuple[tuple[int, str], ...]


def to_rate(report: Assessment, library: Library) -> tuple[ToRate, ...]:
    """Return what there is to rate: every competency that was answered for, scored or not."""
    found = []
    for part in report.rounds:
        for entry in part.competencies:
            rubric = library.rubrics.get(entry.id)
            anchors = sorted(rubric.anchors.items()) if rubric else ()
            if entry.answers:
                found.append(
                    ToRate(
                        f"{part.id}/{entry.id}",
                        part.name,
                        entry.name,
                        entry.scale.min,
                        entry.scale.max,
                        tuple((n, in_language(text, report.language)) for n, text in anchors),
                    )
                )
    return tuple(found)


@dataclass(frozen=True)
class RatingRoom:
    """What a coach rates; every method asks anew whether they may.

    Attributes:
        coach: The coach's look at interviews.
    """

    coach: CoachDesk

    async def open(self, session_id: str, who: Account) -> None:
        """Open the levels of an interview without rating it; what is rated later is informed.

        Raises:
            NotThereError: The report is not shown to them.
        """
        await self.coach.desk.open(session_id, who.key, "judge")
        await self.coach.judging.look(who, [session_id])

    async def rate(self, session_id: str, who: Account, chosen: Mapping[str, str]) -> None:
        """Keep what a coach rated, beside the report's levels as they are now.

        Raises:
            NotThereError: The report is not shown to them.
            ConversationError: The interview is not over, or was rated blind already.
            InputError: A competency has no level of its scale.
        """
        transcript = await self.coach.desk.open(session_id, who.key, "judge")
        if not is_over(transcript):
            raise ConversationError(NOT_OVER)
        report = await self.coach.assessed(transcript)
        levels = {
            f"{part.id}/{entry.id}": entry.score.level
            for part in report.rounds
            for entry in part.competencies
        }
        asked = [
            Rating(entry.about, None, levels[entry.about], entry.lowest, entry.highest)
            for entry in to_rate(report, await self.coach.desk.content_of(transcript))
        ]
        given = checked_ratings(chosen, asked)
        mine = [
            r for r in await self.coach.judging.ratings_seen(session_id, who) if r.author == who.id
        ]
        if any(entry.blind for entry in mine):
            raise ConversationError("You have rated this interview. What was rated blind stays.")
        await self.coach.judging.rate(session_id, who, given)


def unnamed(given: tuple[Rating, ...], who: Account) -> tuple[Rating, ...]:
    """Return ratings as a coach sees them: whom else a candidate shows an interview to is theirs.

    Another coach's have no name.
    """
    return tuple(entry if entry.author == who.id else replace(entry, by="") for entry in given)
