"""What telling languages and lengths promises."""

from __future__ import annotations

import pytest

from interviewer.reading.cues import cues_for
from interviewer.reading.tongue import has_chinese, is_other_language, is_unclear, word_count


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("", "en", 0),
        ("It's a well-known 3.5 percent.", "en", 5),
        ("don’t stop", "en", 2),
        ("1,200 parcels", "en", 2),
        ("naïve café", "en", 2),
        ("!!! 👍", "en", 0),
        ("我用Python写了脚本。", "zh", 7),
        ("2021年", "zh", 1),
        ("", "zh", 0),
    ],
)
def test_words_are_counted_as_people_count_them(text: str, language: str, count: int) -> None:
    """English by words, Chinese by characters and foreign words; signs count nothing."""
    assert word_count(text, language) == count


@pytest.mark.parametrize("text", ["👍", "...", "?!?!", "*&^%$", "asdfghjkl", "qqqqqq", "zxcvbnm"])
def test_no_words_are_unclear(text: str) -> None:
    """Signs, emoji and mash are no language."""
    assert is_unclear(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "SQL",
        "42",
        "我",
        "好的👍",
        "Привет",
        "I use rsync daily",
        "strengths",
        "hmm",
        "kkkkk我",
    ],
)
def test_short_and_odd_words_are_still_words(text: str) -> None:
    """A short answer, a figure, a term or another script is not taken for noise."""
    assert not is_unclear(text, "en")


def test_a_word_of_unheard_length_is_noise() -> None:
    """More than thirty letters without a space are keys held down."""
    assert is_unclear("abe" * 11, "en")
    assert not is_unclear("abe" * 10, "en")


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("Ich habe vier Jahre lang die Daten gepflegt und geprüft.", "en", True),
        ("J'ai construit plusieurs outils pour notre équipe commerciale.", "en", True),
        ("Ja, sehr gern.", "en", False),
        ("Le client est resté avec nous.", "en", True),
        ("Quanto dura il periodo di prova?", "en", True),
        ("Passed every check, cut scrap, trained inspectors, shipped weekly.", "en", False),
        ("私は三年間この会社で働きました。", "zh", True),
        ("Да, конечно, я работал там", "en", True),
        ("Да.", "en", False),
        ("Built pipelines and wrote tests, cut costs, trained two colleagues.", "en", False),
        ("You’d see that they don’t have what they’d need.", "en", False),
        ("我做数据", "en", False),
        ("我做数据五年", "en", True),
        ("数据五年", "zh", False),
        ("Yes, I did that in Leeds for years", "zh", True),
        ("SQL, Python, Airflow", "zh", False),
    ],
)
def test_the_language_is_told_from_some_length_on(text: str, language: str, other: bool) -> None:
    """Running text in another language is told; single words decide nothing."""
    assert is_other_language(text, cues_for(language)) is other


@pytest.mark.parametrize(("text", "expected"), [("abc", False), ("a数", True), ("", False)])
def test_chinese_characters_are_seen(text: str, expected: bool) -> None:
    """One character is enough."""
    assert has_chinese(text) is expected
