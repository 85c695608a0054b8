"""The last answer taken again in the room: what counts, what stays, and when it is not offered."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from collections.abc import Sequence

import pytest

from interviewer.assessment import Assessment, assess, assessment_to_json
from interviewer.assessment.aloud import Aloud, aloud_note, spoken_in
from interviewer.assessment.coach import coach_view
from interviewer.assessment.report import (
    report_html,
    report_markdown,
    transcript_markdown,
    transcript_page,
)
from interviewer.assessment.retaken import retaken_in
from interviewer.content.library import Library
from interviewer.errors import ConversationError
from interviewer.evaluation.metrics.plan_order import PlanOrder
from interviewer.evaluation.metrics.repetition import Repetition
from interviewer.evaluation.speech import Speech
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.director import next_move
from interviewer.interview.plan import Plan
from interviewer.interview.retaking import retakable
from interviewer.interview.sealing import sealing
from interviewer.interview.session import Rehearsals, new_transcript, plan_of, stage_of
from interviewer.interview.spending import spending_of
from interviewer.interview.teaching import with_conduct
from interviewer.transcript import Transcript, Turn
from interviewer.transcript_file import dump, load
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, try_answers
from tests.unit.assessment_fixtures import STORY, begun

SLIP = {
    "brightwell": "Well, we lost 77 pallets in May 2021 and I told nobody; it was my own fault.",
    "chengyuan": "嗯，2021年5月我们弄丢了77个托盘，我没告诉任何人，都怪我自己。",
}
TOLD_BY = {"brightwell": "77 pallets", "chengyuan": "77个托盘"}
MARK = re.compile(r"\[\d+\]")


def rehearsing(voice: BuiltinVoice, library: Library | None = None) -> Rehearsals:
    """Return rehearsals that are kept in memory; with the library nothing is missing."""
    made = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    return dataclasses.replace(made, seal=sealing(library)) if library else made


async def go_to_candidate(rehearsals: Rehearsals) -> Transcript:
    """Let the examiner speak until the candidate has the word or all is over."""
    while True:
        transcript = await rehearsals.store.load("t")
        if stage_of(transcript).waiting in ("candidate", "nobody"):
            return transcript
        async for _piece in rehearsals.speak("t"):
            pass


async def hold(
    rehearsals: Rehearsals, plan: Plan, answers: Sequence[str], slip: str = ""
) -> Transcript:
    """Hold an interview; with a slip, say that first wherever an answer can be taken again."""
    await rehearsals.store.create(new_transcript("t", plan, model="builtin", clock=clock))
    given = iter(answers)
    while True:
        transcript = await go_to_candidate(rehearsals)
        if stage_of(transcript).waiting == "nobody":
            return transcript
        text = next(given, "")
        if slip:
            await rehearsals.answer("t", slip)
            transcript = await go_to_candidate(rehearsals)
            first = retakable(plan, transcript)
            if first is not None:
                await rehearsals.answer("t", text, retakes=first.seq)
                continue
        if stage_of(transcript).waiting == "candidate":
            await rehearsals.answer("t", text)


def spoken(transcript: Transcript) -> list[tuple[str, str | None, str]]:
    """Return what was said, without numbers and citation marks."""
    return [(t.role, t.round, MARK.sub("", t.content)) for t in transcript.counted.turns]


@pytest.fixture(scope="module", params=["brightwell", "chengyuan"])
def slipping(
    request: pytest.FixtureRequest, make_plan: PlanMaker, voice: BuiltinVoice
) -> tuple[Transcript, str]:
    """Return the first round with every answer taken again that can be, and the employer."""
    plan = make_plan(request.param)
    plan = dataclasses.replace(plan, rounds=plan.rounds[:1])
    held = asyncio.run(
        hold(rehearsing(voice), plan, try_answers(request.param), SLIP[request.param])
    )
    return held, request.param


def levels(report: Assessment) -> list[tuple[str, float | None, str]]:
    """Return the levels of a report."""
    return [(c.id, c.score.level, c.reason) for part in report.rounds for c in part.competencies]


def test_the_interview_goes_on_as_if_the_second_had_been_given_at_once(
    slipping: tuple[Transcript, str], voice: BuiltinVoice, library: Library
) -> None:
    """Moves, words and levels are those of the interview without the first answers."""
    held, _ = slipping
    plan = plan_of(held)
    again = [turn for turn in held.turns if turn.retakes is not None]
    assert len(again) >= 4
    answers = [turn.content for turn in held.counted.turns if turn.by_candidate]
    straight = asyncio.run(hold(rehearsing(voice), plan, answers))
    assert spoken(held) == spoken(straight)
    assert levels(assess(held, library)) == levels(assess(straight, library))


def test_nothing_of_the_first_answer_is_remembered(
    slipping: tuple[Transcript, str], library: Library
) -> None:
    """No examiner, claim, figure, quote or coach's table holds it; the record does."""
    held, company = slipping
    slip = SLIP[company]
    retaken = {turn.retakes for turn in held.turns} - {None}
    assert all(t.content == slip for t in held.turns if t.seq in retaken)
    assert not any(heard.seq in retaken for heard in stage_of(held).heard)
    report = assess(held, library)
    assert not any(figure.seq in retaken for figure in report.ledger)
    coach = coach_view(report, held)
    assert coach is not None
    seen = {
        said.seq
        for part in coach.rounds
        for entry in part.competencies
        for answer in entry.answers
        for said in answer.turns
    }
    assert seen
    assert not seen & retaken
    told = assessment_to_json(report)["retaken"]
    assert isinstance(told, list)
    assert {entry["first"]["seq"] for entry in told} == retaken
    rest = {k: v for k, v in assessment_to_json(report).items() if k != "retaken"}
    assert "77" not in str(rest["rounds"])


def test_the_file_keeps_both_and_resumes_with_the_same_move(
    slipping: tuple[Transcript, str],
) -> None:
    """At every point, what was written and read again leads to the same next move."""
    held, _ = slipping
    assert load(dump(held)) == held
    plan = plan_of(held)
    for length in range(len(held.turns)):
        part = dataclasses.replace(held, turns=held.turns[:length])
        assert next_move(plan, load(dump(part))) == next_move(plan, part)
        assert part.counted.counted == part.counted


def test_report_and_record_say_so(slipping: tuple[Transcript, str], library: Library) -> None:
    """Both answers stand in the report with their turns; the record marks what does not count."""
    held, company = slipping
    report = assess(held, library)
    words = report.words.practice
    for text in (report_html(report, held), report_markdown(report, held)):
        section = text.partition(words["retaken_how"])[2]
        assert section.count(TOLD_BY[company]) == len(report.retaken)
    for text in (transcript_page(held), transcript_markdown(held)):
        assert text.count(words["retaken_mark"]) == len(held.turns) - len(held.counted.turns)
    plain = held.counted
    assert "retaken" not in assessment_to_json(assess(plain, library))
    assert words["retaken"] not in report_html(assess(plain, library), plain)


def test_the_order_of_questions_is_looked_at_as_it_counts(
    slipping: tuple[Transcript, str], library: Library
) -> None:
    """A question that comes again because the answer did is no repetition."""
    held, _ = slipping
    for metric in (Repetition(library), PlanOrder(library)):
        score = metric.score(Speech(held))
        assert score.value == metric.score(Speech(held.counted)).value


def test_what_was_spent_on_it_stays_spent(slipping: tuple[Transcript, str]) -> None:
    """Tokens and time of the turns that do not count are not given back."""
    held, _ = slipping
    usage = {"input": 3, "output": 2}
    paid = [dataclasses.replace(t, usage=usage) if t.by_examiner else t for t in held.turns]
    spent = spending_of(dataclasses.replace(held, turns=tuple(paid)))
    assert spent.input == 3 * sum(turn.by_examiner for turn in held.turns)


def asked(
    voice: BuiltinVoice, plan: Plan, *answers: str, library: Library | None = None
) -> Transcript:
    """Return an interview after these answers, the examiner having replied."""

    async def talk() -> Transcript:
        rehearsals = rehearsing(voice, library)
        await rehearsals.store.create(new_transcript("t", plan, model="builtin", clock=clock))
        for text in answers:
            await go_to_candidate(rehearsals)
            await rehearsals.answer("t", text)
        return await go_to_candidate(rehearsals)

    return asyncio.run(talk())


def test_it_is_offered_in_practice_once_an_answer(
    make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """Not before there is an answer, not in an examination, and not a second time."""
    plan = make_plan("brightwell")
    assert retakable(plan, begun(plan)) is None
    assert retakable(plan, asked(voice, plan)) is None
    after = asked(voice, plan, STORY)
    last = retakable(plan, after)
    assert last is not None
    assert (last.seq, last.content) == (2, STORY)
    exam = dataclasses.replace(plan, practice=False)
    assert retakable(exam, asked(voice, exam, STORY)) is None
    again = after.add(
        Turn(after.next_seq, "user", "Once more.", round=last.round, retakes=last.seq)
    )
    assert retakable(plan, again) is None  # the examiner has the word


@pytest.mark.parametrize(
    "said",
    [
        "Could you give me a moment to think?",
        "Sorry, could you repeat the question?",
        "Before I answer: how many people are in the data team?",
    ],
)
def test_a_request_is_no_answer(make_plan: PlanMaker, voice: BuiltinVoice, said: str) -> None:
    """What the examiner only granted needs no second time: the question is still open."""
    plan = make_plan("brightwell")
    assert retakable(plan, asked(voice, plan, said)) is None


def test_questions_of_ones_own_are_not_taken_again(
    make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """They can be asked anew at once."""
    plan = make_plan("brightwell")
    part = plan.rounds[0]
    items = tuple(item for item in part.items if item.kind == "candidate_questions")
    plan = dataclasses.replace(plan, rounds=(dataclasses.replace(part, items=items),))
    after = asked(voice, plan, "How large is the data team?")
    assert stage_of(after).waiting == "candidate"
    assert retakable(plan, after) is None


def test_a_reply_to_an_improper_question_is_not_taken_again(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library
) -> None:
    """It is debriefed apart and counts for nothing; nor is anything while one is put."""
    plan = with_conduct(make_plan("brightwell"), library, mode="deflect", country="uk")
    count = 1
    while stage_of(asked(voice, plan, *[STORY] * count, library=library)).aside is None:
        count += 1
    put = asked(voice, plan, *[STORY] * count, library=library)
    assert retakable(plan, put) is None
    replied = asked(voice, plan, *[STORY] * (count + 1), library=library)
    assert stage_of(replied).aside is None
    assert retakable(plan, replied) is None


def test_what_may_not_be_taken_again_is_refused(make_plan: PlanMaker, voice: BuiltinVoice) -> None:
    """The session stays as it is, and a sentence says what to do."""
    plan = make_plan("brightwell")

    async def talk() -> Transcript:
        rehearsals = rehearsing(voice)
        await rehearsals.store.create(new_transcript("t", plan, model="builtin", clock=clock))
        await go_to_candidate(rehearsals)
        with pytest.raises(ConversationError, match="cannot be taken again any more"):
            await rehearsals.answer("t", STORY, retakes=1)
        await rehearsals.answer("t", STORY)
        await go_to_candidate(rehearsals)
        with pytest.raises(ConversationError, match="Answer the question that is open"):
            await rehearsals.answer("t", STORY, retakes=1)
        return await rehearsals.store.load("t")

    assert [turn.retakes for turn in asyncio.run(talk()).turns] == [None] * 3


@pytest.mark.parametrize(
    "marked",
    [
        Turn(4, "user", "b", round="boss", retakes=2),
        Turn(4, "user", "b", round="hr", retakes=1),
        Turn(4, "user", "b", round="hr", retakes=9),
        Turn(4, "assistant", "b", round="hr", retakes=2),
    ],
)
def test_a_mark_that_makes_no_sense_takes_nothing_back(marked: Turn) -> None:
    """Of a file from elsewhere: another round, an examiner's turn, a number nobody has."""
    said = (
        Turn(1, "assistant", "?", round="hr"),
        Turn(2, "user", "a", round="hr"),
        Turn(3, "assistant", "?", round="hr"),
        marked,
    )
    transcript = Transcript("t", turns=said)
    assert transcript.counted.turns == said
    first = Transcript("t", turns=(dataclasses.replace(marked, seq=1),))
    assert first.counted.turns == first.turns
    kept = load(dump(dataclasses.replace(transcript, turns=(dataclasses.replace(marked),))))
    assert kept.turns[0].retakes == marked.retakes


def test_an_answer_of_a_file_may_have_been_taken_again_more_than_once() -> None:
    """The last one counts, and the report tells every step."""
    turns = [Turn(None, "system", "Be kind."), Turn(1, "assistant", "Why?", round="hr")]
    for number in (2, 3, 4):
        retakes = number - 1 if number > 2 else None
        turns.append(Turn(number, "user", f"Answer {number}.", round="hr", retakes=retakes))
    transcript = Transcript("t", turns=tuple(turns))
    assert [turn.seq for turn in transcript.counted.turns] == [None, 1, 4]
    told = [(entry.asked, entry.first.seq, entry.second.seq) for entry in retaken_in(transcript)]
    assert told == [("Why?", 2, 3), ("Why?", 3, 4)]


def test_spoken_answers_are_counted_as_they_count(make_plan: PlanMaker) -> None:
    """Pace and fillers of the answer that does not count are left out."""
    said = (
        Turn(1, "assistant", "?", round="hr"),
        Turn(2, "user", "a", round="hr"),
        Turn(3, "assistant", "?", round="hr"),
        Turn(4, "user", "b", round="hr", retakes=2),
    )
    notes = [aloud_note(seq, Aloud(words, 60.0, 1)) for seq, words in ((2, 300), (4, 100))]
    told = spoken_in(notes, Transcript("t", turns=said))
    assert told is not None
    assert (told.words, told.answers) == (100, 1)
