"""Runs of words: how copied sentences are told from chance."""

from __future__ import annotations

from interviewer.reading.runs import runs_of, share_of


def test_runs_are_neighbouring_words_whatever_their_case_and_signs() -> None:
    """The same words in a row make the same runs; fewer words than a run make none."""
    assert runs_of("We counted, by aisle!", 3) == runs_of("we COUNTED by aisle", 3)
    assert runs_of("We counted by aisle", 3) == {
        ("we", "counted", "by"),
        ("counted", "by", "aisle"),
    }
    assert runs_of("We counted", 3) == frozenset()


def test_every_chinese_character_is_a_word_of_its_own() -> None:
    """Chinese has no spaces: a run goes over characters, and over words of other scripts whole."""
    assert runs_of("用SQL查库存", 3) == {
        ("用", "sql", "查"),
        ("sql", "查", "库"),
        ("查", "库", "存"),
    }


def test_a_share_is_of_what_a_text_itself_has() -> None:
    """Half of a text copied is a half, however long the other is; nothing shares nothing."""
    assert share_of({1, 2}, {2, 3, 4}) == 0.5
    assert share_of(frozenset(), {1}) == 0
