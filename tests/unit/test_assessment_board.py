"""The board's part of a report."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from interviewer.assessment.assess import assess
from interviewer.assessment.board import board_report
from interviewer.assessment.document import assessment_to_json
from interviewer.assessment.report import report_html, report_markdown
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.content.rubric import WantedPoint
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.session import Rehearsals
from interviewer.simulation.candidate import Candidate
from tests.conftest import PlanMaker, hold
from tests.simulating import simulated


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_board_s_report_says_it_is_one_rater(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, language: str
) -> None:
    """Points stand for each element that text can show, with what is left out and who rated."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language=language)
    transcript = simulated(plan, Candidate("strong", "high", language, 1), voice, library)
    found = assess(transcript, library)
    assert found.board is not None
    assert len(found.board.lines) == 6
    assert found.board.combined.raters == 1
    assert found.board.combined.points is not None
    assert not found.board.reminded
    # What is asked here is no story, so that no part of one is missing or there.
    assert not any(entry.gap for entry in found.rounds[0].competencies)
    say = words_for(language).sentences
    for text in (report_html(found, transcript), report_markdown(found, transcript)):
        assert str(found.board.combined.points) in text
    assert say["board_one_rater"].format(raters=7) in found.board.remarks
    document = assessment_to_json(found)["board"]
    assert isinstance(document, dict)
    assert (document["raters"], document["dropped"]) == (1, 0)


def test_a_reminder_is_in_the_report(
    make_plan: PlanMaker, rehearsals: Rehearsals, library: Library
) -> None:
    """The turn of the reminder is named, and who says too little has no total."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language="zh")
    transcript = asyncio.run(hold(rehearsals, plan, ["我叫李明辉。"]))
    found = assess(transcript, library)
    assert found.board is not None
    assert found.board.reminded == (3,)
    assert found.board.combined.points is None
    assert all(line.points is None for line in found.board.lines)
    assert "李明辉" not in "".join(found.board.remarks)


def test_other_formats_have_no_table(
    make_plan: PlanMaker, rehearsals: Rehearsals, library: Library
) -> None:
    """A company gives no points."""
    transcript = asyncio.run(hold(rehearsals, make_plan(), ["Yes."]))
    assert assess(transcript, library).board is None


def test_seven_raters_stand_for_a_board(
    make_plan: PlanMaker, rehearsals: Rehearsals, library: Library
) -> None:
    """Given seven raters' levels, the table drops two and says nothing of one rater."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language="zh")
    transcript = asyncio.run(hold(rehearsals, plan, []))
    kinds = library.personas["chief_examiner"].about.competencies
    raters = [dict.fromkeys(kinds, level) for level in (1, 3, 3.5, 4, 4, 4.5, 5)]
    found = board_report(plan, transcript, library, words_for("zh"), raters)
    assert found is not None
    assert (found.combined.raters, found.combined.dropped) == (7, 2)
    assert len(found.remarks) == 1


@pytest.mark.parametrize(
    ("language", "answer", "found", "missed"),
    [
        ("en", "The aim is clear. Two colleagues take the budget.", "Purpose", "Risks and what"),
        ("zh", "目的要清楚，经费和场地先定下来。", "目的", "预案"),
    ],
    ids=["en", "zh"],
)
def test_points_found_and_missed_are_named(
    make_plan: PlanMaker,
    rehearsals: Rehearsals,
    library: Library,
    language: str,
    answer: str,
    found: str,
    missed: str,
) -> None:
    """Each question answered has the names of the points that were found, and of the others."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language=language)
    kinds = [item.competency for item in plan.rounds[0].items]
    place = kinds.index("cn_plan")
    transcript = asyncio.run(hold(rehearsals, plan, [answer] * (place + 1)))
    report = assess(transcript, library)
    assert report.board is not None
    seen = report.board.questions[place]
    assert any(name.startswith(found) for name in seen.found)
    assert any(name.startswith(missed) for name in seen.missed)
    assert not set(seen.found) & set(seen.missed)
    for text in (report_html(report, transcript), report_markdown(report, transcript)):
        assert missed in text
    document = assessment_to_json(report)["board"]
    assert isinstance(document, dict)
    assert document["questions"][place]["missed"] == list(seen.missed)


def test_points_without_names_are_only_counted(
    make_plan: PlanMaker, rehearsals: Rehearsals, library: Library
) -> None:
    """A rubric whose points have words alone is read, and the report names none of them."""
    plan = make_plan("lanting", "enforcement", 1, format_id="civil_service_cn", language="zh")
    transcript = asyncio.run(hold(rehearsals, plan, ["目的要清楚。"]))
    bare = {
        name: rubric.model_copy(
            update={"points": tuple(WantedPoint.model_validate(p.says) for p in rubric.points)}
        )
        for name, rubric in library.rubrics.items()
    }
    report = assess(transcript, replace(library, rubrics=bare))
    assert report.board is not None
    assert report.board.questions == ()
