"""What the director knew at each of its turns: the fold, turn by turn, in a form to be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.interview.handoff import Note, handoff
from interviewer.interview.plan import Plan
from interviewer.interview.probing import wanted_parts
from interviewer.interview.progress import Progress, after, follow
from interviewer.reading.answer import read_once
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Known:
    """What stood before the director when it decided on a turn of an examiner.

    Attributes:
        round: Id of the round.
        minutes: Minutes spoken in it, by the usual rate of speech.
        planned: Minutes it may take.
        asked: Planned items asked in it by then.
        items: Planned items it has.
        question: The question that was open, empty for none.
        told: Parts of a story that its answers held.
        lacking: Parts a full answer to it has and these had not.
        probed: Parts that had been asked for already.
        next: The planned question that would come next, empty where the phrasebook has its words.
        claims: Figures and claims kept of all answers.
        raised: Pairs of claims that did not fit and were put side by side.
        left_open: Questions of the candidate's nobody could answer.
        handed_on: What earlier examiners had passed on.
    """

    round: str
    minutes: float
    planned: float
    asked: int
    items: int
    question: str
    told: tuple[str, ...]
    lacking: tuple[str, ...]
    probed: tuple[str, ...]
    next: str
    claims: int
    raised: int
    left_open: int
    handed_on: tuple[Note, ...]


def known_at(plan: Plan, transcript: Transcript) -> tuple[Known | None, ...]:
    """Return for every turn what was known before it; None for turns no director decided on.

    An answer that was taken again changes what is known from then on, as it did then.
    """
    found: list[Known | None] = []
    state = Progress(round=plan.rounds[0])
    for place, turn in enumerate(transcript.turns):
        decided = turn.by_examiner and turn.move is not None
        found.append(_known(plan, state, turn.round) if decided else None)
        if turn.retakes is None:
            state = after(plan, state, turn)
        else:
            state = follow(plan, replace(transcript, turns=transcript.turns[: place + 1]))
    return tuple(found)


def _known(plan: Plan, state: Progress, round_id: str | None) -> Known:
    part, item = state.round, state.pending
    # The turn that opens a round is decided in it, before anything of it is known.
    told = (
        read_once("\n".join(state.answers), plan.language).parts if state.answers else frozenset()
    )
    wanted = wanted_parts(item) if item is not None else ()
    left = state.left
    here = round_id or part.id
    planned = {entry.id for entry in part.items}
    return Known(
        round=part.id,
        minutes=round(state.minutes, 1),
        planned=part.minutes,
        asked=sum(name in planned for name in state.asked),
        items=len(part.items),
        question=state.question,
        told=tuple(name for name in ("situation", "own_action", "result", "reflection", "specific")
                   if name in told),
        lacking=tuple(name for name in wanted if name not in told),
        probed=state.probed,
        next=left[0].text if left else "",
        claims=sum(len(heard.entries) for heard in state.heard),
        raised=len(state.memory.raised),
        left_open=len(state.memory.open),
        handed_on=handoff(plan, state, here).notes,
    )  # fmt: skip
