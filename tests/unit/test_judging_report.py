"""A report with a judge's levels: who gave them, what stands beside them, what a board makes."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.assessment import Assessment, assess, assessment_to_json
from interviewer.assessment.judges.cases import cases_in, samples_usual
from interviewer.assessment.judges.judge import RatingSheet, Ruling, Verdict
from interviewer.assessment.judges.reporting import with_judgement
from interviewer.assessment.judges.sampling import judgement_by
from interviewer.assessment.report import report_html, report_markdown
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.research.sentences import sentences
from interviewer.simulation.person import Candidate
from interviewer.transcript import Transcript
from interviewer.transcript_file import load
from tests.conftest import PlanMaker, try_paper
from tests.simulating import simulated
from tests.unit.assessment_fixtures import COMPANIES, STORY, begun, talk, whole
from tests.unit.judging_fixtures import ScriptedJudge


def plain(level: int | None = 3) -> Callable[[RatingSheet], Ruling]:
    """Return a judge that gives one level and quotes the first thing said."""

    def rule(sheet: RatingSheet) -> Ruling:
        said = next(e.said for e in sheet.exchanges if e.said)
        return Ruling(Verdict(level, (sentences(said, sheet.language)[0],)), usage={"input": 9})

    return rule


def judged(
    transcript: Transcript,
    library: Library,
    rule: Callable[[RatingSheet], Ruling],
    samples: int = 3,
) -> tuple[Assessment, Assessment, ScriptedJudge]:
    """Return the report by rules, the one with a judge's levels, and the judge."""
    report = assess(transcript, library)
    cases = cases_in(report, transcript, library)
    judge = ScriptedJudge(rule)
    judgement = asyncio.run(judgement_by(judge, cases, samples))
    return report, with_judgement(report, judgement, cases, transcript, library), judge


@pytest.mark.parametrize("company", COMPANIES)
def test_a_report_says_who_gave_the_levels(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, company: str
) -> None:
    """The judge's level with its samples, that of the rules beside it, quotes that were said."""
    transcript = whole(make_plan, voice, company)
    before, found, judge = judged(transcript, library, plain())
    said = {turn.seq: turn.content for turn in transcript.turns}
    document = assessment_to_json(found)
    listed = [c for part in document["rounds"] for c in part["competencies"]]  # type: ignore[attr-defined]  # JSON
    rules = [c for part in before.rounds for c in part.competencies]
    assert len(listed) == len(rules) > 10
    for entry, by_rules in zip(listed, rules, strict=True):
        if by_rules.score.level is None:
            assert (entry["assessor"], entry["level"], entry["samples"]) == ("builtin", None, [])
            continue
        assert entry["assessor"] == "scripted"
        assert entry["builtin"]["level"] == by_rules.score.level
        assert set(entry["samples"]) == {3}
        assert abs(entry["level"] - by_rules.score.level) <= 2
        assert entry["quotes"]
        assert all(quote["text"] in said[quote["seq"]] for quote in entry["quotes"])
    assert document["judge"]["asked"] == len(judge.shown)  # type: ignore[index]  # JSON
    words = found.words
    told = words.sentences["judged"].format(judge="scripted", samples=3)
    assert told in found.notes
    assert words.sentences["levels"] not in found.notes
    for text in (report_html(found, transcript), report_markdown(found, transcript)):
        assert f"{words.labels['by_model']} scripted" in text
        assert words.labels["by_rules"] in text
        assert words.labels["judge_used"] in text
    assert "report-judged" not in report_html(before, transcript)
    json.dumps(document)


def test_a_prompt_has_nothing_of_cv_and_employer_but_facts(
    make_plan: PlanMaker, library: Library
) -> None:
    """A fact about the employer stands before its question, a line of the CV does not."""
    plan = make_plan(cv=try_paper("brightwell", "cv.md"))
    facts = 0
    for part in plan.conversations:
        places = [n for n, item in enumerate(i for i in part.items if i.scored) if item.text]
        transcript = talk(plan, {(part.id, n): [f"{n} times: {STORY}"] for n in places})
        report = assess(transcript, library)
        for case in cases_in(report, transcript, library):
            asked = " ".join(exchange.question for exchange in case.sheet.exchanges)
            leads = [i.lead for i in part.items if i.competency == case.rubric.id and i.lead]
            for lead in leads:
                facts += lead.kind == "fact" and lead.text in asked
                assert lead.kind == "fact" or lead.text not in asked
    assert facts


def test_a_level_is_left_open_with_the_reason(make_plan: PlanMaker, library: Library) -> None:
    """Too few samples, or a judge that finds nothing: no number, the level by rules beside it."""
    transcript = talk(make_plan(), {("hr", 2): [STORY]})
    place = itertools.count()

    def mostly_broken(sheet: RatingSheet) -> Ruling:
        if next(place):
            return Ruling(Verdict(5, ("I saved the firm",)))
        return plain()(sheet)

    _, found, _ = judged(transcript, library, mostly_broken)
    entry = next(c for part in found.rounds for c in part.competencies if c.judged)
    assert entry.score.level is None
    assert "1 of 3" in entry.reason
    assert "quoted what nobody said" in entry.reason
    assert entry.judged is not None
    assert entry.judged.built_in.level is not None
    (listed,) = [
        c for part in assessment_to_json(found)["rounds"] for c in part["competencies"]  # type: ignore[attr-defined]  # JSON
        if c["assessor"] == "scripted"
    ]  # fmt: skip
    assert (listed["state"], listed["samples_void"]) == ("not_scored", ["not_found"] * 2)
    assert entry.reason in report_html(found, transcript)
    _, found, _ = judged(transcript, library, plain(None))
    entry = next(c for part in found.rounds for c in part.competencies if c.judged)
    assert entry.reason == found.words.judging["abstained"]


def test_without_one_verdict_the_levels_of_the_rules_stay(
    make_plan: PlanMaker, library: Library
) -> None:
    """A judge that cannot be read changes nothing, and the report says so."""
    transcript = talk(make_plan(), {("hr", 2): [STORY]})
    before, found, _ = judged(transcript, library, lambda _: Ruling(None, "It was cut off."))
    assert found.rounds == before.rounds
    assert "It was cut off." in found.notes[-1]
    assert found.judgement is not None


def test_what_a_model_used_is_told(make_plan: PlanMaker, library: Library) -> None:
    """Tokens and, where a price is known, dollars stand at the end of the report."""
    transcript = talk(make_plan(), {("hr", 2): [STORY]})
    rule = plain()
    usage = {"input": 1200, "output": 80, "cost_usd": 0.0025}
    _, found, _ = judged(transcript, library, lambda seen: replace(rule(seen), usage=usage))
    for text in (report_html(found, transcript), report_markdown(found, transcript)):
        assert "3600" in text
        assert "0.0075" in text


def test_a_removed_rubric_is_not_judged(make_plan: PlanMaker, library: Library) -> None:
    """Without its anchors a competency keeps the reason the rules give."""
    transcript = talk(make_plan(), {("hr", 2): [STORY]})
    left = replace(library, rubrics={})
    report = assess(transcript, left)
    assert cases_in(report, transcript, left) == ()


def test_any_transcript_is_judged_against_rubrics(library: Library) -> None:
    """Without a plan what was said is judged by the rubric that is told; notes say who gave it."""
    text = json.dumps(
        {"messages": [
            {"role": "assistant", "content": "Tell me about a setback."},
            {"role": "user", "content": STORY},
        ]}
    )  # fmt: skip
    transcript = load(text)
    rubrics = {"resilience_adaptability": library.rubrics["resilience_adaptability"]}
    for competency in ("resilience_adaptability", None):
        report = assess(transcript, library, rubrics=rubrics, competency=competency)
        cases = cases_in(report, transcript, library, rubrics=rubrics, competency=competency)
        judgement = asyncio.run(judgement_by(ScriptedJudge(plain(4)), cases))
        found = with_judgement(report, judgement, cases, transcript, library)
        assert found.rounds[0].competencies[0].score.level == 4
        assert found.words.sentences["by_rubric"] in found.notes
        assert found.board is None
    assert cases_in(assess(transcript, library), transcript, library) == ()


def test_seven_samples_are_seven_raters(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """Their totals without the highest and the lowest are averaged to two decimals."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language="zh")
    transcript = simulated(plan, Candidate("strong", "high", "zh", 1), voice, library)
    assert samples_usual(transcript, library, 3) == 7
    calls = itertools.count()

    def rule(sheet: RatingSheet) -> Ruling:
        return plain(3 + next(calls) % 2)(sheet)

    before, found, _ = judged(transcript, library, rule, 7)
    assert before.board is not None
    assert found.board is not None
    assert (found.board.combined.raters, found.board.combined.dropped) == (7, 2)
    assert found.board.combined.points not in (None, before.board.combined.points)
    assert all(line.points is not None for line in found.board.lines)
    say = found.words.sentences
    assert any("scripted" in remark for remark in found.board.remarks)
    assert say["board_one_rater"].format(raters=7) not in found.board.remarks


def test_samples_that_do_not_count_are_no_raters(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """There are as many raters as each competency has samples, none when none has a level."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language="zh")
    transcript = simulated(plan, Candidate("strong", "high", "zh", 1), voice, library)
    calls = itertools.count()

    def often(sheet: RatingSheet) -> Ruling:
        return Ruling(None, "x") if next(calls) % 7 == 3 else plain(4)(sheet)

    _, found, _ = judged(transcript, library, often, 7)
    assert found.board is not None
    assert 4 <= found.board.combined.raters <= 6
    _, found, _ = judged(transcript, library, plain(None), 7)
    assert found.board is not None
    assert found.board.combined.points is None
    assert found.board.combined.raters == 0


def test_other_formats_take_three_samples(make_plan: PlanMaker, library: Library) -> None:
    """Where nobody rates by points, a judge is asked three times."""
    transcript = begun(make_plan())
    assert samples_usual(transcript, library, 3) == 3
    gone = replace(transcript, interview=replace(transcript.interview, format="no-such"))
    assert samples_usual(gone, library, 3) == 3


def test_a_board_whose_format_is_gone_has_no_table(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """Levels are still given."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language="zh")
    transcript = simulated(plan, Candidate("strong", "high", "zh", 1), voice, library)
    _, found, _ = judged(transcript, replace(library, formats={}), plain(4))
    assert found.board is None
    assert any(c.judged for part in found.rounds for c in part.competencies)


def test_prompts_are_the_same_in_every_run(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, tmp_path: Path
) -> None:
    """What a judge sees depends on the transcript alone."""
    transcript = whole(make_plan, voice, "brightwell")
    seen = [judged(transcript, library, plain())[2].shown for _ in range(2)]
    key = [sorted(map(repr, shown)) for shown in seen]
    assert key[0] == key[1]
