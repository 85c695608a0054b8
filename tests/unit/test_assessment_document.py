"""The report as JSON: the documented form, null where nothing was judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from interviewer.assessment import assess, assessment_to_json
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.transcript import Transcript
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import COMPANIES, STORY, begun, talk, whole

TOP = {
    "schema", "id", "rounds", "one_thing", "keep", "ledger", "negotiation", "delivery", "notice",
}  # fmt: skip
COMPETENCY = {
    "id", "level", "state", "reason", "required", "spread", "answers", "quotes", "anchor_matched",
    "gap", "question_to_you", "next_action",
}  # fmt: skip
Json = dict[str, Any]


@pytest.fixture(scope="module")
def documents(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> dict[str, tuple[Transcript, Json]]:
    """Return an interview with each employer and the report on it, as read back from its JSON."""
    found = {}
    for company in COMPANIES:
        transcript = whole(make_plan, voice, company)
        document = assessment_to_json(assess(transcript, library))
        found[company] = (transcript, json.loads(json.dumps(document, allow_nan=False)))
    return found


def competencies(document: Json) -> Iterator[Json]:
    """Yield every competency of a report."""
    for part in document["rounds"]:
        yield from part["competencies"]


@pytest.mark.parametrize("company", COMPANIES)
def test_the_form_is_the_documented_one(
    documents: dict[str, tuple[Transcript, Json]], company: str
) -> None:
    """Every field of DESIGN section 5 is there, in every round and competency."""
    transcript, document = documents[company]
    assert document["schema"] == "interviewer.assessment/1"
    assert document["id"] == transcript.id
    assert set(document) >= TOP
    assert [part["round"] for part in document["rounds"]] == ["hr", "technical", "boss"]
    for part in document["rounds"]:
        assert part["scale"] == {"id": "anchors5", "min": 1, "max": 5}
        assert set(document["delivery"][part["round"]]) == {
            "answers", "words_each", "examiner_share", "minutes", "speech",
        }  # fmt: skip
    for competency in competencies(document):
        assert set(competency) >= COMPETENCY
    assert document["ledger"]
    for figure in document["ledger"]:
        assert set(figure) >= {"kind", "text", "value", "round", "seq", "sentence"}


@pytest.mark.parametrize("company", COMPANIES)
def test_a_level_is_on_its_scale_or_there_is_none(
    documents: dict[str, tuple[Transcript, Json]], company: str
) -> None:
    """A scored competency has level, spread and anchor on its scale, another a reason only."""
    found = list(competencies(documents[company][1]))
    assert len(found) >= 12
    assert {entry["state"] for entry in found} >= {"scored"}
    for competency in found:
        level, scale = competency["level"], competency["scale"]
        assert isinstance(competency["required"], int)
        if competency["state"] == "not_scored":
            assert (level, competency["spread"], competency["anchor_matched"]) == (None,) * 3
            assert competency["reason"]
            continue
        assert scale["min"] <= level <= scale["max"]
        assert scale["min"] <= competency["anchor_matched"] <= scale["max"]
        assert competency["spread"] >= 0
        levels = [answer["level"] for answer in competency["answers"] if answer["level"]]
        assert min(levels) - 0.1 <= level <= max(levels) + 0.1


@pytest.mark.parametrize("company", COMPANIES)
def test_quotes_are_exact_parts_of_their_turns(
    documents: dict[str, tuple[Transcript, Json]], company: str
) -> None:
    """`quotes[].text` is an exact part of turn `seq`, and so is what to keep."""
    transcript, document = documents[company]
    said = {turn.seq: turn.content for turn in transcript.turns if turn.by_candidate}
    quotes = [quote for entry in competencies(document) for quote in entry["quotes"]]
    assert quotes
    assert document["keep"]
    assert all(quote["text"] in said[quote["seq"]] for quote in (*quotes, *document["keep"]))
    answered = [answer["seq"] for entry in competencies(document) for answer in entry["answers"]]
    assert set(answered) <= set(said)


@pytest.mark.parametrize("company", COMPANIES)
def test_sources_and_questions_are_told(
    documents: dict[str, tuple[Transcript, Json]], company: str
) -> None:
    """Cited passages stand in the order of their marks; questions with whether answered."""
    transcript, document = documents[company]
    assert document["sources"] == list(transcript.citation_numbers())
    questions = [question for part in document["rounds"] for question in part["questions"]]
    assert questions
    assert all(
        set(question) == {"seq", "text", "answered", "research", "fit"} for question in questions
    )
    assert document["finished"] is True


@pytest.mark.parametrize(("company", "language"), [("brightwell", "en"), ("chengyuan", "zh")])
def test_the_notice_is_in_the_document(
    documents: dict[str, tuple[Transcript, Json]], company: str, language: str
) -> None:
    """The report says in its language that it is for practice and selects nobody."""
    assert documents[company][1]["notice"] == words_for(language).sentences["notice"]


def test_what_is_empty_is_null(library: Library, make_plan: PlanMaker) -> None:
    """Where nothing was missing or said, fields are null or empty lists, never made up."""
    plan = make_plan()
    nothing = assessment_to_json(assess(begun(plan), library))
    assert nothing["rounds"] == []
    assert (nothing["one_thing"], nothing["negotiation"], nothing["delivery"]) == (None, {}, {})
    assert (nothing["keep"], nothing["ledger"], nothing["finished"]) == ([], [], False)
    told: Json = assessment_to_json(assess(talk(plan, {("hr", 1): [STORY]}), library))
    unheard = [entry for entry in competencies(told) if not entry["answers"]]
    assert unheard
    for entry in unheard:
        assert (entry["gap"], entry["question_to_you"], entry["next_action"]) == (None,) * 3
        assert (entry["quotes"], entry["missing"]) == ([], [])
