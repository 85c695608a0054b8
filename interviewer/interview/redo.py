"""One answer given again: an interview of its own with one item of an earlier plan.

Same examiner, same question, its probes as the format allows. It is practice, whatever the first
one was, and stands in the transcript as `interview.redo = {"session", "item"}`. A second run of a
question does more on another day, or after the drill (SCIENCE 4.1): who asks at once is told so
and may go on.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from interviewer.errors import InputError
from interviewer.interview.annotations import DRILL, Annotation
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.session import new_transcript, plan_of
from interviewer.interview.turn import Clock, utc_now
from interviewer.transcript import Interview, Transcript

FIELD = "redo"
APART = datetime.timedelta(days=1)
# Beside the question itself: what a round keeps for its end, and the greeting.
_FRAME_MINUTES = 5.0


@dataclass(frozen=True, slots=True)
class Redo:
    """Which answer an interview gives again.

    Attributes:
        session: Id of the interview it was given in first.
        item: Id of the planned item.
    """

    session: str
    item: str


def redo_in(interview: Interview) -> Redo | None:
    """Return which answer an interview gives again, None for an interview of its own."""
    kept = interview.extra.get(FIELD)
    if not isinstance(kept, Mapping):
        return None
    session, item = kept.get("session"), kept.get("item")
    if not isinstance(session, str) or not isinstance(item, str) or not session:
        return None
    return Redo(session, item)


def redo_of(interview: Interview) -> str | None:
    """Return the id of the interview whose answer is given again, None where none is."""
    found = redo_in(interview)
    return found.session if found else None


def may_redo(item: PlannedItem) -> bool:
    """Return whether an answer to an item can be given again: one that bears on a competency."""
    return item.scored and item.kind in ("question", "expectation")


def items_to_redo(plan: Plan) -> tuple[PlannedItem, ...]:
    """Return the items of a plan whose answers can be given again."""
    return tuple(item for part in plan.conversations for item in part.items if may_redo(item))


def redo_plan(plan: Plan, item_id: str) -> Plan:
    """Return the plan of a redo: one round with one item, nothing else of the old plan changed.

    Args:
        plan: The plan of the interview.
        item_id: The item to ask again.

    Raises:
        InputError: The plan has no such item, or its answer is not scored.
    """
    part, item = _found(plan, item_id)
    cited = item.lead.cites if item.lead else None
    passages = {cited: plan.passages[cited]} if cited in plan.passages and cited else {}
    return replace(
        plan,
        rounds=(_asking_only(part, item),),
        passages=MappingProxyType(passages),
        notes=(),
        practice=True,
        conduct="strict",
        country="",
        start=None,
    )


def _asking_only(part: PlannedRound, item: PlannedItem) -> PlannedRound:
    return replace(part, items=(item,), improper=(), minutes=item.minutes + _FRAME_MINUTES)


def _found(plan: Plan, item_id: str) -> tuple[PlannedRound, PlannedItem]:
    for part in plan.conversations:
        item = part.item(item_id)
        if item is not None and may_redo(item):
            return part, item
    known = ", ".join(item.id for item in items_to_redo(plan)) or "none"
    raise InputError(
        f"The answer to {item_id!r} cannot be given again in this interview. Those that can: "
        f"{known}."
    )


def as_redo(transcript: Transcript, of: Redo) -> Transcript:
    """Return the transcript marked as giving an answer again."""
    mark = {FIELD: {"session": of.session, "item": of.item}}
    extra = MappingProxyType({**transcript.interview.extra, **mark})
    return replace(transcript, interview=replace(transcript.interview, extra=extra))


def first_of(transcript: Transcript, item_id: str) -> Redo:
    """Return what a redo of an item of this interview is a redo of.

    Answering again what was answered again goes back to the first interview, so that all tries
    stand side by side under it.
    """
    found = redo_in(transcript.interview)
    return found if found and found.item == item_id else Redo(transcript.id, item_id)


def redo_transcript(
    session_id: str,
    transcript: Transcript,
    item_id: str,
    clock: Clock = utc_now,
    model: str | None = None,
) -> Transcript:
    """Return an interview that gives an answer of this one again, before its first turn.

    Args:
        session_id: Id of the new interview.
        transcript: The interview with the answer.
        item_id: Its item.
        clock: The time.
        model: Who puts its moves into words; None for who did in the first.

    Raises:
        InputError: There is no plan, or the answer to this item cannot be given again.
    """
    plan = redo_plan(plan_of(transcript), item_id)
    spoken_by = model or transcript.interview.model or "builtin"
    made = new_transcript(session_id, plan, model=spoken_by, clock=clock)
    return as_redo(made, first_of(transcript, item_id))


def about_item(transcript: Transcript, item_id: str) -> str:
    """Return what annotations on an item's competency are about, `<round>/<rubric id>`."""
    part, item = _found(plan_of(transcript), item_id)
    return f"{part.id}/{item.competency}"


def drilled_since(said: Sequence[Annotation], about: str, last: datetime.datetime | None) -> bool:
    """Return whether a drill for a competency is ticked as done since its last answer."""
    times = [_parsed(entry.at) for entry in said if (entry.kind, entry.about) == (DRILL, about)]
    return any(last is None or time >= last for time in times if time is not None)


def answered_at(transcripts: Sequence[Transcript], item_id: str) -> datetime.datetime | None:
    """Return when an item was last answered in these interviews, None where nothing tells."""
    times = [_time(entry) for entry in transcripts if _asks(entry, item_id)]
    return max((time for time in times if time is not None), default=None)


def too_soon(last: datetime.datetime | None, now: datetime.datetime, *, drilled: bool) -> bool:
    """Return whether another day, or the drill first, would do more.

    Args:
        last: When it was answered last.
        now: The present time, with its zone.
        drilled: Whether a drill for it is ticked as done since.
    """
    return last is not None and not drilled and now - last < APART


def _asks(transcript: Transcript, item_id: str) -> bool:
    return any(turn.move is not None and turn.move.item == item_id for turn in transcript.turns)


def _time(transcript: Transcript) -> datetime.datetime | None:
    """Return when the last turn was said, else when the interview was made."""
    said = [turn.at for turn in transcript.turns if turn.at]
    return _parsed(said[-1] if said else transcript.interview.created)


def _parsed(text: str | None) -> datetime.datetime | None:
    try:
        time = datetime.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)
