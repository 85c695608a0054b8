"""Any transcript against rubrics: which was asked, and what is told of it."""

from __future__ import annotations

import json
from dataclasses import replace

from interviewer.assessment import assess, assessment_to_json, report_markdown
from interviewer.assessment.against_rubrics import exchanges_in
from interviewer.assessment.report import report_page
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric
from interviewer.transcript import Transcript, Turn
from interviewer.transcript_file import load
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import STORY, talk
from tests.unit.test_scoring import QUESTION, STRONG

NAMED = {
    "schema": 1,
    "id": "data_care",
    "name": {"en": "Care with data"},
    "definition": {"en": "Checks data before it is used."},
    "anchors": {
        "low": {"en": "Takes data as it comes and checks nothing."},
        "medium": {"en": "Checks data for gaps and duplicates before a model is trained."},
        "high": {"en": "Audits labels, splits by time to avoid leakage, tracks drift."},
    },
}
CHAT = load(
    json.dumps(
        {
            "messages": [
                {"role": "system", "content": "An interview."},
                {"role": "assistant", "content": QUESTION},
                {"role": "user", "content": STRONG},
                {"role": "assistant", "content": "How do you treat data before training a model?"},
                {
                    "role": "user",
                    "content": "In 2024 I audited the labels, split the data by time to avoid "
                    "leakage, because drift had fooled us, and tracked duplicates and gaps.",
                },
            ]
        }
    )
)


def test_named_levels_are_accepted() -> None:
    """Levels low, medium and high are levels 1, 3 and 5."""
    assert set(Rubric.model_validate(NAMED).anchors) == {1, 3, 5}


def test_a_plain_chat_is_scored_against_the_nearest_rubric(library: Library) -> None:
    """Each exchange goes to the rubric it is about; each is scored with quotes from its turn."""
    data = Rubric.model_validate(NAMED)
    rubrics = {data.id: data, "teamwork_conflict": library.rubrics["teamwork_conflict"]}
    report = assess(CHAT, library, rubrics=rubrics)
    (part,) = report.rounds
    assert report.notes == (words_for("en").sentences["by_rubric"],)
    by_id = {entry.id: entry for entry in part.competencies}
    assert [seq for seq, _ in by_id["data_care"].answers] == [5]
    assert [seq for seq, _ in by_id["teamwork_conflict"].answers] == [3]
    texts = {exchange.seq: exchange.answer for exchange in exchanges_in(CHAT)}
    for entry in by_id.values():
        assert entry.score.level is not None
        assert entry.quotes
        assert all(quote.text in texts[quote.seq] for quote in entry.quotes)
    document = assessment_to_json(report)
    assert json.dumps(document)
    assert "data_care" not in report_markdown(report, CHAT)
    assert "Care with data" in report_page(report, CHAT)


def test_the_competency_can_be_told(library: Library) -> None:
    """All exchanges go to the rubric that is told; those that do not bear on it have no level."""
    rubrics = {"teamwork_conflict": library.rubrics["teamwork_conflict"]}
    report = assess(CHAT, library, rubrics=rubrics, competency="teamwork_conflict")
    ((entry,),) = (part.competencies for part in report.rounds)
    assert [seq for seq, _ in entry.answers] == [3, 5]
    assert entry.score.level is not None


def test_an_exchange_about_nothing_goes_nowhere(library: Library) -> None:
    """What shares no terms with any rubric is scored by none, and nobody's silence is counted."""
    data = Rubric.model_validate(NAMED)
    chat = Transcript("c", turns=(Turn(None, "user", "Pancakes."),))
    report = assess(chat, library, rubrics={data.id: data})
    assert report.rounds[0].competencies[0].score.reason == "no_evidence"
    nobody = assess(Transcript("c"), library, rubrics={data.id: data})
    assert (nobody.rounds[0].answers, nobody.rounds[0].words_each) == (0, 0)


def test_a_plan_is_followed_unless_it_names_none_of_the_rubrics(
    library: Library, make_plan: PlanMaker
) -> None:
    """Rubrics the plan asks about keep its rounds; foreign ones are scored over the whole."""
    held = talk(make_plan(), {("hr", 1): [STORY]})
    known = assess(held, library, rubrics=library.rubrics)
    assert [part.id for part in known.rounds] == ["hr"]
    data = Rubric.model_validate(NAMED)
    foreign = assess(held, library, rubrics={data.id: data})
    assert [part.id for part in foreign.rounds] == ["transcript"]


def _chat(asked: str) -> Transcript:
    turns = (Turn(None, "assistant", asked), Turn(None, "user", STORY))
    return replace(CHAT, turns=turns)


def test_a_rubrics_own_question_tells_the_rubric(library: Library) -> None:
    """An answer to a question of a rubric's own goes to that rubric, whatever words it shares."""
    question = library.rubrics["teamwork_conflict"].questions[0].text["en"]
    report = assess(_chat(f"Thank you. {question}"), library, rubrics=library.rubrics)
    answered = [c.id for part in report.rounds for c in part.competencies if c.answers]
    assert answered == ["teamwork_conflict"]


def test_a_report_without_an_employer_has_no_empty_places(library: Library) -> None:
    """A plain chat's report begins with its title alone."""
    chat = _chat("Tell me.")
    report = assess(chat, library, rubrics=library.rubrics)
    assert report_markdown(report, chat).startswith("# Report\n")
