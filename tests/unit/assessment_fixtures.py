"""Transcripts for the tests of the report: held by the director, or put together by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.session import Rehearsals, new_transcript
from interviewer.interview.turn import answer_turn
from interviewer.transcript import MoveRecord, Transcript, Turn
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers

COMPANIES = ("brightwell", "chengyuan")
STORY = (
    "In March 2024 the nightly load of 210 shops failed twice a week. I rewrote the retry step "
    "in Python and added a check on row counts. As a result failures fell from 9 a month to 1."
)
HOSTILE = (
    "In 2024 I built <script>alert(1)</script> ![x](http://a.example/p.png) for 12 shops. "
    "I wrote [a](javascript:alert(1)) | `c` {{7*7}} and as a result 9 failures fell to 1."
)


def whole(make_plan: PlanMaker, voice: BuiltinVoice, company: str) -> Transcript:
    """Return an interview held to its end with the answers that come with the employer."""
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    return held(rehearsals, make_plan(company), try_answers(company))


def begun(plan: Plan) -> Transcript:
    """Return the transcript of a plan before its first word."""
    return new_transcript("t", plan, model="builtin", clock=clock)


def scored_item(plan: Plan, round_id: str, place: int = 0) -> PlannedItem:
    """Return a scored item of a round."""
    part = plan.round(round_id)
    assert part is not None
    return [item for item in part.items if item.scored][place]


def ask(transcript: Transcript, round_id: str, item: PlannedItem, kind: str = "ask") -> Transcript:
    """Add an examiner's turn about an item."""
    move = MoveRecord(kind, item.id)  # type: ignore[arg-type]  # kinds are named by the tests
    turn = Turn(transcript.next_seq, "assistant", "Go on.", "x", round=round_id, move=move)
    return transcript.add(turn)


def say(transcript: Transcript, round_id: str, text: str) -> Transcript:
    """Add a turn of the candidate."""
    return transcript.add(answer_turn(transcript, round_id, text, clock))


def talk(plan: Plan, answers: Mapping[tuple[str, int], Sequence[str]]) -> Transcript:
    """Return an interview in which the named scored items got these answers, probes between."""
    transcript = begun(plan)
    for (round_id, place), said in answers.items():
        item = scored_item(plan, round_id, place)
        for number, text in enumerate(said):
            transcript = ask(transcript, round_id, item, "probe" if number else "ask")
            transcript = say(transcript, round_id, text)
    return transcript


def with_answers(transcript: Transcript, text: str) -> Transcript:
    """Return the interview with every answer replaced."""
    turns = (replace(t, content=text) if t.by_candidate else t for t in transcript.turns)
    return replace(transcript, turns=tuple(turns))
