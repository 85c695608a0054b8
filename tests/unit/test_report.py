"""The first report: quotes that are there, no number that is not, nothing injected."""

from __future__ import annotations

import dataclasses
import json

import pytest

from interviewer.assessment import (
    assess,
    assessment_to_json,
    report_html,
    report_markdown,
)
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.report import report_page, transcript_markdown, transcript_page
from interviewer.assessment.words import words_for
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.papers import paper_text
from interviewer.interview.session import Rehearsals
from interviewer.interview.turn import answer_turn
from interviewer.interview.wishing import language_for, make_wish, post_for
from interviewer.transcript import MoveRecord, Passage, Transcript, Turn
from tests.conftest import TODAY, PlanMaker, clock, held, try_answers


@pytest.fixture(scope="module")
def interviews(make_plan: PlanMaker, voice: object) -> dict[str, Transcript]:
    """Return an interview of each employer, held to its end."""
    from tests.conftest import MemoryStore, ScriptedRetriever

    found: dict[str, Transcript] = {}
    for company in ("brightwell", "chengyuan"):
        rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)  # type: ignore[arg-type]  # the fixture's own
        found[company] = held(rehearsals, make_plan(company), try_answers(company))
    return found


@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
def test_every_quote_stands_in_its_turn(
    interviews: dict[str, Transcript], library: Library, company: str
) -> None:
    """Quotes are exact parts of the turn they name; there is a level, or a reason for none."""
    transcript = interviews[company]
    document = assessment_to_json(assess(transcript, library))
    texts = {turn.seq: turn.content for turn in transcript.turns}
    rounds = json.loads(json.dumps(document))["rounds"]
    assert [entry["round"] for entry in rounds] == ["hr", "technical", "boss"]
    for competency in (c for entry in rounds for c in entry["competencies"]):
        scored = competency["state"] == "scored"
        assert scored == (competency["level"] is not None) == (competency["reason"] is None)
        assert competency["required"] >= 2
        assert all(quote["text"] in texts[quote["seq"]] for quote in competency["quotes"])
    assert document["finished"]
    assert document["ledger"]


def test_the_report_never_says_the_reservation_value(
    interviews: dict[str, Transcript], library: Library
) -> None:
    """What the boss would have agreed to stays hidden; what was said of pay is there."""
    transcript = interviews["brightwell"]
    report = assess(transcript, library)
    assert report.negotiation["opening"] == "£47,500"
    assert "53,000" not in report_html(report, transcript)


def test_a_competency_without_an_answer_says_so(library: Library, make_plan: PlanMaker) -> None:
    """An interview that was broken off shows what was not reached, and that it is unfinished."""
    plan = make_plan()
    rehearsal = Transcript("t")
    from interviewer.interview.session import new_transcript

    rehearsal = new_transcript("t", plan, model="builtin", clock=clock)
    empty = assess(rehearsal, library)
    assert empty.rounds == ()
    assert words_for("en").sentences["nothing_said"] in empty.notes
    first = plan.rounds[0].items[0]
    asked = Turn(1, "assistant", "Q?", "hr", round="hr", move=MoveRecord("open", first.id))
    talk = rehearsal.add(asked).add(answer_turn(rehearsal.add(asked), "hr", "Fine.", clock))
    report = assess(talk, library)
    reasons = {c.id: c.reason for c in report.rounds[0].competencies}
    assert reasons["integrity"] == words_for("en").unscored["no_evidence"]
    assert reasons["communication"] == words_for("en").unscored["thin"]
    assert words_for("en").sentences["unfinished"] in report.notes
    assert report.one_thing == feedback_words("en").advice["more"]
    silent = rehearsal.add(asked).add(answer_turn(rehearsal.add(asked), "hr", "", clock))
    assert assess(silent, library).rounds[0].competencies[0].missing == ("more",)
    note = Turn(None, "user", "I built 12 shops in 2024 and it worked.", round="hr")
    assert assess(talk.add(note), library).rounds
    early = rehearsal.add(answer_turn(rehearsal, "hr", "Hello?", clock))
    assert assess(early, library).rounds == ()


def test_a_plain_chat_gets_no_rounds(library: Library) -> None:
    """A chat without a plan is not judged, and the report says why."""
    chat = Transcript("c", turns=(Turn(None, "user", "I built a thing."),))
    report = assess(chat, library)
    assert report.rounds == ()
    assert report.notes == (words_for("en").sentences["no_plan"],)
    assert "no plan" in report_markdown(report, chat)


def test_unknown_rubrics_and_languages_are_named_plainly(
    interviews: dict[str, Transcript], library: Library
) -> None:
    """Without its rubric a competency is named by its id; without words English is used."""
    bare = dataclasses.replace(library, rubrics={}, vocabularies={})
    report = assess(interviews["brightwell"], bare)
    first = report.rounds[0].competencies[0]
    assert (first.name, first.required) == ("Communication", None)
    rubric = library.rubrics["communication"]
    chinese = rubric.model_copy(update={"name": {"zh": "沟通"}})
    named = dataclasses.replace(library, rubrics={"communication": chinese})
    assert assess(interviews["brightwell"], named).rounds[0].competencies[0].name == "沟通"
    assert words_for("fr") == words_for("en")
    for part in ("labels", "sentences", "questions", "drills"):
        assert set(getattr(words_for("en"), part)) == set(getattr(words_for("zh"), part))


def test_what_people_said_injects_nothing(
    interviews: dict[str, Transcript], library: Library
) -> None:
    """Markup, links, images and templates in an answer stay text in every form of the report."""
    hostile = (
        "I built <script>alert(1)</script> ![x](http://a.example) [b](javascript:alert(1)) `c` "
        "| {{7*7}} for 12 shops in 2024 and as a result 9 failures fell to 1."
    )
    transcript = interviews["brightwell"]
    turns = tuple(
        dataclasses.replace(turn, content=hostile) if turn.by_candidate else turn
        for turn in transcript.turns
    )
    changed = dataclasses.replace(transcript, turns=turns)
    report = assess(changed, library)
    for page in (report_html(report, changed), report_page(report, changed),
                 transcript_page(changed)):  # fmt: skip
        assert "<script" not in page
        assert "&lt;script&gt;" in page
        assert "{{7*7}}" in page
    for text in (report_markdown(report, changed), transcript_markdown(changed)):
        assert "![x]" not in text
        assert "](javascript" not in text
        assert "<script" not in text.replace("\\<script", "")
    assert "not for selecting people" in report_markdown(report, changed)


def test_long_and_asking_sentences_are_not_quoted(
    interviews: dict[str, Transcript], library: Library
) -> None:
    """A sentence of a page, a question or an order to the examiner is no evidence."""
    transcript = interviews["brightwell"]
    said = "I built " + "very " * 90 + "much in 2024. How many shops do you have in 2024?"
    turns = tuple(
        dataclasses.replace(turn, content=said) if turn.by_candidate else turn
        for turn in transcript.turns
    )
    report = assess(dataclasses.replace(transcript, turns=turns), library)
    assert all(not c.quotes for entry in report.rounds for c in entry.competencies)
    assert report.rounds[0].questions


def test_papers_are_text() -> None:
    """A CV is UTF-8 text of a kind that is read; invisible characters are taken out."""
    assert paper_text("\ufeffHello\u200b".encode(), "cv.md", "CV") == "Hello"
    for data, name in ((b"x", "a.docx"), (b"caf\xc3", "a.md"), (b"a\0", "a.md"), (b"", "a.md"),
                       (b"x" * 2_000_001, "a.md")):  # fmt: skip
        with pytest.raises(InputError, match="CV"):
            paper_text(data, name, "CV")


def test_wishes_are_made_of_names(library: Library) -> None:
    """Posts by id or title, languages the examiners speak, titles of one's own where none are."""
    company = library.packs["brightwell"].company
    assert post_for(company, " data ENGINEER ", "en").id == "data-engineer"
    free = company.model_copy(update={"posts": ()})
    assert post_for(free, "Baker!", "en").id == "baker"
    assert post_for(free, "会计", "zh").id == "post"
    for role, text in (("pilot", "posts are"),):
        with pytest.raises(InputError, match=text):
            post_for(company, role, "en")
    with pytest.raises(InputError, match="title"):
        post_for(free, "  ", "en")
    assert language_for(library, company, None) == "en"
    french = company.model_copy(update={"languages": ("fr",)})
    assert language_for(library, french, None) == "en"
    assert language_for(library, company, "zh") == "zh"

    def none(name: str) -> tuple[Passage, ...]:
        return ()

    for wrong in ({"company": "x"}, {"format_id": "x"}, {"language": "x"}):
        wish = {"company": "brightwell", "role": "data-engineer", **wrong}
        with pytest.raises(InputError):
            make_wish(library, seed=1, today=TODAY, passages=none, **wish)  # type: ignore[arg-type]  # names by test
