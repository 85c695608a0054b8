"""Replies to improper questions: which way they took, and how they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.deflection import DeflectionFile, PracticeQuestion
from interviewer.content.library import Library
from interviewer.interview.deflecting import LONGEST, PARTS, Debrief, debrief_of


def told(library: Library, reply: str, protect: str = "", language: str = "en") -> Debrief:
    """Return the debrief of a reply."""
    bank = library.deflection[language]
    return debrief_of(reply, protect=protect, bank=bank, language=language)


@pytest.mark.parametrize(
    ("language", "reply", "options"),
    [
        ("en", "If you ask about travel: I can do two days a week.", ("a",)),
        ("en", "Do you have children yourself?", ("b",)),
        ("en", "I would rather keep that to myself.", ("c",)),
        ("en", "Yes, for three years now.", ("d",)),
        ("en", "May I ask how that bears on this job?", ("e",)),
        ("en", "That is private. I can travel two days a week.", ("a", "c")),
        ("en", "  ", ()),
        ("zh", "如果是担心出差，每周两天我没问题。", ("a",)),
        ("zh", "您自己有孩子吗？", ("b",)),
        ("zh", "这个不太方便说。", ("c",)),
        ("zh", "是的，结婚三年了。", ("d",)),
        ("zh", "请问这跟工作有什么关系？", ("e",)),
        ("zh", "", ()),
    ],
)
def test_the_way_a_reply_took_is_told(
    library: Library, language: str, reply: str, options: tuple[str, ...]
) -> None:
    """The five ways of SCIENCE 3.4 are known in both languages, also two at once, and silence."""
    assert told(library, reply, language=language).options == options


@pytest.mark.parametrize(
    ("language", "reply", "protect"),
    [
        ("en", "Yes, I have two children and a husband.", "children, husband"),
        ("zh", "是的，我有两个孩子。", "孩子"),
    ],
)
def test_an_answer_by_choice_is_never_penalised(
    library: Library, language: str, reply: str, protect: str
) -> None:
    """Who answers loses no point, not even for what they had meant to keep."""
    found = told(library, reply, protect, language)
    levels = {part.name: part.level for part in found.parts}
    assert found.options == ("d",)
    assert levels == {"composure": 5, "protects": None, "returns": None, "door": 4}


def test_each_part_has_its_reason_and_quote(library: Library) -> None:
    """An attack, what was told against the own wish, and the job are quoted word for word."""
    reply = "None of your business! My children are at school. Thanks, I can travel for the job."
    parts = {part.name: part for part in told(library, reply, "children").parts}
    assert tuple(parts) == PARTS
    assert (parts["composure"].level, parts["composure"].quote) == (1, "None of your business!")
    assert (parts["protects"].level, parts["protects"].reason) == (2, "protects_told")
    assert parts["protects"].quote == "My children are at school."
    assert (parts["returns"].level, parts["returns"].reason) == (5, "returns_job")
    assert (parts["door"].level, parts["door"].reason) == (1, "door_attack")
    assert told(library, reply, "children").own_words == ("Thanks, I can travel for the job.",)


@pytest.mark.parametrize(
    ("reply", "name", "level", "reason"),
    [
        ("", "composure", 2, "composure_silent"),
        ("I prefer not to say. " + "And so on and on. " * 20, "composure", 3, "composure_long"),
        ("Thank you, I would rather not.", "door", 5, "door_warm"),
        ("I would rather not.", "door", 3, "door_plain"),
        ("I would rather not.", "returns", 2, "returns_not"),
        ("And you?", "returns", 4, "returns_asked"),
        ("I would rather not.", "protects", 5, "protects_kept"),
        ("My health is a private matter.", "protects", 5, "protects_kept"),
    ],
)
def test_a_part_is_rated_by_what_is_seen(
    library: Library, reply: str, name: str, level: int, reason: str
) -> None:
    """Silence, length, warmth, a boundary alone and a question back each have their level."""
    [part] = [part for part in told(library, reply, "health").parts if part.name == name]
    assert (part.level, part.reason) == (level, reason)
    assert LONGEST == 60


def test_who_names_nothing_to_keep_is_not_rated_by_it(library: Library) -> None:
    """Without a wish there is nothing to protect."""
    [part] = [p for p in told(library, "I would rather not.").parts if p.name == "protects"]
    assert (part.level, part.reason) == (None, "protects_nothing")


@given(reply=st.text(max_size=200), protect=st.text(max_size=30))
def test_the_model_line_is_the_candidates_own(library: Library, reply: str, protect: str) -> None:
    """Whatever is said, every quote and the model line are words of the reply, levels 1 to 5."""
    for language in ("en", "zh"):
        found = told(library, reply, protect, language)
        assert all(sentence in reply for sentence in found.own_words)
        for part in found.parts:
            assert part.quote in reply
            assert part.level in (None, 1, 2, 3, 4, 5)


@pytest.mark.parametrize("text", ["Tell me.", "Are you? Really?"])
def test_a_practice_question_asks_once(text: str) -> None:
    """A question of the bank has one question mark."""
    with pytest.raises(ValueError, match="one question mark"):
        PracticeQuestion(topic="age", text=text)


def test_a_sign_that_is_no_pattern_is_refused(library: Library) -> None:
    """A broken pattern is a fault of the file, not of a conversation."""
    document = library.deflection["en"].model_dump(by_alias=True)
    document["signs"]["job"] = "("
    with pytest.raises(ValueError, match="no pattern"):
        DeflectionFile.model_validate(document)
