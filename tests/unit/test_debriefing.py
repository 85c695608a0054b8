"""What is practised with: which questions are chosen, and what is told after a reply."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.content.deflection import DeflectionFile
from interviewer.content.lawful import COUNTRIES, Lawful
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.debriefing import MOST_QUESTIONS, practice_of
from interviewer.interview.overlay import framed, said_after


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_are_of_different_topics_with_a_rule(
    library: Library, country: str, language: str
) -> None:
    """Whatever the seed, all are of the bank, no two of one topic, each with a rule of the place.

    The same seed gives the same questions, and seeds give different ones.
    """
    practice = practice_of(library, country, language)
    seen = set()
    for seed in range(40):
        chosen = practice.chosen(seed)
        assert len(chosen) == MOST_QUESTIONS
        assert chosen == practice.chosen(seed)
        assert practice.chosen(seed, 1) == chosen[:1]
        assert len({entry.topic for entry in chosen}) == MOST_QUESTIONS
        for entry in chosen:
            assert practice.question(entry.text) == entry
            assert practice.debriefing(entry, "").rule
        seen |= {entry.text for entry in chosen}
    assert len(seen) > MOST_QUESTIONS * 2


def test_where_few_have_a_rule_others_follow(library: Library) -> None:
    """A question without a rule of the place may be asked, and then no rule is told."""
    practice = practice_of(library, "uk", "en")
    bare = replace(practice, lesson=replace(practice.lesson, pairs=practice.lesson.pairs[:1]))
    first, second, _ = bare.chosen(3)
    assert first.topic == practice.lesson.pairs[0].topic
    assert bare.debriefing(second, "Yes.").rule == ""


def test_a_reply_is_told_in_words(library: Library) -> None:
    """Ways, parts with reasons, own line, what may be asked instead and the rule, in words."""
    practice = practice_of(library, "us", "en-GB")
    question = practice.question("Are you married?")
    assert question is not None
    reply = " I would rather keep that private. I can travel for the job! "
    told = practice.debriefing(question, reply, "husband")
    assert (told.question, told.reply) == (question.text, reply.strip())
    assert told.options == ("a", "c")
    assert [way[:2] for way in told.ways] == ["A,", "C,"]
    assert [part.level for part in told.parts] == [5, 5, 5, 3]
    assert told.parts[2].reason == "You spoke of the job: “I can travel for the job!”"
    assert told.own_line == reply.strip()
    assert told.lawful.startswith("The job needs travel")
    assert "EEOC" in told.rule or "Title VII" in told.rule
    assert practice.complain.startswith("The Equal Employment")


def test_silence_is_told_and_sentences_in_chinese_have_no_space(library: Library) -> None:
    """Silence has its words and no line; a Chinese line is joined as Chinese is written."""
    practice = practice_of(library, "cn", "zh")
    question = practice.chosen(1)[0]
    silent = practice.debriefing(question, "  ")
    assert (silent.options, silent.ways, silent.own_line) == ((), ("您没有说话。",), "")
    told = practice.debriefing(question, "这个不太方便说。工作上出差没问题。")
    assert told.own_line == "这个不太方便说。工作上出差没问题。"


def test_what_is_said_within_an_interview(library: Library) -> None:
    """Ways, rated parts alone, line or advice, rule; who answers is given no advice."""
    practice = practice_of(library, "uk", "en")
    question = practice.question("Are you married?")
    assert question is not None
    said = said_after(practice.debriefing(question, "That is private. What about you?"), practice)
    assert "Your reply: B, you asked a question back; C, you drew a polite line\n" in said
    assert "not rated" not in said
    assert "What may be asked instead: The job needs travel" in said
    bare = replace(practice, instead={}, lesson=replace(practice.lesson, pairs=()))
    told = said_after(bare.debriefing(question, ""), bare)
    assert practice.words["no_line"] in told
    assert practice.words["no_rule"] in told
    assert "What may be asked instead" not in told
    free = said_after(practice.debriefing(question, "Yes."), practice)
    assert practice.words["no_line"] not in free
    assert framed("Are you married?", practice).endswith("\n\nAre you married?")


def test_no_question_but_the_banks_own(library: Library) -> None:
    """Words that differ in one letter are no question of the bank."""
    practice = practice_of(library, "uk", "en")
    assert practice.question("Are you married?") is not None
    assert practice.question("are you married?") is None
    assert practice.question("Are you married? And happy?") is None


@pytest.mark.parametrize(("country", "language", "says"), [
    ("fr", "en", "us, uk, eu, cn"), ("", "en", "us, uk, eu, cn"), ("uk", "fr", "en or zh"),
])  # fmt: skip
def test_what_there_is_nothing_for_is_refused(
    library: Library, country: str, language: str, says: str
) -> None:
    """A country or language is refused with those there are."""
    with pytest.raises(InputError, match=says):
        practice_of(library, country, language)


def test_content_without_a_bank_or_rules_is_refused_in_words(library: Library) -> None:
    """Installations whose content has no bank or no rules say so."""
    with pytest.raises(InputError, match="Choose none"):
        practice_of(replace(library, deflection={}), "uk", "en")
    with pytest.raises(InputError, match="not known"):
        practice_of(replace(library, lawful=Lawful()), "uk", "en")


@pytest.mark.parametrize(
    ("table", "name"), [("words", "silent"), ("signs", "warm"), ("complain", "eu")]
)
def test_a_forgotten_word_is_a_fault_of_the_file(library: Library, table: str, name: str) -> None:
    """Words, signs or places left out are named when the file is read, not in a practice."""
    document = library.deflection["en"].model_dump(by_alias=True)
    del document[table][name]
    with pytest.raises(ValueError, match=f"nothing for {name}"):
        DeflectionFile.model_validate(document)
