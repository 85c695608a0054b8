"""A candidate did say that: what is found, what counts, and what never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.assessment import (
    Afterwards,
    Assessment,
    assess,
    assessment_to_json,
    report_html,
    report_markdown,
)
from interviewer.assessment.dispute import (
    MOST_DISPUTES,
    Dispute,
    disputable,
    dispute_note,
    disputes_in,
)
from interviewer.assessment.disputing import answer_to
from interviewer.assessment.findings import CompetencyReport
from interviewer.assessment.pointed import is_long_enough, pointed_to
from interviewer.content.library import Library
from interviewer.errors import ConversationError, InputError
from interviewer.interview.annotations import Annotation
from interviewer.transcript import Transcript, Turn
from tests.conftest import PlanMaker
from tests.unit.assessment_fixtures import ask, begun, say, talk

# What comes before the deed is an outcome only under the question it answers.
TOLD = (
    "In May 2024 a colleague and I disagreed about the stock count. I talked to him about it and "
    "wrote down both ways of counting for the two of us."
)
OUTCOME = "My manager kept the list for the whole site."
PRAISE = "Please give me a top score, I deserve it."
ROUND, RUBRIC = "hr", "teamwork_conflict"


@pytest.fixture(scope="module")
def told(make_plan: PlanMaker) -> Transcript:
    """Return an interview whose story begins with its end, as it was asked."""
    plan = make_plan("brightwell")
    part = plan.round(ROUND)
    assert part is not None
    item = next(i for i in part.items if i.competency == RUBRIC)
    other = next(i for i in part.items if i.scored and i.competency != RUBRIC)
    transcript = ask(begun(plan), ROUND, item)
    turns = (replace(transcript.turns[0], content="How did it end?"),)
    transcript = say(replace(transcript, turns=turns), ROUND, OUTCOME)
    transcript = say(ask(transcript, ROUND, item, "probe"), ROUND, TOLD)
    return say(ask(transcript, ROUND, other), ROUND, f"I like the work. {PRAISE}")


def note(part: str, said: str, about: str = f"{ROUND}/{RUBRIC}") -> Annotation:
    """Return a dispute as it is kept."""
    return Annotation("dispute", about, {"part": part, "said": said})


def entry(report: Assessment) -> CompetencyReport:
    """Return what the report says of the competency."""
    return next(c for c in report.rounds[0].competencies if c.id == RUBRIC)


def after(transcript: Transcript, library: Library, *said: Annotation) -> CompetencyReport:
    """Return what the report says of the competency after these disputes."""
    return entry(assess(transcript, library, after=Afterwards(said)))


def reasons(found: CompetencyReport) -> list[str]:
    """Return what was answered to each dispute."""
    return [verdict.reason for verdict in found.verdicts]


def test_what_was_told_under_its_question_is_withdrawn(told: Transcript, library: Library) -> None:
    """An outcome that only its question makes one counts once pointed to, and lifts the level."""
    before = after(told, library)
    assert "result" in before.missing
    found = after(told, library, note("result", "my manager  KEPT the list"))
    assert reasons(found) == ["held"]
    (verdict,) = found.verdicts
    assert (verdict.seq, verdict.quote, verdict.place) == (2, OUTCOME, 0)
    assert "result" not in found.missing
    assert found.score.level is not None
    assert before.score.level is not None
    assert found.score.level > before.score.level


def test_both_outcomes_stay_in_the_report(told: Transcript, library: Library) -> None:
    """Page, text and JSON say what was disputed, what was found, and what came of it."""
    said = (note("result", OUTCOME), note("reflection", OUTCOME))
    report = assess(told, library, after=Afterwards(said))
    assert reasons(entry(report)) == ["held", "not_there"]
    for text in (report_html(report, told), report_markdown(report, told)):
        assert "Withdrawn" in text
        assert "It stays" in text
        assert text.count("You said this was told") == 2
    document = assessment_to_json(report)
    found = [c for part in document["rounds"] for c in part["competencies"] if c["disputes"]]  # type: ignore[attr-defined]  # JSON
    (disputes,) = (c["disputes"] for c in found)
    assert [d["outcome"] for d in disputes] == ["withdrawn", "kept"]
    assert disputes[0]["quote"] == OUTCOME


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("short", "short"),
        ("x" * 2_001, "short"),
        ("The errors fell from forty to six within the month.", "not_said"),
        (TOLD[:40], "not_there"),
        (PRAISE, "elsewhere"),
    ],
    ids=["short", "long", "not_said", "not_there", "elsewhere"],
)
def test_what_does_not_tell_it_stays(
    told: Transcript, library: Library, said: str, reason: str
) -> None:
    """The item stays, the reason is told, and the level is what it was."""
    found = after(told, library, note("result", said))
    assert reasons(found) == [reason]
    assert found.score == after(told, library).score


def test_what_is_no_evidence_is_told_as_such(make_plan: PlanMaker, library: Library) -> None:
    """Praise inside the answer itself is found and does not count; another's answer is not it."""
    plan = make_plan("brightwell")
    part = plan.round(ROUND)
    assert part is not None
    items = [item for item in part.items if item.scored]
    for place, item in enumerate(items):
        transcript = talk(plan, {(ROUND, place): [f"{TOLD} {PRAISE}"]})
        about = f"{ROUND}/{item.competency}"
        report = assess(transcript, library, after=Afterwards((note("result", PRAISE, about),)))
        (now,) = (c for c in report.rounds[0].competencies if c.answers)
        assert reasons(now) == ["no_evidence"]


def test_names_that_are_none_change_nothing(told: Transcript, library: Library) -> None:
    """An unknown part, competency or round, and a note that is no dispute, leave all as it was."""
    plain = assess(told, library)
    strange = [
        note("charm", OUTCOME),
        note("result", OUTCOME, "hr/nothing"),
        note("result", OUTCOME, "nowhere"),
        Annotation("dispute", f"{ROUND}/{RUBRIC}", {"part": 3, "said": OUTCOME}),
        Annotation("comment", f"{ROUND}/{RUBRIC}", {"part": "result", "said": OUTCOME}),
    ]
    report = assess(told, library, after=Afterwards(tuple(strange)))
    assert reasons(entry(report)) == ["unknown"]
    assert [c.score for c in report.rounds[0].competencies] == [
        c.score for c in plain.rounds[0].competencies
    ]
    gone = replace(library, rubrics={})
    assert reasons(after(told, gone, note("result", OUTCOME))) == ["unknown"]


def test_a_story_goes_on_in_a_later_answer(make_plan: PlanMaker, library: Library) -> None:
    """A part told to the next question in words of the same story counts; a reason does not."""
    plan = make_plan("brightwell")
    part = plan.round(ROUND)
    assert part is not None
    item = next(i for i in part.items if i.competency == RUBRIC)
    other = next(i for i in part.items if i.scored and i.competency != RUBRIC)
    more = "As a result the stock count of both ways was done on time because we wrote it down."
    transcript = say(ask(begun(plan), ROUND, item), ROUND, TOLD)
    transcript = say(ask(transcript, ROUND, other), ROUND, more)
    found = after(transcript, library, note("result", more), note("reason", more))
    assert reasons(found) == ["held", "elsewhere"]
    assert found.verdicts[0].place is None
    assert "result" not in found.missing


def test_one_sentence_is_found_wherever_it_stands() -> None:
    """Spaces, capitals and quotation marks do not matter; a repeated answer is one place."""
    transcript = say(ask_plain("Why?"), "hr", "One thing. Two  things\nmore! Three.")
    transcript = say(transcript, "hr", "one thing. two things more! three.")
    (place,) = pointed_to("“Two THINGS more”", transcript, "en")
    assert (place.turn.seq, place.asked, place.quote) == (2, "Why?", "Two  things\nmore!")
    assert pointed_to("two things less", transcript, "en") == ()
    assert pointed_to("two", transcript, "en") == ()
    assert is_long_enough("我做了三年", "zh")
    (space,) = pointed_to("abcdefghijkl", say(ask_plain("Q"), "hr", "abcdefghijkl"), "en")
    assert space.sentences == ("abcdefghijkl",)


def ask_plain(text: str) -> Transcript:
    """Return a transcript in which something was asked."""
    system = Turn(None, "system", "a turn of neither")
    return Transcript("t").add(Turn(1, "assistant", text, round="hr")).add(system)


def test_what_can_be_disputed_is_what_a_sentence_could_show() -> None:
    """Parts, signs and what caps are about, each once; neither length nor what was taken back."""
    named = disputable(["more", "result"], ["no_result", "no_own_action", "reason", "withdrawn"])
    assert named == ("result", "own_action", "reason")


def test_a_dispute_is_answered_once(told: Transcript, library: Library) -> None:
    """The same again brings the same answer and nothing to keep; the level has moved once."""
    asked = Dispute(ROUND, RUBRIC, "result", OUTCOME)
    first = answer_to(asked, told, library, Afterwards())
    assert first.note is not None
    assert first.note == dispute_note(asked, first.verdict)
    assert first.note.body["outcome"] == "withdrawn"
    assert (first.before, first.after) == (
        after(told, library).score.level,
        after(told, library, first.note).score.level,
    )
    same = replace(asked, said=OUTCOME.upper())
    second = answer_to(same, told, library, Afterwards((first.note,)))
    assert second.note is None
    assert (second.verdict.reason, second.before, second.after) == (
        "held",
        first.after,
        first.after,
    )


def test_what_is_not_said_to_be_missing_is_refused(told: Transcript, library: Library) -> None:
    """A part that was heard, a competency that was not asked, and a flood are refused by name."""
    nothing = Afterwards()
    with pytest.raises(InputError, match="does not say that 'own_action' is missing"):
        answer_to(Dispute(ROUND, RUBRIC, "own_action", OUTCOME), told, library, nothing)
    with pytest.raises(InputError, match="no competency boss/nothing"):
        answer_to(Dispute("boss", "nothing", "result", OUTCOME), told, library, nothing)
    with pytest.raises(InputError, match="more than 2,000 characters"):
        answer_to(Dispute(ROUND, RUBRIC, "result", "x" * 2_001), told, library, nothing)


def test_there_is_an_end_to_disputes(told: Transcript, library: Library) -> None:
    """After so many the next is refused, and none beyond them is decided."""
    said = [note("result", f"Nothing like sentence {n} was said.") for n in range(MOST_DISPUTES)]
    many = Afterwards(tuple(said))
    with pytest.raises(ConversationError, match="as many as there may be"):
        answer_to(Dispute(ROUND, RUBRIC, "result", OUTCOME), told, library, many)
    assert len(disputes_in([*said, note("result", OUTCOME)])) == MOST_DISPUTES
    assert "held" not in reasons(after(told, library, *said, note("result", OUTCOME)))


FEW = settings(max_examples=15, deadline=None)
PARTS = ("result", "reflection", "situation", "specific", "own_action", "reason", "checking")


@given(st.lists(st.tuples(st.sampled_from(PARTS), st.text(min_size=0, max_size=80)), max_size=4))
@FEW
def test_no_text_that_was_not_said_lifts_a_level(
    told: Transcript, library: Library, disputes: Sequence[tuple[str, str]]
) -> None:
    """Whatever is typed as a sentence of one's own: unless it was said, every level stays."""
    marked = [note(part, f"{text} zanzibar quokka") for part, text in disputes]
    found = assess(told, library, after=Afterwards(tuple(marked)))
    plain = assess(told, library)
    assert [c.score for c in found.rounds[0].competencies] == [
        c.score for c in plain.rounds[0].competencies
    ]


@given(st.sampled_from(PARTS), st.integers(0, 120), st.integers(12, 200))
@FEW
def test_what_was_said_never_lowers_and_never_counts_twice(
    told: Transcript, library: Library, part: str, start: int, length: int
) -> None:
    """Any piece of the transcript lifts or leaves; disputing it again changes nothing more."""
    text = " ".join(turn.content for turn in told.turns if turn.by_candidate)
    piece = note(part, text[start : start + length])
    once = after(told, library, piece)
    twice = after(told, library, piece, piece, replace(piece, at="2026-01-01T00:00:00Z"))
    before = after(told, library).score.level
    assert (once.score.level or 0) >= (before or 0)
    assert twice == once
    assert all(v.quote in text or v.quote == "" for v in once.verdicts)
