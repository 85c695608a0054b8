"""A board that reads set questions: no probe, no reply, one reminder, the same for everybody."""

from __future__ import annotations

import asyncio

import pytest

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice
from interviewer.interview.plan import Plan
from interviewer.interview.plan_file import plan_from_json, plan_record
from interviewer.interview.session import Rehearsals
from interviewer.simulation.candidate import Candidate
from interviewer.transcript import Turn
from tests.conftest import PlanMaker, hold
from tests.simulating import simulated

LONG = (
    "我先弄清楚情况，再分三步办：第一步到现场看，第二步和相关的人商量，第三步写出办法并限时落实，"
    "最后回访一次，看看问题是不是真的解决了。"
)


@pytest.fixture
def board(make_plan: PlanMaker) -> Plan:
    """Return the plan of a Chinese board."""
    return make_plan("lanting", "enforcement", 3, format_id="civil_service_cn", language="zh")


def _examiner(rehearsals: Rehearsals, plan: Plan, *said: str) -> list[Turn]:
    transcript = asyncio.run(hold(rehearsals, plan, said))
    return [turn for turn in transcript.turns if turn.by_examiner]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_board_asks_all_candidates_the_same_four_kinds(
    make_plan: PlanMaker, language: str
) -> None:
    """Seed and papers change nothing; four questions are of four kinds, and none has a probe."""
    more = {"format_id": "civil_service_cn", "language": language}
    plans = [make_plan("lanting", "enforcement", seed, **more) for seed in range(6)]
    plans.append(make_plan("lanting", "enforcement", 1, cv="2019 - 2024 检验员", **more))
    assert all(plan.rounds[0].items == plans[0].rounds[0].items for plan in plans)
    items = plans[0].rounds[0].items
    assert [item.type for item in items] == ["public_service"] * 4
    assert len({item.competency for item in items}) == 4
    assert not any(item.probes or item.lead for item in items)


def test_a_plan_keeps_number_and_thinking_time(board: Plan) -> None:
    """Whether candidates are known by number, and the time to think, survive the file."""
    again = plan_from_json(plan_record(board), {})
    assert (again.anonymous, again.thinking_time, again.number) == (True, 60, board.number)


def test_the_time_and_the_number_are_told_first(board: Plan, rehearsals: Rehearsals) -> None:
    """The opening calls the candidate by number and tells the minutes and the time to think."""
    first, *_ = _examiner(rehearsals, board, LONG)
    assert f"{board.number}号考生" in first.content
    assert "20分钟" in first.content
    assert "60秒" in first.content


def test_a_name_is_reminded_of_once_and_never_said(
    board: Plan, rehearsals: Rehearsals, library: Library
) -> None:
    """An answer with a name counts; the reminder holds nothing of it; on it goes."""
    _, second, third, *_ = _examiner(rehearsals, board, f"我叫李明辉。{LONG}", LONG)
    book = library.personas["chief_examiner"].phrasebooks["zh"]
    assert any(text in second.content for text in book.variants("bridge.identity"))
    assert "李明辉" not in second.content
    assert second.move is not None
    assert second.move.slot == "identity"
    assert second.move.item == board.rounds[0].items[1].id
    assert not any(text in third.content for text in book.variants("bridge.identity"))


def test_a_name_alone_gets_the_question_again(board: Plan, rehearsals: Rehearsals) -> None:
    """Who has said nothing but a name may still answer the question, once."""
    _, second, third, *_ = _examiner(rehearsals, board, "我叫李明辉。", "我叫李明辉。")
    assert second.move is not None
    assert third.move is not None
    assert second.move.item == board.rounds[0].items[0].id
    assert third.move.item == board.rounds[0].items[1].id


def test_the_last_answer_is_reminded_of_too(
    board: Plan, rehearsals: Rehearsals, library: Library
) -> None:
    """A reminder stands before the farewell as well."""
    *_, last = _examiner(rehearsals, board, LONG, LONG, LONG, f"{LONG}我是湖南人。")
    book = library.personas["chief_examiner"].phrasebooks["zh"]
    assert last.move is not None
    assert last.move.kind == "close"
    assert any(text in last.content for text in book.variants("bridge.identity"))


def test_a_company_does_not_mind_a_name(make_plan: PlanMaker, rehearsals: Rehearsals) -> None:
    """Elsewhere somebody who says their name is not reminded of anything."""
    plan = make_plan("chengyuan", language="zh")
    turns = _examiner(rehearsals, plan, f"我叫李明辉。{LONG}")
    assert all(turn.move is None or turn.move.slot != "identity" for turn in turns)


def test_a_board_answers_no_question(
    board: Plan, rehearsals: Rehearsals, library: Library
) -> None:
    """A question before the answer gets the board's question again, one after it the next."""
    book = library.personas["chief_examiner"].phrasebooks["zh"]
    _, second, third, *_ = _examiner(
        rehearsals, board, "请问这个岗位一年招几个人？", f"{LONG}请问结果什么时候公布？"
    )
    assert second.move is not None
    assert second.move.item == board.rounds[0].items[0].id
    for turn in (second, third):
        assert any(text in turn.content for text in book.variants("answer.missing"))
        assert not turn.retrieved


@pytest.mark.parametrize("seed", range(12))
def test_no_candidate_is_probed(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, seed: int
) -> None:
    """Whatever candidates do, every one hears the same questions and no probe, hint or offer."""
    manners = ("strong", "terse", "off_topic", "contradicting", "combative", "injecting",
               "rambling", "silent", "nervous", "blurred_ownership", "bluffer",
               "negotiating_hard")  # fmt: skip
    plan = make_plan("lanting", "enforcement", seed, format_id="civil_service_cn", language="zh")
    candidate = Candidate(manners[seed], ("low", "medium", "high")[seed % 3], "zh", seed)
    transcript = simulated(plan, candidate, voice, library)
    moves = [turn.move for turn in transcript.turns if turn.move is not None]
    assert not {"probe", "hint", "offer"} & {move.kind for move in moves}
    asked = [move.item for move in moves if move.kind in ("open", "ask")]
    planned = [item.id for item in plan.rounds[0].items]
    # Who says nothing time after time is let go.
    assert asked == (planned[: len(asked)] if candidate.manner == "silent" else planned)


@pytest.mark.parametrize("seed", range(6))
def test_a_board_says_nothing_of_its_own(
    make_plan: PlanMaker, voice: BuiltinVoice, library: Library, seed: int
) -> None:
    """Between the questions stands no sentence that only shows what kind of examiner this is."""
    plan = make_plan("lanting", "enforcement", seed, format_id="civil_service_cn", language="zh")
    transcript = simulated(plan, Candidate("strong", "high", "zh", seed), voice, library)
    said = "\n".join(turn.content for turn in transcript.turns if turn.by_examiner)
    book = library.personas["chief_examiner"].phrasebooks["zh"]
    assert not any(text in said for text in book.variants("signature"))
