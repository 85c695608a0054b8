"""Promises of what an examiner knows and never says."""

from __future__ import annotations

import json
from dataclasses import replace

from interviewer.content.library import Library
from interviewer.interview.plan import PlannedItem, Rung
from interviewer.interview.plan_file import plan_from_json, plan_record
from interviewer.interview.planning import build_plan
from interviewer.interview.sealing import sealing
from interviewer.interview.wishing import make_wish
from tests.conftest import TODAY, PlanMaker


def test_the_pay_of_the_post_is_known_and_stands_nowhere(
    make_plan: PlanMaker, library: Library
) -> None:
    """The reservation value is at hand when a move is decided, and not in the plan."""
    plan = make_plan("brightwell")
    pay = sealing(library)(plan).pay
    assert pay is not None
    written = json.dumps(plan_record(plan)).replace(",", "")
    assert f"{pay.reservation:.0f}" not in written


def test_nothing_is_known_where_the_pack_is_gone(make_plan: PlanMaker, library: Library) -> None:
    """An interview whose employer was deleted goes on without figures."""
    plan = replace(make_plan("brightwell"), company="gone")
    assert sealing(library)(plan).pay is None
    assert sealing(library)(replace(make_plan("brightwell"), post="gone")).pay is None


def test_ladders_hints_manner_and_difficulty_come_back_from_a_transcript(
    make_plan: PlanMaker,
) -> None:
    """A plan with everything in it reads back as it was written."""
    plan = make_plan("brightwell")
    first = plan.rounds[0]
    item = PlannedItem(
        id="hr.x.1", kind="question", step="knowledge", text="What is it?", start=1,
        rungs=(Rung("define", ("What?",)), Rung("apply", ("Where?", "And where else?"))),
        hints=("The goal is this.",),
    )  # fmt: skip
    changed = replace(
        plan,
        rounds=(replace(first, items=(item,), manner="brisk"), *plan.rounds[1:]),
        difficulty="hard",
        practice=False,
    )
    cites = {i.lead.cites for part in changed.rounds for i in part.items if i.lead}
    kept = {key: passage for key, passage in plan.passages.items() if key in cites}
    assert plan_from_json(plan_record(changed), plan.passages) == replace(changed, passages=kept)


def test_a_kind_of_answer_that_is_no_story_is_judged_by_its_points(library: Library) -> None:
    """What good answers of a civil-service kind hold is sealed by item, and not in the plan."""
    wish = make_wish(
        library, company="lanting", role=library.packs["lanting"].company.posts[0].id, seed=1,
        today=TODAY, passages=lambda _: (), language="zh", format_id="civil_service_cn",
    )  # fmt: skip
    plan = build_plan(library, wish)
    held = sealing(library)(plan).points
    for item in plan.rounds[0].items:
        if item.competency and item.kind == "question":
            assert len(held[item.id]) >= 6
            assert not any(word in str(plan_record(plan)) for word in ("不能一概而论", "轻重缓急"))
