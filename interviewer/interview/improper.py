"""Improper questions inside an interview: where they stand in its plan, and in its transcript.

They are put only to a candidate who chose so for this one interview, and stand apart from
everything else: the interview goes on as if they had not been asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.interview.debriefing import MOST_QUESTIONS, Practice
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound, improper_item
from interviewer.transcript import Transcript, Turn

IMPROPER = "improper"
"""Under this name a move is marked that is no move of the interview."""
MOST_A_ROUND = 2


@dataclass(frozen=True, slots=True)
class Exchange:
    """One improper question of a transcript.

    Attributes:
        round: Id of its round.
        item: The planned item.
        asked: The turn that put it.
        reply: The candidate's turn, None where none was given.
    """

    round: str
    item: PlannedItem
    asked: Turn
    reply: Turn | None


def with_improper(plan: Plan, practice: Practice) -> Plan:
    """Return the plan with improper questions of the bank, one or two a conversation.

    There are at most three in an interview, unless it has more conversations (SCIENCE 3.3).
    """
    each = min(MOST_A_ROUND, max(1, MOST_QUESTIONS // max(1, len(plan.conversations))))
    questions = [q.text for q in practice.chosen(plan.seed, each * len(plan.conversations))]
    rounds = []
    for part in plan.rounds:
        mine: list[str] = []
        if part.kind == "interview":
            mine, questions = questions[:each], questions[each:]
        rounds.append(replace(part, improper=_placed(part, mine)))
    return replace(plan, rounds=tuple(rounds))


def _placed(part: PlannedRound, questions: list[str]) -> tuple[PlannedItem, ...]:
    """Return improper items spread over a round's questions, never before the first."""
    asked = sum(item.kind == "question" for item in part.items)
    return tuple(
        improper_item(
            f"{part.id}.{IMPROPER}.{number}",
            text,
            after=max(number, asked * number // (len(questions) + 1)),
        )
        for number, text in enumerate(questions, start=1)
    )


def exchanges(plan: Plan, transcript: Transcript) -> tuple[Exchange, ...]:
    """Return the improper questions that were put, in order, each with its reply."""
    found: list[Exchange] = []
    waiting = False
    for turn in transcript.turns:
        item = plan.improper_item(turn.move.item) if turn.move else None
        if item is not None and turn.move is not None:
            waiting = turn.move.kind == "ask"
            if waiting:
                found.append(Exchange(turn.round or "", item, turn, None))
        elif waiting and turn.by_candidate:
            found[-1] = replace(found[-1], reply=turn)
            waiting = False
    return tuple(found)


def without_improper(plan: Plan, transcript: Transcript) -> Transcript:
    """Return the interview alone: no improper question, no reply to one, no debrief.

    Whatever judges, prompts or passes on is given this.
    """
    replies = {id(entry.reply) for entry in exchanges(plan, transcript)}
    kept = tuple(
        turn
        for turn in transcript.turns
        if id(turn) not in replies
        and (turn.move is None or plan.improper_item(turn.move.item) is None)
    )
    return replace(transcript, turns=kept)
