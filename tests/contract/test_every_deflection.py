"""What the bank of improper questions keeps in every language."""

from __future__ import annotations

import re

import pytest

from interviewer.content.deflection import LEAST_QUESTIONS, DeflectionFile
from interviewer.content.lawful import COUNTRIES
from interviewer.content.library import Library
from interviewer.interview.guard.signs import plain, signs_for
from tests.conftest import ROOT

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=["en", "zh"])
def bank(request: pytest.FixtureRequest, library: Library) -> tuple[DeflectionFile, str]:
    """Return each bank with its language."""
    return library.deflection[request.param], request.param


def test_every_question_is_known_to_the_guard(
    bank: tuple[DeflectionFile, str], library: Library
) -> None:
    """No examiner of an interview can say one of them, and each has a topic with a rule."""
    entry, language = bank
    about = library.lawful.about
    assert about is not None
    signs = signs_for(language).patterns["improper"]
    missed = [q.text for q in entry.questions if not signs.search(plain(q.text))]
    assert missed == []
    assert {q.topic for q in entry.questions} <= set(about.topics)
    assert len({q.text for q in entry.questions}) == len(entry.questions) >= LEAST_QUESTIONS


def test_every_word_and_place_is_there(bank: tuple[DeflectionFile, str]) -> None:
    """Each bank has the same words and a place to complain in each country, in its language."""
    entry, language = bank
    assert set(entry.complain) == set(COUNTRIES)
    for text in (*entry.words.values(), *entry.complain.values()):
        bare = re.sub(r"\{\w+\}", "", text)
        if not re.search(r"\w", bare):
            continue  # a mark between two texts is of both languages
        assert bool(HAN.search(bare)) is (language == "zh"), text


def test_both_languages_have_the_same_words(library: Library) -> None:
    """What is said in one language is said in the other."""
    assert set(library.deflection["en"].words) == set(library.deflection["zh"].words)
    assert set(library.deflection["en"].signs) == set(library.deflection["zh"].signs)


def test_no_persona_and_no_prompt_holds_one(bank: tuple[DeflectionFile, str]) -> None:
    """Not one of them stands in a persona's files: nobody but the practice asks them."""
    entry, _ = bank
    homes = [p for p in (ROOT / "personas").iterdir() if p.is_dir() and p.name[0] != "_"]
    texts = [p.read_text(encoding="utf-8") for home in homes for p in home.iterdir()]
    for question in entry.questions:
        assert not any(question.text in text for text in texts), question.text
