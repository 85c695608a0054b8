"""What to keep, what to change first, the retelling, and what was told before."""

from __future__ import annotations

import dataclasses
import json

import pytest

from interviewer.assessment import Assessment, assess
from interviewer.assessment.document import assessment_to_json
from interviewer.assessment.feedback.first_change import family
from interviewer.assessment.feedback.item import ModelLine
from interviewer.assessment.feedback.model_line import model_line, outline
from interviewer.assessment.feedback.rounds import feedback_on
from interviewer.assessment.feedback.strength import strength_of
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.judges.sampling import Judgement
from interviewer.assessment.report import report_html, report_markdown
from interviewer.assessment.standing import (
    named_in,
    named_in_json,
    set_beside,
    standing,
    with_standing,
)
from interviewer.content.library import Library
from interviewer.transcript import Interview, Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import talk
from tests.unit.feedback_fixtures import (
    FULL,
    LATE,
    answered,
    heard,
    rated_round,
    transcript_of,
    worth,
)

BROKEN_OFF = "In March the load broke off at night. I rewrote the retry step and rang Ana."
BRIEF = ("Last spring some vans had to move.", "I rang the drivers. In the end it worked.")
HELD_ON = "In June I held on to a slow query for two days. I wrote to nobody about it."
PADDED = (
    "In March 2024 the night load of 210 shops failed twice a week. It is a matter on which "
    "people in the trade have many opinions, as everybody knows who has worked in it. I "
    "rewrote the retry step myself. There is a garden behind the house, and it has been there for "
    "a very long time, as such things are. Failures fell from 9 a month to 1."
)


def own(line: ModelLine, said: tuple[str, ...]) -> bool:
    """Return whether every piece but the gaps stands in the turn it names."""
    turns = {2 * place: text for place, text in enumerate(said, start=1)}
    return all(p.seq is None or p.text in turns[p.seq] for p in line.pieces)


def test_a_story_told_late_is_told_again_in_its_order() -> None:
    """What came after a probe is put where it belongs, in the candidate's own sentences."""
    line = model_line(heard(*LATE))
    assert line is not None
    assert own(line, LATE)
    assert [piece.part for piece in line.pieces] == ["situation", "own_action", "result"]
    assert line.pieces[1].joined == "My own part:"
    assert line.text.index("depot") < line.text.index("I rang each")
    assert line.text.index("I rang each") < line.text.index("38 of the 40")


def test_a_retelling_needs_a_deed_and_a_result_and_something_new_to_show() -> None:
    """Without own action or result there is none, nor for what was short, whole and in order."""
    assert model_line(heard(BROKEN_OFF)) is None
    assert model_line(heard(FULL)) is None
    assert model_line(heard("We moved it all together and it worked.")) is None
    assert model_line(heard(FULL, type="knowledge")) is None
    padded = model_line(heard(PADDED))
    assert padded is not None
    assert own(padded, (PADDED,))
    assert "garden" not in padded.text
    assert padded.text.endswith("Failures fell from 9 a month to 1.")


def test_what_is_missing_has_a_place_in_the_outline() -> None:
    """An outline shows where in the candidate's words the missing part belongs."""
    line = outline(heard(BROKEN_OFF), "result")
    assert line is not None
    assert line.text == f"{BROKEN_OFF} [… what came of it?]"
    why = outline(heard(BROKEN_OFF), "reason")
    assert why is not None
    assert why.text.endswith("[… why that way?] [… what came of it?]")
    assert outline(heard(BROKEN_OFF), "employer") is None
    assert outline(heard("Usually it is fine."), "result") is None


def test_a_sentence_that_leans_on_another_is_not_taken_without_it() -> None:
    """A sentence that begins with "that" or "it" is told beside what it speaks of, or not."""
    said = (
        "In May the bill of a large customer was lost. The weather was warm, the office empty. "
        "That annoyed me, so I rang the customer and wrote it anew. "
        "They paid within two days and 40 more bills were found."
    )
    line = outline(heard(said), "reflection")
    assert line is not None
    assert "That annoyed me" not in line.text


def test_the_rarest_thing_that_was_shown_is_kept() -> None:
    """A strength is a sentence that shows something for certain, with why that counts."""
    told = heard(FULL, score=worth(4.5, 4.5))
    kept = strength_of([told], (), "en")
    assert kept is not None
    assert kept.text in FULL
    assert (kept.shown, kept.text[-8:]) == ("other_side", "me late.")
    assert kept.why == feedback_words("en").counts["other_side"]
    other = strength_of([told], ("other_side",), "en")
    assert other is not None
    assert other.shown == "figure"


def test_nothing_is_kept_of_what_shows_nothing() -> None:
    """Talk in general, what was not scored and what was said as a rule are no strengths."""
    assert strength_of([], (), "en") is None
    assert strength_of([heard("It was fine for everybody in there.")], (), "en") is None
    assert strength_of([heard(FULL, score=worth(None))], (), "en") is None
    usual = "Usually I check every one of the long lists of the depot twice."
    assert strength_of([heard(usual)], (), "en") is None
    boast = "I drove huge improvements in the depot and I wrote every list of it."
    assert strength_of([heard(boast)], (), "en") is None
    others = "The planner asked me for an hour more, because a customer was waiting for it."
    assert strength_of([heard(others)], (), "en") is None
    limit = heard(
        "I haven't used streams of events in production, so I say it plainly.", type="knowledge",
        score=worth(3.0),
    )  # fmt: skip
    kept = strength_of([limit], (), "en")
    assert kept is not None
    assert kept.shown == "own_limit"


def test_the_one_thing_is_argued(library: Library) -> None:
    """The first change says how often it was missing, what it holds back and what to do now."""
    rubric = library.rubrics["resilience_adaptability"]
    one = answered(BROKEN_OFF)
    capped = worth(2.0, lifts=("no_result",))
    rounds = [
        rated_round([(one, capped)], rubric), rated_round([(one, capped)], rubric, round_id="boss")
    ]  # fmt: skip
    first = feedback_on(rounds, transcript_of(one)).one_thing
    assert first is not None
    words = feedback_words("en")
    assert (first.lack, first.change) == ("result", words.advice["result"])
    assert (first.answers, first.of, first.turns) == (2, 2, (2,))
    assert first.why.startswith("It is missing in 2 of the 2 answers")
    assert "holds back Resilience and adaptability" in first.why
    assert "caps the level at 3" in first.why
    assert "“I rewrote the retry step and rang Ana”" in first.now
    assert words.drills["result"].text in first.now
    alone = feedback_on(rounds[:1], transcript_of(one)).one_thing
    assert alone is not None
    assert "furthest of all that is missing (turn 2)" in alone.why
    plain = rated_round([(one, worth(2.0))], library.rubrics["communication"])
    cheap = feedback_on([plain], transcript_of(one)).one_thing
    assert cheap is not None
    assert "one more sentence" in cheap.why


def test_the_one_thing_is_silent_only_when_nothing_was_asked(library: Library) -> None:
    """Questions left open are the one thing when there is nothing else; no question, no thing."""
    silent = answered("")
    rubric = library.rubrics["teamwork_conflict"]
    nothing = rated_round([(silent, worth(None, reason="nothing_said"))], rubric, level=None)
    first = feedback_on([nothing], transcript_of(silent)).one_thing
    assert first is not None
    assert (first.lack, family("step_apply"), family("reason_would")) == (
        "unanswered", "step", "reason",
    )  # fmt: skip
    assert "1 of the 1 questions" in first.why
    assert first.now.startswith("Take the question in turn 1")
    assert feedback_on([], Transcript("t", Interview(language="en"))).one_thing is None
    beyond = rated_round([(answered(FULL), worth(4.5))], rubric, level=4.5, required=3)
    further = feedback_on([beyond], transcript_of(answered(FULL))).one_thing
    assert further is not None
    assert "holds back" not in further.why
    unknown = rated_round([(answered(FULL), worth(2.0))], rubric, required=None)
    assert feedback_on([unknown], transcript_of(answered(FULL))).one_thing is not None


@pytest.fixture(scope="module")
def report(library: Library, make_plan: PlanMaker) -> tuple[Assessment, Transcript]:
    """Return the report on an interview with two broken-off stories and a late one."""
    transcript = talk(
        make_plan(),
        {("hr", 2): [BROKEN_OFF], ("hr", 4): list(BRIEF), ("hr", 5): [HELD_ON]},
    )
    return assess(transcript, library), transcript


def test_a_report_tells_what_the_last_one_told(report: tuple[Assessment, Transcript]) -> None:
    """An item of the last report is told with "as last time", in JSON as `still`; no other is."""
    assessment, transcript = report
    items = [item for part in assessment.rounds for item in part.feedback]
    assert len(items) >= 2
    document = json.loads(json.dumps(assessment_to_json(assessment)))
    assert named_in_json(document) == named_in(items)
    again = with_standing(assessment, named_in(items[:1]))
    twice, before = set_beside(assessment, assessment)
    assert before is assessment
    assert all(item.still for part in twice.rounds for item in part.feedback)
    assert set_beside(assessment, None) == (assessment, None)
    judged = dataclasses.replace(assessment, judgement=Judgement("model:x", 3, {}, 0, {}))
    assert set_beside(judged, assessment) == (judged, None)
    marked = [item.still for part in again.rounds for item in part.feedback]
    assert marked == [True] + [False] * (len(items) - 1)
    assert report_html(again, transcript).count("As last time") == 1
    assert "As last time" in report_markdown(again, transcript)
    assert "As last time" not in report_html(assessment, transcript)
    assert standing(standing(items, named_in(items)), frozenset()) == tuple(items)


@pytest.mark.parametrize(
    "document",
    [
        {}, {"rounds": None}, {"rounds": ["x"]}, {"rounds": [{"feedback": 3}]},
        {"rounds": [{"feedback": [{"lack": 1, "competency": "c"}, {"lack": "result"}]}]},
    ],
    ids=["empty", "none", "text", "number", "halves"],
)  # fmt: skip
def test_reports_without_feedback_name_nothing(document: dict[str, object]) -> None:
    """A report of an older program, or a damaged one, has nothing that was told before."""
    assert named_in_json(document) == frozenset()


def test_json_has_every_field_of_an_item(report: tuple[Assessment, Transcript]) -> None:
    """Items, strengths and the first change stand in the document, quotes with their turns."""
    assessment, transcript = report
    document = json.loads(json.dumps(assessment_to_json(assessment)))
    said = {turn.seq: turn.content for turn in transcript.turns}
    items = [item for part in document["rounds"] for item in part["feedback"]]
    assert items
    for item in items:
        quote = item["evidence_quote"]
        assert quote["text"] in said[quote["seq"]]
        assert {"drill", "minutes", "due"} == set(item["next_action"])
        assert item["confidence"] in ("low", "medium", "high")
    assert any(item["model_line"] for item in items)
    assert any(item["outline"] for item in items)
    assert document["first_change"]["change"] == document["one_thing"]
    assert all(keep["why"] for keep in document["keep"])
    empty = dataclasses.replace(assessment, first_change=None, rounds=())
    assert assessment_to_json(empty)["first_change"] is None


def test_the_first_screen_of_a_round_is_items_and_strength(
    report: tuple[Assessment, Transcript],
) -> None:
    """Levels stand once, in the overview; a round begins with items and strength."""
    assessment, transcript = report
    page = report_html(assessment, transcript)
    words = feedback_words("en").labels
    start = page.index('class="report-round report-round-hr"')
    places = [page.index(mark, start) for mark in ("report-feedback", "report-keep", words["all"])]
    assert places == sorted(places)
    assert page.index("report-overview") < start
    assert page.index("report-competency", start) > places[-1]
    assert words["outline"] in page
    assert words["model"] in page
    assert words["why"] in page
    text = report_markdown(assessment, transcript)
    assert text.index(words["heading"]) < text.index(words["all"])
    assert "10 minutes, before the next round" in text
