"""What every language keeps, whoever adds one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from interviewer.content.company import LeverId, Pay
from interviewer.content.form import TOPICS, Part
from interviewer.content.library import Library
from interviewer.content.phrasebook import SLOT
from interviewer.reading.answer import read
from interviewer.reading.cues import cues_for
from interviewer.research.topics import descriptions

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(
    path.name.split(".")[1] for path in (ROOT / "personas" / "_shared").glob("words.*.toml")
)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_english_and_chinese_are_offered(library: Library) -> None:
    """An interview can be held in every language that has words, and in both of ours."""
    assert list(library.languages) == LANGUAGES
    assert {"en", "zh"} <= set(LANGUAGES)


@every_language
def test_every_persona_speaks_it(library: Library, language: str) -> None:
    """A language has a prompt, a phrasebook, a name, a title and a mandate of each persona."""
    for persona in library.personas.values():
        assert language in persona.languages
        for words in (persona.about.name, persona.about.title, persona.about.mandate):
            assert language in words, persona.id


@every_language
def test_all_that_can_be_offered_has_a_word(library: Library, language: str) -> None:
    """Levers, periods, topics, parts and rounds are named, and amounts have their place."""
    words = library.vocabularies[language]
    assert set(words.levers) == set(get_args(LeverId))
    assert set(words.periods) == set(get_args(Pay.model_fields["period"].annotation))
    assert set(words.topics) == set(TOPICS)
    assert set(words.parts) == set(get_args(Part))
    assert {entry.id for f in library.formats.values() for entry in f.rounds} <= set(words.rounds)
    assert all(SLOT.findall(text) == ["amount"] for text in words.currencies.values())
    assert all(set(SLOT.findall(text)) <= {"max"} for text in words.levers.values())


@every_language
def test_all_languages_have_the_same_words(library: Library, language: str) -> None:
    """What can be said in one language can be said in every other."""
    english, words = library.vocabularies["en"], library.vocabularies[language]
    for table in ("levers", "periods", "currencies", "topics", "kinds", "parts", "rounds"):
        assert set(getattr(words, table)) == set(getattr(english, table)), table


@every_language
def test_formats_and_topics_are_named_in_it(library: Library, language: str) -> None:
    """A format has a name, a topic of research a description, in every language."""
    assert all(language in entry.name for entry in library.formats.values())
    assert all(language in words for words in descriptions().values())


@every_language
def test_answers_in_it_are_read_by_signs_of_its_own(language: str) -> None:
    """A language is not read by the signs of another one."""
    cues = cues_for(language)
    assert cues.language == language
    assert set(cues.words) == set(cues_for("en").words)
    assert set(cues_for("en").patterns) <= set(cues.patterns)


@every_language
def test_every_sign_is_found_alone(language: str) -> None:
    """A word that is listed as a sign is found where it stands by itself."""
    cues = cues_for(language)
    for name, entries in cues.listed.items():
        for entry in entries:
            assert cues.words[name].fullmatch(entry), (name, entry)


@every_language
def test_an_answer_in_it_is_not_taken_for_another(library: Library, language: str) -> None:
    """What personas say in a language is read as being in that language."""
    for persona in library.personas.values():
        book = persona.phrasebooks[language]
        said = " ".join(SLOT.sub("", text) for text in book.variants("open.frame"))
        assert not read(said, language).other_language, persona.id
        assert re.search(r"\w", said)
