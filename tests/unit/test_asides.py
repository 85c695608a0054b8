"""What is asked of the examiner in passing, and answers in another language."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import PlannedItem, Rung
from interviewer.interview.progress import follow
from interviewer.interview.rules.asides import MOST_REPEATS
from interviewer.interview.session import Rehearsals
from interviewer.reading.answer import read
from tests.conftest import MemoryStore, PlanMaker, ScriptedRetriever, clock, held
from tests.unit.test_director import QUESTIONS, STORY, THREE, after, item, move_after, small_plan

CHINESE = "我做了四年的数据工程，主要负责每晚的销售数据流程，去年把错误从九个降到了一个。"
FRENCH = "Je travaille depuis quatre ans dans une entreprise qui transporte des colis partout."
CHINESE_PLAN = replace(small_plan(*THREE), language="zh")


@pytest.mark.parametrize("said", ["Let me think.", "Could you give me a moment?"])
def test_a_moment_to_think_is_granted(said: str) -> None:
    """The question stays open and is not repeated; nothing is counted as put again."""
    move = move_after(said)
    assert (move.kind, move.slot, move.first) == ("bridge", "time", "bridge.think")
    assert (move.question, move.question_key, move.again) == ("", "", False)
    assert move.item is not None
    plan = small_plan(*THREE)
    transcript, _ = after(plan, said, "")
    state = follow(plan, transcript)
    assert (state.moments, state.brought_back, state.answers) == (1, 0, ("",))


def test_a_moment_is_understood_in_chinese() -> None:
    """`让我想想` is granted as it is in English."""
    assert move_after("让我想想。", plan=CHINESE_PLAN).slot == "time"


def test_after_two_moments_the_question_is_put_once_more() -> None:
    """Whoever goes on thinking gets the question again, and at last the next one."""
    think = "Let me think."
    third = move_after(think, think, think)
    assert (third.first, third.again) == ("bridge.silence", True)
    moves = [move_after(*[think] * n) for n in range(4, 7)]
    assert any(move.first == "bridge.move_on" for move in moves)


def test_who_thinks_aloud_and_then_answers_has_answered() -> None:
    """A moment that comes with the answer is none; an answer after one goes on as any other."""
    assert move_after(f"Let me think. {STORY}").slot != "time"
    move = move_after("Let me think.", STORY)
    assert (move.kind, move.item and move.item.id) == ("ask", "hr.2")


def test_a_moment_counts_for_nothing_before_a_question() -> None:
    """Who asks something after a moment to think has not answered yet: the question comes back."""
    move = move_after("Let me think.", "How big is the team?")
    assert (move.kind, move.again, move.item and move.item.id) == ("answer", True, "hr.1")


@pytest.mark.parametrize("said", ["Could you repeat the question?", "What do you mean by that?"])
def test_a_question_is_repeated_in_the_same_words(said: str) -> None:
    """On asking it comes once more as it was, and nothing is counted as put again."""
    move = move_after(said)
    assert (move.kind, move.slot, move.first) == ("bridge", "repeat", "bridge.repeat")
    assert (move.question, move.again) == (THREE[0].text, True)
    plan = small_plan(*THREE)
    transcript, _ = after(plan, said, "")
    state = follow(plan, transcript)
    assert (state.repeats, state.brought_back) == (1, 0)


def test_a_question_is_not_repeated_for_ever() -> None:
    """An interview ends for somebody who only asks to hear the question again."""
    again = "Could you repeat the question?"
    assert move_after(*[again] * MOST_REPEATS).slot == "repeat"
    assert move_after(*[again] * (MOST_REPEATS + 1)).slot != "repeat"


def test_own_questions_and_a_standing_offer_are_not_repeated() -> None:
    """Where the candidate asks, "what do you mean" is theirs; an offer has words of its own."""
    said = "What do you mean by scanning feed?"
    assert move_after(said, plan=small_plan(QUESTIONS)).slot != "repeat"
    pay = PlannedItem("hr.pay", "expectation", "pay", "negotiation_conduct")
    assert (
        move_after("Could you say that again?", plan=small_plan(pay, QUESTIONS)).slot == "repeat"
    )


@pytest.mark.parametrize("said", ["I'd rather not say.", "I would rather not talk about that."])
def test_a_refusal_is_accepted(said: str) -> None:
    """The next question comes, with a word that accepts it; nothing is probed."""
    move = move_after(said)
    assert (move.kind, move.first) == ("ask", "bridge.declined")
    assert move.item is not None
    assert move.item.id == "hr.2"


def test_a_refusal_is_understood_in_chinese_and_on_a_ladder() -> None:
    """It is accepted in either language, and a ladder is left at once."""
    move = move_after("这个我不方便说。", plan=CHINESE_PLAN)
    assert (move.kind, move.first) == ("ask", "bridge.declined")
    ladder = item("hr.9", rungs=(Rung("define", ("A?",)), Rung("apply", ("B?",))))
    move = move_after("I'd rather not say.", plan=small_plan(ladder, *THREE))
    assert (move.first, move.item and move.item.id) == ("bridge.declined", "hr.1")


def test_one_detail_may_be_kept_back() -> None:
    """An answer that keeps a name back is an answer."""
    assert move_after(f"{STORY} I'd rather not name the supplier.").first != "bridge.declined"


def test_a_refusal_of_the_last_question_ends_the_round() -> None:
    """Where nothing is left the round closes without a further word."""
    assert move_after("I'd rather not say.", plan=small_plan(item("hr.1"))).kind == "close"


def test_an_answer_in_the_other_language_is_understood() -> None:
    """The interview goes on, led back once a round; the words of it are not taken up."""
    move = move_after(CHINESE)
    assert move.kind in ("ask", "probe")
    assert (move.first, move.thing) == ("bridge.language_on", None)
    assert move.record_extra["language"] == "en"
    second = move_after(CHINESE, CHINESE.replace("九", "八").replace("四", "三"))
    assert (second.first, second.thing) == ("", None)
    english = f"{STORY} It was a good time for everybody in the team, and I liked it."
    assert move_after(english, plan=CHINESE_PLAN).first == "bridge.language_on"


def test_a_moment_may_be_asked_for_in_the_other_language() -> None:
    """A request in the other language is granted like one in the interview's own."""
    move = move_after("不好意思，请给我一点时间，让我想想。")
    assert (move.slot, move.first) == ("time", "bridge.think")


def test_only_what_cannot_be_read_is_asked_again() -> None:
    """An answer in a language nobody here reads gets the question once more, once a round."""
    move = move_after(FRENCH)
    assert (move.slot, move.first, move.again) == ("language", "bridge.language", True)
    assert move_after(FRENCH, FRENCH).first not in ("bridge.language", "bridge.language_on")


@pytest.mark.parametrize("company", ["brightwell", "chengyuan"])
def test_the_words_are_said(
    library: Library, make_plan: PlanMaker, voice: BuiltinVoice, company: str
) -> None:
    """A moment is granted without a question, a question repeated word by word."""
    plan = make_plan(company)
    english = plan.language == "en"
    asides = (
        ["Let me think.", "Could you repeat the question?", "I'd rather not say.", CHINESE]
        if english
        else [
            "让我想想。",
            "您能再说一遍吗？",
            "这个我不方便说。",
            STORY + " It was on the team I had.",
        ]
    )
    rehearsals = Rehearsals(MemoryStore(), ScriptedRetriever(), voice, clock)
    said = [turn for turn in held(rehearsals, plan, asides).turns if turn.by_examiner]
    book = voice.books["hr", plan.language]
    assert said[1].content in book.variants("bridge.think")
    assert not re.search("[?？]", said[1].content)
    question = plan.rounds[0].items[0].text
    assert said[2].content.lower().endswith(question.lower())
    assert said[3].content.startswith(tuple(book.variants("bridge.declined")))
    assert said[4].content.startswith(tuple(book.variants("bridge.language_on")))
    assert all(len(re.findall("[?？]", turn.content)) <= 1 for turn in said)


@pytest.mark.parametrize(
    "said", ["我会先整理一下，然后再具体分析吧。", "我先理一下需求，然后再看。"]
)
def test_a_vague_plan_is_no_request_for_time(said: str) -> None:
    """Who would sort things first and see then has answered, however vaguely."""
    assert not read(said, "zh").asks_time
    assert read("我先理一下思路。", "zh").asks_time
