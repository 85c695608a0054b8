"""The built-in voice, a turn, and a session."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.content.persona import Phrasebook
from interviewer.errors import ConversationError, InputError, StaleTurnError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.moves import Move
from interviewer.interview.plan import Lead, Plan, PlannedItem
from interviewer.interview.progress import follow
from interviewer.interview.session import Rehearsals, new_transcript, stage_of
from interviewer.interview.spoken_forms import going_on, in_sentence, joined
from interviewer.interview.turn import Spoken, take_turn, utc_now
from interviewer.interview.voice import Scene, scene_of
from interviewer.transcript import Found, Passage, Transcript
from interviewer.transcript_file import dump, load
from tests.conftest import (
    MemoryStore,
    PlanMaker,
    ScriptedRetriever,
    clock,
    held,
    try_answers,
)

ITEM = PlannedItem("hr.1", "question", "behaviour", "c", "past_behaviour", "What happened then?")
PASSAGE = Passage("a/b#1", "The team has nine people. It meets daily.", "s", "post", "2026-01-01")
SCENE = Scene("hr", "Ann", "HR", "Acme", "data engineer", "en", 30, 1, 5, (), "I did a lot.",
              {"a/b#1": 1, "a/b#2": 2})  # fmt: skip


def said(voice: BuiltinVoice, move: Move, scene: Scene = SCENE) -> str:
    """Return a whole turn."""

    async def speak() -> str:
        return "".join([piece async for piece in voice.speak(move, scene)])

    return asyncio.run(speak())


def phrased(book: Phrasebook, key: str, text: str) -> bool:
    """Whether a text holds a variant of a key, whatever stands in its slots."""
    parts = [[p.strip() for p in re.split(r"\{[a-z_]+\}", v)] for v in book.phrases[key]]
    return any(all(part in text for part in variant) for variant in parts)


@pytest.mark.parametrize(("company", "language"), [("brightwell", "en"), ("chengyuan", "zh")])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_whole_interview_keeps_its_manners(
    rehearsals: Rehearsals, make_plan: PlanMaker, voice: BuiltinVoice, company: str,
    language: str, seed: int,
) -> None:  # fmt: skip
    """One question a turn, no acknowledgement twice in a round, marks for every fact."""
    transcript = held(rehearsals, make_plan(company, seed=seed), try_answers(company))
    for part in ("hr", "technical", "boss"):
        texts = [t.content for t in transcript.turns if t.by_examiner and t.round == part]
        acks = voice.books[part, language].phrases["ack.plain"]
        counts = Counter(ack for text in texts for ack in acks if text.startswith(ack))
        assert all(count == 1 for count in counts.values())
    for turn in transcript.turns:
        if turn.by_examiner and turn.move is not None:
            marks = turn.content.count("?") + turn.content.count("？")
            assert marks <= 1, turn.content
            assert (marks == 0) == (turn.move.kind == "close")
            assert len(set(re.findall(r"\[\d+\]", turn.content))) == len(turn.cites)
            assert set(turn.cites) <= set(transcript.interview.research)
            assert "{" not in turn.content


def test_two_seeds_give_two_interviews(rehearsals: Rehearsals, make_plan: PlanMaker) -> None:
    """Two seeds share few sentences; one seed gives the same words again."""
    answers = try_answers("brightwell")
    turns = [
        {t.content for t in held(rehearsals, make_plan(seed=s), answers).turns if t.by_examiner}
        for s in (1, 2, 1)
    ]
    assert turns[0] == turns[2]
    assert len(turns[0] & turns[1]) <= 3


def test_a_question_follows_a_colon_in_small_letters(voice: BuiltinVoice) -> None:
    """After "On the pipeline:" the question begins small, elsewhere with a capital."""
    book = voice.books["hr", "en"]
    colon = book.model_copy(
        update={"phrases": {**book.phrases, "probe.thing": ("On {thing}: {question}",)}}
    )
    move = Move("probe", "hr", ITEM, "result", question="What came of it?", thing="the load")
    assert said(BuiltinVoice({("hr", "en"): colon}), move) == "On the load: what came of it?"


def test_a_thing_is_taken_up_once(voice: BuiltinVoice) -> None:
    """What was taken up before is not taken up again."""
    move = Move("probe", "hr", ITEM, "result", question="What came of it?", thing="the load")
    assert "the load" in said(voice, move).lower()
    again = replace(SCENE, said=("You mentioned the load. And?",))
    assert "the load" not in said(voice, move, again).lower()


def test_probes_are_sometimes_acknowledged(voice: BuiltinVoice) -> None:
    """A probe stands alone or after a few neutral words."""
    move = Move("probe", "hr", ITEM, "result", question_key="probe.result")
    spoken = {len(re.findall(r"[.?]", said(voice, move, replace(SCENE, seq=n)))) for n in range(9)}
    assert spoken == {1, 2}


def test_a_one_word_answer_is_not_acknowledged(voice: BuiltinVoice) -> None:
    """Nobody thanks for one word."""
    move = Move("ask", "hr", ITEM, question=ITEM.text, thing="the load")
    book = voice.books["hr", "en"]
    for seq in range(9):
        text = said(voice, move, replace(SCENE, heard="Yes.", seq=seq))
        assert not any(text.startswith(ack) for ack in book.phrases["ack.plain"])


def test_acknowledgements_vary(voice: BuiltinVoice) -> None:
    """Among many turns some acknowledge, some take up, some lead in, some do nothing."""
    move = Move("ask", "hr", ITEM, question=ITEM.text, thing="the load")
    texts = [said(voice, move, replace(SCENE, seq=n)) for n in range(40)]
    assert ITEM.text in texts
    assert any("the load" in text.lower() for text in texts)
    assert any(phrased(voice.books["hr", "en"], "signature", text) for text in texts)
    assert len(set(texts)) > 15


def test_when_every_phrase_was_used_none_is_said_but_the_question(voice: BuiltinVoice) -> None:
    """A book that is used up says no acknowledgement and repeats only what must be said."""
    book = voice.books["hr", "en"]
    everything = tuple(v for key in book.phrases for v in book.phrases[key])
    scene = replace(SCENE, said=everything)
    assert said(voice, Move("ask", "hr", ITEM, question=ITEM.text), scene).endswith(ITEM.text)
    assert said(voice, Move("close", "hr"), scene)


@pytest.mark.parametrize(
    ("lead", "key"),
    [
        (Lead("fact", "Acme grew by 3 percent.", "a/b#1"), "ask.fact"),
        (Lead("fact", "Acme grew by 3 percent.", "a/b#1", "2024-03"), "ask.fact_dated"),
        (Lead("cv", "Built a model"), "ask.cv"),
        (Lead("requirement", "SQL"), "ask.requirement"),
        (Lead("gap", "Kafka"), "ask.gap"),
    ],
)
def test_leads_are_said_before_the_question(voice: BuiltinVoice, lead: Lead, key: str) -> None:
    """Fact, dated fact, CV line, requirement and gap each have their own words."""
    text = said(voice, Move("ask", "hr", ITEM, question=ITEM.text, lead=lead))
    assert phrased(voice.books["hr", "en"], key, text)
    assert lead.text.rstrip(".") in text
    assert ("[1]" in text) == (lead.kind == "fact")
    assert ("March 2024" in text) == (lead.dated is not None)


def test_an_opening_with_a_lead_needs_no_other_lead_in(voice: BuiltinVoice) -> None:
    """A round that opens on a line of the CV says that line and then its question."""
    move = Move("open", "hr", ITEM, question=ITEM.text, lead=Lead("cv", "Built a model"))
    assert "Built a model" in said(voice, move)
    assert not phrased(voice.books["hr", "en"], "open.first", said(voice, move))


def test_the_question_is_put_again_with_its_fact(voice: BuiltinVoice) -> None:
    """A question that hangs on a fact keeps it when it is asked again, in both languages."""
    lead = Lead("fact", "Acme grew by 3 percent.", "a/b#1")
    move = Move("bridge", "hr", ITEM, first="bridge.silence", question=ITEM.text, lead=lead,
                again=True)  # fmt: skip
    assert "Acme grew by 3 percent [1]. What happened then?" in said(voice, move)
    chinese = replace(move, lead=Lead("fact", "澄远增长了3%。", "a/b#1"), question="为什么？")
    assert "澄远增长了3%[1]。为什么？" in said(voice, chinese, replace(SCENE, language="zh"))
    plain = replace(move, lead=Lead("cv", "x"), first="deflect.software")
    assert said(voice, plain).endswith("What happened then?")


def test_candidates_questions_are_answered_from_the_store_or_not_at_all(
    voice: BuiltinVoice,
) -> None:
    """What the store holds is said with its mark; what it does not hold is not made up."""
    asked = Move("answer", "hr", ITEM, question=ITEM.text, asked="How many?", again=True)
    found = asked.grounded((Found(PASSAGE, 0.9, "The team has nine people."),))
    assert "The team has nine people [1]." in said(voice, found)
    assert found.cites == ("a/b#1",)
    assert found.passages({}) == (PASSAGE,)
    assert phrased(voice.books["hr", "en"], "answer.missing", said(voice, asked))
    more = replace(asked, question="", question_key="ask.more_questions")
    assert said(voice, more).endswith("?")
    assert phrased(
        voice.books["hr", "en"], "deflect.pay", said(voice, replace(more, first="deflect.pay"))
    )


def test_an_answer_from_an_old_passage_names_its_month(voice: BuiltinVoice) -> None:
    """What is more than 18 months old is said with its month; what is new is not."""
    asked = Move("answer", "hr", ITEM, question=ITEM.text, asked="How many?", again=True)
    found = asked.grounded((Found(PASSAGE, 0.9, "The team has nine people."),))
    old = replace(SCENE, stale={"a/b#1": "2023-02"})
    assert "February 2023" in said(voice, found, old)
    assert "nine people [1]" in said(voice, found, old)
    assert "2023" not in said(voice, found)


def test_the_second_answer_in_a_row_is_not_announced(voice: BuiltinVoice) -> None:
    """When the candidate asks one thing after another, the answer alone is said."""
    more = Move("answer", "hr", ITEM, question_key="ask.more_questions", asked="How many?",
                again=True)  # fmt: skip
    found = more.grounded((Found(PASSAGE, 0.9, "The team has nine people."),))
    before = voice.books["hr", "en"].variants("ask.more_questions")[0]
    scene = replace(SCENE, said=(before,))
    assert said(voice, found, scene).startswith("The team has nine people [1].")


def test_an_offer_says_the_figures_of_the_move(voice: BuiltinVoice) -> None:
    """Range, figure and what else can be part of it; without levers only the figures."""
    terms = {"low": "£1", "high": "£3", "opening": "£2", "period": "a year", "levers": "a\nb\nc"}
    text = said(
        voice, Move("offer", "hr", ITEM, question_key="offer.range", slot="range", terms=terms)
    )
    assert all(figure in text for figure in ("£1", "£2", "£3", "a, b and c"))
    bare = Move("offer", "hr", ITEM, question_key="offer.range", terms={**terms, "levers": ""})
    assert "a, b" not in said(voice, bare)


def test_conditions_are_asked_in_the_same_words_of_everybody(voice: BuiltinVoice) -> None:
    """The conditions question is the phrasebook's first, whatever the seed."""
    move = Move("ask", "hr", ITEM, question_key="ask.conditions")
    wanted = voice.books["hr", "en"].phrases["ask.conditions"][0]
    for seed in range(5):
        assert said(voice, move, replace(SCENE, seed=seed)).endswith(wanted)


def test_words_of_lists_and_titles() -> None:
    """Lists and titles are said as the language has them."""
    assert joined(["a"], "en") == "a"
    assert joined(["a", "b"], "zh") == "a、b"
    assert in_sentence("Data engineer") == "data engineer"
    assert in_sentence("Head of HR") == "Head of HR"
    assert in_sentence("HR examiner") == "HR examiner"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did you do?", "what did you do?"),
        ("I'd like to know why.", "I'd like to know why."),
        ("Brightwell sends reports. Why?", "Brightwell sends reports. Why?"),
        ("Brightwell's vans: who loads them?", "Brightwell's vans: who loads them?"),
        ("In Leeds there are five. Which part would you take?",) * 2,
        ("Inside a team, what is yours?", "inside a team, what is yours?"),
    ],
)
def test_a_question_after_a_colon_keeps_the_capitals_of_names(question: str, said: str) -> None:
    """Only a sentence of its own goes on in small letters, and no name does."""
    assert going_on(question, "Brightwell Logistics") == said
    assert going_on("What else?", "") == "what else?"


def test_a_scene_of_an_unknown_round_is_the_first(make_plan: PlanMaker) -> None:
    """A move for a round that is not there is spoken in the first."""
    plan = make_plan()
    transcript = new_transcript("t", plan, model="builtin", clock=clock)
    assert (
        scene_of(plan, transcript, Move("close", "nowhere"), follow(plan, transcript)).persona
        == "hr"
    )


def test_a_turn_says_when_and_what_it_used(make_plan: PlanMaker, voice: BuiltinVoice) -> None:
    """The finished turn has number, time, round, move and seconds; nothing is recorded."""
    plan = make_plan()
    transcript = new_transcript("t", plan, model="builtin", clock=clock)

    async def take() -> list[str | Spoken]:
        turns = take_turn(
            plan, transcript, voice=voice, retriever=ScriptedRetriever(), clock=clock
        )
        return [piece async for piece in turns]

    *pieces, spoken = asyncio.run(take())
    assert isinstance(spoken, Spoken)
    assert spoken.turn.content == "".join(map(str, pieces))
    assert (spoken.turn.seq, spoken.turn.round, spoken.turn.at) == (
        1, "hr", "2026-11-22T10:00:00.000Z",
    )  # fmt: skip
    assert set(spoken.turn.seconds) == {"first", "total"}
    assert transcript.turns == ()
    assert utc_now().tzinfo is not None


def test_research_deleted_meanwhile_answers_nothing(
    make_plan: PlanMaker, voice: BuiltinVoice
) -> None:
    """An interview goes on when its employer's research was deleted; a question stays open."""

    class Gone(ScriptedRetriever):
        async def find(self, company: str, question: str, k: int = 4) -> Sequence[Found]:
            raise InputError("There is no research.")

    async def scenario() -> Transcript:
        rehearsals = Rehearsals(MemoryStore(), Gone(), voice, clock)
        await rehearsals.store.create(new_transcript("t", make_plan(), model="builtin"))
        await drain(rehearsals)
        await rehearsals.answer("t", "How many people are in the data team?")
        await drain(rehearsals)
        return await rehearsals.store.load("t")

    transcript = asyncio.run(scenario())
    assert transcript.last is not None
    assert transcript.last.by_examiner
    assert transcript.last.cites == ()


def test_an_answer_is_committed_before_anything_is_said(
    rehearsals: Rehearsals, make_plan: PlanMaker
) -> None:
    """When the process dies before the reply, the answer is there and the reply is owed once."""

    async def scenario() -> Transcript:
        await rehearsals.store.create(new_transcript("t", make_plan(), model="builtin"))
        await drain(rehearsals)
        await rehearsals.answer("t", "I built the nightly load.", seq=2)
        with pytest.raises(ConversationError, match="not your turn"):
            await rehearsals.answer("t", "And again.")
        with pytest.raises(StaleTurnError):
            await rehearsals.answer("t", "And again.", seq=2)
        assert stage_of(await rehearsals.store.load("t")).waiting == "examiner"
        await drain(rehearsals)
        await drain(rehearsals)
        return await rehearsals.store.load("t")

    transcript = asyncio.run(scenario())
    assert [turn.role for turn in transcript.turns] == ["assistant", "user", "assistant"]


def test_two_replies_at_once_become_one(rehearsals: Rehearsals, make_plan: PlanMaker) -> None:
    """Two windows that let the examiner speak get one turn; the other is told."""

    async def scenario() -> list[object]:
        await rehearsals.store.create(new_transcript("t", make_plan(), model="builtin"))
        return await asyncio.gather(drain(rehearsals), drain(rehearsals), return_exceptions=True)

    outcomes = asyncio.run(scenario())
    assert sum(isinstance(outcome, StaleTurnError) for outcome in outcomes) <= 1
    assert len(asyncio.run(rehearsals.store.load("t")).turns) == 1


async def drain(rehearsals: Rehearsals) -> None:
    """Let the examiner speak."""
    async for _piece in rehearsals.speak("t"):
        await asyncio.sleep(0)


def test_a_transcript_without_a_plan_cannot_go_on() -> None:
    """A plain chat has no stage, and says what to do."""
    with pytest.raises(InputError, match="Start a new interview"):
        stage_of(Transcript("t"))


def test_retrieved_passages_stand_in_the_transcript(
    rehearsals: Rehearsals, make_plan: PlanMaker
) -> None:
    """What was found for a question, and how near it was, is kept with the reply."""
    found = (Found(PASSAGE, 0.91234567, "The team has nine people."),)
    asking = replace(rehearsals, retriever=ScriptedRetriever(found))
    transcript = held(asking, make_plan(), ["Before I answer, how big is the team?"])
    reply = next(turn for turn in transcript.turns if turn.retrieved)
    assert reply.retrieved[0].score == 0.9123
    assert PASSAGE.id in transcript.interview.research


GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
def test_golden_transcripts(
    rehearsals: Rehearsals, make_plan: PlanMaker, company: str, request: pytest.FixtureRequest
) -> None:
    """With seed 7 and the answers to try, every word of the interview is as it was read."""
    plan: Plan = make_plan(company, seed=7)
    transcript = held(rehearsals, plan, try_answers(company))
    text = "".join(
        f"[{turn.round} {turn.move.kind if turn.move else 'candidate'}] {turn.content}\n\n"
        for turn in transcript.turns
    )
    path = GOLDEN / f"{company}.txt"
    if request.config.getoption("--update-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_transcripts_of_older_releases_still_open() -> None:
    """A file written by an earlier release loads and keeps every value."""
    for path in sorted((GOLDEN / "history").glob("*.jsonl")):
        line = path.read_text(encoding="utf-8").strip()
        assert load(line).turns
        assert load(dump(load(line))) == load(line)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_hint_is_told_whole_whoever_words_it(voice: BuiltinVoice, language: str) -> None:
    """A model gets the hint with its question; what it leaves out the built-in voice says."""
    hint = "The goal is the cause." if language == "en" else "目标是找到原因。"
    move = Move("hint", "technical", ITEM, question_key="hint.give", hint=hint, again=True)
    scene = replace(SCENE, persona="technical", language=language)
    wording = voice.wording(move, scene)
    assert hint in wording.text
    assert wording.text.endswith(wording.question)
    assert voice.rest(move, scene, "Well.")[0].strip().endswith(wording.question)
    assert hint not in "".join(voice.rest(move, scene, f"Well. {hint}"))


def test_nothing_is_owed_where_nothing_is_asked(voice: BuiltinVoice) -> None:
    """Somebody who asked for a moment gets one sentence, and no question after it."""
    move = Move("bridge", "hr", ITEM, slot="time", first="bridge.think", again=True)
    assert voice.rest(move, SCENE, "Take your time.") == ()
