"""How improper questions the candidate chose to practise on were handled: told, not scored."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.debriefing import Debriefing, Practice, practice_of
from interviewer.interview.improper import exchanges, without_improper
from interviewer.interview.plan import Plan
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Handled:
    """One improper question and what became of it.

    Attributes:
        round: Id of the round it was put in.
        seq: The turn that put it.
        reply_seq: The candidate's turn.
        told: What there is to say of the reply.
        remarks: Of each part of the rubric that applied why, without its level.
    """

    round: str
    seq: int | None
    reply_seq: int | None
    told: Debriefing
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Practised:
    """All improper questions of an interview that got a reply, with the words around them."""

    practice: Practice
    handled: tuple[Handled, ...]


def interview_alone(transcript: Transcript) -> Transcript:
    """Return what of a transcript may be judged.

    That is nothing of practice on improper questions, and of an answer that was taken again only
    the one that counts.
    """
    try:
        plan = plan_of(transcript)
    except InputError:
        return transcript.counted
    return without_improper(plan, transcript.counted)


def practised_in(plan: Plan, transcript: Transcript, library: Library) -> Practised | None:
    """Return how they were handled, None where none was replied to or the files are gone."""
    put = [entry for entry in exchanges(plan, transcript) if entry.reply is not None]
    if not put:
        return None
    try:
        practice = practice_of(library, plan.country, plan.language)
    except InputError:
        return None
    handled = []
    for entry in put:
        question = practice.question(entry.item.text)
        if question is None or entry.reply is None:
            continue
        told = practice.debriefing(question, entry.reply.content)
        remarks = tuple(part.reason for part in told.parts if part.level)
        handled.append(Handled(entry.round, entry.asked.seq, entry.reply.seq, told, remarks))
    return Practised(practice, tuple(handled)) if handled else None
