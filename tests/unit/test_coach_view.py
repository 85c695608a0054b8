"""The coach's view: the same record with every answer behind the levels."""

from __future__ import annotations

import dataclasses
import html
import json

import pytest

from interviewer.assessment import assess, assessment_to_json, report_html, report_markdown
from interviewer.assessment.coach import CoachView, coach_view
from interviewer.assessment.report import report_page
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import MoveRecord, Transcript, Turn
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import COMPANIES, STORY, begun, talk, whole

WE = "In March 2024 the load of 210 shops failed twice a week, and we repaired it together."
OTHERS = "In autumn 2023 the feed of nine depots came late, and we all sorted it out together."


def seen(transcript: Transcript, library: Library) -> CoachView:
    """Return the coach's view of a transcript that has one."""
    view = coach_view(assess(transcript, library), transcript)
    assert view is not None
    return view


@pytest.mark.parametrize("company", COMPANIES)
def test_every_answer_is_there(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, company: str
) -> None:
    """Page and Markdown for a coach hold all that was said to scored questions; the other not."""
    transcript = whole(make_plan, voice, company)
    report = assess(transcript, library)
    view = seen(transcript, library)
    scored = {
        item.id: item for part in make_plan(company).rounds for item in part.items if item.scored
    }
    answers = [a for part in view.rounds for c in part.competencies for a in c.answers]
    assert 10 < len(answers) <= len(scored)
    page = html.unescape(report_page(report, transcript, coach=view))
    markdown = report_markdown(report, transcript, coach=view).replace("\\", "")
    calm = report_html(report, transcript)
    for answer in answers:
        for turn in answer.turns:
            assert turn.text in page
            assert " ".join(turn.text.split()) in markdown
    assert report.words.coach["heading"] in page
    assert report.words.coach["heading"] not in calm
    assert len(page.encode()) < 300_000


def test_levels_before_and_after_probes_and_caps_are_told(
    library: Library, make_plan: PlanMaker
) -> None:
    """An answer that told one's own part only when asked shows both levels and what held it."""
    transcript = talk(make_plan(), {("hr", 2): [WE, STORY], ("hr", 4): [OTHERS]})
    view = seen(transcript, library)
    answers = [a for c in view.rounds[0].competencies for a in c.answers]
    probed, held = answers[0], answers[1]
    assert [turn.text for turn in probed.turns] == [WE, STORY]
    assert probed.before is not None
    assert probed.level is not None
    assert probed.level > probed.before
    assert words_for("en").lifts["no_own_action"] in held.caps
    assert not set(held.caps) & set(held.lifts)
    silent = talk(make_plan(), {("hr", 0): ["No."]})
    (only,) = (a for c in seen(silent, library).rounds[0].competencies for a in c.answers)
    assert only.level is None
    assert only.before is None
    assert only.reason in words_for("en").unscored.values()


def test_an_unworded_question_is_told_as_it_was_asked(
    library: Library, make_plan: PlanMaker
) -> None:
    """Where the plan has no words for a question, those of the examiner stand there."""
    plan = make_plan()
    part = plan.rounds[-1]
    pay = next(item for item in part.items if item.kind == "expectation")
    asked = Turn(1, "assistant", "What do you expect?", round=part.id,
                 move=MoveRecord("ask", pay.id))  # fmt: skip
    told = Turn(2, "user", "I expect £50,000, since similar posts pay that.", round=part.id)
    transcript = dataclasses.replace(begun(plan), turns=(asked, told))
    (answer,) = (
        a for p in seen(transcript, library).rounds for c in p.competencies for a in c.answers
    )
    assert answer.question == "What do you expect?"


@pytest.mark.parametrize(
    ("closing", "reason"),
    [
        (None, "left_open"),
        ("the candidate says nothing more", "left_silence"),
        ("next in plan", "left_time"),
    ],
)
def test_what_was_not_asked_says_why(
    library: Library, make_plan: PlanMaker, closing: str | None, reason: str
) -> None:
    """Questions left out are listed with the reason: time, silence, or a round not over yet."""
    transcript = talk(make_plan(), {("hr", 0): [STORY]})
    if closing:
        move = MoveRecord("close", reason=closing)
        transcript = transcript.add(
            Turn(transcript.next_seq, "assistant", "Thank you.", "hr", round="hr", move=move)
        )
    first, second, _ = seen(transcript, library).rounds
    said = words_for("en").coach
    assert first.asked == 1
    assert len(first.not_asked) == first.items - 1
    assert {item.reason for item in first.not_asked} == {said[reason]}
    assert said["item_candidate_questions"] in {item.text for item in first.not_asked}
    later = said["left_open"] if closing else said["left_not_begun"]
    assert {item.reason for item in second.not_asked} == {later}
    assert second.competencies == ()


def test_the_plan_can_be_made_again(library: Library, make_plan: PlanMaker) -> None:
    """Seed, hash, difficulty and what could not be planned are told."""
    plan = dataclasses.replace(make_plan(), seed=4711, notes=("No pay band is given.",))
    transcript = talk(plan, {("hr", 0): [STORY]})
    view = seen(transcript, library)
    assert view.seed == 4711
    assert view.hash == transcript.interview.plan["hash"]
    report = assess(transcript, library)
    for text in (
        report_html(report, transcript, coach=view),
        report_markdown(report, transcript, coach=view).replace("\\", ""),
    ):
        assert "4711" in text
        assert view.hash[:12] in text
        assert "No pay band is given." in text


def test_a_chat_without_a_plan_has_no_such_view(library: Library, make_plan: PlanMaker) -> None:
    """A plain chat, and one scored against other rubrics, get the report alone."""
    chat = Transcript("c", turns=(Turn(1, "assistant", "Why?"), Turn(2, "user", STORY)))
    assert coach_view(assess(chat, library), chat) is None
    planned = talk(make_plan(), {("hr", 0): [STORY]})
    rubric = library.rubrics["teamwork_conflict"]
    other = assess(planned, library, rubrics={rubric.id: rubric}, competency=rubric.id)
    assert coach_view(other, planned) is None


def test_the_document_has_it_only_for_a_coach(library: Library, make_plan: PlanMaker) -> None:
    """JSON for a coach is the candidate's with one part more."""
    transcript = talk(make_plan(), {("hr", 0): [WE, STORY]})
    report = assess(transcript, library)
    calm = json.loads(json.dumps(assessment_to_json(report)))
    full = json.loads(json.dumps(assessment_to_json(report, seen(transcript, library))))
    coach = full.pop("coach")
    assert full == calm
    assert coach["rounds"][0]["competencies"][0]["answers"][0]["turns"][0]["text"] == WE
