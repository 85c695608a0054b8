"""What is asked about a time without a post, and what never is."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest

from interviewer.interview import breaks as module
from interviewer.interview.breaks import break_question
from interviewer.interview.cv import Break, read_cv
from interviewer.interview.cv_lines import is_private
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_from_json, plan_record
from interviewer.interview.session import Rehearsals
from tests.conftest import PlanMaker, held

TODAY = datetime.date(2026, 11, 22)
CV = """# Noor Hadley

## Employment

### Data engineer, Larder and Lane Foods (March 2022 to today)
- Built the nightly load for 210 shops in Airflow.

### Analyst, Calderbrook Metering (August 2017 to February 2021)
- Wrote SQL reports for 14 suppliers.
"""
CHINESE = """工作经历
2022年3月至今 鹿川零售 数据工程师
- 负责260家门店的夜间管道
2017年8月-2021年2月 启明公司 分析员
- 编写14份报表
"""


def found_in(cv: str) -> tuple[Break, ...]:
    """Return the breaks of a CV."""
    return read_cv(cv, "2026-11").breaks


def test_the_question_names_the_line_and_the_months() -> None:
    """It starts from the post that followed, an exact part of the CV, and asks one thing."""
    for cv, language, since, until in (
        (CV, "en", "February 2021", "March 2022"),
        (CHINESE, "zh", "2021年2月", "2022年3月"),
    ):
        for seed in range(12):
            asked = break_question(found_in(cv), language, seed, TODAY)
            assert asked is not None
            lead, text = asked
            assert lead.kind == "cv"
            assert lead.text in cv.splitlines()[(lead.line or 0) - 1]
            assert since in text
            assert until in text
            assert len(re.findall(r"[?？]", text)) == 1
            assert asked == break_question(found_in(cv), language, seed, TODAY)


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_no_wording_asks_for_a_reason(language: str) -> None:
    """Every wording says that reasons are not asked, and none touches what is private."""
    for kind, variants in module._words(language).items():
        assert len(variants) >= 3
        for text in variants:
            question = re.split(r"[.;。；]", text)[-1]
            assert not re.search(r"(?i)\bwhy\b|reason|为什么|原因|怎么没", question)
            assert re.search(r"reason|原因", text)
            assert not is_private(text)
            assert "{since}" in text
            assert ("{until}" in text) is (kind == "after")


def test_a_break_that_goes_on_is_asked_from_the_last_post() -> None:
    """It names only when it began; a year without a month is said as a year."""
    cv = "Work\nClerk, Acme, 2016 – 2024"
    lead, text = break_question(found_in(cv), "en", 1, TODAY) or pytest.fail("none")
    assert lead.text == "Clerk, Acme"
    assert "2024" in text
    _, chinese = break_question(found_in(cv), "zh", 1, TODAY) or pytest.fail("none")
    assert "2024年" in chinese


def test_what_is_old_or_cannot_be_said_is_not_asked() -> None:
    """Breaks that ended more than ten years ago are left alone; so is a post without a title."""
    (gap,) = found_in(CV)
    assert break_question([gap], "en", 1, datetime.date(2033, 1, 1)) is None
    for title in ("", "| x", "word " * 40):
        unsaid = replace(gap, post=replace(gap.post, title=title))
        assert break_question([unsaid], "en", 1, TODAY) is None
    assert break_question((), "en", 1, TODAY) is None


def break_items(plan: Plan) -> list[str]:
    """Return the ids of the questions on breaks."""
    return [item.id for part in plan.rounds for item in part.items if item.id.endswith(".break")]


@pytest.mark.parametrize("seed", range(6))
def test_it_is_asked_once_in_the_step_on_the_background_and_not_scored(
    make_plan: PlanMaker, seed: int
) -> None:
    """The plan has it after the introduction, bearing on no competency, with its line."""
    plan = make_plan(cv=CV, seed=seed)
    assert break_items(plan) == ["hr.break"]
    place, item = next((n, i) for n, i in enumerate(plan.rounds[0].items) if i.id == "hr.break")
    assert place == 1
    assert (item.step, item.competency, item.scored) == ("background", None, False)
    assert item.lead is not None
    assert item.lead.line == 5
    assert plan_from_json(plan_record(plan), plan.passages) == plan


def test_without_a_cv_or_a_break_nothing_is_added(make_plan: PlanMaker) -> None:
    """No CV, none that is whole, and none with a leave gives a question."""
    assert break_items(make_plan()) == []
    assert break_items(make_plan(cv=CV.replace("February 2021", "February 2022"))) == []
    leave = "Parental leave (March 2021 to February 2022)\n\n### Analyst"
    plan = make_plan(cv=CV.replace("### Analyst", leave))
    assert break_items(plan) == []
    assert "arental leave" not in str(plan_record(plan))


def test_an_answer_to_it_is_not_taken_up(make_plan: PlanMaker, rehearsals: Rehearsals) -> None:
    """What is told there comes back neither in the next sentence nor in another round."""
    plan = make_plan(cv=CV, seed=2)
    told = "I rebuilt the quarry archive alone, box by box, for the town of Settle that winter."
    transcript = held(rehearsals, plan, ["Yes.", "Yes.", told, *["Yes, well."] * 60])
    place = next(n for n, turn in enumerate(transcript.turns) if turn.content == told)
    before = transcript.turns[place - 1].move
    assert before is not None
    assert before.item == "hr.break"
    later = " ".join(turn.content for turn in transcript.turns[place + 1 :])
    assert "quarry archive" not in later
    assert any(turn.round == "technical" for turn in transcript.turns)


@pytest.mark.parametrize(("company", "cv"), [("brightwell", CV), ("chengyuan", CHINESE)])
def test_it_is_said_in_an_interview_and_never_probed(
    make_plan: PlanMaker, rehearsals: Rehearsals, company: str, cv: str
) -> None:
    """The voice reads the line and asks; whatever is answered, no follow-up comes."""
    plan = make_plan(company, cv=cv, seed=2)
    answer = "I looked after my father." if company == "brightwell" else "那段时间我在照顾父亲。"
    transcript = held(rehearsals, plan, [answer] * 6)
    moves = [turn for turn in transcript.turns if turn.move and turn.move.item == "hr.break"]
    assert [turn.move.kind for turn in moves if turn.move] == ["ask"]
    item = plan.rounds[0].item("hr.break")
    assert item is not None
    assert item.lead is not None
    assert item.text in moves[0].content
    assert item.lead.text in moves[0].content
