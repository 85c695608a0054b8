"""A plan that starts from the gaps of an earlier interview: only the choice of questions moves."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.assessment import assess
from interviewer.assessment.progress import sitting_of
from interviewer.assessment.progress.gaps import start_from
from interviewer.content.format import STEP_TYPES
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.choosing import Chooser
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.plan_file import plan_from_json, plan_hash, plan_record
from interviewer.interview.redo import items_to_redo, redo_plan
from interviewer.interview.starting import Gap, Start
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import whole
from tests.unit.test_progress_carried import answer, sitting


def questions(plan: Plan) -> set[str]:
    """Return the ids of a plan's questions without their rounds."""
    return {i.id.partition(".")[2] for p in plan.conversations for i in p.items if i.text}


def asked(plan: Plan, *gaps: str) -> Start:
    """Return the start from an interview that asked a whole plan and left gaps."""
    told = tuple(Gap(name, "below") for name in gaps)
    return Start("earlier", told, tuple(sorted(questions(plan))))


def test_gaps_are_ordered_and_hold_no_level() -> None:
    """What was not scored comes first, then the widest gap; without any the weakest."""
    held = sitting(
        "2026-11-01T10:00:00Z",
        answer(2.9, "a.1", competency="a"),
        answer(1.0, "b.1", competency="b"),
        answer(None, "c.1", competency="c", asked=False),
        answer(4.0, "d.1", competency="d"),
    )
    start = start_from(held)
    assert [(gap.competency, gap.why) for gap in start.gaps] == [
        ("c", "not_scored"), ("b", "below"), ("a", "below"),
    ]  # fmt: skip
    assert start.asked == ("a.1", "b.1", "d.1")
    assert start.why("b") == "below"
    assert start.why("d") is None
    fine = sitting("2026-11-01", answer(4.0, competency="a"), answer(3.5, competency="b"),
                   answer(None, "x", competency="c", required=None))  # fmt: skip
    assert [g.why for g in start_from(fine).gaps] == ["not_scored"]
    best = replace(fine, answers=fine.answers[:2])
    assert start_from(best).gaps == (Gap("b", "weakest"),)
    unknown = sitting("2026-11-01", answer(1.0, required=None))
    assert [gap.why for gap in start_from(unknown).gaps] == ["weakest"]
    assert start_from(replace(best, answers=())).gaps == ()


@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
@pytest.mark.parametrize("seed", range(4))
def test_what_was_asked_is_not_asked_again_where_there_is_another(
    library: Library, make_plan: PlanMaker, company: str, seed: int
) -> None:
    """A question comes back only where its competency has no other for the step."""
    before = make_plan(company, seed=seed)
    after = make_plan(company, seed=seed, start=asked(before))
    again = questions(before) & questions(after)
    files = {entry.id: entry for entry in library.ladders.values()}
    for item in (i for p in after.conversations for i in p.items if i.text):
        question = item.id.partition(".")[2]
        rubric = library.rubrics[item.competency or ""]
        if question not in again or question.partition(".")[0] in files:
            continue
        others = {
            q.id
            for q in rubric.questions
            if q.type in STEP_TYPES[item.step]  # type: ignore[index]  # a step by name
            and q.grounding != "required"
            and after.language in q.text
        }
        assert others <= questions(before) | questions(after), question
    assert len(again) < len(questions(before)) / 3


@pytest.mark.parametrize("seed", range(4))
def test_ladders_samples_and_explanations_change_too(make_plan: PlanMaker, seed: int) -> None:
    """The technical round climbs other ladders, as far as the post has more."""
    before = make_plan(seed=seed)
    after = make_plan(seed=seed, start=asked(before))
    climbed = [{i.id for i in p.rounds[1].items if i.rungs} for p in (before, after)]
    assert climbed[0] != climbed[1]


def test_a_gap_is_asked_about_with_another_question_of_its_kind(
    library: Library, make_plan: PlanMaker
) -> None:
    """Any competency that is missing is in the plan, and gets a parallel question."""

    def posts(item: PlannedItem) -> bool:
        """Whether a task is of the post's own file, which may hold one of a kind."""
        return item.id.split(".")[1] in {file.id for file in library.ladders.values()}

    tried = 0
    for seed in range(3):
        before = make_plan(seed=seed)
        for part in before.rounds:
            for name in library.personas[part.persona].about.competencies:
                after = make_plan(seed=seed, start=asked(before, name))
                own = next(p for p in after.rounds if p.id == part.id).items
                assert name in {item.competency for item in own}, (seed, name)
                old, new = (
                    {i.type for i in items if i.competency == name and i.text and not posts(i)}
                    for items in (part.items, own)
                )
                assert not old or not new or old & new, (seed, name)
                tried += 1
    assert tried > 30


def test_a_gap_gets_a_second_question_and_not_the_whole_round(make_plan: PlanMaker) -> None:
    """Where a round has room for more, a gap is asked about twice at most."""
    for seed in range(6):
        before = make_plan(seed=seed)
        after = make_plan(seed=seed, start=asked(before, "teamwork_conflict"))
        often = sum(i.competency == "teamwork_conflict" for i in after.rounds[0].items)
        assert 1 <= often <= 2


NAMES = st.sampled_from(
    [
        "teamwork_conflict",
        "integrity",
        "learning",
        "job_knowledge",
        "self_awareness",
        "no_such",
        "problem_solving",
        "technical_communication",
        "quality_and_risk",
    ]
)


@settings(max_examples=25, deadline=None)
@given(gaps=st.lists(NAMES, unique=True), seed=st.integers(0, 50), some=st.integers(0, 9))
def test_rounds_steps_and_time_stay_the_same(
    make_plan: PlanMaker, gaps: list[str], seed: int, some: int
) -> None:
    """Whatever was missing: same rounds, as many scored items, no question twice, frozen."""
    before = make_plan(seed=seed)
    start = Start("earlier", tuple(Gap(g, "below") for g in gaps),
                  tuple(sorted(questions(before)))[some:])  # fmt: skip
    after = make_plan(seed=seed, start=start)
    assert plan_hash(after) == plan_hash(make_plan(seed=seed, start=start))
    for old, new in zip(before.rounds, after.rounds, strict=True):
        assert (old.id, old.persona, old.minutes) == (new.id, new.persona, new.minutes)
        assert sum(i.scored for i in old.items) == sum(i.scored for i in new.items)
        assert [i.step for i in new.items] == sorted(
            (i.step for i in new.items), key=[i.step for i in new.items].index
        )
    ids = [item.id for part in after.rounds for item in part.items]
    assert len(set(ids)) == len(ids)


def test_the_start_is_recorded_in_the_plan(make_plan: PlanMaker) -> None:
    """`plan.from` is read back and belongs to the hash; an answer given again has none."""
    plain = make_plan()
    plan = make_plan(start=asked(plain, "integrity"))
    record = plan_record(plan)
    assert record["from"] == {
        "session": "earlier",
        "gaps": [{"competency": "integrity", "why": "below"}],
        "asked": sorted(questions(plain)),
    }
    assert plan_from_json(record, plan.passages) == plan
    assert "from" not in plan_record(plain)
    assert plan_hash(plan) != plan_hash(replace(plan, start=None))
    assert redo_plan(plan, items_to_redo(plan)[0].id).start is None


@pytest.mark.parametrize("form", ["uk_panel", "civil_service_cn"])
def test_a_format_with_the_same_questions_for_all_is_left_alone(
    make_plan: PlanMaker, form: str
) -> None:
    """Where all candidates get the same questions an earlier interview changes none, said so."""
    plain = make_plan("chengyuan", format_id=form, language="zh")
    plan = make_plan("chengyuan", format_id=form, language="zh", start=asked(plain, "integrity"))
    assert plan.rounds == plain.rounds
    assert plan.start is None
    assert any("the earlier interview" in note for note in plan.notes)


def test_no_level_is_in_what_a_plan_starts_from(
    library: Library, make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """Of a real interview the plan keeps names, a word of reason and ids: no number."""
    transcript = whole(make_plan, voice, "brightwell")
    held = sitting_of(transcript, assess(transcript, library))
    assert held is not None
    start = start_from(held)
    record = plan_record(make_plan(start=start))["from"]
    assert isinstance(record, dict)
    assert {gap["why"] for gap in record["gaps"]} <= {"not_scored", "below", "weakest"}
    assert "level" not in json.dumps(record)
    assert not any(isinstance(v, float) for gap in record["gaps"] for v in gap.values())


def test_of_more_questions_than_competencies_a_gap_gets_the_next(library: Library) -> None:
    """When every competency has been asked about once, what comes first is asked about again."""
    persona = library.personas["hr"].about
    part = next(p for p in library.formats["company"].rounds if p.persona == "hr")
    rubrics = [library.rubrics[name] for name in persona.competencies]
    able = len(rubrics) - 1  # for what candidates ask there is no question
    longer = part.model_copy(update={"scored_questions": able + 1})
    gap = "resilience_adaptability"
    chooser = Chooser(longer, rubrics, "en", 3, lambda _: True, first=(gap,))
    asked_about = [choice.rubric.id for choice in chooser.choose()]
    assert len(asked_about) == able + 1
    assert len(set(asked_about)) == able
    assert asked_about.count(gap) == 2
