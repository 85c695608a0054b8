"""Promises of how a climbed ladder is told."""

from __future__ import annotations

import asyncio

from interviewer.assessment.assess import assess
from interviewer.assessment.heights import heights_in
from interviewer.assessment.report import report_html, report_markdown
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.sealing import sealing
from interviewer.interview.session import Rehearsals
from interviewer.transcript import EXAMINER, MoveRecord, Transcript, Turn
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, hold

ANSWER = (
    "I compared the bank statement with the ledger because timing differences hide there, agreed "
    "each item with the colleague who posted it, and in 2024 found a payment booked twice. As a "
    "result the close took two days less."
)


def test_every_ladder_that_was_left_is_told_with_its_height(
    make_plan: PlanMaker, library: Library, voice: BuiltinVoice
) -> None:
    """Three ladders are climbed, each stands in the report with a step or with none."""
    plan = make_plan("chengyuan", role="accountant", language="en")
    rehearsals = Rehearsals(
        MemoryStore(), ScriptedRetriever(), voice, clock, seal=sealing(library)
    )
    transcript = asyncio.run(hold(rehearsals, plan, [ANSWER] * 60))
    report = assess(transcript, library)
    told = report.rounds[1].heights
    assert len(told) == 3
    for text in (report_markdown(report, transcript), report_html(report, transcript)):
        assert report.words.labels["heights"] in text
        assert all(report.words.steps[height.reached or "none"] in text for height in told)


def test_what_was_not_finished_has_no_height(make_plan: PlanMaker) -> None:
    """A ladder that was not left, or of another round, is not told."""
    part = make_plan("chengyuan", role="accountant").rounds[1]
    ladder = next(item for item in part.items if len(item.rungs) == 4)
    note = {"ladder": {"item": ladder.id, "reached": "apply", "rung": [2, 0]}}
    turn = Turn(1, EXAMINER, "?", round=part.id, move=MoveRecord("ask", ladder.id, extra=note))
    assert heights_in(part, Transcript("t", turns=(turn,))) == ()
