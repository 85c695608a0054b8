"""Promises of what a report tells of the talk about pay."""

from __future__ import annotations

import dataclasses

import pytest

from interviewer.assessment.evidence import Answered
from interviewer.assessment.pay_talk import pay_talk
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.briefing import make_brief
from interviewer.interview.offers import planned_offer, step_of
from interviewer.interview.plan import PlannedItem
from interviewer.interview.wishing import make_wish
from interviewer.reading.answer import Reading
from interviewer.transcript import EXAMINER, MoveRecord, Transcript, Turn
from tests.conftest import TODAY, PlanMaker

LEVERS = ["review_6m", "remote_days", "training_budget", "extra_leave_days"]


def told(
    make_plan: PlanMaker, library: Library, company: str = "brightwell", **record: object
) -> dict[str, object]:
    """Return what is told of a talk whose last offer left this table."""
    plan = dataclasses.replace(make_plan("brightwell"), company=company)
    fields = {"kind": "step", "figures": [], "points": [], "granted": [], "steps": 1, **record}
    move = MoveRecord("offer", "boss.pay", "step", extra={"offer": fields})
    transcript = Transcript("t", turns=(Turn(1, EXAMINER, "…", round="boss", move=move),))
    by_round: dict[str, tuple[Answered, ...]] = {part.id: () for part in plan.rounds}
    return dict(pay_talk(plan, by_round, transcript, library, words_for("en")))


def test_what_was_settled_and_what_was_left_are_told(
    make_plan: PlanMaker, library: Library
) -> None:
    """The figure both settled on, what all grounds would have come to, levers nobody asked for."""
    found = told(
        make_plan,
        library,
        figure=48500,
        asked=50000,
        figures=[48500],
        agreed=48500,
        ended=True,
        steps=2,
    )
    assert found["agreed"] == "£48,500 a year"
    left = found["left"]
    assert isinstance(left, list)
    assert len(left) == 2


@pytest.mark.parametrize("company", ["brightwell", "gone"])
def test_nothing_is_told_that_is_not_known(
    make_plan: PlanMaker, library: Library, company: str
) -> None:
    """Without a figure, or without the pack, nothing is said to be left."""
    found = told(make_plan, library, company)
    assert "agreed" not in found
    assert "left" not in found


def test_nothing_is_left_where_everything_was_reached(
    make_plan: PlanMaker, library: Library
) -> None:
    """All steps, all grounds and all levers: nothing more is told."""
    grounds = ["market", "evidence", "specific", "reason"]
    found = told(
        make_plan, library, figure=53000, figures=[53000], points=grounds, granted=LEVERS, steps=4
    )
    assert found["left"] == []


def test_a_pack_may_say_what_figures_are_rounded_to(library: Library) -> None:
    """A step of the pack's own is used in place of the usual one."""
    post = library.packs["brightwell"].company.post("data-engineer")
    assert post is not None
    assert post.pay is not None
    own = post.pay.model_copy(update={"step": 250.0})
    assert step_of(own) == 250
    assert planned_offer(own, 1, 3) == 48500
    assert planned_offer(own, 1, 4) == 48750


def test_a_dated_occasion_has_set_the_scene() -> None:
    """Where a particular occasion is told its scene is not said to be missing."""
    item = PlannedItem("hr.x", "question", "behaviour", "x", "past_behaviour")
    together = Reading(words=60, parts=frozenset({"specific", "own_action", "result"}))
    assert Answered(item, (), together, together).missing == ()


def test_an_examiner_without_matters_gets_no_list(library: Library) -> None:
    """A persona that discusses nothing listed has no questions worth asking put to it."""
    hr = library.personas["hr"]
    silent = hr.model_copy(update={"about": hr.about.model_copy(update={"may_discuss": ()})})
    changed = dataclasses.replace(library, personas={**library.personas, "hr": silent})
    wish = make_wish(
        changed, company="brightwell", role="data-engineer", seed=1, today=TODAY,
        passages=lambda name: (),
    )  # fmt: skip
    assert set(make_brief(changed, wish).to_ask_in) == {"technical", "boss"}
