"""Promises of the boss's negotiation: the figures come from the pack, by formula."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.company import Lever, Pay
from interviewer.content.library import Library
from interviewer.interview.bid import POINTS, Bid, bid_of
from interviewer.interview.director import next_move
from interviewer.interview.left import what_was_left
from interviewer.interview.negotiation import Table, reply_to
from interviewer.interview.offers import cost_of, planned_offer
from interviewer.interview.plan import Plan
from interviewer.interview.sealed import Sealed
from interviewer.interview.sealing import sealing
from interviewer.interview.table_file import table_from
from interviewer.reading.answer import read
from interviewer.transcript import CANDIDATE, EXAMINER, MoveRecord, Transcript, Turn
from tests.conftest import PlanMaker

PAY = Pay(
    currency="GBP", period="year", band=(46000, 55000), opening=47500, reservation=53000,
    levers=(Lever(id="review_6m"), Lever(id="remote_days", max=2),
            Lever(id="sign_on", max=4000)),
)  # fmt: skip
MONTHLY = Pay(
    currency="CNY", period="month", band=(16000, 22000), opening=17000, reservation=21000,
    months_per_year=13,
)  # fmt: skip
ALL = frozenset(POINTS)


def bid(text: str, pay: Pay = PAY, language: str = "en") -> Bid:
    """Return what an answer bids."""
    return bid_of(text, read(text, language), pay, language)


def test_the_first_offer_of_the_worked_example() -> None:
    """54,000 asked with three grounds is answered with 48,500 (48,703 rounded down)."""
    said = bid(
        "54,000. Similar posts here pay 50 to 58, and I'd bring four years of exactly this."
    )
    assert said.ask == 54000
    assert said.points == {"evidence", "specific", "reason"}
    reply = reply_to(PAY, Table(), said)
    assert (reply.kind, reply.figure) == ("step", 48500)


@pytest.mark.parametrize(
    ("text", "language", "pay", "ask", "top"),
    [
        ("I was hoping for around 48k.", "en", PAY, 48000, None),
        ("48 to 52 thousand would suit me.", "en", PAY, 48000, 52000),
        ("Could you go to 50,000?", "en", PAY, 50000, None),
        ("£4,250 a month.", "en", PAY, 51000, None),
        ("I have led 12 people for 4 years.", "en", PAY, None, None),
        ("I'd rather hear what you have in mind.", "en", PAY, None, None),
        ("Others pay 52,000 on average. I would like 51,000.", "en", PAY, 51000, None),
        ("两万一。", "zh", MONTHLY, 21000, None),
        ("月薪2.1万左右。", "zh", MONTHLY, 21000, None),
        ("年薪26万。", "zh", MONTHLY, 20000, None),
        ("我想先听听您这边的范围。", "zh", MONTHLY, None, None),
    ],
)
def test_a_figure_is_read_in_the_terms_of_the_post(
    text: str, language: str, pay: Pay, ask: float | None, top: float | None
) -> None:
    """Thousands, ranges, other periods and market figures are told apart."""
    said = bid(text, pay, language)
    assert (said.ask, said.top) == (ask, top)


@pytest.mark.parametrize(
    ("text", "language", "accepts"),
    [
        ("That works for me.", "en", True),
        ("I accept.", "en", True),
        ("I can't accept that.", "en", False),
        ("I would accept 52,000.", "en", False),
        ("That works if you add a day from home.", "en", False),
        ("可以，我接受。", "zh", True),
        ("这个我不能接受。", "zh", False),
        ("如果再高一点我就接受。", "zh", False),
    ],
)
def test_a_yes_is_a_yes_without_conditions(text: str, language: str, accepts: bool) -> None:
    """Neither a refusal nor a condition is taken for an acceptance."""
    assert bid(text, PAY if language == "en" else MONTHLY, language).accepts is accepts


def test_a_market_figure_needs_its_source() -> None:
    """What others pay counts with a source only."""
    assert "market" not in bid("Similar posts pay 52,000 on average.").points
    assert "market" in bid("According to a published survey similar posts pay 52,000.").points


def test_more_than_the_post_pays_is_said_taken_back_and_ended() -> None:
    """Above the band: said so, then taken back, then the last figure; an answer may come later."""
    table, kinds, figures = Table(), [], []
    for _ in range(4):
        reply = reply_to(PAY, table, bid("I want 60,000."))
        table = reply.table
        kinds.append(reply.kind)
        figures.append(reply.figure)
    assert kinds == ["above", "take_back", "last", "last"]
    assert figures == sorted(f for f in figures if f)
    assert reply_to(PAY, table, bid("I accept.")).kind == "agreed"


def test_what_is_within_the_next_step_is_agreed_at_once() -> None:
    """Nobody wins anything from somebody who asks for little, and nobody goes under the band."""
    reply = reply_to(PAY, Table(), bid("I hope for 47,000."))
    assert (reply.kind, reply.figure) == ("agreed", 47000)
    low = reply_to(PAY, Table(), bid("30,000 would do."))
    assert low.figure == PAY.band[0]


def test_levers_are_granted_within_the_limit() -> None:
    """One the pack has is granted once; one it has not is not, and it costs the figure."""
    first = reply_to(PAY, Table(), bid("What is the range?"))
    assert first.kind == "range"
    home = reply_to(PAY, first.table, bid("And two days from home?"))
    assert (home.kind, home.levers) == ("granted", ("remote_days",))
    none = reply_to(PAY, home.table, bid("Could I have extra leave?"))
    assert none.kind == "not_ours"
    assert cost_of(PAY, "sign_on") == 4000
    assert cost_of(PAY, "title") == float("inf")
    sign = reply_to(PAY, home.table, bid("A signing bonus of some kind."))
    assert sign.kind == "granted"
    dear = planned_offer(PAY, 4, 4, sum(cost_of(PAY, lever) for lever in sign.table.levers))
    assert dear < 53000
    begun = reply_to(PAY, Table(), bid("Two days from home, that is all."))
    assert (begun.kind, begun.figure) == ("granted", PAY.opening)
    again = reply_to(PAY, home.table, bid("And two days from home?"))
    assert again.kind == "step"


def test_the_curve_ends_and_the_last_word_is_the_last() -> None:
    """After the planned steps nothing more is offered; breaking off ends it, too."""
    table = Table()
    kinds = []
    for _ in range(6):
        reply = reply_to(PAY, table, bid("I need 54,900."))
        table = reply.table
        kinds.append(reply.kind)
    assert kinds == ["step", "step", "step", "last", "noted", "noted"]
    assert reply_to(PAY, Table(figures=(48000,)), bid("Then I have to decline.")).kind != "agreed"
    assert reply_to(PAY, Table(figures=(48000,)), bid("I withdraw.")).kind == "noted"


def test_without_two_grounds_the_target_is_the_end() -> None:
    """Above the target the boss moves only for somebody who gives reasons."""
    aimed = PAY.model_copy(update={"target": 48000.0})
    assert planned_offer(aimed, 4, 1) == 48000
    assert planned_offer(aimed, 4, 2) > 48000


def test_what_was_left_is_told_without_inventing() -> None:
    """The same steps with all grounds, levers nobody asked for, grounds not given."""
    assert what_was_left(PAY, Table()) is None
    table = reply_to(PAY, Table(), bid("I need 54,900.")).table
    left = what_was_left(PAY, table)
    assert left is not None
    assert (left.standing, left.earned) == (48000, 48500)
    assert set(left.levers) == {"remote_days", "sign_on"}
    assert "market" in left.missing


def test_the_limit_is_not_told_afterwards() -> None:
    """At the last offer all four grounds would have come to the limit, which stays hidden."""
    table = Table()
    for _ in range(4):
        table = reply_to(PAY, table, bid("I need 54,900.")).table
    left = what_was_left(PAY, table)
    assert left is not None
    assert (left.standing, left.earned) == (50000, None)


def test_an_answer_without_a_wish_moves_nobody() -> None:
    """Thinking aloud gets no more; finding it too little, or a reason, gets the next step."""
    table = Table(figures=(48000.0,), steps=1)
    assert reply_to(PAY, table, bid("Let me think about it.")).kind == "noted"
    assert reply_to(PAY, table, bid("That is too low for me.")).kind == "step"
    assert reply_to(PAY, table, bid("I have four years of exactly this.")).kind == "step"


def test_the_range_is_told_to_whoever_asks() -> None:
    """Asked before the first figure or after it, the boss says what the post pays."""
    first = reply_to(PAY, Table(), bid("What is the salary range for this post?"))
    assert (first.kind, first.figure) == ("range", 47500)
    later = reply_to(PAY, Table(figures=(48500.0,), steps=1), bid("What is your range?"))
    assert (later.kind, later.figure, later.levers) == ("range", 48500, ())


def test_the_boss_adds_something_to_the_first_step() -> None:
    """The first lever that needs no amount goes with the first step, once, unreckoned."""
    first = reply_to(PAY, Table(), bid("I need 54,900."))
    assert first.levers == ("review_6m",)
    assert (first.table.held, first.table.levers) == (("review_6m",), ())
    second = reply_to(PAY, first.table, bid("I need 54,900."))
    assert second.levers == ()
    asked = reply_to(PAY, Table(), bid("54,900 and two days from home, please."))
    assert (asked.kind, asked.levers) == ("step", ("remote_days",))
    bare = PAY.model_copy(update={"levers": (Lever(id="sign_on", max=4000),)})
    assert reply_to(bare, Table(), bid("I need 54,900.")).levers == ()


def test_what_is_granted_goes_with_the_agreement() -> None:
    """A lever asked for with an acceptable figure, or with a yes, is part of the agreement."""
    asked = reply_to(PAY, Table(), bid("I would like 48,000 and two days from home."))
    assert (asked.kind, asked.figure, asked.levers) == ("agreed", 48000, ("remote_days",))
    table = Table(figures=(48000.0,), steps=1)
    yes = reply_to(PAY, table, bid("I accept, with two days from home."))
    assert (yes.kind, yes.levers) == ("agreed", ("remote_days",))
    no = reply_to(PAY, table, bid("I accept, with the title of head of data."))
    assert no.kind == "not_ours"


def test_a_lever_and_a_step_together_keep_the_limit() -> None:
    """A lever granted with the last step is paid for out of it."""
    table = Table(figures=(48500.0,), steps=3, points=ALL)
    said = Bid(ask=54900, levers=frozenset({"sign_on"}))
    reply = reply_to(PAY, table, said)
    assert (reply.kind, reply.levers) == ("last", ("sign_on",))
    assert reply.figure == 49000  # 53,000 less the 4,000 that the sign-on payment costs


def test_nothing_is_granted_to_what_is_out_of_reach() -> None:
    """Above the band levers are spoken of, not granted."""
    reply = reply_to(PAY, Table(), bid("60,000 and two days from home, please."))
    assert (reply.kind, reply.table.levers) == ("above", ())
    assert "remote_days" in reply.levers


BIDS = st.builds(
    Bid,
    ask=st.none() | st.floats(20000, 90000),
    accepts=st.booleans(),
    withdraws=st.just(value=False),
    levers=st.frozensets(st.sampled_from(["review_6m", "remote_days", "sign_on", "title"])),
    points=st.frozensets(st.sampled_from(POINTS)),
)


@given(bids=st.lists(BIDS, max_size=12), style=st.sampled_from(["firm", "fair", "generous"]))
def test_whatever_is_bid_the_limits_hold(bids: list[Bid], style: str) -> None:
    """Never above the reservation value, never below the band, and offers never fall."""
    pay = PAY.model_copy(update={"style": style})
    table = Table()
    for said in bids:
        reply = reply_to(pay, table, said)
        if reply.figure is not None:
            assert pay.band[0] <= reply.figure <= pay.reservation
        table = reply.table
        assert list(table.figures) == sorted(table.figures)
    paid = (table.standing or pay.opening) + sum(cost_of(pay, lever) for lever in table.levers)
    assert paid <= pay.reservation + 1e-6


@given(seen=st.lists(BIDS, max_size=8))
def test_the_table_reads_back_from_its_record(seen: list[Bid]) -> None:
    """What a transcript keeps of an offer is enough to go on from."""
    table = Table()
    for said in seen:
        table = reply_to(PAY, table, said).table
    record = {
        "offer": {
            "figures": list(table.figures), "steps": table.steps, "points": sorted(table.points),
            "granted": list(table.levers), "added": list(table.added),
            "above": table.above, "ended": table.ended,
            "agreed": table.agreed,
        }
    }  # fmt: skip
    assert table_from(record, Table()) == table


def test_a_strange_record_moves_nothing() -> None:
    """A record of another form leaves the table as it was, or empty where it is nonsense."""
    assert table_from({}, Table(steps=2)) == Table(steps=2)
    odd = {"offer": {"figures": ["x", True], "steps": -1, "points": 3, "granted": ["ship"]}}
    assert table_from(odd, Table(steps=2)) == Table()


def talk(plan: Plan, sealed: Sealed, *said: str) -> list[MoveRecord]:
    """Return the boss's moves in a talk about pay alone."""
    transcript = Transcript("t")
    moves = []
    for text in (*said, None):
        move = next_move(plan, transcript, sealed)
        if move is None:
            break
        moves.append(move.record)
        said_turn = Turn(
            transcript.next_seq, EXAMINER, move.question_key, round="boss", move=move.record
        )
        transcript = transcript.add(said_turn)
        if text is None or move.kind == "close":
            break
        transcript = transcript.add(Turn(transcript.next_seq, CANDIDATE, text, round="boss"))
    return moves


def test_the_boss_negotiates_through_the_director(make_plan: PlanMaker, library: Library) -> None:
    """Asked, offered, granted, agreed, and on in the plan; the reservation value is nowhere."""
    plan = make_plan()
    boss = plan.rounds[2]
    items = tuple(i for i in boss.items if i.kind in ("expectation", "candidate_questions"))
    plan = replace(plan, rounds=(replace(boss, items=items),))
    sealed = sealing(library)(plan)
    moves = talk(
        plan, sealed,
        "I was hoping for 54,000, because I run exactly this today.",
        "Could you go a little higher? And how many people are in the team?",
        "And two days from home?",
        "That works for me.",
        "No questions.",
    )  # fmt: skip
    assert [(move.kind, move.slot) for move in moves] == [
        ("open", None), ("offer", "step"), ("offer", "step"), ("offer", "granted"),
        ("ask", None), ("close", None),
    ]  # fmt: skip
    assert "53000" not in str(moves)
    alone = replace(plan, rounds=(replace(plan.rounds[0], items=items[:1]),))
    ended = talk(alone, sealed, "I hope for 47,500.", "Fine.")
    assert [move.kind for move in ended] == ["open", "offer", "close"]
    question = talk(plan, sealed, "How many people are in the team?")
    assert question[-1].kind == "answer"


def test_a_hard_interview_has_a_firmer_boss(make_plan: PlanMaker, library: Library) -> None:
    """Difficulty changes the boss's style by one step, and nothing about the limits."""
    plan = make_plan()
    styles = {
        level: sealing(library)(replace(plan, difficulty=level)).pay for level in ("easy", "hard")
    }
    assert styles["easy"] is not None
    assert styles["hard"] is not None
    assert (styles["easy"].style, styles["hard"].style) == ("generous", "firm")
    assert styles["easy"].reservation == styles["hard"].reservation
