"""Promises of how an answer about pay is read, in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.company import Pay
from interviewer.interview.bid import Bid, bid_of
from interviewer.reading.answer import read

YEARLY = Pay(currency="GBP", period="year", band=(46000, 55000), opening=47500, reservation=53000)
MONTHLY = Pay(
    currency="CNY", period="month", band=(16000, 22000), opening=17000, reservation=21000,
    months_per_year=13,
)  # fmt: skip
HOURLY = Pay(currency="USD", period="hour", band=(15, 22), opening=16, reservation=20)


def bid(text: str, language: str = "en", pay: Pay | None = None) -> Bid:
    """Return what an answer bids, for a post paid by the month in Chinese, by the year else."""
    terms = pay or (MONTHLY if language == "zh" else YEARLY)
    return bid_of(text, read(text, language), terms, language)


@pytest.mark.parametrize(
    ("language", "answer", "low", "high"),
    [
        ("en", "48k", 48000, None),
        ("en", "£48,000", 48000, None),
        ("en", "48 to 52", 48000, 52000),
        ("en", "Somewhere between 48 and 52.", 48000, 52000),
        ("en", "45-50k", 45000, 50000),
        ("en", "Around 50.", 50000, None),
        ("en", "Forty-nine thousand would be fine.", 49000, None),
        ("en", "4,000 a month would be right for me.", 48000, None),
        ("en", "£950 a week is what I hope for.", 49400, None),
        ("en", "I currently earn 42,000 and I'm hoping for 50.", 50000, None),
        ("en", "You offered 48,500, but I'd like 51.", 51000, None),
        ("en", "I would start for 52,000; I could not go below 50,000.", 50000, None),
        ("en", "54,000. Similar posts here pay 50 to 58.", 54000, None),
        ("zh", "两万一", 21000, None),
        ("zh", "2.1万", 21000, None),
        ("zh", "月薪21000", 21000, None),
        ("zh", "年薪30万", 23076.92, None),
        ("zh", "30万", 23076.92, None),
        ("zh", "1.8到2万", 18000, 20000),
        ("zh", "一万八到两万", 18000, 20000),
        ("zh", "18k-20k", 18000, 20000),
        ("zh", "我现在拿一万五，希望一万九。", 19000, None),
        ("zh", "两万左右", 20000, None),
        ("zh", "一万八千五", 18500, None),
        ("zh", "18000-20000", 18000, 20000),
        ("zh", "我算了一下，希望两万。", 20000, None),
        ("zh", "我跟陈女士说的是一万八，现在希望两万", 20000, None),
        ("en", "My minimum is 49.5k", 49500, None),
        ("en", "54,000.\n48 was before I knew the work; I told Helen 48.", 54000, None),
    ],
)
def test_a_figure_is_heard_as_it_is_said(
    language: str, answer: str, low: float, high: float | None
) -> None:
    """A wish is understood in figures, words, ranges, other periods, and beside other figures."""
    said = bid(answer, language)
    assert (said.ask, said.top) == (low, high)


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        ("en", "I saved 200,000 pounds with a team of 48 people."),
        ("en", "48,500 is too low for me."),
        ("en", "I currently earn 52,000."),
        ("en", "Similar posts pay 50 to 58."),
        ("en", "I'd like $52,000."),
        ("en", "I want 60 percent of it."),
        ("en", "I'd take 200 a day."),
        ("en", "I have four years behind me."),
        ("zh", "您说的一万七不够。"),
        ("zh", "同类岗位平均两万。"),
        ("zh", "我带过20个人。"),
    ],
)
def test_a_figure_of_something_else_is_no_wish(language: str, answer: str) -> None:
    """Past pay, the market, the offer itself, people and other money are not asked for."""
    assert bid(answer, language).ask is None


@pytest.mark.parametrize(
    ("language", "answer", "signs"),
    [
        ("en", "That works for me.", {"accepts"}),
        ("en", "Yes.", {"accepts"}),
        ("en", "OK, thank you.", {"accepts"}),
        ("en", "Sounds great.", {"accepts"}),
        ("en", "It's less than I hoped, but I accept.", {"accepts", "haggles"}),
        ("en", "That's fine, but I'd want more.", {"haggles"}),
        ("en", "Fine, let me sleep on it.", set()),
        ("en", "Good question. Let me think.", set()),
        ("en", "If you add a day, I accept.", set()),
        ("en", "I have a good deal of experience.", set()),
        ("en", "We agreed on two parts and it got better.", set()),
        ("en", "No deal.", {"withdraws", "haggles"}),
        ("en", "Is there any room for more?", {"haggles"}),
        ("en", "I can't accept that.", {"haggles"}),
        ("en", "More, please.", {"haggles"}),
        ("en", "I'd have to decline then.", {"withdraws"}),
        ("en", "I'd rather hear your range first.", {"asks_range"}),
        ("en", "What salary do you offer?", {"asks_range"}),
        ("en", "Great. What's the range?", {"asks_range"}),
        ("en", "I built the nightly load.", set()),
        ("zh", "可以，没问题。", {"accepts"}),
        ("zh", "好的，谢谢", {"accepts"}),
        ("zh", "虽然低了点，但我接受。", {"accepts", "haggles"}),
        ("zh", "这个数可以", {"accepts"}),
        ("zh", "好，我考虑一下。", set()),
        ("zh", "不太满意。", {"haggles"}),
        ("zh", "不接受", {"haggles"}),
        ("zh", "可以再高一点吗？", {"haggles"}),
        ("zh", "多少合适？", set()),
        ("zh", "那我就不考虑了", {"withdraws"}),
        ("zh", "先听听您这边的范围。", {"asks_range"}),
        ("zh", "如果能居家两天，我可以接受。", set()),
    ],
)
def test_yes_no_and_not_yet_are_told_apart(language: str, answer: str, signs: set[str]) -> None:
    """A yes, a refusal, a condition, a wish to think and the end of the talk are read as such."""
    said = bid(answer, language)
    names = ("accepts", "withdraws", "haggles", "asks_range")
    assert {name for name in names if getattr(said, name)} == signs


@pytest.mark.parametrize(
    ("language", "answer", "levers"),
    [
        ("en", "Could I have two days from home and a review after six months?",
         {"remote_days", "review_6m"}),
        ("en", "I'd like five extra days of leave.", {"extra_leave_days"}),
        ("en", "I finished two courses and led the training.", set()),
        ("en", "I could start in two weeks.", set()),
        ("en", "A later start would help.", {"start_date_weeks"}),
        ("zh", "希望每周能有两天居家办公，年假能多三天吗？", {"remote_days", "extra_leave_days"}),
        ("zh", "我参加过两次培训。", set()),
    ],
)  # fmt: skip
def test_a_lever_is_what_is_asked_for(language: str, answer: str, levers: set[str]) -> None:
    """What is asked for besides pay is read; what was done in the past is none of it."""
    assert bid(answer, language).levers == levers


@pytest.mark.parametrize(
    ("language", "answer", "points"),
    [
        ("en", "54,000. Similar posts pay 50 to 58, and I'd bring four years of exactly this.",
         {"evidence", "specific", "reason"}),
        ("en", "According to the Hays survey the market pays 52,000, so I would expect 52,000.",
         {"market", "specific"}),
        ("en", "I have read the survey.", set()),
        ("en", "Anything from 40 to 60.", set()),
        ("en", "I'll think about it.", set()),
        ("zh", "根据猎聘的报告，同类岗位平均两万，我期望两万，因为我有四年经验。",
         {"market", "specific", "reason", "evidence"}),
        ("zh", "我考虑一下", set()),
    ],
)  # fmt: skip
def test_grounds_are_counted_by_kind(language: str, answer: str, points: set[str]) -> None:
    """A sourced market figure, evidence, a figure that says something and a reason count once."""
    assert bid(answer, language).points == points


def test_a_figure_of_another_period_says_nothing_of_an_hour() -> None:
    """A post paid by the hour takes hourly figures, and none of a year or a day."""
    assert bid("I'd like 18.50 an hour.", pay=HOURLY).ask == 18.5
    assert bid("I'd like 18 a day.", pay=HOURLY).ask is None


@given(st.sampled_from(["en", "zh"]), st.text(max_size=200))
def test_any_text_is_read(language: str, text: str) -> None:
    """Whatever is typed is read without a fault, and no figure far from the band is a wish."""
    pay = MONTHLY if language == "zh" else YEARLY
    ask = bid(text, language).ask
    assert ask is None or 0.3 * pay.band[0] < ask < 3 * pay.band[1]
