"""An answer and the same answer given again: levels, what is new, what still lacks."""

from __future__ import annotations

import datetime

import pytest

from interviewer.assessment import (
    Afterwards,
    assess,
    assessment_to_json,
    report_html,
    report_markdown,
)
from interviewer.assessment.report import redo_markdown
from interviewer.assessment.side_by_side import side_by_side, weakest
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.annotations import Annotation
from interviewer.interview.redo import (
    Redo,
    about_item,
    drilled_since,
    redo_in,
    redo_transcript,
)
from interviewer.interview.session import plan_of
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker, clock
from tests.unit.assessment_fixtures import STORY, ask, say, scored_item, talk

WEAK = "There are always disagreements somewhere. Usually the shift leader sorts it out with us."
LACKS = "In May 2024 I talked to the shift leader and wrote down both ways of counting for us."


@pytest.fixture(scope="module")
def first(make_plan: PlanMaker) -> Transcript:
    """Return an interview with a weak answer and one that says nothing."""
    return talk(make_plan("brightwell"), {("hr", 2): [WEAK], ("hr", 3): [""]})


def given_again(first: Transcript, *said: str, place: int = 2, name: str = "r") -> Transcript:
    """Return the redo of an item with these answers, probes between."""
    item = scored_item(plan_of(first), "hr", place)
    transcript = redo_transcript(name, first, item.id, clock)
    for number, text in enumerate(said):
        transcript = say(ask(transcript, "hr", item, "probe" if number else "ask"), "hr", text)
    return transcript


def redo(transcript: Transcript) -> Redo:
    """Return which answer an interview gives again."""
    found = redo_in(transcript.interview)
    assert found is not None
    return found


def test_a_redo_is_a_transcript_of_its_own(first: Transcript) -> None:
    """It is marked, begins without a turn, keeps the model, and asks the one item."""
    made = given_again(first)
    item = scored_item(plan_of(first), "hr", 2)
    assert redo(made) == Redo("t", item.id)
    assert (made.id, made.turns, made.interview.model) == ("r", (), "builtin")
    assert [i.id for part in plan_of(made).rounds for i in part.items] == [item.id]
    assert about_item(first, item.id) == f"hr/{item.competency}"
    with pytest.raises(InputError):
        redo_transcript("r", first, "hr.nothing", clock)


def test_a_better_answer_is_told_with_what_is_new(first: Transcript, library: Library) -> None:
    """Levels, quotes of both, what only the second tells, and what it still lacks."""
    second = given_again(first, STORY)
    both = side_by_side(first, second, redo(second), library)
    assert both is not None
    assert both.gain is not None
    assert both.gain > 0
    assert "result" in both.new
    assert both.lacking
    assert not set(both.new) & set(both.lacking)
    assert all(q.text in second.turns[q.seq - 1].content for q in both.second.quotes)
    alone = assess(second, library).rounds[0].competencies[0].score
    assert both.second.score == alone.answers[0]


def test_the_same_words_bring_nothing_new(first: Transcript, library: Library) -> None:
    """Answering with the first answer has the same level and is told to hold nothing new."""
    second = given_again(first, WEAK)
    both = side_by_side(first, second, redo(second), library)
    assert both is not None
    assert (both.gain, both.new, both.lost) == (0, (), ())
    report = assess(second, library, after=Afterwards(first=first))
    assert "nothing that the first did not" in report_html(report, second)
    assert "the same level as the first" in redo_markdown(report, second)


def test_a_worse_answer_is_told_too(make_plan: PlanMaker, library: Library) -> None:
    """What the first told and the second does not is named, and the level is said to be lower."""
    first = talk(make_plan("brightwell"), {("hr", 2): [STORY]})
    second = given_again(first, LACKS, "Nothing else.")
    report = assess(second, library, after=Afterwards(first=first))
    both = report.side_by_side
    assert both is not None
    assert both.gain is not None
    assert both.gain < 0
    assert "result" in both.lost
    assert "result" in both.lacking
    for text in (report_html(report, second), report_markdown(report, second)):
        assert "lower than the first" in text
        assert "Told the first time and not now" in text


def test_both_stand_in_either_report(first: Transcript, library: Library) -> None:
    """The redo's report opens with both; the first one's names the level of every try."""
    tries = (given_again(first, STORY, name="r1"), given_again(first, LACKS, name="r2"))
    report = assess(tries[0], library, after=Afterwards(first=first))
    document = assessment_to_json(report)["redo"]
    assert isinstance(document, dict)
    assert (document["session"], document["second"]["session"]) == ("t", "r1")
    assert document["second"]["level"] > document["first"]["level"]
    assert "Before and after" in report_html(report, tries[0])
    whole = assess(first, library, after=Afterwards(again=(*tries, first)))
    assert "Before and after" not in report_html(whole, first)
    assert report_html(whole, first).count("Answered again") == 2
    assert report_markdown(whole, first).count("Answered again") == 2
    (again,) = (c.again for c in whole.rounds[0].competencies if c.again)
    assert [both.second.session for both in again] == ["r1", "r2"]
    assert assessment_to_json(whole)["redo"] is None


def test_what_has_no_level_is_compared_in_words_only(first: Transcript, library: Library) -> None:
    """An answer nobody could score has no number, on either side, and no gain."""
    second = given_again(first, STORY, place=3)
    report = assess(second, library, after=Afterwards(first=first))
    both = report.side_by_side
    assert both is not None
    assert (both.first.score.level, both.gain) == (None, None)
    document = assessment_to_json(report)["redo"]
    assert isinstance(document, dict)
    assert document["first"]["level"] is None
    assert document["first"]["before_probes"] is None
    assert "higher than" not in report_html(report, second)
    assert "Nothing was said that could be judged" in report_markdown(report, second)


def test_one_answer_alone_is_said_to_be_alone(first: Transcript, library: Library) -> None:
    """Before the second is given, or when the first is gone, no comparison is made up."""
    second = given_again(first, STORY)
    gone = assess(second, library)
    assert (gone.redo, gone.side_by_side) == (redo(second), None)
    assert "still there" in report_html(gone, second)
    assert "still there" in redo_markdown(gone, second)
    assert assessment_to_json(gone)["redo"] == {"session": "t", "item": redo(second).item}
    open_yet = given_again(first)
    assert side_by_side(first, open_yet, redo(open_yet), library) is None
    assert side_by_side(Transcript("x"), second, redo(second), library) is None
    other = Afterwards(first=Transcript("x"), again=(Transcript("y"),))
    assert assess(second, library, after=other).side_by_side is None


def test_the_weakest_answer_is_the_lowest_that_has_a_level() -> None:
    """No level is no low level: it is chosen where nothing was scored; of equals the first."""
    assert weakest([("a", None), ("b", 3.0), ("c", 2.0), ("d", 2.0)]) == "c"
    assert weakest([("a", None), ("b", None)]) == "a"
    assert weakest([]) is None


def test_a_drill_counts_from_the_last_answer_on() -> None:
    """Only a tick for the same competency, and not one from before, makes up for another day."""
    last = datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.UTC)
    ticks = [
        Annotation("drill", "hr/x", at="2026-11-22T09:00:00Z"),
        Annotation("drill", "hr/y", at="2026-11-22T11:00:00Z"),
        Annotation("drill", "hr/x", at="some day"),
    ]
    assert not drilled_since(ticks, "hr/x", last)
    assert drilled_since(ticks, "hr/y", last)
    assert drilled_since(ticks, "hr/x", None)


def test_a_competency_names_its_weakest_answer(first: Transcript, library: Library) -> None:
    """What the report offers to answer again was answered, and bears on that competency."""
    for part in assess(first, library).rounds:
        for entry in part.competencies:
            known = [item for item, _ in entry.items]
            assert (entry.weakest_item in known) == bool(known)
            assert bool(entry.disputable) <= bool(entry.answers)
