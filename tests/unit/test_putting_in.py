"""A coach's question in an interview: asked as the coach's, beside the plan, no part of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from interviewer.assessment import assess
from interviewer.assessment.evidence import answered_in
from interviewer.assessment.report import transcript_markdown
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.director import decide, next_move
from interviewer.interview.guard.vetting import checked_question
from interviewer.interview.plan import Plan
from interviewer.interview.progress import follow
from interviewer.interview.put_in import items_put_in
from interviewer.interview.session import Rehearsals, new_transcript
from interviewer.people.helping import (
    PUT_IN,
    WHISPERS,
    Help,
    put_in_by,
    whispers_in,
    with_whispers,
)
from interviewer.transcript import Transcript, Turn
from interviewer.transcript_file import dump, load
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers

OWN = "Which of your habits would you not take to a new team?"
ANSWER = (
    "I would leave behind that I answer every message at once. In my last team I turned the "
    "alerts off for two hours each morning, and the nightly load was done three days earlier."
)


def asking(voice: BuiltinVoice, *questions: Help) -> Rehearsals:
    """Return rehearsals into which a coach has put questions."""

    async def waiting(session_id: str) -> Sequence[Help]:
        return questions

    return Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock, questions=waiting)


def own_turns(transcript: Transcript) -> list[Turn]:
    """Return the turns that ask a coach's question."""
    return [turn for turn in transcript.turns if put_in_by(turn)]


@pytest.fixture(scope="module")
def plan(make_plan: PlanMaker) -> Plan:
    """Return a plan of one round."""
    return make_plan("brightwell", format_id="single:hr")


@pytest.fixture(scope="module")
def plain(plan: Plan, voice: BuiltinVoice) -> Transcript:
    """Return an interview into which nothing was put."""
    return held(asking(voice), plan, try_answers("brightwell"))


def held_with(plan: Plan, voice: BuiltinVoice, question: Help, at: int = 2) -> Transcript:
    """Return an interview with a question, whose answer stands at a place among the answers."""
    given = try_answers("brightwell")
    return held(asking(voice, question), plan, [*given[:at], ANSWER, *given[at:]])


def test_a_question_is_asked_word_for_word_as_the_coachs_and_once(
    plan: Plan, voice: BuiltinVoice
) -> None:
    """It has a slot of its own between two questions, and the transcript says whose it is."""
    transcript = held_with(plan, voice, Help("q1", "question", OWN))
    (turn,) = own_turns(transcript)
    assert turn.content == OWN
    assert turn.move is not None
    assert (turn.move.by, turn.move.planned, turn.move.item) == ("coach", False, "hr.coach.1")
    assert turn.move.extra[PUT_IN] == {"id": "q1", "competency": ""}
    assert load(dump(transcript)) == transcript


def test_what_is_planned_is_asked_all_the_same(
    plan: Plan, plain: Transcript, voice: BuiltinVoice
) -> None:
    """A question put in pushes out none of the plan's, and takes no time from them."""
    question = Help("q1", "question", OWN)
    given = try_answers("brightwell")
    for place in range(1, 4):
        with_it = held(asking(voice, question), plan, [*given[:place], ANSWER, *given[place:]])
        asked = [t.move.item for t in with_it.turns if t.move and t.move.kind == "ask"]
        before = [t.move.item for t in plain.turns if t.move and t.move.kind == "ask"]
        assert set(before) <= set(asked)
    begun = Transcript("t", plain.interview, plain.turns[:5])
    (turn,) = own_turns(held_with(plan, voice, question))
    asked_here = replace(turn, seq=6, round="hr")
    state = follow(plan, begun)
    after = follow(plan, begun.add(asked_here).add(Turn(7, "user", ANSWER, round="hr")))
    assert after.minutes == state.minutes
    assert after.pending is not None
    assert after.pending.text == OWN


def test_an_answer_to_it_weighs_nothing_unless_a_competency_is_named(
    plan: Plan, voice: BuiltinVoice, library: Library
) -> None:
    """Planned levels stand as without it; with a competency named it bears on that one."""
    (named, *_) = [item.competency for item in plan.rounds[0].items if item.scored]
    bare = assess(held_with(plan, voice, Help("q1", "question", OWN)), library)
    answers = [len(c.score.answers) for part in bare.rounds for c in part.competencies]
    plain = assess(held(asking(voice), plan, try_answers("brightwell")), library)
    assert answers == [len(c.score.answers) for p in plain.rounds for c in p.competencies]
    weighed = assess(held_with(plan, voice, Help("q1", "question", OWN, str(named))), library)
    by_id = {c.id: len(c.score.answers) for part in weighed.rounds for c in part.competencies}
    before = {c.id: len(c.score.answers) for part in bare.rounds for c in part.competencies}
    assert by_id == before | {str(named): before[str(named)] + 1}
    again = [item for part in weighed.rounds for c in part.competencies for item, _ in c.items]
    assert again
    assert not any("coach" in item for item in again)  # only what is planned can be given again


def test_a_competency_the_round_does_not_weigh_is_left_out(
    plan: Plan, voice: BuiltinVoice
) -> None:
    """It cannot be named for another round's matter."""
    transcript = held_with(plan, voice, Help("q1", "question", OWN, "nowhere"))
    (item,) = items_put_in(plan.rounds[0], transcript)
    assert item.competency is None
    answered = answered_in(plan.rounds[0], transcript, "en")
    assert [a.item.id for a in answered][-1] == "hr.coach.1"


def test_several_questions_come_one_after_the_other(plan: Plan, voice: BuiltinVoice) -> None:
    """In the order they were put in, each in a slot of its own."""
    two = (Help("q1", "question", OWN), Help("q2", "question", "What would you try first?"))
    transcript = held(asking(voice, *two), plan, try_answers("brightwell"))
    turns = own_turns(transcript)
    assert [put_in_by(turn) for turn in turns] == ["q1", "q2"]
    assert [t.move.item for t in turns if t.move] == ["hr.coach.1", "hr.coach.2"]


def test_one_that_comes_late_is_asked_before_the_farewell(
    plan: Plan, plain: Transcript, voice: BuiltinVoice
) -> None:
    """Where no planned question is left it has its turn still, and the round ends after it."""
    upto = Transcript("t", plain.interview, plain.turns[:-1])
    question = Help("q1", "question", OWN)
    move = decide(plan, follow(plan, upto), question=question)
    assert move is not None
    assert (move.kind, move.by) == ("ask", "coach")
    assert next_move(plan, upto) != move


def test_the_report_and_written_transcripts_say_what_was_the_coachs(
    plan: Plan, voice: BuiltinVoice, library: Library
) -> None:
    """Which turns asked a question of the coach's, and before which a hint was whispered."""
    transcript = held_with(plan, voice, Help("q1", "question", OWN))
    (asked,) = own_turns(transcript)
    assert (
        assess(transcript, library)
        .notes[-1]
        .startswith(f"These turns ask questions your coach put in: {asked.seq}.")
    )
    hint = with_whispers([Help("h1", "hint", "Slowly")])
    turns = (transcript.turns[0], replace(transcript.turns[1], extra=hint))
    whispered = replace(transcript, turns=turns)
    assert any("whispered a hint: 2." in note for note in assess(whispered, library).notes)
    assert f"({asked.seq}; put in by the coach)" in transcript_markdown(transcript)
    assert "(2; the coach had whispered: Slowly)" in transcript_markdown(whispered)


@pytest.mark.parametrize("change", [{"practice": False}, {"anonymous": True}])
def test_nothing_is_put_into_an_examination(
    plan: Plan, voice: BuiltinVoice, change: dict[str, bool]
) -> None:
    """Nor before a board that asks everybody the same."""
    strict = replace(plan, **change)  # type: ignore[arg-type]  # fields of the plan
    transcript = held(
        asking(voice, Help("q1", "question", OWN)), strict, try_answers("brightwell")[:3]
    )
    assert own_turns(transcript) == []


def test_nobody_is_asked_who_says_nothing(plan: Plan, voice: BuiltinVoice) -> None:
    """Who has stopped answering is not asked more."""
    transcript = held(asking(voice, Help("q1", "question", OWN)), plan, [])
    assert own_turns(transcript) == []


def test_a_hint_stands_with_its_answer_and_changes_no_move(
    plan: Plan, voice: BuiltinVoice
) -> None:
    """The transcript keeps it as the coach's; the examiner goes on as if nothing had been said."""
    hint = Help("h1", "hint", "Say what came of it.", at="2026-11-22T10:00:00Z")

    async def answered(*hints: Help) -> Transcript:
        async def seen(session_id: str) -> Sequence[Help]:
            return hints

        rehearsals = replace(asking(voice), hints=seen)
        await rehearsals.store.create(new_transcript("t", plan, model="builtin", clock=clock))
        async for _ in rehearsals.speak("t"):
            pass
        return await rehearsals.answer("t", ANSWER)

    with_it, without = asyncio.run(answered(hint)), asyncio.run(answered())
    last = with_it.turns[-1]
    assert [(w.id, w.text) for w in whispers_in(last)] == [("h1", "Say what came of it.")]
    assert last.extra[WHISPERS] == [
        {"id": "h1", "text": "Say what came of it.", "at": "2026-11-22T10:00:00Z", "by": "coach"}
    ]
    assert whispers_in(without.turns[-1]) == ()
    assert next_move(plan, with_it) == next_move(plan, without)
    assert load(dump(with_it)) == with_it


@pytest.mark.parametrize(
    ("text", "language", "refusal"),
    [
        ("", "en", "Nothing was written"),
        ("x" * 401, "en", "too long"),
        ("Why? And how?", "en", "one question at a time"),
        ("Do you plan to have children?", "en", "nobody may ask"),
        ("您结婚了吗？", "zh", "nobody may ask"),
        ("What did you do there?", "zh", "language of the interview"),
        ("Have you read www.example.com?", "en", "said aloud"),
        ("<b>Why</b> here?", "en", "said aloud"),
    ],
)
def test_what_may_not_be_asked_is_refused_in_a_sentence(
    text: str, language: str, refusal: str
) -> None:
    """A coach's question is held to what every examiner's is held to."""
    with pytest.raises(InputError, match=refusal):
        checked_question(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What  would you\ntry first (and why)?", "en"),
        ("Tell me about the £40k it saved.", "en"),
        ("您用过 SQL 吗？", "zh"),
    ],
)
def test_what_may_be_asked_is_taken_as_it_is(text: str, language: str) -> None:
    """Figures and brackets are the coach's own; only white space is laid out anew."""
    assert checked_question(text, language) == " ".join(text.split())
