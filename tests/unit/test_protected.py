"""Facts about the person: told from the work, left out of judging, never come back to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.assessment.evidence import Answered, quotes_from
from interviewer.assessment.scoring.judged import judged_text
from interviewer.interview.ledger.entries import entries_of, is_private
from interviewer.interview.plan import PlannedItem
from interviewer.reading.answer import read
from interviewer.reading.protected import protected_in, without_protected
from interviewer.transcript import Turn


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("I took a year off when our daughter was born.", "en", "family"),
        ("My father was a plumber.", "en", "background"),
        ("I’m fifty-eight and not ready to stop.", "en", "age"),
        ("I am 58 years old.", "en", "age"),
        ("I'm originally from Syria.", "en", "origin"),
        ("As a practising Muslim I fast in Ramadan.", "en", "belief"),
        ("I have type 1 diabetes.", "en", "health"),
        ("I'm gay.", "en", "orientation"),
        ("I was arrested once as a student.", "en", "record"),
        ("I was on 24,500 there.", "en", "pay"),
        ("We go drinking most Fridays.", "en", "private"),
        ("我怀孕五个月了。", "zh", "family"),
        ("我爸是水暖工。", "zh", "background"),
        ("我今年五十三了，还不想退。", "zh", "age"),
        ("我是回族。", "zh", "origin"),
        ("我是中共党员。", "zh", "belief"),
        ("我有糖尿病。", "zh", "health"),
        ("我是同性恋。", "zh", "orientation"),
        ("我有过案底。", "zh", "record"),
        ("我上一份工作月薪九千五。", "zh", "pay"),
        ("我还有三十万房贷要还。", "zh", "private"),
    ],
)
def test_a_fact_about_the_person_is_told_by_topic(text: str, language: str, topic: str) -> None:
    """What somebody says of themselves outside of the work is found under its topic."""
    assert {found.topic for found in protected_in(text, language)} == {topic}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We married the two data sets on the order number.", "en"),
        ("The parent company wanted the numbers by Friday.", "en"),
        ("That project was my baby from the first line.", "en"),
        ("The patient's wife called me at four in the morning.", "en"),
        ("I'm 24 hours on call every third week.", "en"),
        ("I expect about 45,000, given the range in the advert.", "en"),
        ("这个项目就像我的孩子一样。", "zh"),
        ("病人的爱人凌晨四点给我打电话。", "zh"),
        ("我期望年薪二十五万左右。", "zh"),
        ("三十家里有十一家下了单。", "zh"),
    ],
)
def test_the_same_words_about_the_work_are_none(text: str, language: str) -> None:
    """Work that is told in words of family, age or money is no fact about the person."""
    assert protected_in(text, language) == ()
    assert without_protected(text, language) == text


def test_only_the_clause_is_left_out() -> None:
    """What was done stays, to the figure, when the clause about the person goes."""
    text = "When I was pregnant, I led the move of 12,500 files, and we lost none."
    assert without_protected(text, "en") == "I led the move of 12,500 files, and we lost none."
    assert without_protected("离婚以后，我接手了三个仓库。", "zh") == "我接手了三个仓库。"
    assert without_protected("I am pregnant.", "en") == ""


@given(st.text(max_size=200), st.sampled_from(["en", "zh"]))
def test_clauses_are_parts_of_the_text_in_order(text: str, language: str) -> None:
    """Whatever is said, what is found lies within it, in order and without overlap."""
    place = 0
    for found in protected_in(text, language):
        assert place <= found.start < found.end <= len(text)
        place = found.end


def test_nothing_of_the_person_is_taken_up() -> None:
    """The examiner takes up a thing of the work, never one of the family."""
    told = "My daughter's school called about her asthma inhaler. I moved the whole stock ledger."
    thing = read(told, "en").thing
    assert thing is None or "daughter" not in thing
    assert is_private("My daughter's school called.", "en")
    assert not is_private("I moved the whole stock ledger.", "en")


def test_the_ledger_keeps_no_past_pay() -> None:
    """What somebody earned before is not remembered, so that nobody comes back to it."""
    text = "I was on 24,500 in that job."
    reading = read(text, "en")
    assert not entries_of(text, reading.claims, seq=2, round_id="hr", language="en")


def test_no_quote_shows_a_fact_about_the_person() -> None:
    """A report quotes what was done and leaves out the sentence about the family."""
    text = (
        "While I was on maternity leave I planned the audit and cut the errors by 40 per cent. "
        "In March I rebuilt the stock ledger myself and the errors fell to 12 a month."
    )
    said = read(text, "en")
    item = PlannedItem("hr.a", "question", "behaviour", "learning", "past_behaviour", "Tell me.")
    turn = Turn(role="user", content=text, seq=2, round="hr")
    quotes = quotes_from([Answered(item, (turn,), said, said)], "en")
    assert [quote.text.startswith("In March") for quote in quotes] == [True]


def test_what_is_judged_holds_no_fact_about_the_person() -> None:
    """A score sees what was done and not who did it."""
    said = ["I'm a single mother.", "After my divorce, I cut the errors by 40 per cent."]
    assert judged_text(said, "en") == "I cut the errors by 40 per cent."
