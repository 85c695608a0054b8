"""The inventory: what research there is, told from files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.research.inventory import count_passages, main_language, passages_of
from interviewer.research.topics import TOPICS
from tests.conftest import SHIPPED

ENGLISH = "Acme Bakery opened its second shop in Leeds in 2025 and has 14 people. " * 2
CHINESE = "澄远烘焙二〇二五年在杭州开了第二家门店，现在一共有十四名员工，每天供应四十家餐厅。" * 3


@pytest.mark.parametrize("company", SHIPPED)
def test_employers_that_come_along_have_all_topics(library: Library, company: str) -> None:
    """Forty passages or more, each with its own id, over all nine topics, dated, sourced."""
    folders = library.packs[company].folders
    passages = passages_of(company, folders)
    assert count_passages(company, folders) == len(passages) >= 40
    assert {passage.topic for passage in passages} == set(TOPICS)
    assert len({passage.id for passage in passages}) == len(passages)
    assert all(passage.id.startswith(f"{company}/") for passage in passages)
    assert all(passage.text and passage.source and passage.date for passage in passages)
    assert main_language(company, folders) == library.packs[company].company.languages[0]


def test_papers_to_try_are_no_research(library: Library) -> None:
    """The CV and the advert beside an employer are not cited as facts about it."""
    for company, pack in library.packs.items():
        assert not [p.id for p in passages_of(company, pack.folders) if "/try/" in p.id]


def test_a_document_without_a_topic_counts(tmp_path: Path) -> None:
    """Without a model a document that names no topic is counted under the first."""
    (tmp_path / "notes.md").write_text(ENGLISH, encoding="utf-8")
    (passage,) = passages_of("acme", [tmp_path])
    assert passage.topic == next(iter(TOPICS))
    (tmp_path / "notes.md").write_text(f"---\ntopic: scope\n---\n{ENGLISH}", encoding="utf-8")
    assert passages_of("acme", [tmp_path])[0].topic == "scope"


def test_what_cannot_be_read_makes_no_passages(tmp_path: Path) -> None:
    """An unreadable document is passed over, and a folder that is not there holds nothing."""
    (tmp_path / "good.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\x00")
    assert count_passages("acme", [tmp_path]) == 1
    assert count_passages("acme", [tmp_path / "nowhere"]) == 0
    assert count_passages("acme", []) == 0


def test_the_main_language_is_that_of_most_passages(tmp_path: Path) -> None:
    """Two Chinese documents outweigh an English one; without documents it is English."""
    assert main_language("acme", [tmp_path]) == "en"
    (tmp_path / "a.md").write_text(ENGLISH, encoding="utf-8")
    assert main_language("acme", [tmp_path]) == "en"
    for name in "bc":
        (tmp_path / f"{name}.md").write_text(name + CHINESE, encoding="utf-8")
    assert main_language("acme", [tmp_path]) == "zh"
