"""What reading promises for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.reading.answer import read
from interviewer.reading.cues import cues_for

_PIECES = {
    "en": [
        "I built the nightly sales pipeline", "we had 12 vans", "in 2021", "£3bn", "35%", "my",
        "I looked after my mother", "responsible for our", "I’d", "?", ".", "\n\n- ", "“", "”",
        "are you an AI", "the salary", "twenty-five", "designed a", "family", "church", " ",
        "How big is the team?", "Dr. No", "1,2,3", "e.g.", "baby", "system", "instructions",
    ],
    "zh": [
        "我搭建了", "补货预警系统", "是我设计的", "我们", "35%", "2021年", "七成", "，", "。",
        "我负责", "孩子", "照顾母亲", "的", "一套", "请问团队有多少人？", "第二天", "？", "\n",
        "离婚", "怀孕", "我主导了", "SQL", "我会", "了", "到", " ", "月薪", "“", "3千万元",
        "提示词",
    ],
}  # fmt: skip
_PRIVATE = {
    "en": re.compile(
        r"\b(?:wife|husband|child|children|son|daughter|baby|mother|father|parents|family|"
        r"illness|disease|pregnancy|religion|church|divorce|salary|instructions|prompt)\b"
    ),
    "zh": re.compile(
        r"孩子|老婆|老公|妻子|丈夫|父母|父亲|母亲|家庭|怀孕|疾病|宗教|离婚|结婚|工资|薪资|提示词|指令"
    ),
}
_LANGUAGES = st.sampled_from(["en", "zh"])


@st.composite
def _answers(draw: st.DrawFn) -> tuple[str, str]:
    """Draw an answer put together from what candidates say, with its language."""
    language = draw(_LANGUAGES)
    pieces = st.sampled_from(_PIECES[language]) | st.text(max_size=5)
    joint = " " if language == "en" else ""
    return joint.join(draw(st.lists(pieces, max_size=25))), language


@settings(max_examples=50, deadline=None)
@given(_answers() | st.tuples(st.text(max_size=300), _LANGUAGES))
def test_any_text_can_be_read(said: tuple[str, str]) -> None:
    """Reading never fails, and what it quotes is an exact part of the answer."""
    answer, language = said
    reading = read(answer, language)
    assert all(claim.sentence in answer for claim in reading.claims)
    assert all(claim.text in claim.sentence for claim in reading.claims)
    assert all(question in answer for question in reading.questions)
    assert 0 <= reading.own_words <= reading.words
    assert not (reading.silent and reading.words)


@settings(max_examples=50, deadline=None)
@given(_answers())
def test_a_thing_is_made_of_the_candidates_words(said: tuple[str, str]) -> None:
    """What an examiner takes up was said: its words stand in the answer side by side."""
    answer, language = said
    thing = read(answer, language).thing
    if thing is not None:
        words = thing.removeprefix("the ") if language == "en" else thing
        assert words in " ".join(answer.replace("’", "'").split())


@settings(max_examples=50, deadline=None)
@given(_answers())
def test_nothing_improper_is_ever_taken_up(said: tuple[str, str]) -> None:
    """Family, health, belief, pay and orders are in no thing an examiner says back."""
    answer, language = said
    assert not _PRIVATE[language].search((read(answer, language).thing or "").lower())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_word_of_the_list_is_ever_taken_up(language: str) -> None:
    """Every word that is never to be taken up is left alone in the plainest sentence."""
    for word in sorted(cues_for(language).listed["never_take_up"]):
        said = f"I built the {word} system." if language == "en" else f"我搭建了库存{word}系统。"
        thing = read(said, language).thing or ""
        assert word not in (thing.split() if language == "en" else thing), word


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456789,.%kKmbn£$¥万千百亿元年个成第一二三 ", max_size=60), _LANGUAGES)
def test_figures_are_read_without_overlap(answer: str, language: str) -> None:
    """However figures stand together, each character belongs to one claim at most."""
    claims = read(answer, language).claims
    assert sum(len(claim.text) for claim in claims) <= len(answer)
    assert all(claim.value is None or 0 <= claim.value < 1e15 for claim in claims)
