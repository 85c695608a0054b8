"""What splitting documents and sentences promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer.research.characters import word_count
from interviewer.research.documents import Document
from interviewer.research.passages import MAX_WORDS, split
from interviewer.research.sentences import sentences, spans
from interviewer.transcript import Passage


def _split(text: str, language: str = "en", ending: str = "md") -> tuple[Passage, ...]:
    document = Document(Path(f"a.{ending}"), text, "post", "2026-03-01", "Source", language, "")
    return split(document, "acme", "post/a", "post")


def _words(count: int, word: str = "word") -> str:
    return " ".join([word.capitalize(), *[word] * (count - 1)]) + "."


def test_a_heading_begins_a_passage_and_is_kept_as_its_path() -> None:
    """Text has no heading line; heading is the path; ids count from one."""
    passages = _split(f"# Firm\n\n## Money\n{_words(90)}\n\n## People ##\n{_words(100)}\n")
    assert [(p.id, p.heading) for p in passages] == [
        ("acme/post/a#1", "Firm › Money"),
        ("acme/post/a#2", "Firm › People"),
    ]
    assert not any("#" in p.text or "Money" in p.text for p in passages)
    assert (passages[0].date, passages[0].source, passages[0].topic) == (
        "2026-03-01",
        "Source",
        "post",
    )


def test_only_sections_under_80_words_join_a_neighbour() -> None:
    """Two sections of 90 words stay apart; one of 10 joins, each under its own heading."""
    assert len(_split(f"# A\n{_words(90)}\n# B\n{_words(90)}")) == 2
    (joined,) = _split(f"# A\n{_words(10)}\n# B\n{_words(50)}")
    assert joined.heading == "A · B"
    assert joined.text == f"## A\n\n{_words(10)}\n\n## B\n\n{_words(50)}"
    (three,) = _split(f"# A\n{_words(10)}\n# B\n{_words(50)}\n# C\n{_words(20)}")
    assert three.text == f"{joined.text}\n\n## C\n\n{_words(20)}"
    (under,) = _split(f"# A\n{_words(10)}\n## B\n{_words(50)}")
    assert under.heading == "A › B"


def test_long_sections_are_cut_evenly_at_sentences() -> None:
    """800 words in sentences of 20 give pieces between 80 and 300 words."""
    passages = _split("\n\n".join(" ".join([_words(20)] * 5) for _ in range(8)))
    sizes = [word_count(p.text) for p in passages]
    assert sum(sizes) == 800
    assert all(80 <= size <= MAX_WORDS for size in sizes)


def test_a_table_and_a_list_stay_whole() -> None:
    """What is under 300 words and belongs together is in one passage."""
    rows = "".join(f"| {year} | {year}. Good |\n" for year in range(40))
    table = f"| Year | Revenue |\n|---|---|\n{rows}"
    items = "".join(f"- Item {n} of the list. It goes on.\n\n" for n in range(25))
    passages = _split(f"{_words(200)}\n\n{table}\n{_words(150)}\n\n{items}\n{_words(120)}")
    assert any(table.strip() in p.text for p in passages)
    assert any(items.strip() in p.text for p in passages)


def test_a_sentence_over_300_words_is_a_passage_of_its_own() -> None:
    """Nothing cuts a sentence, however long it is."""
    passages = _split(f"{_words(350)} {_words(100)}")
    assert [round(word_count(p.text)) for p in passages] == [350, 100]


def test_a_hash_in_plain_text_or_code_is_no_heading() -> None:
    """Only Markdown has headings, and not inside a fence."""
    assert _split("# one\ntext", ending="txt")[0].heading == ""
    assert "# comment" in _split("# A\n```\n# comment\n```\n")[0].text


def test_headings_without_text_give_no_passage() -> None:
    """A document of headings only has nothing to cite."""
    assert _split("# A\n\n## B\n") == ()


_EN = st.sampled_from(
    [
        "Brightwell opened a hub in March 2025.",
        "Mr. Smith paid 3.5 million for No. 4, e.g. in cash.",
        "Is it so?",
        "See https://example.org/a.b?c=d. ",
        '"We stay," she said.',
        "- An item of a list.",
        "| a | b. C |",
        _words(90),
    ]
)
_ZH = st.sampled_from(
    ["澄远2025年收入为6.1亿元。", "要不要加班？", "他说：“好。”", "一、二、三！"]
)
_SPACE = st.sampled_from([" ", "\n", "\n\n", "\n\n## Part\n\n", "\n\n### 小节\n\n"])
_BODY = st.lists(st.tuples(st.one_of(_EN, _ZH), _SPACE), min_size=1, max_size=60).map(
    lambda pieces: "".join(a + b for a, b in pieces)
)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _without_headings(text: str) -> str:
    return re.sub(r"^#{1,6} .*$", "", text, flags=re.MULTILINE)


@settings(max_examples=80, deadline=None)
@given(_BODY, st.sampled_from(["en", "zh"]))
def test_no_text_is_lost_and_none_is_added(text: str, language: str) -> None:
    """The passages together are the body without its headings, character by character."""
    together = "\n".join(p.text for p in _split(text, language))
    assert _bare(_without_headings(together)) == _bare(_without_headings(text))


@settings(max_examples=80, deadline=None)
@given(_BODY)
def test_no_sentence_is_cut(text: str) -> None:
    """Every sentence of every section stands whole in one passage."""
    passages = _split(text)
    for section in re.split(r"^#{1,6} .*$", text, flags=re.MULTILINE):
        for sentence in sentences(section.strip()):
            assert any(sentence in p.text for p in passages)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .!?。！？“”\n-|1A#", max_size=200), st.sampled_from(["en", "zh"]))
def test_sentences_are_substrings_in_order_and_cover_the_text(text: str, language: str) -> None:
    """Between two sentences is white space only, whatever the text."""
    edge = 0
    for start, end in spans(text, language):
        assert start >= edge
        assert not text[edge:start].strip()
        edge = end
    assert not text[edge:].strip()
    position = 0
    for sentence in sentences(text, language):
        position = text.index(sentence, position) + len(sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose by 3.5 percent. Costs fell.", ["It rose by 3.5 percent.", "Costs fell."]),
        ("Mr. Lee and Dr. Wu left. We stay.", ["Mr. Lee and Dr. Wu left.", "We stay."]),
        ("Tools, e.g. Airflow, help. Good.", ["Tools, e.g. Airflow, help.", "Good."]),
        ("See No. 4 and fig. 2. Then go.", ["See No. 4 and fig. 2.", "Then go."]),
        ("J. Smith runs it. Fine.", ["J. Smith runs it.", "Fine."]),
        ("The U.S. team won. Yes.", ["The U.S. team won.", "Yes."]),
        ("Go to https://a.org/b.html. Read it.", ["Go to https://a.org/b.html.", "Read it."]),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("Acme Inc. grew. Foo Co. Ltd. too.", ["Acme Inc. grew.", "Foo Co. Ltd. too."]),
        ("Really?! Well... maybe. So.", ["Really?!", "Well... maybe.", "So."]),
        ("1. First thing. 2nd.\n2. Second.", ["First thing.", "2nd.", "Second."]),
        ("One\nline goes on. Next.", ["One\nline goes on.", "Next."]),
        ("他说：“好。”然后走了。真的？", ["他说：“好。”", "然后走了。", "真的？"]),
        ("收入为6.1亿元。增长15%！", ["收入为6.1亿元。", "增长15%！"]),
        ("- 第一条\n- 第二条。", ["第一条", "第二条。"]),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, expected: list[str]) -> None:
    """Abbreviations, numbers, addresses and quotations do not mislead."""
    assert list(sentences(text, "zh" if "。" in text else "en")) == expected
