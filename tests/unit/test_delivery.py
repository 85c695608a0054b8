"""How a model's reply reaches the candidate, and what happens when it does not."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from interviewer.errors import ModelError
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.delivery import (
    MOST_RECEIVED,
    MOST_WAITING,
    GuardedVoice,
    Limits,
    SpeechFault,
    Tokens,
)
from interviewer.interview.moves import Move
from interviewer.interview.plan import Lead, PlannedItem
from interviewer.interview.progress import follow
from interviewer.interview.session import Rehearsals, new_transcript
from interviewer.interview.spending import spending_of
from interviewer.interview.voice import Delivery, Scene, scene_of
from interviewer.interview.wording import Wording
from interviewer.transcript import Found, Passage, Transcript
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held, try_answers

QUESTION = "What do you suppose lies behind that?"
FACT = "Acme opened a hub in Leeds in 2025."
PASSAGE = Passage("acme/a#1", "Acme has nine people in its team.", "s", "scope")
ITEM = PlannedItem("hr.1", "question", "behaviour", "c", "past_behaviour", QUESTION)
SCENE = Scene(
    "hr", "Ann Lee", "HR examiner", "Acme Group", "data engineer", "en", 30, 1, 5, (),
    "I built the nightly load.", {"acme/b#2": 7, "acme/a#1": 4}, others=("Ravi Anand",),
    facts=(("acme/b#2", FACT),),
)  # fmt: skip
ASK = Move("ask", "hr", ITEM, question=QUESTION)
GROUNDED = replace(ASK, lead=Lead("fact", FACT, "acme/b#2"))
WHOLE = f"Thank you, noted. {QUESTION}"

Part = str | Tokens | Exception | float


@dataclass
class ScriptedSource:
    """Says what each try is told to: text, tokens, a fault, or seconds of silence."""

    tries: Sequence[Sequence[Part]]
    rests: bool = False
    name: str = "fake:scripted"
    noted: list[bool] = field(default_factory=list)
    asked: list[Wording] = field(default_factory=list)

    def note(self, *, ok: bool) -> None:
        """Remember how a turn went."""
        self.noted.append(ok)

    def private(self, scene: Scene) -> str:
        """Return nothing in confidence."""
        return ""

    async def stream(
        self, move: Move, scene: Scene, wording: Wording
    ) -> AsyncIterator[str | Tokens]:
        """Yield the next try."""
        self.asked.append(wording)
        for part in self.tries[min(len(self.asked), len(self.tries)) - 1]:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, float):
                await asyncio.sleep(part)
            else:
                yield part


def spoken(
    voice: GuardedVoice, move: Move = ASK, scene: Scene = SCENE, stop_after: int | None = None
) -> tuple[list[str], Delivery]:
    """Return the pieces of a turn and the account of it."""

    async def listen() -> tuple[list[str], Delivery]:
        stop = asyncio.Event()
        said: list[str] = []
        account = Delivery()
        async for piece in voice.speak(move, scene, stop):
            if isinstance(piece, Delivery):
                account = piece
            else:
                said.append(piece)
                if len(said) == stop_after:
                    stop.set()
        return said, account

    return asyncio.run(listen())


def guarded(voice: BuiltinVoice, *tries: Sequence[Part], **more: object) -> GuardedVoice:
    """Return a voice over scripted tries, with short limits."""
    limits = Limits(deadline=0.6, stall=0.2)
    return GuardedVoice(ScriptedSource(tries), voice, limits=limits, **more)  # type: ignore[arg-type]  # passed on


def test_a_whole_reply_is_shown_sentence_by_sentence(voice: BuiltinVoice) -> None:
    """Each sentence is a piece; who spoke and what it cost is accounted for."""
    made = guarded(voice, ["Thank you,", " noted. What do you", f"{QUESTION[11:]}",
                           Tokens({"input": 9, "output": 5})])  # fmt: skip
    said, account = spoken(made)
    assert said == ["Thank you, noted.", f" {QUESTION}"]
    assert account.spoken_by == "fake:scripted"
    assert account.usage == {"input": 9, "output": 5, "calls": 1}
    assert account.fallback is None
    assert account.refusals == ()
    assert made.source.noted == [True]  # type: ignore[attr-defined]


def test_marks_are_those_of_the_interview(voice: BuiltinVoice) -> None:
    """The prompt counts the round's facts from 1; the candidate sees the interview's number."""
    said, account = spoken(guarded(voice, [f"{FACT[:-1]} [1]. {QUESTION}"]), GROUNDED)
    assert "".join(said) == f"{FACT[:-1]} [7]. {QUESTION}"
    assert account.fallback is None


def test_chinese_sentences_are_joined_without_spaces(voice: BuiltinVoice) -> None:
    """What is shown reads as Chinese is written."""
    item = replace(ITEM, text="在您看来，这背后主要是什么原因？")
    scene = replace(SCENE, language="zh", others=(), heard="我做了加载。", facts=())
    move = replace(ASK, item=item, question=item.text)
    said, _ = spoken(guarded(voice, [f"明白了。{item.text}"]), move, scene)
    assert said == ["明白了。", item.text]
    fallen, account = spoken(guarded(voice, ["明白了。", SpeechFault("cut")]), move, scene)
    assert "".join(fallen).endswith(item.text)
    assert account.fallback == {"cause": "cut", "from_sentence": 0}


def test_a_fault_before_anything_was_shown_is_tried_again(voice: BuiltinVoice) -> None:
    """A quick fault costs two more tries at most, then the built-in voice speaks the turn."""
    made = guarded(voice, [SpeechFault("busy", again=True)], [WHOLE])
    said, account = spoken(made)
    assert "".join(said) == WHOLE
    assert account.usage["calls"] == 2
    failing = guarded(voice, [SpeechFault("busy", again=True)])
    said, account = spoken(replace(failing, limits=Limits(9, 1)))
    assert account.usage["calls"] == 3
    assert account.fallback == {"cause": "busy", "from_sentence": 0}
    assert account.spoken_by == ""
    assert "".join(said).endswith(QUESTION)


def test_a_fault_that_will_not_go_away_is_not_tried_again(voice: BuiltinVoice) -> None:
    """A wrong key is wrong the second time too; the model is noted as failing."""
    made = guarded(voice, [SpeechFault("key")])
    _, account = spoken(made)
    assert account.usage["calls"] == 1
    assert made.source.noted == [False]  # type: ignore[attr-defined]


def test_what_was_shown_stays_and_the_question_is_added(voice: BuiltinVoice) -> None:
    """A reply that breaks off is ended by the built-in voice; nothing is taken back."""
    made = guarded(voice, ["Thank you, noted. You mentioned", SpeechFault("cut", again=True)])
    said, account = spoken(made)
    assert said == ["Thank you, noted.", f" {QUESTION}"]
    assert account.fallback == {"cause": "cut", "from_sentence": 1}
    assert account.usage["calls"] == 1


def test_a_fact_that_was_not_told_is_told_by_the_built_in_voice(voice: BuiltinVoice) -> None:
    """The rest of a turn has the fact only if its mark has not been shown."""
    said, _ = spoken(guarded(voice, ["Thank you, noted. A", SpeechFault("cut")]), GROUNDED)
    assert "[7]" in "".join(said)
    told = f"{FACT[:-1]} [1]. And"
    said, _ = spoken(guarded(voice, [told, SpeechFault("cut")]), GROUNDED)
    assert "".join(said).count("[7]") == 1
    again = replace(GROUNDED, kind="bridge", again=True, first="bridge.again")
    said, _ = spoken(guarded(voice, ["Thank you, noted. A", SpeechFault("cut")]), again)
    assert "".join(said).count("[7]") == 1


@pytest.mark.parametrize("found", [True, False])
def test_a_candidates_question_is_answered_whoever_speaks(
    voice: BuiltinVoice, found: bool
) -> None:
    """After a fault the answer from the store follows, unless it was given."""
    held_back = (Found(PASSAGE, 0.9, PASSAGE.text),) if found else ()
    move = replace(ASK, kind="answer", asked="How big is the team?").grounded(held_back)
    said, _ = spoken(guarded(voice, ["Thank you, noted. A", SpeechFault("cut")]), move)
    assert ("[4]" in "".join(said)) is found
    assert "".join(said).endswith(QUESTION)


def test_an_offer_and_a_farewell_are_whole_whoever_speaks(voice: BuiltinVoice) -> None:
    """Figures and the next examiner's name are said by the built-in voice if the model did not."""
    terms = {"low": "£46,000", "high": "£55,000", "opening": "£47,500", "period": "a year",
             "levers": "a review"}  # fmt: skip
    offer = Move("offer", "boss", ITEM, question_key="offer.range", terms=terms)
    boss = replace(SCENE, persona="boss")
    said, account = spoken(guarded(voice, ["Thank you. I", SpeechFault("cut")]), offer, boss)
    assert "£47,500" in "".join(said)
    close = Move("close", "hr", terms={"next_name": "Ravi Anand", "next_title": "Head of data"})
    said, account = spoken(guarded(voice, ["Thank you, noted. B", SpeechFault("cut")]), close)
    assert len(said) == 2
    said, account = spoken(guarded(voice, ["Thank you."]), close)
    assert account.fallback is None or account.fallback["cause"] == "guard:incomplete"


def test_silence_ends_with_the_limits(voice: BuiltinVoice) -> None:
    """No first word, a stall, and a drip without end all end within the turn's time."""
    _, account = spoken(guarded(voice, [5.0]))
    assert account.fallback == {"cause": "timeout", "from_sentence": 0}
    _, account = spoken(guarded(voice, ["Thank you, noted. And", 5.0]))
    assert account.fallback == {"cause": "stalled", "from_sentence": 1}
    drip: list[Part] = [part for _ in range(99) for part in ("a", 0.1)]
    _, account = spoken(guarded(voice, drip))
    assert account.fallback == {"cause": "timeout", "from_sentence": 0}


def test_a_reply_longer_than_anybody_reads_is_left(voice: BuiltinVoice) -> None:
    """Too much at once, or a sentence without end, is not read to its end."""
    _, account = spoken(guarded(voice, ["Thank you, noted. And", "a" * MOST_RECEIVED]))
    assert account.fallback == {"cause": "length", "from_sentence": 1}
    _, account = spoken(guarded(voice, ["and so on " * (MOST_WAITING // 5)]))
    assert account.fallback == {"cause": "length", "from_sentence": 0}


def test_a_turn_can_be_cut_short(voice: BuiltinVoice) -> None:
    """Stopping a model is no failure of its own; the built-in voice adds the question."""
    made = guarded(voice, ["Thank you, noted. You", " mentioned", 5.0])
    said, account = spoken(replace(made, limits=Limits(9, 9)), stop_after=1)
    assert said[-1].endswith(QUESTION)
    assert account.fallback == {"cause": "stopped", "from_sentence": 1}
    assert made.source.noted == []  # type: ignore[attr-defined]


def test_a_resting_model_is_not_asked(voice: BuiltinVoice) -> None:
    """While a model rests the built-in voice speaks at once."""
    source = ScriptedSource([[WHOLE]], rests=True)
    said, account = spoken(GuardedVoice(source, voice))
    assert source.asked == []
    assert account.fallback == {"cause": "resting", "from_sentence": 0}
    assert "".join(said).endswith(QUESTION)


def test_praise_is_left_out_and_the_rest_stays(voice: BuiltinVoice) -> None:
    """A reply can do without flattery; that it was kept back is on record."""
    said, account = spoken(guarded(voice, [f"Great answer! {QUESTION}"]))
    assert "".join(said) == QUESTION
    assert account.fallback is None
    assert [(r.kind, r.sentence) for r in account.refusals] == [("praise", 0)]


def test_too_much_of_it_ends_the_reply(voice: BuiltinVoice) -> None:
    """A third sentence of flattery is one too many."""
    said, account = spoken(guarded(voice, [f"Wow! Great! Well done! {QUESTION}"]))
    assert account.fallback == {"cause": "guard:praise", "from_sentence": 0}
    assert "Great" not in "".join(said)


def test_an_improper_question_ends_the_reply(voice: BuiltinVoice) -> None:
    """What must not be said is not said; sentences before it stay; the model has not failed."""
    made = guarded(voice, [f"Thank you, noted. Are you married? {QUESTION}"])
    said, account = spoken(made)
    assert said == ["Thank you, noted.", f" {QUESTION}"]
    assert account.fallback == {"cause": "guard:improper", "from_sentence": 1}
    assert made.source.noted == [True]  # type: ignore[attr-defined]


def test_what_comes_after_a_whole_turn_is_left_out(voice: BuiltinVoice) -> None:
    """Once the question is asked, a fault ends the reply and nothing is missing."""
    said, account = spoken(guarded(voice, [f"{QUESTION} And are you married? Good. So", 5.0]))
    assert "".join(said) == QUESTION
    assert account.fallback is None
    assert [r.kind for r in account.refusals] == ["improper"]


def test_a_reply_that_asks_nothing_gets_its_question(voice: BuiltinVoice) -> None:
    """Words without the question are not a turn."""
    said, account = spoken(guarded(voice, ["Thank you, noted."]))
    assert said == ["Thank you, noted.", f" {QUESTION}"]
    assert account.fallback == {"cause": "guard:no_question", "from_sentence": 1}


def test_a_reply_of_nothing_but_thoughts_is_empty(voice: BuiltinVoice) -> None:
    """A model that only thinks is asked again, then left."""
    _, account = spoken(replace(guarded(voice, ["<think>Hm.</think>"]), limits=Limits(9, 1)))
    assert account.fallback == {"cause": "empty", "from_sentence": 0}
    assert account.usage["calls"] == 3


def test_without_falling_back_a_failure_is_an_error(voice: BuiltinVoice) -> None:
    """With no fall-back a fault of the model is raised; what the guard keeps back still is not."""
    with pytest.raises(ModelError, match="key"):
        spoken(guarded(voice, [SpeechFault("key")], fallback=False))
    _, account = spoken(guarded(voice, ["Are you married?"], fallback=False))
    assert account.fallback == {"cause": "guard:improper", "from_sentence": 0}


def test_usage_of_several_tries_is_added_up(voice: BuiltinVoice) -> None:
    """Tokens are summed over the tries of a turn; what is no number is kept."""
    first: list[Part] = [Tokens({"input": 2, "by": "x"}), SpeechFault("busy", again=True)]
    second: list[Part] = [WHOLE, Tokens({"input": 3, "by": "y"})]
    _, account = spoken(guarded(voice, first, second))
    assert account.usage == {"input": 5, "by": "y", "calls": 2}


def test_a_whole_interview_accounts_for_its_model(
    voice: BuiltinVoice, make_plan: PlanMaker
) -> None:
    """Turns keep usage, fall-backs and what was kept back; spending adds them up."""
    source = _Echo(voice)
    made = Rehearsals(MemoryStore(), ScriptedRetriever(), GuardedVoice(source, voice), clock)
    transcript = held(made, make_plan(), try_answers("brightwell"))
    spending = spending_of(transcript)
    examiners = [turn for turn in transcript.turns if turn.by_examiner]
    assert spending.turns == spending.calls == len(examiners)
    assert spending.input == 100 * (len(examiners) - 1)
    assert spending.cost is None
    assert spending.fallbacks == {"cut": 1}
    assert spending.kept_back == {"praise": 1}
    assert [turn.extra.get("spoken_by") for turn in examiners].count("fake:scripted") >= 26


def test_the_cost_is_known_when_every_turn_was_counted() -> None:
    """One turn without a price leaves the cost unknown; strange records do no harm."""
    base = Transcript("t")
    from interviewer.transcript import Turn

    one = Turn(1, "assistant", "x", usage={"calls": 1, "input": 5, "cost_usd": 0.5})
    two = Turn(2, "assistant", "x", usage={"calls": 1, "input": "?"})
    odd = Turn(3, "assistant", "x", fallback={"cause": "cut"}, extra={"guard": ["praise"]})
    assert spending_of(base.add(one)).cost == 0.5
    assert spending_of(base.add(one).add(two)).cost is None
    assert spending_of(base.add(odd)).kept_back == {"praise": 1}
    assert spending_of(base).turns == 0


def test_a_scene_tells_what_earlier_examiners_heard(
    voice: BuiltinVoice, make_plan: PlanMaker, rehearsals: Rehearsals
) -> None:
    """What is handed on names its teller, and there are at most four of a kind."""
    plan = make_plan()
    transcript = held(rehearsals, plan, try_answers("brightwell"))
    move = Move("ask", "boss", plan.rounds[2].items[0], question="Why?")
    scene = scene_of(plan, transcript, move, follow(plan, transcript))
    counts = Counter(note.kind for note in scene.handed_on)
    assert counts
    assert max(counts.values()) <= 4
    assert {note.teller for note in scene.handed_on} <= {"Helen Marsh", "Ravi Anand"}
    state = follow(plan, transcript)
    fresh = new_transcript("t", plan, model="x", clock=clock)
    assert scene_of(plan, fresh, move, follow(plan, fresh)).lines == ()
    assert scene_of(plan, transcript, replace(move, round="none"), state).handed_on == ()


class _Echo(ScriptedSource):
    """Says every move's words; once with praise in front, once broken off."""

    def __init__(self, voice: BuiltinVoice) -> None:
        super().__init__([])

    async def stream(
        self, move: Move, scene: Scene, wording: Wording
    ) -> AsyncIterator[str | Tokens]:
        """Yield the words."""
        self.asked.append(wording)
        if len(self.asked) == 2:
            yield "Great! "
        yield wording.text
        if len(self.asked) == 3:
            raise SpeechFault("cut")
        yield Tokens({"input": 100, "output": 10})
