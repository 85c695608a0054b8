"""What every persona keeps, in every language it speaks, whoever adds one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.format_rules import NOTICES
from interviewer.content.library import Library
from interviewer.content.phrasebook import KEYS, SLOT, fill
from interviewer.content.templates import render
from interviewer.interview.guard.signs import plain, signs_for

ROOT = Path(__file__).parents[2]
_PROMPTS = sorted((ROOT / "personas").glob("[!_.]*/prompt.*.md.j2"))
SPOKEN = [(path.parent.name, path.name.split(".")[1]) for path in _PROMPTS]
every_voice = pytest.mark.parametrize(("persona", "language"), SPOKEN)

_PRAISE = {
    "en": re.compile(
        r"\b(?:great|excellent|impressive|brilliant|fantastic|wonderful|amazing|superb|perfect|"
        r"outstanding|nice|lovely|interesting|well done|good (?:answer|point|example|question))\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"很好|非常好|太好|不错|真棒|优秀|精彩|厉害|出色|完美|说得对|答得好|有意思|佩服"
    ),
}
_IMPROPER = {
    "en": re.compile(
        r"\b(?:married|marriage|children|child|kids|pregnan\w*|husband|wife|family|religio\w*|"
        r"how old|your age|were you born|church|health|illness|disabilit\w*|nationality|"
        r"trade union|politic\w*|(?:last|current|previous|present) (?:salary|pay))\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"结婚|婚姻|已婚|未婚|孩子|子女|怀孕|生育|二胎|家庭|丈夫|妻子|爱人|有对象|年龄|年纪|多大了|宗教|"
        r"信仰|教会|健康状况|疾病|残疾|籍贯|民族|政治|党派|属相|星座|(?:现在|目前|上一份)的(?:工资|薪)"
    ),
}
_FULL: Mapping[str, object] = {
    "persona": {"name": "Helen", "title": "HR examiner", "mandate": "Find out.", "tone": "warm"},
    "company": {"name": "Acme"},
    "post": {"title": "Planner"},
    "language": "en",
    "round": {"minutes": 30},
    "rules": ["RULE-ONE", "RULE-TWO"],
    "move": {"kind": "ask", "text": "MOVE-TEXT?", "instruction": "MOVE-INSTRUCTION"},
    "facts": [{"id": "1", "text": "FACT-TEXT"}],
    "handoff": ["HANDOFF-NOTE"],
    "history": [{"speaker": "Helen", "text": "HISTORY-TEXT"}],
    "max_words": 61,
}
_EMPTY: Mapping[str, object] = {
    **_FULL, "rules": [], "facts": [], "handoff": [], "history": [],
    "move": {"kind": "close", "text": "", "instruction": ""},
}  # fmt: skip


def _phrases(library: Library, persona: str, language: str) -> list[tuple[str, str]]:
    book = library.personas[persona].phrasebooks[language]
    return [(key, text) for key, texts in book.phrases.items() for text in texts]


def test_the_three_examiners_are_there() -> None:
    """The tests below run over the three rounds in both languages, and over whoever is added."""
    assert {(p, n) for p in ("hr", "technical", "boss") for n in ("en", "zh")} <= set(SPOKEN)


@every_voice
def test_a_prompt_says_what_it_was_given(library: Library, persona: str, language: str) -> None:
    """Every list and every field of the move reaches the model."""
    text = render(library.personas[persona].prompts[language], _FULL)
    for mark in ("RULE-ONE", "RULE-TWO", "MOVE-TEXT", "FACT-TEXT", "HANDOFF-NOTE", "HISTORY-TEXT"):
        assert mark in text
    assert "MOVE-INSTRUCTION" in text
    assert "61" in text


@every_voice
def test_a_prompt_stands_with_empty_lists(library: Library, persona: str, language: str) -> None:
    """At the first move there are no facts, notes or history, and nothing is left hanging."""
    template = library.personas[persona].prompts[language]
    text = render(template, _EMPTY)
    assert len(text.strip()) > 200
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\bNone\b|\[\]|Undefined", text)
    assert len(text) < len(render(template, _FULL))


@every_voice
def test_no_prompt_shows_the_figure_that_is_never_spoken(
    library: Library, persona: str, language: str
) -> None:
    """The reservation of a post cannot reach a model."""
    assert "reservation" not in library.personas[persona].prompts[language]


@every_voice
def test_a_plain_acknowledgement_is_short(library: Library, persona: str, language: str) -> None:
    """It has at most six words or twelve characters, and ends with a full stop."""
    for text in library.personas[persona].phrasebooks[language].variants("ack.plain"):
        length = len(text) if language == "zh" else len(text.split())
        assert length <= (12 if language == "zh" else 6), text
        assert text.endswith("。" if language == "zh" else "."), text


@every_voice
def test_a_phrase_never_asks_two_things(library: Library, persona: str, language: str) -> None:
    """With its slots filled a phrase has one question mark at most."""
    for key, text in _phrases(library, persona, language):
        slots = dict.fromkeys(SLOT.findall(text), "x") | {"question": "x?"}
        said = fill(text, slots)
        marks = said.count("?") + said.count("？")
        asks = KEYS[key].marks
        assert marks <= 1, text
        assert asks is None or marks == asks, text


@every_voice
def test_a_slot_that_brings_the_question_ends_the_phrase(
    library: Library, persona: str, language: str
) -> None:
    """A question is the last thing an examiner says."""
    for _, text in _phrases(library, persona, language):
        if "{question}" in text:
            assert text.rstrip("”\"'").endswith("{question}"), text


@every_voice
def test_no_phrase_praises(library: Library, persona: str, language: str) -> None:
    """Nothing an examiner says of itself tells how the candidate is doing."""
    for key, text in _phrases(library, persona, language):
        assert not _PRAISE[language].search(text), (key, text)


@every_voice
def test_no_phrase_touches_what_must_not_be_asked(
    library: Library, persona: str, language: str
) -> None:
    """Family, belief, health, age, origin and past pay are in no phrase."""
    for key, text in _phrases(library, persona, language):
        assert not _IMPROPER[language].search(text), (key, text)


@every_voice
def test_no_phrase_has_a_sign_of_what_the_guard_keeps_back(
    library: Library, persona: str, language: str
) -> None:
    """Whatever would be kept back as improper in a model's words is in no phrase that asks.

    The notice a board reads out names what candidates must not tell.
    """
    improper = signs_for(language).patterns["improper"]
    for key, text in _phrases(library, persona, language):
        if key not in NOTICES.values():
            assert not improper.search(plain(text)), (key, text)


@every_voice
def test_a_phrase_is_in_its_language(library: Library, persona: str, language: str) -> None:
    """An English phrasebook has no Chinese characters; every Chinese phrase has some."""
    for key, text in _phrases(library, persona, language):
        chinese = re.search(r"[\u4e00-\u9fff]", text)
        bare = not re.search(r"\w", SLOT.sub("", text))
        assert bare or bool(chinese) is (language == "zh"), (key, text)


@pytest.mark.parametrize("language", sorted({language for _, language in SPOKEN}))
def test_no_two_personas_say_the_same(library: Library, language: str) -> None:
    """Each examiner has a voice of their own: no phrase is shared."""
    said = {
        persona: {text for _, text in _phrases(library, persona, spoken)}
        for persona, spoken in SPOKEN
        if spoken == language
    }
    assert len(said) >= 3
    for one, other in combinations(said, 2):
        assert not said[one] & said[other], (one, other)


@pytest.mark.parametrize("persona", sorted({persona for persona, _ in SPOKEN}))
def test_a_persona_keeps_to_its_part(library: Library, persona: str) -> None:
    """No examiner gives a verdict or asks what is improper, and each has rubrics and a face."""
    about = library.personas[persona].about
    assert {"verdict", "improper"} <= set(about.may_not)
    assert not set(about.may_discuss) & set(about.may_not)
    assert set(about.competencies) <= set(library.rubrics)
    assert len(set(about.competencies)) == len(about.competencies) >= 3
    assert library.personas[persona].avatar_svg.lstrip().startswith("<svg")
